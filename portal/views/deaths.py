"""A child's death: somebody says it, a second person confirms it, and one said in error is withdrawn."""

from collections.abc import Sequence
from uuid import uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_deaths
from plans.death import MAY_SAY, DeathSaidBefore, NotToConfirm, SamePerson
from plans.people import Child
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from portal.access import allow
from portal.actions.deaths import saying
from portal.actions.deaths.reading import note_reading
from portal.actions.review_list import name_of_person
from portal.forms.death import typed_death
from portal.parts import parts
from portal.responses import go_to
from portal.views.inbox import CHILDS_PAGE

bp = Blueprint("deaths", __name__, url_prefix="/children/<child_id>/death")


@bp.get("")
@allow(*sorted(MAY_SAY))
def show(child_id: str) -> ResponseReturnValue:
    """Show what was said of a child's death, and the form for what comes next."""
    return _page(g.record.child(child_id))


@bp.post("")
@allow(*sorted(MAY_SAY))
def say(child_id: str) -> ResponseReturnValue:
    """Keep that this person says that the child has died."""
    child = g.record.child(child_id)
    try:
        death = typed_death(request.form, child.id, by=g.person, at=g.now)
        saying.say(parts().store, death, by=g.person, at=g.now)
    except NotWhole as refusal:
        return _page(child, [_problem(refusal.field, refusal)]), 422
    except DeathSaidBefore as refusal:
        return _page(child, [_problem("confirm", refusal)]), 422
    except NotToConfirm as refusal:
        return _page(child, [_problem("died-day", refusal)]), 422
    flash("It is kept. Nothing goes to the family or the school. A second person must confirm it.")
    return go_to(url_for(".show", child_id=child.id))


@bp.post("/<death_id>/confirm")
@allow(*sorted(MAY_SAY))
def confirm(child_id: str, death_id: str) -> ResponseReturnValue:
    """Keep that a second person confirms it."""
    child = g.record.child(child_id)
    try:
        saying.confirm(parts().store, child.id, death_id, by=g.person, at=g.now)
    except (SamePerson, NotToConfirm) as refusal:
        return _page(child, [_problem("confirm", refusal)]), 422
    flash("The death is confirmed. Everything that waited for this child is closed.")
    return go_to(url_for(".show", child_id=child.id))


@bp.post("/<death_id>/withdraw")
@allow(*sorted(MAY_SAY))
def withdraw(child_id: str, death_id: str) -> ResponseReturnValue:
    """Keep that it was said in error."""
    child, reason = g.record.child(child_id), request.form.get("reason", "")
    try:
        saying.withdraw(parts().store, child.id, death_id, reason, by=g.person, at=g.now)
    except NotWhole as refusal:
        return _page(child, [_problem(refusal.field, refusal)]), 422
    except NotToConfirm as refusal:
        return _page(child, [_problem("reason", refusal)]), 422
    flash("It is withdrawn. Everything runs again, due as before.")
    return go_to(url_for(".show", child_id=child.id))


@bp.post("/alive")
@allow(*sorted(MAY_SAY))
def alive(child_id: str) -> ResponseReturnValue:
    """Keep that the child lives of whom a record alone says a death."""
    child, how = g.record.child(child_id), request.form.get("how", "")
    try:
        saying.say_alive(parts().store, child.id, how, by=g.person, at=g.now)
    except NotWhole as refusal:
        return _page(child, [_problem(refusal.field, refusal)]), 422
    except NotToConfirm as refusal:
        return _page(child, [_problem("died-day", refusal)]), 422
    flash("It is kept that the child is alive. Everything runs again, due as before.")
    return go_to(url_for(".show", child_id=child.id))


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    note_reading(store, child.id, by=g.person, at=g.now)
    return render_template(
        "deaths/show.jinja",
        child=child,
        similar=g.record.similar(child),
        childs_page=CHILDS_PAGE.get(g.person.role),
        death=kept_deaths.standing(store, child.id),
        record_says=kept_deaths.only_a_record_says(store, child.id),
        earlier=[one for one in kept_deaths.deaths_of(store, child.id) if one.withdrawn_at],
        name_of=lambda ref: name_of_person(store, ref.partition("/")[2]),
        me=str(g.person.ref),
        once=request.form.get("once") or str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _problem(field: str, refusal: Exception) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))
