"""The children of a practice, and one child: family, plans, drafts, shares, reviews, facts on record."""

from collections.abc import Mapping

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from fhir import kept_deaths, kept_plans, kept_reviews
from fhir.store.tables import drafts
from plans.follow_up import Standing, State, standing
from plans.places import Role
from plans.review import Review
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.children import Need, Wanted, children_page
from portal.actions.concerns.seen import open_found
from portal.actions.facts.about import facts_shown
from portal.actions.facts.listing import has_facts, reads_misuse
from portal.actions.family.child_words import words_for_professionals
from portal.actions.hidden_notes import notes_read
from portal.actions.inbox.listing import listed
from portal.actions.inbox.sight import open_about
from portal.actions.receipts.shown import read_by
from portal.actions.school.day import school_day
from portal.calendar import holidays_for
from portal.concern_pages import open_concerns
from portal.parts import parts
from portal.plan_pages import language_name
from portal.school_words import words_of_school
from portal.team_words import due_words
from portal.views.register import MOST_LETTERS, page_number

bp = Blueprint("children", __name__)

STATES: Mapping[State, str] = {
    State.RUNNING: "Running",
    State.HOURS_48_PASSED: "48 hours have passed",
    State.DUE_TODAY: "Due today",
    State.OVERDUE: "Late",
    State.REVIEWED_IN_TIME: "Done in time",
    State.REVIEWED_LATE: "Done late",
    State.NOT_NEEDED: "Not needed",
    State.CANCELLED: "Cancelled",
    State.DIED: "Child has died",
}

NEEDS: Mapping[Need, str] = {
    Need.CONCERN: "with an open concern",
    Need.REVIEW: "with a review after hospital that is not done",
    Need.PAST: "with a plan whose review date has passed",
    Need.DRAFT: "with a draft that nobody has signed",
    Need.NO_PLAN: "without a plan",
}


@bp.get("/children")
@allow(Role.CLINICIAN, Role.HOSPITAL)
def index() -> ResponseReturnValue:
    """List the children that this person may see."""
    return _list(request.args, "")


@bp.post("/children")
@allow(Role.CLINICIAN, Role.HOSPITAL)
def search() -> ResponseReturnValue:
    """List the children whom a search means; what was typed never stands in an address."""
    return _list(request.form, request.form.get("search", "").strip()[:MOST_LETTERS])


@bp.get("/children/<child_id>")
@allow(Role.CLINICIAN)
def show(child_id: str) -> ResponseReturnValue:
    """Show all that the practice knows here of one child."""
    store, child = parts().store, g.record.child(child_id)
    live, shares = kept_plans.live_plan(store, child_id), g.record.shares(child_id)
    return render_template(
        "children/show.jinja",
        child=child,
        death=kept_deaths.standing(store, child_id),
        held=kept_deaths.holds_back(store, child_id),
        similar=g.record.similar(child),
        **words_of_school(school_day(store, child, by=g.person, now=g.now, whole="all" in request.args)),
        tasks=listed(store, g.record, open_about(store, child_id, g.person, g.now), g.person, g.now),
        due=lambda task: due_words(task.due_at, g.now),
        family=g.record.family(child_id),
        words_at_home=words_for_professionals(store, child_id),
        language_name=language_name,
        versions=g.record.plans(child_id),
        live=live,
        drafts=drafts.of_child(store, child_id),
        shares=shares,
        read_by=read_by(store, live, shares, g.now, holidays_for) if live else None,
        reviews=[(one, _standing(one)) for one in kept_reviews.reviews_of_child(store, child_id)],
        hidden_notes=notes_read(store, child_id, by=g.person, at=g.now),
        states=STATES,
        reads_misuse=reads_misuse(g.person),
        open_concerns=open_concerns(store, child_id, g.person, g.now),
        facts=facts_shown(store, child, today=uk_day(g.now), holidays_for=holidays_for),
    )


def _standing(review: Review) -> Standing:
    return standing(review.events, review.discharged_at, review.due, g.now)


def _list(asked: MultiDict[str, str], name: str) -> str:
    wanted = Wanted(name, _need(asked.get("show", "")), page_number(asked))
    with_plans = g.person.role is Role.CLINICIAN
    concerns = open_found(parts().store, g.person, g.now)
    today = uk_day(g.now)
    found = children_page(
        parts().store, g.record, wanted, with_plans=with_plans, concerns=concerns, today=today
    )
    if wanted.page > found.pages:
        abort(404)
    ids = [one.child.id for one in found.rows]
    return render_template(
        "children/index.jinja",
        page=found,
        facts=has_facts(parts().store, g.person, ids, g.now) if g.person.role is Role.CLINICIAN else {},
        wanted=wanted,
        needs=NEEDS,
        shared=g.record.shared_ids(*(one.child.id for one in found.rows)) if found.rows else set(),
        today=today,
    )


def _need(text: str) -> Need | None:
    try:
        return Need(text) if text else None
    except ValueError:
        abort(404)
