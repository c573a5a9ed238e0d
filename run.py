"""The one door: every command of Puffin. Each asks an action to do the work and says what came of it."""

import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from fhir.store.errors import StoreNotUsable, engine_faults
from plans.errors import PuffinError
from plans.people import Nation, Organisation, OrganisationKind, Role
from plans.working_days import NaiveDatetime, uk_day
from portal.settings import Settings, settings_from

if TYPE_CHECKING:
    from fhir.store import Store
    from fhir.store.seal_faults import Fault
    from fhir.store.seals import Head

Command = TypeVar("Command", bound=Callable[..., object])

COPY = click.Choice(["family", "school", "child", "wallet", "record", "discharge"])
NATION = click.Choice([nation.value for nation in Nation])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="One object a line on standard output, nothing else."
)
OUTPUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)


class Door(click.Group):
    """Commands of which a refusal is one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PuffinError as refusal:
            say(str(refusal))
        except engine_faults():
            say(str(StoreNotUsable()))
        except BrokenPipeError:
            raise  # whoever read standard output has seen enough
        except OSError as fault:
            say(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}. Check its place and rights.")
        return ctx.exit(1)


class Moment(click.ParamType):
    """A moment with its timezone, such as 2026-11-27T18:30+00:00."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail("Write a moment with its timezone, such as 2026-11-27T18:30+00:00.", param, ctx)
        if moment.tzinfo is None:
            raise NaiveDatetime
        return moment


class WrittenDown(click.ParamType):
    """A seal as `audit verify` shows it, such as 12345:9f86d0... with 64 digits."""

    name = "number:seal"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Head":
        from portal.actions.audit_check import head_from

        head = head_from(str(value))
        if head is None:
            self.fail("Write the seal as `audit verify` showed it: a number, a colon, 64 digits.", param, ctx)
        return head


def say(*lines: str) -> None:
    """Tell people something, on standard error: standard output is for what was asked for."""
    for line in lines:
        click.echo(line, err=True)


