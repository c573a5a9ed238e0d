"""Who has read which version: for the practice that shared it, and a reader's question back to it."""

from uuid import uuid4

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from plans.receipts import QuestionMissing, Receipt
from portal.access import allow
from portal.actions.receipts import asked as receipts
from portal.actions.receipts import shown as receipts_shown
from portal.calendar import holidays_for
from portal.parts import parts
from portal.responses import go_to
from portal.views.shared import COPY_FOR

bp = Blueprint("receipts", __name__)


@bp.get("/receipts")
@allow(Role.CLINICIAN)
def index() -> ResponseReturnValue:
    """List the children of the practice whose live plan somebody has not read in time."""
    found = receipts_shown.unread_in_time(
        parts().store, g.record, g.person.organisation_id, g.now, holidays_for
    )
    return render_template("receipts/index.jinja", found=found)


@bp.get("/plans/<plan_id>/receipts")
@allow(Role.CLINICIAN)
def show(plan_id: str) -> ResponseReturnValue:
    """Show for one version who was asked to read it, who opened, read and asked about it, and when."""
    plan = g.record.plan(plan_id)
    child, shares = g.record.child(plan.child_id), g.record.shares(plan.child_id)
    read_by = receipts_shown.read_by(parts().store, plan, shares, g.now, holidays_for)
    return render_template(
        "receipts/show.jinja",
        plan=plan,
        child=child,
        similar=g.record.similar(child),
        read_by=read_by,
        details=receipts_shown.detailed(parts().store, read_by.rows),
    )


@bp.get("/shared/<child_id>/question")
@allow(*COPY_FOR)
def question(child_id: str) -> ResponseReturnValue:
    """Ask what somebody wants to know about the plan, with what their team asked before and the answers."""
    child = _shared_child(child_id)
    return _question_page(child, _receipts(child)[0])


@bp.post("/shared/<child_id>/question")
@allow(*COPY_FOR)
def ask(child_id: str) -> ResponseReturnValue:
    """Send a question to the practice, about the version that was on the page."""
    child, plan_id = _shared_child(child_id), request.form.get("plan", "")
    about = next((one for one in _receipts(child) if one.plan_id == plan_id), None)
    if about is None:
        abort(404)
    words, once = request.form.get("words", ""), request.form.get("once") or str(uuid4())
    try:
        receipts.ask_question(parts().store, about, words, once=once, by=g.person.ref, at=g.now)
    except QuestionMissing as refusal:
        problem = Problem("question", Kind.MUST_BE_PUT_RIGHT, "words", str(refusal))
        return _question_page(child, about, problem), 422
    return go_to(url_for(".question", child_id=child_id))


def _question_page(child: Child, about: Receipt, *errors: Problem) -> str:
    return render_template(
        "receipts/question.jinja",
        child=child,
        similar=g.record.similar(child),
        plan_id=about.plan_id,
        questions=receipts_shown.questions_of(parts().store, child.id, g.person.organisation_id),
        once=request.form.get("once") or str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _shared_child(child_id: str) -> Child:
    """Return a child whose plan is shared with this person's team, or 404."""
    child: Child = g.record.child(child_id)
    if not g.record.is_shared_with_us(child):
        abort(404)
    return child


def _receipts(child: Child) -> list[Receipt]:
    """Return what this person's team was asked about each version, the newest first, or 404 for nothing."""
    found = receipts_shown.receipts_of_team(parts().store, child.id, g.person.organisation_id)
    if not found:
        abort(404)
    return found
