"""Commands about discharges and the reviews after them: `discharge`, `due` and `alerts`."""

from datetime import datetime
from pathlib import Path

import click

from plans.errors import PuffinError
from plans.places import Nation
from portal.commands.here import Here
from portal.commands.options import AS_JSON, FILE, NATION, Moment
from portal.commands.saying import as_line, say


@click.command()
@click.argument("file", type=FILE)
@AS_JSON
@click.pass_obj
def discharge(here: Here, file: Path, as_json: bool) -> None:
    """Read a discharge: a FHIR bundle or an HL7 v2 ADT message."""
    from portal.actions.discharge.file import read_file
    from portal.actions.discharge.outcome import Outcome, State
    from portal.actions.discharges import record_discharge
    from portal.calendar import holidays_for

    try:
        told = read_file(file)
        outcome = record_discharge(here.store(), told, by="system", at=here.now(), holidays_for=holidays_for)
    except PuffinError:
        if as_json:
            click.echo(as_line(Outcome(State.REFUSED).as_json(file.name)))
        raise
    if as_json:
        click.echo(as_line(outcome.as_json(file.name)))
    say(*outcome.lines(file.name))


@click.command(short_help="Say when the review after a discharge is due.")
@click.argument("discharged_at", type=Moment())
@click.option("--nation", required=True, type=NATION, help="Whose bank holidays count.")
def due(discharged_at: datetime, nation: str) -> None:
    """Say when the review after a discharge is due, and below it when 48 hours have passed."""
    from plans.follow_up import due_lines
    from portal.calendar import holidays_for

    for line in due_lines(discharged_at, holidays_for(Nation(nation))):
        click.echo(line)


@click.command()
@click.option(
    "--now",
    "moment",
    type=Moment(),
    help="As if it were this moment; else now. A moment to come is for a demo only.",
)
@click.option("--json", is_flag=True, expose_value=False, help="As always: one object a line.")
@click.pass_obj
def alerts(here: Here, moment: datetime | None) -> None:
    """Raise each alert whose time has come, once; `serve` sends them."""
    from portal.actions.alerts import may_be_now
    from portal.actions.discharge.matching import match_waiting
    from portal.actions.sweep import sweep
    from portal.calendar import holidays_for

    store, clock = here.store(), here.now()
    may_be_now(store, moment or clock, clock=clock)
    match_waiting(store, by="system", at=clock, holidays_for=holidays_for)
    raised = sweep(store, now=moment or clock, holidays_for=holidays_for, at=clock)
    for alert in raised:
        click.echo(as_line(alert.as_json()))
    say(f"{len(raised)} new alert{'' if len(raised) == 1 else 's'}. `serve` sends what is new.")
