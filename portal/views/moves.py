"""Children who move: to another school, on the page of one child; to another practice, once it accepts."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_people
from plans.errors import PuffinError
from plans.people import Child
from plans.places import OrganisationKind, Role
from plans.problems import Problem
from portal.access import allow
from portal.actions.moves import practice as moves_practice
from portal.actions.moves import school as moves
from portal.errors import status_of
from portal.forms.class_lists import day_of, problem
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("moves", __name__)
UNPROCESSABLE = 422


@bp.get("/moves")
@allow(Role.CLINICIAN)
def index() -> ResponseReturnValue:
    """List the children who come from another practice, and those who have left and are not accepted yet."""
    store = parts().store
    return render_template(
        "moves/index.jinja",
        coming=moves_practice.coming(store, by=g.person, at=g.now),
        leaving=moves_practice.leaving(store, by=g.person, at=g.now),
    )


@bp.post("/moves/<move_id>/accept")
@allow(Role.CLINICIAN)
def accept(move_id: str) -> ResponseReturnValue:
    """Take a child over, with the reviews and tasks that are open."""
    moves_practice.accept(parts().store, move_id, by=g.person, at=g.now)
    flash("The child is registered with you, and so are the open reviews and tasks.")
    return go_to(url_for(".index"))


@bp.post("/moves/<move_id>/refuse")
@allow(Role.CLINICIAN)
def refuse(move_id: str) -> ResponseReturnValue:
    """Say that the child is not registered here."""
    moves_practice.refuse(parts().store, move_id, by=g.person, at=g.now)
    flash("The other practice is told. The child stays theirs.")
    return go_to(url_for(".index"))


@bp.post("/moves/<move_id>/take-back")
@allow(Role.CLINICIAN)
def take_back(move_id: str) -> ResponseReturnValue:
    """Take back that a child has left, as long as nobody has accepted them."""
    moves_practice.take_back(parts().store, move_id, by=g.person, at=g.now)
    flash("The child has not left.")
    return go_to(url_for(".index"))


@bp.get("/children/<child_id>/moves")
@allow(Role.CLINICIAN, Role.SCHOOL_NURSE)
def show(child_id: str) -> ResponseReturnValue:
    """Show where a child has moved so far, and the forms to record a move."""
    return _page(g.record.child(child_id))


@bp.post("/children/<child_id>/moves/school")
@allow(Role.CLINICIAN, Role.SCHOOL_NURSE)
def to_school(child_id: str) -> ResponseReturnValue:
    """Record a move to another school."""
    child = g.record.child(child_id)
    day, problems = day_of(request.form, "moved")
    chosen = request.form.get("school", "")
    if not chosen:
        problems.insert(0, problem("school", "Choose the new school, or that it is not known."))
    if day is None or problems:
        return _page(child, problems), UNPROCESSABLE
    to_id = "" if chosen == "not-known" else chosen
    try:
        moves.move_school(parts().store, child_id, to_id, day, by=g.person, at=g.now)
    except PuffinError as refusal:
        return _refused(child, "school", refusal)
    flash("The move is kept. The plan is not shared with the new school until the practice shares it.")
    return go_to(_after(child_id))


@bp.post("/children/<child_id>/moves/practice")
@allow(Role.CLINICIAN)
def to_practice(child_id: str) -> ResponseReturnValue:
    """Record that a child has left this practice; one that is here is named before anything is sent to it."""
    child = g.record.child(child_id)
    day, problems = day_of(request.form, "gone")
    code = request.form.get("code", "").strip().upper()
    if day is None:
        return _page(child, problems), UNPROCESSABLE
    try:
        there = moves_practice.practice_with(parts().store, code)
        if there and request.form.get("confirmed") != there.code:
            return render_template("moves/confirm.jinja", child=child, there=there, typed=request.form)
        moves_practice.leave_practice(parts().store, child_id, code, day, by=g.person, at=g.now)
    except PuffinError as refusal:
        return _refused(child, "code", refusal)
    flash("The move is kept. The child, the reviews and the tasks stay yours until another practice accepts.")
    return go_to(url_for(".index"))


@bp.post("/children/<child_id>/moves/<move_id>/withdraw")
@allow(Role.CLINICIAN, Role.SCHOOL_NURSE)
def withdraw(child_id: str, move_id: str) -> ResponseReturnValue:
    """Take back a move to another school whose day has not come."""
    g.record.child(child_id)
    moves.withdraw(parts().store, child_id, move_id, by=g.person, at=g.now)
    flash("The move is taken back.")
    return go_to(url_for(".show", child_id=child_id))


def _after(child_id: str) -> str:
    """Return the page to go on with: whoever saw the child by a share that has ended sees them no more."""
    if child_id in {one.id for one in g.record.children()}:
        return url_for(".show", child_id=child_id)
    return url_for("sign_in.home")


def _refused(child: Child, field: str, refusal: PuffinError) -> ResponseReturnValue:
    if status_of(refusal) != UNPROCESSABLE:
        raise refusal
    return _page(child, [problem(field, str(refusal))]), UNPROCESSABLE


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    return render_template(
        "moves/show.jinja",
        child=child,
        similar=g.record.similar(child),
        school=moves.place(store, child.school_id),
        practice=moves.place(store, child.practice_id),
        schools=kept_people.places_of_kind(store, OrganisationKind.SCHOOL),
        history=moves.history(store, child.id),
        may_leave_practice=g.person.role is Role.CLINICIAN,
        typed=request.form,
        errors=errors,
    )