def as_line(values: dict) -> str:
    """Return one compact JSON object."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def now() -> datetime:
    return datetime.now(UTC)


def settings_here(port: int | None = None) -> Settings:
    """Return what the environment says, with another port if one was asked for."""
    return settings_from(dict(os.environ) | ({"PORT": str(port)} if port else {}))


def store() -> "Store":
    """Return the store of PUFFIN_DATA, closed when the command ends."""
    from fhir.store import open_store

    settings = settings_here()
    opened = open_store(settings.data, settings.database_url)
    click.get_current_context().call_on_close(opened.close)
    return opened


@click.group(cls=Door)
def door() -> None:
    """Puffin: asthma action plans that a family can read, a school can see, and nobody can forget."""


@door.command()
@click.option("--demo", is_flag=True, help="Serve an invented practice, school and hospital.")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; else PORT, else 8000.")
def serve(demo: bool, port: int | None) -> None:
    """Serve the pages and raise alerts on time, until stopped."""
    from portal import serving

    settings = settings_here(port)
    who_can_sign_in = serving.prepare(settings, demo=demo, at=now())
    serving.serve(settings, when_open=lambda: say(*who_can_sign_in, f"Puffin is at {settings.url}"))


@door.command()
def seed() -> None:
    """Add the invented demo; again and again without doubling."""
    from portal.actions import demo

    say(*demo.seed(store(), at=now()))


@door.group()
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
def add_user(username: str, name: str, role: str, job: str, password_stdin: bool, **where: str) -> None:
    """Add somebody who may sign in, and their organisation where its code is new here."""
    from portal.actions import accounts

    kind = OrganisationKind(where["kind"] or accounts.usual_kind(Role(role)))
    place = Organisation("", kind, where["title"], where["code"], where["phone"], Nation(where["nation"]))
    new = accounts.NewAccount(username, name, job, Role(role), place)
    made = accounts.add_account(store(), new, _password(password_stdin), by="system", at=now())
    say(f"{made.name} can sign in as {made.username} for {made.organisation_name}.")


def _password(from_stdin: bool) -> str:
    from portal.passwords import read_typed

    if from_stdin:
        return read_typed(sys.stdin.buffer.readline())
    return click.prompt("Password", hide_input=True, confirmation_prompt="The password again", err=True)


@user.command("list")
@AS_JSON
def list_users(as_json: bool) -> None:
    """Show who may sign in, and who no longer may."""
    from portal.actions import accounts

    for account in accounts.all_accounts(store()):
        state = "" if account.active else ", stopped"
        line = f"{account.username}: {account.name}, {account.role}, {account.organisation}{state}"
        click.echo(as_line(asdict(account)) if as_json else line)


@user.command("stop")
@click.argument("username")
def stop_user(username: str) -> None:
    """Let somebody sign in no more, and sign them out at once."""
    from portal.actions import accounts

    accounts.stop_account(store(), username, by="system", at=now())
    say(f"{username} can no longer sign in, and was signed out everywhere.")


@door.command("import", short_help="Read FHIR bundles: children and their records.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@AS_JSON
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to count from; else today.")
def import_files(files: tuple[Path, ...], as_json: bool, today: datetime | None) -> None:
    """Read FHIR R4 bundles: children and their records.

    FILES are bundles (.json, .json.gz), files with one bundle a line (.ndjson, .ndjson.gz), or folders of
    these. A run that was stopped goes on where it was when the same command is given again."""
    from portal.actions.importing_files import handed_over
    from portal.actions.importing_run import bring_in
    from portal.import_progress import ImportProgress

    given, day = handed_over(files), today.date() if today else uk_day(now())
    with ImportProgress(given.bytes, sys.stderr, time.monotonic) as progress:
        for outcome in bring_in(store(), given, by="system", clock=now, today=day, reports=as_json):
            if as_json and outcome.report:
                click.echo(as_line(outcome.report))
            progress.step(outcome)
            for line in outcome.lines(in_full=given.is_small):
                progress.say(line)
    say(*left_alone(given.left_alone), *([] if given.is_one else progress.summary()))
    if progress.refused:
        sys.exit(1)


def left_alone(names: Sequence[str]) -> list[str]:
    return [f"Left alone, as they are not named like records: {', '.join(names)}."] if names else []


@door.command()
@AS_JSON
def plans(as_json: bool) -> None:
    """List the plans."""
    from portal.actions.plan_list import all_plans

    for plan in all_plans(store(), by="system", at=now()):
        review = f", review by {plan.review_by.isoformat()}" if plan.review_by else ""
        line = f"{plan.id}: {plan.name}, version {plan.version}, {plan.status}, {plan.language}{review}"
        click.echo(as_line(plan.as_json()) if as_json else line)


@door.command(short_help="Print a plan, or a file that `export` wrote.")
@click.argument("plan")
@click.option("--lang", required=True, help="A language, such as ur; see `languages`.")
@click.option("--copy", type=COPY, default="family", help="Who it is for; else family.")
@click.option("--bilingual", is_flag=True, help="With English beside it.")
@OUTPUT
def pdf(plan: str, lang: str, copy: str, bilingual: bool, output: Path) -> None:
    """Print PLAN: the id of a plan, or a bundle file that `export` wrote."""
    from plans.content import Copy
    from portal.actions import printing
    from portal.actions.files import write_whole

    wanted = printing.Wanted(Copy(copy), lang, bilingual=bilingual)
    url = settings_here().url
    if Path(plan).is_file():
        printed = printing.print_bundle(Path(plan), wanted, url=url, at=now())
    else:
        printed = printing.print_plan(store(), plan, wanted, url=url, by="system", at=now())
    write_whole(output, printed)
    say(f"The {copy} copy is in {output.name}.")


@door.command()
@click.argument("plan")
@click.option("--copy", type=COPY, default="record", help="Who it is for; else record.")
@OUTPUT
def export(plan: str, copy: str, output: Path) -> None:
    """Write PLAN, and what its reader may see, as one FHIR bundle."""
    from plans.content import Copy
    from portal.actions import exporting
    from portal.actions.files import write_whole

    url = settings_here().url
    bundle = exporting.export(store(), plan, Copy(copy), by="system", at=now(), url=url)
    write_whole(output, json.dumps(bundle, ensure_ascii=False, indent=2).encode())
    say(f"The {copy} copy is in {output.name}.")


@door.command()
@click.argument("file", type=FILE)
@AS_JSON
def discharge(file: Path, as_json: bool) -> None:
    """Read a discharge: a FHIR bundle or an HL7 v2 ADT message."""
    from portal.actions.discharge.file import read_file
    from portal.actions.discharge.outcome import Outcome, State
    from portal.actions.discharges import record_discharge
    from portal.calendar import holidays_for

    try:
        told = read_file(file)
        outcome = record_discharge(store(), told, by="system", at=now(), holidays_for=holidays_for)
    except PuffinError:
        if as_json:
            click.echo(as_line(Outcome(State.REFUSED).as_json(file.name)))
        raise
    if as_json:
        click.echo(as_line(outcome.as_json(file.name)))
    say(*outcome.lines(file.name))


@door.command(short_help="Say when the review after a discharge is due.")
@click.argument("discharged_at", type=Moment())
@click.option("--nation", required=True, type=NATION, help="Whose bank holidays count.")
def due(discharged_at: datetime, nation: str) -> None:
    """Say when the review after a discharge is due, and below it when 48 hours have passed."""
    from plans.follow_up import due_lines
    from portal.calendar import holidays_for

    for line in due_lines(discharged_at, holidays_for(Nation(nation))):
        click.echo(line)


@door.command()
@click.option(
    "--now",
    "moment",
    type=Moment(),
    help="As if it were this moment; else now. A moment to come is for a demo only.",
)
@click.option("--json", is_flag=True, expose_value=False, help="As always: one object a line.")
def alerts(moment: datetime | None) -> None:
    """Raise each alert whose time has come, once; `serve` sends them."""
    from portal.actions.alerts import may_be_now, sweep
    from portal.actions.discharge.matching import match_waiting
    from portal.calendar import holidays_for

    here, clock = store(), now()
    may_be_now(here, moment or clock, clock=clock)
    match_waiting(here, by="system", at=clock, holidays_for=holidays_for)
    raised = sweep(here, now=moment or clock, holidays_for=holidays_for, at=clock)
    for alert in raised:
        click.echo(as_line(alert.as_json()))
    say(f"{len(raised)} new alert{'' if len(raised) == 1 else 's'}. `serve` sends what is new.")


@door.command()
@AS_JSON
def languages(as_json: bool) -> None:
    """Show how complete each language is, and who signed it off."""
    from portal.actions.coverage import coverage

    for one in coverage():
        signed_off = f"signed off: {one.signed_off_by}" if one.signed_off_by else "not signed off: demo only"
        line = f"{one.language}: {one.name}, {one.translated} of {one.all} sentences, {signed_off}"
        click.echo(as_line(one.as_json()) if as_json else line)


@door.group()
def audit() -> None:
    """The audit: who read and changed whose record."""


@audit.command()
@AS_JSON
@click.option("--head", type=WrittenDown(), help="A seal that was written down before: must be there still.")
def verify(as_json: bool, head: "Head | None") -> None:
    """Check every audit entry against its seal, and the seals against each other; name each fault."""
    from fhir.store import marks
    from fhir.store.seal_check import check_seals
    from portal.actions.audit_check import MOST_LINES, Summary, fault_line, key_place
    from portal.row_progress import RowProgress

    told = itertools.count()

    def tell(fault: "Fault") -> None:
        if as_json or next(told) < MOST_LINES:
            click.echo(as_line(fault.as_json()) if as_json else fault_line(fault))

    here = store()
    place = key_place(settings_here(), is_demo=marks.is_demo(here))
    with RowProgress(sys.stderr, time.monotonic) as progress:
        verdict = check_seals(here, place, head=head, found=tell, watch=progress.watch)
    summary = Summary(verdict)
    for line in [as_line(summary.as_json())] if as_json else summary.lines():
        click.echo(line)
    if verdict.faults:
        sys.exit(1)


@door.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a whole copy of the store to FILE, while it is in use."""
    from fhir.store.backup import backup
    from portal.actions.whole_store import note_copied
    from portal.row_progress import RowProgress

    here = store()
    note_copied(here, "a backup", by="system", at=now())
    with RowProgress(sys.stderr, time.monotonic) as progress:
        backup(here, file, progress.watch)
    say(f"The store is copied to {file.name}. Keep it as safe as the store itself.")
    say("The key of the audit, audit.key or PUFFIN_AUDIT_KEY, is not in it: keep that apart, and as safe.")


