"""Concerns: raise one about a child, see where it stands, and say what was done about it."""

from collections.abc import Callable, Sequence
from uuid import uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_people
from fhir.store.errors import ResourceNotFound
from plans.concern import (
    RAISES,
    AnswerMissing,
    DecisionMissing,
    DisagreedBefore,
    NothingToDisagreeWith,
    NotOpen,
    ReasonMissing,
)
from plans.errors import PuffinError
from plans.people import Child
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from plans.weekend import BothDecided, DecidedBefore, NothingDecided, WordsTooLong, back_on
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.concerns import answering
from portal.actions.concerns.numbers import to_phone
from portal.actions.concerns.raising import RaisedBefore, raise_concern
from portal.actions.concerns.seen import all_found, find, followed_about, read
from portal.actions.concerns.teams import teams_for
from portal.actions.review_list import name_of_place
from portal.actions.weekend.deciding import decide, holidays_of
from portal.calendar import holidays_for
from portal.concern_pages import concern_page
from portal.concern_words import STATES
from portal.forms.concern import typed_concern, typed_decision, typed_id
from portal.parts import parts
from portal.responses import go_to
from portal.team_words import due_words
from portal.views.inbox import CHILDS_PAGE

bp = Blueprint("concerns", __name__, url_prefix="/concerns")
PROFESSIONALS = tuple(sorted(RAISES))


@bp.get("")
@allow(*PROFESSIONALS)
def index() -> ResponseReturnValue:
    """List the concerns that this person raised, follows or was told of; open ones first."""
    found = all_found(parts().store, g.person, g.now)
    children = g.record.some_of(one.child_id for one in found)
    return render_template(
        "concerns/index.jinja",
        found=found,
        children=children,
        tags=STATES,
        due=lambda one: due_words(one.act_by, g.now),
        name_of_place=_place,
    )


@bp.get("/new/<child_id>")
@allow(*PROFESSIONALS)
def new(child_id: str) -> ResponseReturnValue:
    """Ask what worries somebody, and say whom to phone first."""
    return _form(g.record.child(child_id))


@bp.post("/new/<child_id>")
@allow(*PROFESSIONALS)
def send(child_id: str) -> ResponseReturnValue:
    """Keep the concern and tell the team that must act."""
    child = g.record.child(child_id)
    try:
        wanted = typed_concern(request.form, child.id, by=g.person, at=g.now)
        kept = raise_concern(parts().store, wanted, by=g.person, at=g.now, holidays_for=holidays_for)
    except (NotWhole, RaisedBefore) as refusal:
        field = refusal.field if isinstance(refusal, NotWhole) else "words"
        return _form(child, [_problem(field, refusal)]), 422
    flash("Your concern is sent. This page says who was told, and what they did.")
    return go_to(url_for(".show", concern_id=kept.id))


@bp.get("/<concern_id>")
@allow(*PROFESSIONALS)
def show(concern_id: str) -> ResponseReturnValue:
    """Show one concern: whom to phone now, where it stands, and what can be done about it."""
    return _page(concern_id)


@bp.post("/<concern_id>/acknowledge")
@allow(*PROFESSIONALS)
def acknowledge(concern_id: str) -> ResponseReturnValue:
    """Keep that somebody has seen it."""
    return _keep(
        concern_id,
        "acknowledge",
        lambda once, _words: answering.acknowledge(parts().store, concern_id, once, by=g.person, at=g.now),
        "It is kept that you have seen it. Its clock runs until you write what was done.",
    )


@bp.post("/<concern_id>/answer")
@allow(*PROFESSIONALS)
def answer(concern_id: str) -> ResponseReturnValue:
    """Keep what was done about it."""
    return _keep(
        concern_id,
        "answer",
        lambda once, words: answering.answer(parts().store, concern_id, once, words, by=g.person, at=g.now),
        "Your answer is kept. Whoever raised the concern reads it.",
    )


@bp.post("/<concern_id>/disagree")
@allow(*PROFESSIONALS)
def disagree(concern_id: str) -> ResponseReturnValue:
    """Open it again, one step up."""
    return _keep(
        concern_id,
        "disagree",
        lambda once, words: answering.disagree(
            parts().store, concern_id, once, words, by=g.person, at=g.now, holidays_for=holidays_for
        ),
        "The concern is open again, and goes to the next team.",
    )


@bp.post("/<concern_id>/withdraw")
@allow(*PROFESSIONALS)
def withdraw(concern_id: str) -> ResponseReturnValue:
    """Keep that it was raised in error."""
    return _keep(
        concern_id,
        "withdraw",
        lambda once, words: answering.withdraw(parts().store, concern_id, once, words, by=g.person, at=g.now),
        "The concern is withdrawn. Whoever was told reads why.",
    )


@bp.post("/<concern_id>/weekend")
@allow(*PROFESSIONALS)
def weekend(concern_id: str) -> ResponseReturnValue:
    """Keep what a named person decided for the child until people work again."""
    found = find(parts().store, concern_id, g.person, g.now)
    if not found.may_act:
        raise ResourceNotFound
    child_id, store = found.concern.child_id, parts().store
    until = back_on(g.now, holidays_of(store, kept_people.child(store, child_id), holidays_for))
    made = typed_decision(request.form, child_id, f"Task/{concern_id}", until, by=g.person, at=g.now)
    try:
        today = uk_day(g.now)
        decide(store, made, off_from=today, by=g.person, at=g.now, holidays_for=holidays_for)
    except (NothingDecided, BothDecided, DecidedBefore, WordsTooLong) as refusal:
        return _page(concern_id, [_problem("out-of-hours", refusal)]), 422
    flash("The decision is kept with your name. Write the answer to the concern too, once it is done.")
    return go_to(url_for(".show", concern_id=concern_id))


def _keep(concern_id: str, field: str, keep: Callable[[str, str], None], said: str) -> ResponseReturnValue:
    try:
        keep(typed_id(request.form), request.form.get(field, ""))
    except DecisionMissing as refusal:
        return _page(concern_id, [_problem("out-of-hours", refusal)]), 422
    except (AnswerMissing, DisagreedBefore, NotOpen, NothingToDisagreeWith, ReasonMissing) as refusal:
        return _page(concern_id, [_problem(field, refusal)]), 422
    flash(said)
    return go_to(url_for(".show", concern_id=concern_id))


def _page(concern_id: str, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    found = read(store, concern_id, g.person, g.now)
    shown = concern_page(store, g.record, found, g.person, g.now)
    return render_template("concerns/show.jinja", typed=request.form, errors=errors, **shown)


def _form(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    them = teams_for(store, child, g.person.role, g.person.organisation_id, g.now)
    return render_template(
        "concerns/new.jinja",
        child=child,
        similar=g.record.similar(child),
        first=_place(them.first),
        staffed=_place(them.staffed),
        to_phone=to_phone(store, them.first, g.person.organisation_id, them.staffed),
        followed=followed_about(store, child.id, g.person, g.now),
        tags=STATES,
        childs_page=CHILDS_PAGE.get(g.person.role),
        new_id=request.form.get("once") or str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _place(organisation_id: str) -> str:
    return name_of_place(parts().store, organisation_id)


def _problem(field: str, refusal: PuffinError) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))
