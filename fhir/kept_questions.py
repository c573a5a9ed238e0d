"""The questions about discharges in the store: who must answer which."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fhir import kept_reviews
from fhir.codes import TASK_CODE, is_coded
from fhir.question_task import CODE, from_question_task, to_question_task
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment_text
from plans.discharge_questions import Asked


def question(reader: Reader, id: str) -> Asked:
    """Return a question; raises ResourceNotFound, also for a Task of another kind."""
    task = reader.read("Task", id)
    if not is_coded(task.get("code"), TASK_CODE, CODE):
        raise ResourceNotFound
    return from_question_task(task)


def questions_about(reader: Reader, encounter_id: str) -> list[Asked]:
    """Return every question about one stay in the order in which they were asked, answered or not."""
    found = reader.search("Task", code=CODE, encounter=f"Encounter/{encounter_id}", _sort="_lastUpdated")
    return sorted((from_question_task(task) for task in found), key=lambda asked: asked.asked_at)


def open_questions_of(reader: Reader, organisation_id: str) -> list[Asked]:
    """Return the questions that an organisation must still answer, the earliest due first."""
    found = reader.search("Task", code=CODE, owner=f"Organization/{organisation_id}", status="requested")
    return sorted((from_question_task(task) for task in found), key=lambda asked: asked.due_at)


def open_questions(reader: Reader) -> list[Asked]:
    """Return every question that anybody must still answer."""
    return [from_question_task(task) for task in reader.search("Task", code=CODE, status="requested")]


def open_questions_about_child(reader: Reader, child_id: str) -> list[Asked]:
    """Return every question about any stay of a child that anybody must still answer."""
    found = reader.search("Task", code=CODE, subject=f"Patient/{child_id}", status="requested")
    return [from_question_task(task) for task in found]


def cancelled_at(reader: Reader, child_id: str, moment: datetime) -> list[Asked]:
    """Return the questions about a child that one write, at this very moment, has cancelled."""
    about = f"Patient/{child_id}"
    at = moment_text(moment)
    found = reader.search("Task", code=CODE, subject=about, status="cancelled", _lastUpdated=at)
    return [from_question_task(task) for task in found]


def keep(write: Write, encounter_id: str, questions: Iterable[Asked]) -> None:
    """Keep new questions about a stay; the audit is the caller's.

    A doubt may change when the review after the stay is looked at.
    """
    for asked in questions:
        write.create(to_question_task(asked))
    kept_reviews.look_again(write, encounter_id)


def keep_answered(write: Write, asked: Asked, answer: str) -> None:
    """Keep the answer to an open question, given by whoever makes this write.

    It is no older than the question: a clock may have been set back since.
    """
    answered_at = max(write.at, asked.asked_at)
    _change(write, replace(asked, answer=answer, answered_by=write.by, answered_at=answered_at))


def cancel(write: Write, asked: Asked) -> None:
    """Keep that an open question needs no answer any more."""
    _change(write, replace(asked, is_cancelled=True))


def keep_open_again(write: Write, asked: Asked) -> None:
    """Keep that a question which was cancelled needs its answer after all; the audit is the caller's."""
    _change(write, replace(asked, is_cancelled=False))


def keep_owner(write: Write, asked: Asked, owner_id: str) -> None:
    """Keep that another organisation must answer an open question now; the audit is the caller's."""
    _change(write, replace(asked, owner_id=owner_id))


def _change(write: Write, asked: Asked) -> None:
    task = write.read("Task", asked.id)
    write.update(to_question_task(asked), if_match=task["meta"]["versionId"])
    kept_reviews.look_again(write, asked.encounter_id)
