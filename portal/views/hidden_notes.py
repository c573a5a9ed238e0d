"""Hidden notes about a child: write one, read those that are for you, take back one that is wrong."""

from collections.abc import Sequence
from uuid import uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.hidden_notes import NobodyWouldRead, NoteStands
from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from portal.access import allow
from portal.actions.hidden_notes import notes_read, withdraw_note, write_note
from portal.forms.hidden_note import WORDS, typed_note
from portal.parts import parts
from portal.responses import go_to
from portal.views.inbox import CHILDS_PAGE

bp = Blueprint("hidden_notes", __name__, url_prefix="/children/<child_id>/hidden-notes")
# Whoever may write about a child may hide it; who reads it is another question.
WRITES = tuple(role for role in Role if role is not Role.PRIVACY_LEAD)


@bp.get("")
@allow(*WRITES)
def show(child_id: str) -> ResponseReturnValue:
    """Show the hidden notes that this person may read, and a form for one more."""
    return _page(g.record.child(child_id))


@bp.post("")
@allow(*WRITES)
def write(child_id: str) -> ResponseReturnValue:
    """Keep a hidden note; the team that acts for the child is told that there is one."""
    child = g.record.child(child_id)
    try:
        note = typed_note(request.form, child.id, by=g.person, at=g.now)
        write_note(parts().store, note, by=g.person, at=g.now)
    except NotWhole as refusal:
        return _page(child, [_problem(refusal.field, refusal)]), 422
    except (NobodyWouldRead, NoteStands) as refusal:
        return _page(child, [_problem(WORDS, refusal)]), 422
    flash("Your note is kept and hidden.")
    return go_to(url_for(".show", child_id=child.id))


@bp.post("/<note_id>/withdraw")
@allow(*WRITES)
def withdraw(child_id: str, note_id: str) -> ResponseReturnValue:
    """Keep that a note was written in error."""
    child, reason = g.record.child(child_id), request.form.get("reason", "")
    try:
        withdraw_note(parts().store, child.id, note_id, reason, by=g.person, at=g.now)
    except NotWhole as refusal:
        return _page(child, [_problem(f"reason-{note_id}", refusal)]), 422
    flash("The note is marked as written in error.")
    return go_to(url_for(".show", child_id=child.id))


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "hidden_notes/show.jinja",
        child=child,
        childs_page=CHILDS_PAGE.get(g.person.role),
        similar=g.record.similar(child),
        hidden_notes=notes_read(parts().store, child.id, by=g.person, at=g.now),
        new_id=request.form.get("note") or str(uuid4()),
        typed=request.form,
        errors=errors,
    )


def _problem(field: str, refusal: Exception) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))
