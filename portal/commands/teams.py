"""Commands about teams: who leads and covers each, whether its inbox is opened, and naming who covers."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from plans.working_days import uk_time
from portal.commands.here import Here
from portal.commands.options import AS_JSON
from portal.commands.saying import as_line, say

if TYPE_CHECKING:
    from portal.actions.teams import ListedTeam


@click.group()
def team() -> None:
    """Teams: who leads each, and who covers it."""


@team.command("list")
@AS_JSON
@click.pass_obj
def list_teams(here: Here, as_json: bool) -> None:
    """Show every team in which somebody works, and what it lacks."""
    from portal.actions import teams

    for one in teams.all_teams(here.store(), here.now()):
        click.echo(as_line(_fields(one)) if as_json else _line(one))


@team.command("cover")
@click.argument("code")
@click.option("--by", "cover", default="", help="The code of the team that covers it; none without this.")
@click.pass_obj
def cover_team(here: Here, code: str, cover: str) -> None:
    """Say which team covers another while it is closed."""
    from portal.actions import teams

    covered, covering = teams.name_cover_by_code(
        here.store(), code.upper(), cover.upper(), by="system", at=here.now()
    )
    say(f"{covering.name} covers {covered.name}." if covering else f"Nobody covers {covered.name} any more.")


@team.command("messages")
@AS_JSON
@click.pass_obj
def undelivered(here: Here, as_json: bool) -> None:
    """Show every message to a team or a family that did not arrive, and why."""
    from portal.actions import pulse

    for one in pulse.all_undelivered(here.store(), here.now()):
        times = {"queued_at": one.queued_at, "next_try_at": one.next_try_at}
        said = asdict(one) | {name: at and at.isoformat() for name, at in times.items()}
        tried = f"tried {one.attempts} times, {one.error or 'no answer yet'}"
        since = f"since {uk_time(one.queued_at):%d %B %Y, %H:%M}"
        line = f"{one.carrier} to {one.to or 'a family'}, {since}: {tried}"
        click.echo(as_line(said) if as_json else line)


def _fields(one: "ListedTeam") -> dict:
    return asdict(one) | {"opened_at": one.opened_at.isoformat() if one.opened_at else None}


def _line(one: "ListedTeam") -> str:
    led = f"led by {' and '.join(one.leads)}" if one.leads else "NOBODY LEADS IT"
    covered = f"covered by {one.covered_by}" if one.covered_by else "NOBODY COVERS IT"
    opened = (
        f"inbox opened {uk_time(one.opened_at):%d %B %Y, %H:%M}" if one.opened_at else "inbox never opened"
    )
    return f"{one.code} {one.name}: {led}, {covered}, {opened}, {one.open} open, {one.late} late"
