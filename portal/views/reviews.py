"""Reviews after hospital: the list with both clocks, and one review with all that is recorded about it."""

from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_deaths
from plans.discharge_questions import AnswerNotUnderstood, QuestionNotOpen
from plans.leaflet.languages import SOURCE
from plans.places import Role
from plans.problems import Kind, Problem
from plans.review import Review
from plans.review_checklist import NothingReviewed, what_was_reviewed
from plans.review_events import EventKind, EventNotAllowed
from portal.access import allow
from portal.actions.discharge.answers import answer
from portal.actions.discharge.matching import see_all_waiting
from portal.actions.discharge.sheet import print_sheet
from portal.actions.facts.listing import reads_misuse
from portal.actions.review_list import listed
from portal.actions.reviews import Entry, record
from portal.calendar import holidays_for
from portal.concern_pages import open_concerns
from portal.forms.days import NotADay, NotATime, typed_moment
from portal.parts import parts
from portal.responses import as_pdf, go_to
from portal.review_pages import review_page
from portal.review_words import FORMS, STANDINGS, WITHDRAW

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
PROFESSIONALS = (Role.CLINICIAN, Role.HOSPITAL)


@bp.get("")
@allow(Role.CLINICIAN)
def index() -> ResponseReturnValue:
    """List the reviews of this practice: the most urgent on top, both clocks beside each."""
    rows = listed(parts().store, g.record.reviews(), g.now, holidays_for)
    waiting = see_all_waiting(parts().store, by=g.person, at=g.now)
    return render_template("reviews/index.jinja", rows=rows, waiting=waiting, tags=STANDINGS)


@bp.get("/<review_id>")
@allow(*PROFESSIONALS)
def show(review_id: str) -> ResponseReturnValue:
    """Show one review: both clocks, what is unanswered, what happened, and what can be recorded."""
    return _page(g.record.review(review_id))


@bp.post("/<review_id>/events/<kind>")
@allow(*PROFESSIONALS)
def record_event(review_id: str, kind: str) -> ResponseReturnValue:
    """Record what happened; only a review done, or a decision by name, stops the clock."""
    review, kind_of_event = g.record.review(review_id), _kind(kind)
    try:
        record(parts().store, review_id, _entry(kind_of_event), version=_version(), by=g.person, at=g.now)
    except (EventNotAllowed, NothingReviewed) as refusal:
        return _page(review, _problem(_field(kind), str(refusal))), 422
    except (NotADay, NotATime):
        sentence = "Give the day and the time, or leave both empty for now."
        return _page(review, _problem(_field(kind), sentence)), 422
    flash((FORMS.get(kind_of_event) or WITHDRAW).confirms)
    return go_to(url_for(".show", review_id=review_id))


@bp.post("/<review_id>/questions/<question_id>")
@allow(*PROFESSIONALS)
def answer_question(review_id: str, question_id: str) -> ResponseReturnValue:
    """Answer what the discharge left open."""
    review = g.record.review(review_id)
    said = request.form.get("answer", "")
    try:
        answer(parts().store, question_id, said, by=g.person, at=g.now)
    except (AnswerNotUnderstood, QuestionNotOpen) as refusal:
        return _page(review, _problem(f"question-{question_id}", str(refusal))), 422
    flash("The answer is kept with your name.")
    return go_to(url_for(".show", review_id=review_id, _anchor="questions"))


@bp.get("/<review_id>/sheet")
@allow(*PROFESSIONALS)
def sheet(review_id: str) -> ResponseReturnValue:
    """Give the family's sheet after hospital to print."""
    review, language = g.record.review(review_id), request.args.get("lang", SOURCE)
    bilingual = "bilingual" in request.args
    printed = print_sheet(parts().store, review, language, bilingual=bilingual, by=g.person.ref, at=g.now)
    return as_pdf(printed, f"after-hospital-{language}.pdf")


def _page(review: Review, problem: Problem | None = None) -> str:
    shown = review_page(parts().store, review, g.person, g.now)
    return render_template(
        "reviews/show.jinja",
        death=kept_deaths.standing(parts().store, review.child_id),
        held=kept_deaths.holds_back(parts().store, review.child_id),
        similar=g.record.similar(shown["row"].child),
        steps=g.record.alerts_about(review),
        open_concerns=open_concerns(parts().store, review.child_id, g.person, g.now),
        reads_misuse=reads_misuse(g.person),
        typed=request.form,
        errors=[problem] if problem else [],
        **shown,
    )


def _entry(kind: EventKind) -> Entry:
    reason = request.form.get("reason", "")
    if kind is EventKind.REVIEW_RECORDED:
        reason = what_was_reviewed(request.form.getlist("reviewed"), reason)
    day, at = request.form.get("day", ""), request.form.get("time", "")
    return Entry(
        kind,
        typed_moment(day, at, otherwise=g.now),
        reason=reason,
        withdraws=request.form.get("withdraws", ""),
        id=_event_id(),
    )


def _event_id() -> str:
    """Return the id that the form was made with; a new one where that is none of ours."""
    try:
        return str(UUID(request.form.get("event", "")))
    except ValueError:
        return str(uuid4())


def _kind(text: str) -> EventKind:
    try:
        return EventKind(text)
    except ValueError:
        abort(404)


def _field(kind: str) -> str:
    """Return the id of the box that a refusal is about; each record that can be withdrawn has its own."""
    return f"withdrawn-{request.form.get('withdraws', '')}" if kind == EventKind.WITHDRAWN else kind


def _version() -> str:
    return request.form.get("version", "")


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
