"""The inbox of a team: tasks raised for it by people, families and the system, and done by somebody of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_deaths, kept_team_tasks
from fhir.store import Store, Write
from plans.death import CLOSED_AS_DIED, STANDS_AFTER_DEATH
from plans.errors import PuffinError
from plans.team_task import (
    GIVEN_BY_PRIVACY_LEAD,
    KINDS,
    LONGEST_TEXT,
    Attempt,
    ListNotGiven,
    TaskKind,
    TeamTask,
    done,
    settled,
    task_id,
    tried,
)
from portal.actions.inbox.sight import task_for
from portal.person import Person

Beside = Callable[[Write], None]


class WordsTooLong(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write no more than 2,000 characters.")


@dataclass(frozen=True)
class NewTask:
    """A task to be raised. `once` makes it the only one of its kind about that for its team, ever.

    It is due within the hours of its kind, unless it says `due_at`.
    """

    kind: TaskKind
    owner_id: str
    child_id: str = ""
    about: str = ""
    words: str = ""
    once: str = ""
    due_at: datetime | None = None


def raise_task(write: Write, new: NewTask) -> TeamTask:
    """Keep a task for a team, by and at the moment of this write, with its audit; return it.

    One that is to be raised only once and was raised before is returned as it stands, whatever became of
    it; where a death of the child is confirmed it is kept as settled, unless it must stand.

    Raises WordsTooLong.
    """
    if len(new.words) > LONGEST_TEXT:
        raise WordsTooLong
    id = task_id(new.kind, new.owner_id, new.once) if new.once else str(uuid4())
    if new.once and kept_team_tasks.is_raised(write, id):
        return kept_team_tasks.task(write, id)
    task = TeamTask(
        id=id,
        kind=new.kind,
        owner_id=new.owner_id,
        raised_by=write.by,
        raised_at=write.at,
        due_at=new.due_at or write.at + KINDS[new.kind].within,
        child_id=new.child_id,
        about=new.about,
        words=new.words.strip(),
    )
    if _is_needless(write, task):
        task = settled(task, because=CLOSED_AS_DIED, by=write.by, at=write.at)
    kept_team_tasks.keep(write, task)
    _note(write, task, "C", f"raise a task: {task.kind}")
    return task


def settle(write: Write, task: TeamTask, because: str) -> None:
    """Close a task that what happened since has made needless, with its audit; one that is done stays so."""
    if task.is_open:
        kept_team_tasks.keep_changed(write, settled(task, because=because, by=write.by, at=write.at))
        _note(write, task, "U", "settle a task")


def answer_task(
    store: Store, id: str, answer: str, *, beside: Beside | None = None, by: Person, at: datetime
) -> TeamTask:
    """Keep what somebody of the team, or of one that covers it now, did about a task, and return it.

    What is to be kept `beside` it lands together with it. Raises AnswerMissing, TaskDone, ClosesItself
    and ListNotGiven for what no words close, DaysOffNotOver for what is asked too soon, and ResourceNotFound
    for a task that is not in their inbox.
    """
    with store.write(by=by.ref, at=at) as write:
        task = task_for(write, id, by, at)
        if task.kind in GIVEN_BY_PRIVACY_LEAD and task.is_open:
            raise ListNotGiven
        answered = done(task, answer=answer, by=by.ref, at=at)
        kept_team_tasks.keep_changed(write, answered)
        _note(write, answered, "U", f"do a task: {task.kind}")
        if beside:
            beside(write)
        return answered


def note_attempt(
    store: Store, id: str, words: str, *, once: str, beside: Beside | None = None, by: Person, at: datetime
) -> TeamTask:
    """Keep that somebody tried to do a task and reached nobody, and return it: open, and due as before.

    `once` names the attempt, so that sending it twice counts once. What is to be kept `beside` it lands
    together with it. Raises ReachesNobody, AnswerMissing,
    TaskDone, and ResourceNotFound for a task that is not in their inbox.
    """
    with store.write(by=by.ref, at=at) as write:
        before = task_for(write, id, by, at)
        after = tried(before, Attempt(once, by.ref, at, words.strip()))
        if after != before:
            kept_team_tasks.keep_changed(write, after)
            _note(write, after, "U", f"not reached yet: {after.kind}")
        if beside:
            beside(write)
        return after


def _is_needless(write: Write, task: TeamTask) -> bool:
    if not task.child_id or task.kind in STANDS_AFTER_DEATH:
        return False
    return kept_deaths.is_confirmed(write, task.child_id)


def _note(write: Write, task: TeamTask, action: str, detail: str) -> None:
    patient = f"Patient/{task.child_id}" if task.child_id else None
    write.audit(action, f"Task/{task.id}", patient, detail)