@door.command(short_help="Put a backup in the place of the store.")
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put the copy in FILE in the place of the store; the former store stays beside it.

    With PUFFIN_DATABASE_URL it goes into that database, which must be new and empty.
    """
    from fhir.store.backup import restore, restore_to_database
    from portal.actions.whole_store import note_restored
    from portal.row_progress import RowProgress

    settings, former = settings_here(), None
    if settings.database_url:
        with RowProgress(sys.stderr, time.monotonic) as progress:
            restore_to_database(settings.database_url, file, progress.watch)
    else:
        former = restore(settings.data, file)
    note_restored(store(), by="system", at=now())
    say(f"The store is as it was in {file.name}." + (f" The one before is {former.name}." if former else ""))


@door.command("copy-store", short_help="Copy the store to PostgreSQL, or from there to a folder.")
@click.option("--to", "place", required=True, help="A new folder, or postgresql://... of an empty database.")
def copy_store(place: str) -> None:
    """Copy the store to another place, and prove that nothing was lost.

    Both are compared row by row before the copy counts. To move, stop Puffin first.
    """
    from portal.actions.store_copy import copy_to
    from portal.actions.whole_store import note_copied
    from portal.row_progress import RowProgress

    here = store()
    note_copied(here, "to another place", by="system", at=now())
    with RowProgress(sys.stderr, time.monotonic) as progress:
        told = copy_to(here, place, progress.watch)
    say(*told)


if __name__ == "__main__":
    door(prog_name="run.py")
