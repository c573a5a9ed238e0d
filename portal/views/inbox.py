"""The inbox of a team: what it has to do, what it has done, and one task with what somebody did about it."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID, uuid4

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir.store.errors import ResourceNotFound
from plans.death import MAY_SAY
from plans.emergency_access import MAY_OPEN
from plans.hidden_notes import NobodyWouldRead, NoteStands
from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from plans.team_task import (
    CLOSES_ITSELF,
    GIVEN_BY_PRIVACY_LEAD,
    OTHERWISE,
    REACHES_SOMEBODY,
    AnswerMissing,
    ClosesItself,
    DaysOffNotOver,
    ListNotGiven,
    OutcomeMissing,
    ReachesNobody,
    TaskDone,
    TaskKind,
    TeamTask,
    answer_of,
)
from portal.access import allow
from portal.actions.hidden_notes import keep_with
from portal.actions.inbox.listing import listed, note_reading, open_inbox
from portal.actions.inbox.sight import covered_now, done_for, task_for
from portal.actions.inbox.tasks import Beside, answer_task, note_attempt
from portal.actions.messages.to_read import OF_A_MESSAGE, see_message
from portal.actions.review_list import name_of_place
from portal.forms.hidden_note import WORDS, typed_beside
from portal.parts import parts
from portal.responses import go_to
from portal.team_words import due_words
from portal.views.class_list_doubts import PROFESSIONALS
from portal.views.reviews import PROFESSIONALS as OPENS_REVIEWS

bp = Blueprint("inbox", __name__, url_prefix="/inbox")

# Where each role reads the plan of a child that it sees; a pharmacist reads medicines and supply there.
CHILDS_PAGE: Mapping[Role, str] = {
    Role.CLINICIAN: "children.show",
    Role.SCHOOL_NURSE: "shared.show",
    Role.COMMUNITY_NURSE: "shared.show",
    Role.PHARMACIST: "shared.show",
    Role.SOCIAL_WORKER: "shared.show",
    Role.SCHOOL_STAFF: "shared.show",
}


@bp.get("")
@allow(*Role)
def index() -> ResponseReturnValue:
    """List the open tasks of this team and of those that it covers; that the inbox was opened is kept."""
    store = parts().store
    tasks = open_inbox(store, g.person, g.now)
    covered = [name_of_place(store, team.id) for team in covered_now(store, g.person, g.now)]
    return _list(tasks, covered=covered, tab="open")


@bp.get("/done")
@allow(*Role)
def done() -> ResponseReturnValue:
    """List what this team did last."""
    note_reading(parts().store, g.person, g.now)
    return _list(done_for(parts().store, g.person), covered=[], tab="done")


@bp.get("/<task_id>")
@allow(*Role)
def show(task_id: str) -> ResponseReturnValue:
    """Show one task, whom to phone, and what was done about it."""
    return _page(task_for(parts().store, task_id, g.person, g.now))


@bp.get("/<reading_id>/message")
@allow(Role.CLINICIAN, Role.HOSPITAL)
def message(reading_id: str) -> ResponseReturnValue:
    """Show the message of a hospital that a task is about, as it came."""
    found = see_message(parts().store, reading_id, by=g.person, at=g.now)
    return render_template("inbox/message.jinja", message=found, task_id=reading_id)


@bp.post("/<task_id>/answer")
@allow(*Role)
def answer(task_id: str) -> ResponseReturnValue:
    """Keep what was done about it."""
    task = task_for(parts().store, task_id, g.person, g.now)
    outcome, words = request.form.get("outcome", ""), request.form.get("answer", "")
    try:
        said = answer_of(task.kind, outcome, words) if task.is_open else words
        answer_task(parts().store, task_id, said, beside=_hidden_beside(task), by=g.person, at=g.now)
    except OutcomeMissing as refusal:
        return _page(task, Problem("outcome", Kind.MUST_BE_PUT_RIGHT, "outcome", str(refusal))), 422
    except (AnswerMissing, ClosesItself, DaysOffNotOver, ListNotGiven, TaskDone) as refusal:
        return _page(task, Problem("answer", Kind.MUST_BE_PUT_RIGHT, "answer", str(refusal))), 422
    except (NotWhole, NobodyWouldRead, NoteStands) as refusal:
        field = refusal.field if isinstance(refusal, NotWhole) else WORDS
        return _page(task, Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))), 422
    flash("What you did is kept.")
    return go_to(url_for(".index"))


@bp.post("/<task_id>/tried")
@allow(*Role)
def tried(task_id: str) -> ResponseReturnValue:
    """Keep that somebody tried and reached nobody: the task stays open."""
    task, words = task_for(parts().store, task_id, g.person, g.now), request.form.get("answer", "")
    try:
        beside = _hidden_beside(task)
        note_attempt(parts().store, task_id, words, once=_once(), beside=beside, by=g.person, at=g.now)
    except (AnswerMissing, ReachesNobody, TaskDone) as refusal:
        return _page(task, Problem("answer", Kind.MUST_BE_PUT_RIGHT, "answer", str(refusal))), 422
    except (NotWhole, NobodyWouldRead, NoteStands) as refusal:
        field = refusal.field if isinstance(refusal, NotWhole) else WORDS
        return _page(task, Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))), 422
    flash("It is kept that nobody was reached yet. The task stays open: try again before it is due.")
    return go_to(url_for(".show", task_id=task_id))


def _once() -> str:
    """Return what names this form; for one that names itself otherwise than ours does, a new one."""
    try:
        return str(UUID(request.form.get("once", "")))
    except ValueError:
        return str(uuid4())


def _hidden_beside(task: TeamTask) -> Beside | None:
    """Return how to keep the hidden note that was typed beside the answer, None where none was.

    It is only about a child whom this person sees: raises ResourceNotFound for any other, and NotWhole.
    """
    about = f"Task/{task.id}"
    note = typed_beside(request.form, task.child_id, about, once=_once(), by=g.person, at=g.now)
    if note is None:
        return None
    g.record.child(task.child_id)
    return partial(keep_with, note=note, by=g.person)


def _list(tasks: list[TeamTask], *, covered: list[str], tab: str) -> str:
    rows = listed(parts().store, g.record, tasks, g.person, g.now)
    return render_template("inbox/index.jinja", rows=rows, covered=covered, tab=tab, due=_due)


def _page(task: TeamTask, problem: Problem | None = None) -> str:
    note_reading(parts().store, g.person, g.now, task)
    (row,) = listed(parts().store, g.record, [task], g.person, g.now)
    return render_template(
        "inbox/show.jinja",
        row=row,
        due=_due,
        childs_page=_childs_page(row.child) if row.child else None,
        may_open_in_emergency=g.person.role in MAY_OPEN,
        late=_late_one(task),
        is_message=task.kind in OF_A_MESSAGE,
        death_page=_death_page(task) if row.child else None,
        questions_page=_questions_page(task),
        pupils_page=task.kind is TaskKind.CHECK_PUPILS and g.person.role in PROFESSIONALS,
        closes_itself=task.kind in CLOSES_ITSELF | GIVEN_BY_PRIVACY_LEAD,
        reaches_somebody=task.kind in REACHES_SOMEBODY,
        outcomes=(*row.row.outcomes, OTHERWISE) if row.row.outcomes else (),
        once=str(uuid4()),
        typed=request.form,
        errors=[problem] if problem else [],
    )


def _childs_page(child: Child) -> str | None:
    """Return the address where this person reads of a child that they see: for a ward, plan or review."""
    if g.person.role is not Role.HOSPITAL:
        page = CHILDS_PAGE.get(g.person.role)
        return url_for(page, child_id=child.id) if page else None
    if child.id in g.record.shared_ids(child.id):
        return url_for("shared.show", child_id=child.id)
    reviews = [one for one in g.record.reviews() if one.child_id == child.id]
    return url_for("reviews.show", review_id=reviews[-1].id) if reviews else None


def _death_page(task: TeamTask) -> str | None:
    """Return the address of what was said of a child's death, for a task about it."""
    is_about = task.kind in {TaskKind.CONFIRM_DEATH, TaskKind.DISCHARGE_AFTER_DEATH}
    may = is_about and g.person.role in MAY_SAY
    return url_for("deaths.show", child_id=task.child_id) if may else None


def _questions_page(task: TeamTask) -> str | None:
    """Return the address of the review whose discharge has questions open, for who may answer them."""
    may = task.kind is TaskKind.DISCHARGE_ANSWERS and g.person.role in OPENS_REVIEWS
    review_id = task.about.removeprefix("Task/")
    return url_for("reviews.show", review_id=review_id, _anchor="questions") if may else None


def _late_one(task: TeamTask) -> TeamTask | None:
    """Return the late task that a lead is told of, where this person may read it."""
    if task.kind is not TaskKind.TASK_LATE:
        return None
    try:
        return task_for(parts().store, task.about.removeprefix("Task/"), g.person, g.now)
    except ResourceNotFound:
        return None


def _due(task: TeamTask) -> str:
    return due_words(task.due_at, g.now)
