"""Before a weekend or holidays: who is at risk and unseen, and what a named person decides for one child."""

from collections.abc import Sequence
from uuid import uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_weekend
from plans.people import Child
from plans.problems import Kind, Problem
from plans.weekend import WAYS, BothDecided, DecidedBefore, Gap, NothingDecided, WordsTooLong, back_on
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.concerns.numbers import to_phone
from portal.actions.concerns.raising import path_from
from portal.actions.concerns.seen import readable_about
from portal.actions.review_list import name_of_person, name_of_place
from portal.actions.weekend.deciding import decide, holidays_of, prompt_for, said_of
from portal.actions.weekend.listing import LISTS, Before, gap_before, list_before, row_before
from portal.calendar import holidays_for
from portal.forms.concern import typed_decision
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("weekend", __name__, url_prefix="/before")


@bp.get("")
@allow(*LISTS)
def index() -> ResponseReturnValue:
    """List who has an open review or concern, or a fact that prompts; undecided ones first."""
    which = _typed_before() or Before.WEEKEND
    shown = list_before(parts().store, g.record, g.person, which, g.now, holidays_for)
    return render_template(
        "weekend/index.jinja",
        shown=shown,
        days_off=which,
        today=uk_day(g.now),
        said_of=said_of,
        name_of=lambda ref: name_of_person(parts().store, ref),
    )


@bp.get("/child/<child_id>")
@allow(*LISTS)
def child(child_id: str) -> ResponseReturnValue:
    """Show the weekend route of one child."""
    return _page(g.record.child(child_id))


@bp.post("/child/<child_id>")
@allow(*LISTS)
def decide_for(child_id: str) -> ResponseReturnValue:
    """Keep what a named person decided."""
    about: Child = g.record.child(child_id)
    off, ref = _days_off(about), f"Patient/{about.id}"
    made = typed_decision(request.form, about.id, ref, off.back_on, by=g.person, at=g.now)
    try:
        off_from = max(off.first, uk_day(g.now))  # the practice of another nation may work on a day of these
        decide(parts().store, made, off_from=off_from, by=g.person, at=g.now, holidays_for=holidays_for)
    except (NothingDecided, BothDecided, DecidedBefore, WordsTooLong) as refusal:
        problem = Problem("out-of-hours", Kind.MUST_BE_PUT_RIGHT, "out-of-hours", str(refusal))
        return _page(about, [problem]), 422
    flash("The decision is kept with your name.")
    return go_to(url_for(".index", before=_typed_before() or Before.WEEKEND))


def _page(about: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    path, days_off = path_from(store, about.id, g.person, g.now, holidays_for), _days_off(about)
    places = (*path.urgent, about.practice_id, g.person.organisation_id)
    concerns = readable_about(store, about.id, g.person, g.now)
    return render_template(
        "weekend/child.jinja",
        child=about,
        similar=g.record.similar(about),
        prompt=prompt_for(store, about, concerns, g.now, holidays_for),
        row=row_before(store, g.record, g.person, about, days_off, g.now, holidays_for),
        back_on=days_off.back_on,
        days_off=_typed_before(),
        decisions=kept_weekend.decisions_for(store, about.id),
        phones=to_phone(store, *places, person=g.person, now=g.now, holidays_for=holidays_for),
        ways=WAYS,
        said_of=said_of,
        name_of=lambda ref: name_of_person(store, ref),
        name_of_place=lambda id: name_of_place(store, id),
        new_id=lambda: str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _days_off(about: Child) -> Gap:
    """Return the days off of the list, else what lies between today and the next working day."""
    before = _typed_before()
    gap = gap_before(parts().store, g.person, before, g.now, holidays_for) if before else None
    return gap or Gap(uk_day(g.now), back_on(g.now, holidays_of(parts().store, about, holidays_for)))


def _typed_before() -> Before | None:
    try:
        return Before(request.values.get("before", ""))
    except ValueError:
        return None
