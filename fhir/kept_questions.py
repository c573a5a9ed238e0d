"""The questions about discharges in the store: who must answer which."""

from collections.abc import Iterable
from dataclasses import replace

from fhir import kept_reviews
from fhir.codes import TASK_CODE, is_coded
from fhir.question_task import CODE, from_question_task, to_question_task
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks
from plans.discharge_questions import Asked

LOOK = "discharge-questions"  # the kind of a stay with questions among what the worker looks at


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


def ids_of_stays_with_open_questions(reader: Reader) -> set[str]:
    """Return the id of every stay about which anybody must still answer."""
    return {one.encounter_id for one in open_questions(reader)}


def keep(write: Write, encounter_id: str, questions: Iterable[Asked]) -> None:
    """Keep new questions about a stay; the audit is the caller's.

    A doubt may change when the review after the stay is looked at.
    """
    for asked in questions:
        write.create(to_question_task(asked))
    _look_again(write, encounter_id)


def keep_answered(write: Write, asked: Asked, answer: str) -> None:
    """Keep the answer to an open question, given by whoever makes this write."""
    _change(write, replace(asked, answer=answer, answered_by=write.by, answered_at=write.at))


def cancel(write: Write, asked: Asked) -> None:
    """Keep that an open question needs no answer any more."""
    _change(write, replace(asked, is_cancelled=True))


def keep_open_again(write: Write, asked: Asked) -> None:
    """Keep that a question which was cancelled needs its answer after all; the audit is the caller's."""
    _change(write, replace(asked, is_cancelled=False))


def _change(write: Write, asked: Asked) -> None:
    task = write.read("Task", asked.id)
    write.update(to_question_task(asked), if_match=task["meta"]["versionId"])
    _look_again(write, asked.encounter_id)


def _look_again(write: Write, encounter_id: str) -> None:
    kept_reviews.look_again(write, encounter_id)
    next_looks.put_at_once(write, LOOK, encounter_id)
