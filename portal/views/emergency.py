"""A record opened in an emergency: the reason and who the child is, then the plan, for some hours."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_emergencies, kept_people
from fhir.record import EmergencyRecord
from fhir.store.errors import ResourceNotFound
from plans.content import Copy
from plans.emergency_access import LASTS, MAY_OPEN, EmergencyAccess, ReasonMissing
from plans.errors import PuffinError
from plans.leaflet.languages import SOURCE
from plans.plan import Status
from plans.problems import Kind, Problem
from plans.working_days import uk_day
from portal.access import allow
from portal.actions import originals
from portal.actions.copies import page_of
from portal.actions.emergency_access import NobodyFound, SeenAlready, TooManyTries, close_record, open_record
from portal.forms.emergency import typed, typed_problems
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("emergency", __name__, url_prefix="/emergency")
HOURS = int(LASTS.total_seconds() // 3600)
FIELD_OF: dict[type[PuffinError], str] = {
    ReasonMissing: "reason",
    NobodyFound: "nhs-number",
    SeenAlready: "nhs-number",
    TooManyTries: "nhs-number",
}


@bp.get("")
@allow(*MAY_OPEN)
def index() -> ResponseReturnValue:
    """Ask for the reason and for the child, and list what this person has open."""
    return _form()


@bp.post("")
@allow(*MAY_OPEN)
def open_one() -> ResponseReturnValue:
    """Open the record of exactly the child who was named."""
    missing = typed_problems(request.form)
    if missing:
        return _form(missing), 422
    try:
        access = open_record(parts().store, typed(request.form), by=g.person, at=g.now)
    except (ReasonMissing, NobodyFound, SeenAlready, TooManyTries) as refusal:
        status = 429 if isinstance(refusal, TooManyTries) else 422
        return _form([_problem(FIELD_OF[type(refusal)], str(refusal))]), status
    return go_to(url_for(".show", child_id=access.child_id))


@bp.get("/<child_id>")
@allow(*MAY_OPEN)
def show(child_id: str) -> ResponseReturnValue:
    """Show the plan in the copy for other professionals, while the record is open."""
    record = EmergencyRecord(parts().store, g.person, parts().clock)
    child = record.child(child_id)
    plans = record.plans(child_id)
    newest = record.plan(plans[0].id) if plans else None
    page = ""
    if newest and newest.status is Status.SIGNED:
        original = originals.in_store(parts().store, newest.id, url=parts().settings.url)
        page = page_of(original, Copy.RECORD, SOURCE, today=uk_day(g.now))
    return render_template(
        "emergency/show.jinja",
        child=child,
        page=page,
        newest=newest,
        access=_access(child_id),
        practice=_practice(child.practice_id),
    )


@bp.post("/<child_id>/close")
@allow(*MAY_OPEN)
def close(child_id: str) -> ResponseReturnValue:
    """Close it before its time is over."""
    _access(child_id)
    close_record(parts().store, child_id, by=g.person, at=g.now)
    flash("The record is closed.")
    return go_to(url_for(".index"))


def _access(child_id: str) -> EmergencyAccess:
    """Return what this person has open of this child; raises ResourceNotFound."""
    there = kept_emergencies.live(parts().store, g.person.ref, g.now, child_id)
    if not there:
        raise ResourceNotFound
    return there[0]


def _practice(practice_id: str) -> object:
    return kept_people.organisation(parts().store, practice_id) if practice_id else None


def _form(problems: Sequence[Problem] = ()) -> str:
    return render_template(
        "emergency/index.jinja",
        typed=request.form,
        errors=problems,
        hours=HOURS,
        open_now=_open_now(),
    )


def _open_now() -> list[tuple[EmergencyAccess, str]]:
    """Return what this person has open, each with the name of the child; the names are audited."""
    record = EmergencyRecord(parts().store, g.person, parts().clock)
    mine = kept_emergencies.live(parts().store, g.person.ref, g.now)
    return [(one, record.child(one.child_id).name) for one in mine]


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
