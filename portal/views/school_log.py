"""One child at school: inhaler and spacer, the emergency inhaler, what happened, absence, and concerns."""

from collections.abc import Callable
from uuid import uuid4

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_people
from fhir.kept_school_log import reference_to
from fhir.kept_shares import live_shares_of
from plans.hidden_notes import NobodyWouldRead, NoteStands
from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from plans.school_log import EntryKind
from plans.sharing import Reader as ShareReader
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.concerns.seen import followed_about
from portal.actions.hidden_notes import notes_read
from portal.actions.review_list import name_of_person
from portal.actions.school import log as school_log
from portal.actions.school.absence import keep_figures
from portal.actions.school.consent import keep_answer
from portal.actions.school.day import school_day
from portal.actions.school.inhaler import check_inhaler
from portal.actions.school.places import place_told
from portal.concern_pages import tag_for
from portal.forms import school as forms
from portal.forms.hidden_note import WORDS, typed_beside
from portal.parts import parts
from portal.responses import go_to
from portal.school_words import words_of_school

bp = Blueprint("school", __name__, url_prefix="/school/<child_id>")
AT_SCHOOL = (Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)
NOBODY_TOLD = "Nobody could be told. Phone the child's GP surgery."
Keep = Callable[[Child], str]


@bp.get("")
@allow(*AT_SCHOOL)
def show(child_id: str) -> ResponseReturnValue:
    """Show all that school has said of one child, and what can be written down."""
    return _form("show", g.record.child(child_id))


@bp.get("/inhaler")
@allow(*AT_SCHOOL)
def inhaler(child_id: str) -> ResponseReturnValue:
    """Ask what a check of the inhaler and the spacer found."""
    return _form("inhaler", _at_a_school(child_id))


@bp.post("/inhaler")
@allow(*AT_SCHOOL)
def keep_inhaler(child_id: str) -> ResponseReturnValue:
    """Keep the check; what is missing reaches the practice and the family."""

    def keep(child: Child) -> str:
        found = forms.typed_inhaler(request.form, child, by=g.person, at=g.now)
        lacking = check_inhaler(parts().store, found, by=g.person, at=g.now)
        return _after_check(child) if lacking else "The check is kept."

    return _keep("inhaler", _at_a_school(child_id), keep)


@bp.get("/consent")
@allow(*AT_SCHOOL)
def consent(child_id: str) -> ResponseReturnValue:
    """Ask what a parent answered about the school's emergency inhaler."""
    return _form("consent", _at_a_school(child_id))


@bp.post("/consent")
@allow(*AT_SCHOOL)
def keep_consent(child_id: str) -> ResponseReturnValue:
    """Keep the answer."""

    def keep(child: Child) -> str:
        answer, is_written = forms.typed_consent(request.form, child)
        keep_answer(parts().store, answer, is_written=is_written, by=g.person, at=g.now)
        return "The answer is kept."

    return _keep("consent", _at_a_school(child_id), keep)


@bp.get("/log/<kind>")
@allow(*AT_SCHOOL)
def entry(child_id: str, kind: str) -> ResponseReturnValue:
    """Ask what happened: a reliever, an attack, or PE that was missed."""
    return _form(f"log-{_kind(kind)}", g.record.child(child_id))


@bp.post("/log/<kind>")
@allow(*AT_SCHOOL)
def keep_entry(child_id: str, kind: str) -> ResponseReturnValue:
    """Keep what happened; the practice is told the same day."""

    def keep(child: Child) -> str:
        typed = forms.typed_entry(request.form, child.id, _kind(kind), by=g.person, at=g.now)
        hidden = typed_beside(
            request.form, child.id, reference_to(typed), once=typed.id, by=g.person, at=g.now
        )
        school_log.record(parts().store, typed, hidden=hidden, by=g.person, at=g.now)
        return _and_told("It is written down", child)

    return _keep(f"log-{_kind(kind)}", g.record.child(child_id), keep)


