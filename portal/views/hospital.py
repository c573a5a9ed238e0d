"""The discharge team: recording a discharge, its own discharges, and those that wait for their child."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir.store.errors import ResourceNotFound
from plans.discharge_questions import QUESTIONS
from plans.errors import PuffinError
from plans.places import Role
from plans.problems import Kind, Problem
from portal.access import allow
from portal.actions.discharge.matching import (
    Correction,
    match,
    see_all_waiting,
    see_waiting,
    set_aside,
)
from portal.actions.discharge.outcome import SENTENCES, Outcome, State
from portal.actions.discharge.waiting import SENTENCES as REASONS
from portal.actions.discharge.waiting import Waiting
from portal.actions.discharge.waiting import waiting as waiting_now
from portal.actions.discharges import record_discharge
from portal.actions.review_list import listed
from portal.calendar import holidays_for
from portal.forms.discharge import WENT_TO, FormNotReady, read_child_and_time, told_by_form, typed_of
from portal.parts import parts
from portal.responses import go_to
from portal.review_words import STANDINGS

bp = Blueprint("hospital", __name__)


@bp.get("/hospital")
@allow(Role.HOSPITAL)
def index() -> ResponseReturnValue:
    """List this hospital's discharges, and those that wait for a person."""
    rows = listed(parts().store, g.record.reviews(), g.now, holidays_for)
    return render_template(
        "hospital/index.jinja", rows=rows, waiting=_waiting(), reasons=REASONS, tags=STANDINGS
    )


@bp.get("/hospital/discharges/new")
@allow(Role.HOSPITAL)
def new() -> ResponseReturnValue:
    """Show the form of a discharge."""
    return _form()


@bp.post("/hospital/discharges/new")
@allow(Role.HOSPITAL)
def record() -> ResponseReturnValue:
    """Record a discharge: child and time start the clock, whatever else is still missing."""
    try:
        told = told_by_form(request.form, g.person.organisation_id, g.now)
    except FormNotReady as refusal:
        return _form(refusal.problems), 422
    outcome = record_discharge(parts().store, told, by=g.person.ref, at=g.now, holidays_for=holidays_for)
    return _lead_to(outcome)


@bp.get("/waiting")
@allow(Role.HOSPITAL, Role.CLINICIAN)
def waiting() -> ResponseReturnValue:
    """List the discharges that wait for a person of this organisation."""
    return render_template("hospital/waiting.jinja", waiting=_waiting(), reasons=REASONS)


@bp.get("/waiting/<waiting_id>")
@allow(Role.HOSPITAL, Role.CLINICIAN)
def one(waiting_id: str) -> ResponseReturnValue:
    """Show one discharge that waits, to match it by hand."""
    return _one(_seen(waiting_id))


@bp.post("/waiting/<waiting_id>/match")
@allow(Role.HOSPITAL, Role.CLINICIAN)
def match_by_hand(waiting_id: str) -> ResponseReturnValue:
    """Match it to the child of this NHS number and date of birth; its review starts."""
    kept, typed = _seen(waiting_id), read_child_and_time(request.form, g.now)
    if typed.problems or typed.born is None or typed.left_at is None:
        return _one(kept, typed.problems or [_problem("born-day", "Enter the date of birth.")]), 422
    found = Correction(typed.nhs_number, typed.born, typed.left_at)
    try:
        outcome = match(parts().store, waiting_id, found, by=g.person, at=g.now, holidays_for=holidays_for)
    except PuffinError as refusal:
        return _one(kept, [_problem("nhs-number", str(refusal))]), 422
    return _lead_to(outcome)


@bp.post("/waiting/<waiting_id>/set-aside")
@allow(Role.HOSPITAL, Role.CLINICIAN)
def put_aside(waiting_id: str) -> ResponseReturnValue:
    """Take it off the list, for a reason that is kept."""
    kept, reason = _seen(waiting_id), request.form.get("reason", "")
    try:
        set_aside(parts().store, waiting_id, reason, by=g.person, at=g.now)
    except PuffinError as refusal:
        return _one(kept, [_problem("reason", str(refusal))]), 422
    flash("It is off the list, with your reason.")
    return go_to(url_for(".waiting"))


def _seen(waiting_id: str) -> Waiting:
    return see_waiting(parts().store, waiting_id, by=g.person, at=g.now)


def _waiting() -> list[Waiting]:
    return see_all_waiting(parts().store, by=g.person, at=g.now)


def _form(problems: Sequence[Problem] = ()) -> str:
    went_to = [{"value": value, "text": place.text} for value, place in WENT_TO.items()]
    return render_template(
        "hospital/new.jinja", questions=QUESTIONS, went_to=went_to, typed=request.form, errors=problems
    )


def _one(kept: Waiting, problems: Sequence[Problem] = ()) -> str:
    return render_template(
        "hospital/one.jinja",
        kept=kept,
        reason=REASONS[kept.reason],
        typed=request.form or typed_of(kept.told.notice),
        errors=problems,
    )


def _lead_to(outcome: Outcome) -> ResponseReturnValue:
    """Go where this discharge is looked after from now on."""
    if outcome.waiting_id and outcome.state is State.UNMATCHED:
        flash(_kept_for(waiting_now(parts().store, outcome.waiting_id)))
        return go_to(url_for(".one", waiting_id=outcome.waiting_id))
    flash(SENTENCES[outcome.state])
    if outcome.review_id and _is_ours(outcome.review_id):
        return go_to(url_for("reviews.show", review_id=outcome.review_id))
    return go_to(url_for("sign_in.home"))


def _kept_for(kept: Waiting) -> str:
    """Return who must look at a discharge that waits, and until when its review is in time."""
    said = f"Kept for {kept.owner} to look at." if kept.owner else SENTENCES[State.UNMATCHED]
    if kept.due is None:
        return said
    return f"{said} Its review is due by the end of {kept.due:%A} {kept.due.day} {kept.due:%B %Y}."


def _is_ours(review_id: str) -> bool:
    try:
        g.record.review(review_id)
    except ResourceNotFound:
        return False
    return True


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
