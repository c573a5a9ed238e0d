"""The page of a team: who is in it, who covers it, when it is away, and whether anybody opens its inbox."""

from collections.abc import Callable

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.mailbox import MailboxInvalid
from plans.places import Role
from plans.problems import Kind, Problem
from plans.team import CannotCover, DaysNotRight, NobodyCovers
from plans.team_task import KINDS
from portal.access import allow
from portal.actions import teams
from portal.actions.mailboxes import keep_mailbox
from portal.actions.review_list import name_of_person
from portal.forms.team_days import problem, typed_end, typed_range
from portal.parts import parts
from portal.responses import go_to
from portal.team_words import due_words

bp = Blueprint("team", __name__, url_prefix="/team")
PLANNED, NOW = "closed", "now"  # the two forms with days
OF_A_TEAM = tuple(role for role in Role if role is not Role.PRIVACY_LEAD)


@bp.get("")
@allow(*OF_A_TEAM)
def show() -> ResponseReturnValue:
    """Show the team to everybody in it; its lead changes it here."""
    return _page()


@bp.post("/cover")
@allow(*OF_A_TEAM)
def cover() -> ResponseReturnValue:
    """Keep which team covers this one; for who does not lead there is no such page."""
    wanted = request.form.get("cover", "")
    try:
        teams.name_cover(parts().store, wanted, by=g.person, at=g.now)
    except (CannotCover, NobodyCovers) as refusal:
        return _page([_at("cover", str(refusal))]), 422
    flash("It is kept who covers your team." if wanted else "No team covers yours any more.")
    return go_to(url_for(".show"))


@bp.post("/mailbox")
@allow(*OF_A_TEAM)
def mailbox() -> ResponseReturnValue:
    """Keep where e-mails to the team go; for who does not lead there is no such page."""
    try:
        kept = keep_mailbox(parts().store, request.form.get("mailbox", ""), by=g.person, at=g.now)
    except MailboxInvalid as refusal:
        return _page([_at("mailbox", str(refusal))]), 422
    flash(f"E-mails to your team go to {kept}." if kept else "No e-mails go to your team any more.")
    return go_to(url_for(".show"))


@bp.post("/closed")
@allow(*OF_A_TEAM)
def close() -> ResponseReturnValue:
    """Keep days on which the team is away; for who does not lead there is no such page."""
    teams.must_lead(g.person)
    return _closed(PLANNED, _close)


@bp.post("/cover-now")
@allow(*OF_A_TEAM)
def call_cover() -> ResponseReturnValue:
    """Let the covering team take over from today on."""
    return _closed(NOW, _call_cover)


@bp.post("/closed/<days_id>/take-back")
@allow(*OF_A_TEAM)
def take_back(days_id: str) -> ResponseReturnValue:
    """Keep that the team is there on these days after all."""
    teams.take_back(parts().store, days_id, by=g.person, at=g.now)
    flash("Your team is there on these days. Cover for them has ended.")
    return go_to(url_for(".show"))


def _close() -> None:
    first, last = typed_range(request.form, PLANNED)
    teams.close(parts().store, first, last, _reason(PLANNED), by=g.person, at=g.now)


def _call_cover() -> None:
    last = typed_end(request.form, NOW)
    teams.call_cover(parts().store, last, _reason(NOW), by=g.person, at=g.now)


def _reason(which: str) -> str:
    return request.form.get(f"{which}-reason", "")


def _closed(which: str, keep: Callable[[], None]) -> ResponseReturnValue:
    try:
        keep()
    except DaysNotRight as refusal:
        return _page([problem(refusal, which)]), 422
    except NobodyCovers as refusal:
        return _page([_at("cover", str(refusal))]), 422
    flash("The days are kept. On them your open tasks are shown to the team that covers yours.")
    return go_to(url_for(".show"))


def _page(errors: list[Problem] | None = None) -> str:
    store, now = parts().store, teams.see_team(parts().store, by=g.person, at=g.now)
    return render_template(
        "team/show.jinja",
        now=now,
        offered=teams.offered_cover(store, now.team),
        kinds=KINDS,
        due=lambda task: due_words(task.due_at, g.now),
        name_of=lambda ref: name_of_person(store, ref),
        typed=request.form,
        errors=errors or [],
    )


def _at(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
