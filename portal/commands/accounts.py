"""Commands about accounts: `user add`, `user list` and `user stop`."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

import click

from plans.people import Nation, Organisation, OrganisationKind, Role
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

    kind = OrganisationKind(where["kind"] or accounts.usual_kind(Role(role)))
    place = Organisation("", kind, where["title"], where["code"], where["phone"], Nation(where["nation"]))
    new = accounts.NewAccount(username, name, job, Role(role), place)
    made = accounts.add_account(here.store(), new, _password(password_stdin), by="system", at=here.now())
    say(f"{made.name} can sign in as {made.username} for {made.organisation_name}.")


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
        line = f"{account.username}: {account.name}, {account.role}, {account.organisation}{state}"
        click.echo(as_line(asdict(account)) if as_json else line)


@user.command("stop")
@click.argument("username")
@click.pass_obj
def stop_user(here: Here, username: str) -> None:
    """Let somebody sign in no more, and sign them out at once."""
    from portal.actions import accounts

    accounts.stop_account(here.store(), username, by="system", at=here.now())
    say(f"{username} can no longer sign in, and was signed out everywhere.")