@bp.post("/entries/<entry_id>/told")
@allow(*AT_SCHOOL)
def told(child_id: str, entry_id: str) -> ResponseReturnValue:
    """Keep who has told a parent."""

    def keep(child: Child) -> str:
        told_by = request.form.get("told-by", "")
        school_log.say_told(parts().store, child.id, entry_id, told_by, by=g.person, at=g.now)
        return "It is kept that a parent was told."

    return _keep("show", g.record.child(child_id), keep)


@bp.post("/entries/<entry_id>/withdraw")
@allow(*AT_SCHOOL)
def withdraw(child_id: str, entry_id: str) -> ResponseReturnValue:
    """Keep that an entry was made in error."""

    def keep(child: Child) -> str:
        reason = request.form.get("reason", "")
        school_log.withdraw(parts().store, child.id, entry_id, reason, by=g.person, at=g.now)
        return _and_told("It is marked as an error", child)

    return _keep("show", g.record.child(child_id), keep)


@bp.get("/absence")
@allow(*AT_SCHOOL)
def absence(child_id: str) -> ResponseReturnValue:
    """Ask how many sessions were missed."""
    return _form("absence", g.record.child(child_id))


@bp.post("/absence")
@allow(*AT_SCHOOL)
def keep_absence(child_id: str) -> ResponseReturnValue:
    """Keep the figures."""

    def keep(child: Child) -> str:
        figures = forms.typed_figures(request.form, child.id, by=g.person, at=g.now)
        keep_figures(parts().store, figures, by=g.person, at=g.now)
        return "The figures are kept."

    return _keep("absence", g.record.child(child_id), keep)


def _keep(name: str, child: Child, keep: Keep) -> ResponseReturnValue:
    try:
        said = keep(child)
    except (NotWhole, NobodyWouldRead, NoteStands) as refusal:
        field = refusal.field if isinstance(refusal, NotWhole) else WORDS
        problem = Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))
        return _form(name, child, problem), 422
    flash(said)
    return go_to(url_for(".show", child_id=child.id))


def _form(name: str, child: Child, problem: Problem | None = None) -> str:
    return render_template(
        f"school/{name}.jinja",
        typed=request.form,
        errors=[problem] if problem else [],
        new_id=lambda: request.form.get("entry") or str(uuid4()),
        terms=forms.offered_terms(uk_day(g.now)),
        hidden_notes=notes_read(parts().store, child.id, by=g.person, at=g.now) if name == "show" else (),
        **_about(child),
    )


def _about(child: Child) -> dict[str, object]:
    return {
        "child": child,
        "similar": g.record.similar(child),
        "school_place": _place(child.school_id),
        "practice": _place(child.practice_id),
        "told": place_told(parts().store, child, by=g.person),
        "concerns": followed_about(parts().store, child.id, g.person, g.now),
        "tag_of": tag_for(parts().store, g.person, [child.id]),
        "name_of": lambda ref: name_of_person(parts().store, ref),
        **words_of_school(
            school_day(parts().store, child, by=g.person, now=g.now, whole="all" in request.args)
        ),
    }


def _place(id: str) -> object:
    return kept_people.organisation(parts().store, id) if id else None


def _at_a_school(child_id: str) -> Child:
    child: Child = g.record.child(child_id)
    if not child.school_id:
        abort(404)
    return child


def _kind(text: str) -> EntryKind:
    try:
        return EntryKind(text)
    except ValueError:
        abort(404)


def _and_told(done: str, child: Child) -> str:
    """Return what was done and which place was told of it; where none was, what to do instead."""
    place = place_told(parts().store, child, by=g.person)
    return f"{done}, and {place} is told." if place else f"{done}. {NOBODY_TOLD}"


def _after_check(child: Child) -> str:
    place = place_told(parts().store, child, by=g.person)
    said = f"{place} is told what is missing." if place else NOBODY_TOLD
    shares = live_shares_of(parts().store, child.id, g.now)
    at_home = any(one.reader is ShareReader.FAMILY for one in shares)
    family = "The family can read it with the plan." if at_home else "Tell the family yourself."
    return f"The check is kept. {said} {family}"
