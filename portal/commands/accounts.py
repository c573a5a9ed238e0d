"""Commands about accounts: who may sign in, and in which places they work."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

import click

from plans.places import WORKS_IN, Nation, Organisation, OrganisationKind, Role
from portal.commands.here import Here
from portal.commands.options import AS_JSON, NATION
from portal.commands.saying import as_line, say

Command = TypeVar("Command", bound=Callable[..., object])


@click.group()
def user() -> None:
    """Accounts: who may sign in."""


def _asks_for_organisation(command: Command) -> Command:
    """Add the options that name an organisation; kind and nation are "" unless said."""
    kinds = click.Choice([kind.value for kind in OrganisationKind])
    for option in (
        click.option("--code", required=True, help="The ODS or school code of the organisation."),
        click.option("--organisation", "title", default="", help="Its name, where its code is new here."),
        click.option("--kind", type=kinds, default=None, help="What it is; else as the role says."),
        click.option("--phone", default="", help="Its phone number, as printed."),
        click.option(
            "--nation",
            type=NATION,
            default=Nation.ENGLAND_AND_WALES.value,
            show_default=True,
            help="Where it is: its bank holidays count.",
        ),
    ):
        command = option(command)
    return command


@user.command("add", short_help="Add somebody who may sign in.")
@click.argument("username")
@click.option("--name", required=True, help="As colleagues and families read it, such as 'Dr Ada Lee'.")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What they see and do."
)
@click.option("--job", required=True, help="As printed on a plan, such as 'GP'.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, do not ask.")
@_asks_for_organisation
@click.pass_obj
def add_user(
    here: Here, username: str, name: str, role: str, job: str, password_stdin: bool, **where: str
) -> None:
    """Add somebody who may sign in, and their organisation where its code is new here."""
    from portal.actions import accounts

    new = accounts.NewAccount(username, name, job, Role(role), _place(Role(role), **where))
    made = accounts.add_account(here.store(), new, _password(password_stdin), by="system", at=here.now())
    say(f"{made.name} can sign in as {made.username} for {made.organisation_name}.")


def _place(role: Role, *, title: str, code: str, kind: str | None, phone: str, nation: str) -> Organisation:
    """Return the place that the options name: of the kind that people of this role mostly work in."""
    return Organisation("", OrganisationKind(kind or WORKS_IN[role][0]), title, code, phone, Nation(nation))


def _password(from_stdin: bool) -> str:
    from portal.passwords import read_typed

    if from_stdin:
        return read_typed(sys.stdin.buffer.readline())
    return click.prompt("Password", hide_input=True, confirmation_prompt="The password again", err=True)


@user.command("list")
@AS_JSON
@click.pass_obj
def list_users(here: Here, as_json: bool) -> None:
    """Show who may sign in, and who no longer may."""
    from portal.actions import accounts

    for account in accounts.all_accounts(here.store()):
        state = "" if account.active else ", stopped"
        lead = ", leads the team" if account.leads else ""
        line = f"{account.username}: {account.name}, {account.role}, {account.organisation}{lead}{state}"
        click.echo(as_line(asdict(account)) if as_json else line)


@user.command("stop")
@click.argument("username")
@click.pass_obj
def stop_user(here: Here, username: str) -> None:
    """Let somebody sign in no more, and sign them out at once."""
    from portal.actions import accounts

    accounts.stop_account(here.store(), username, by="system", at=here.now())
    say(f"{username} can no longer sign in, and was signed out everywhere.")


@user.group()
def place() -> None:
    """The places that somebody works in."""


ROLE = click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="What they do there."
)


@place.command("add", short_help="Let somebody work in one more place.")
@click.argument("username")
@ROLE
@click.option("--job", required=True, help="As printed on a plan, such as 'GP'.")
@_asks_for_organisation
@click.pass_obj
def add_place(here: Here, username: str, role: str, job: str, **where: str) -> None:
    """Let somebody work in one more place: they choose where they are when they sign in."""
    from portal.actions import accounts, posts

    account = accounts.account_of(here.store(), username)
    there = _place(Role(role), **where)
    made = posts.add_post(here.store(), account, Role(role), job, there, by="system", at=here.now())
    say(f"{made.name} works as {made.job} for {made.organisation_name} too.")


@place.command("end")
@click.argument("username")
@ROLE
@click.option("--code", required=True, help="The ODS or school code of the organisation.")
@click.pass_obj
def end_place(here: Here, username: str, role: str, code: str) -> None:
    """Let somebody work in one place no more, from their next click on."""
    from portal.actions import accounts, posts

    account, there = accounts.account_of(here.store(), username), _kept(here, code)
    posts.end_post(here.store(), account, Role(role), there, by="system", at=here.now())
    say(f"{username} no longer works for {there.name}.")


@place.command("lead")
@click.argument("username")
@ROLE
@click.option("--code", required=True, help="The ODS or school code of the organisation.")
@click.option("--no", "not_any_more", is_flag=True, help="Not any more.")
@click.pass_obj
def lead_place(here: Here, username: str, role: str, code: str, not_any_more: bool) -> None:
    """Let somebody lead the team of a place: they are told what nobody there has looked at."""
    from portal.actions import accounts, posts

    account, there = accounts.account_of(here.store(), username), _kept(here, code)
    leads = not not_any_more
    posts.let_lead(here.store(), account, Role(role), there, leads=leads, by="system", at=here.now())
    say(f"{username} leads {there.name}." if leads else f"{username} no longer leads {there.name}.")


def _kept(here: Here, code: str) -> Organisation:
    from portal.actions.places import OrganisationNotFound, by_code

    found = by_code(here.store(), code)
    if found is None:
        raise OrganisationNotFound
    return found
