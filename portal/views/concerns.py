"""Concerns: raise one about a child, see where it stands, and say what was done about it."""

from collections.abc import Callable, Mapping, Sequence
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
from plans.death import ChildHasDied
from plans.errors import PuffinError
from plans.people import Child
from plans.problems import Kind, Problem
from plans.weekend import (
    WAYS,
    BothDecided,
    DecidedBefore,
    Decision,
    NothingDecided,
    WordsTooLong,
    back_on,
)
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.concerns import answering
from portal.actions.concerns.numbers import to_phone
from portal.actions.concerns.raising import RaisedBefore, path_from, raise_concern
from portal.actions.concerns.seen import all_found, find, followed_about, read
from portal.actions.concerns.telling import act_by
from portal.actions.review_list import name_of_place
from portal.actions.weekend.deciding import decide, holidays_of
from portal.calendar import holidays_for
from portal.concern_pages import concern_page, open_concerns, tag_for
from portal.forms.concern import ConcernNotWhole, typed_concern, typed_decision, typed_id
from portal.parts import parts
from portal.responses import go_to
from portal.team_words import due_words
from portal.views.inbox import CHILDS_PAGE

bp = Blueprint("concerns", __name__, url_prefix="/concerns")
PROFESSIONALS = tuple(sorted(RAISES))
NOT_DECIDED = (NothingDecided, BothDecided, DecidedBefore, WordsTooLong, ChildHasDied)


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
        tag_of=tag_for(parts().store, g.person, children),
        due=lambda one: due_words(act_by(one), g.now),
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
    holidays = holidays_of(parts().store, child, holidays_for)
    try:
        wanted = typed_concern(request.form, child.id, holidays, by=g.person, at=g.now)
        kept = raise_concern(parts().store, wanted, by=g.person, at=g.now, holidays_for=holidays_for)
    except ConcernNotWhole as refused:
        return _form(child, [_problem(one.field, one) for one in refused.refusals]), 422
    except (RaisedBefore, ChildHasDied) as refusal:
        return _form(child, [_problem("words", refusal)]), 422
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
    """Keep what was done about it, and with it who looks after the child where the form says that too."""
    store = parts().store

    def keep(once: str, words: str) -> None:
        if any(request.form.get(way, "").strip() for way in WAYS):
            made = _decision(concern_id)
            answering.decide_and_answer(store, made, words, by=g.person, at=g.now, holidays_for=holidays_for)
        else:
            answering.answer(store, concern_id, once, words, by=g.person, at=g.now)

    return _keep(concern_id, "answer", keep, "Your answer is kept. Whoever raised the concern reads it.")


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
        "The concern is open again. This page says who must act now, and by when.",
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
    """Keep what a named person decided until people work again, and carry what else was typed."""
    made, today = _decision(concern_id), uk_day(g.now)
    try:
        decide(parts().store, made, off_from=today, by=g.person, at=g.now, holidays_for=holidays_for)
    except NOT_DECIDED as refusal:
        return _page(concern_id, [_problem("out-of-hours", refusal)]), 422
    flash("The decision is kept with your name. Write the answer to the concern too, once it is done.")
    typed = request.form.get("answer", "")
    if typed.strip():
        return _page(concern_id, typed={"answer": typed})
    return go_to(url_for(".show", concern_id=concern_id))


def _decision(concern_id: str) -> Decision:
    """Return the decision that was typed about a concern on which this person may act, else there is none."""
    store = parts().store
    found = find(store, concern_id, g.person, g.now)
    if not found.may_act:
        raise ResourceNotFound
    child_id = found.concern.child_id
    until = back_on(g.now, holidays_of(store, kept_people.child(store, child_id), holidays_for))
    return typed_decision(request.form, child_id, f"Task/{concern_id}", until, by=g.person, at=g.now)


def _keep(concern_id: str, field: str, keep: Callable[[str, str], None], said: str) -> ResponseReturnValue:
    try:
        keep(typed_id(request.form), request.form.get(field, ""))
    except (DecisionMissing, *NOT_DECIDED) as refusal:
        return _page(concern_id, [_problem("out-of-hours", refusal)]), 422
    except (AnswerMissing, DisagreedBefore, NotOpen, NothingToDisagreeWith, ReasonMissing) as refusal:
        return _page(concern_id, [_problem(field, refusal)]), 422
    flash(said)
    return go_to(url_for(".show", concern_id=concern_id))


def _page(concern_id: str, errors: Sequence[Problem] = (), typed: Mapping[str, str] | None = None) -> str:
    store = parts().store
    found = read(store, concern_id, g.person, g.now)
    shown = concern_page(store, g.record, found, g.person, g.now)
    again = request.form if typed is None else typed
    return render_template("concerns/show.jinja", typed=again, errors=errors, **shown)


def _form(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    path = path_from(store, child.id, g.person, g.now, holidays_for)
    places = dict.fromkeys((*path.usual, *path.urgent, g.person.organisation_id))
    return render_template(
        "concerns/new.jinja",
        child=child,
        similar=g.record.similar(child),
        path=path,
        name_of_place=_place,
        phones=to_phone(store, *places, person=g.person, now=g.now, holidays_for=holidays_for),
        open_concerns=open_concerns(store, child.id, g.person, g.now),
        followed=[one for one in followed_about(store, child.id, g.person, g.now) if not one.is_open],
        tag_of=tag_for(store, g.person, [child.id]),
        childs_page=CHILDS_PAGE.get(g.person.role),
        new_id=request.form.get("once") or str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _place(organisation_id: str) -> str:
    return name_of_place(parts().store, organisation_id)


def _problem(field: str, refusal: PuffinError) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))
