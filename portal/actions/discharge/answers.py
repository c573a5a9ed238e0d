"""Answering what a discharge left open: by the people of whoever owns the question."""

from datetime import datetime

from fhir import kept_questions
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from plans.discharge_questions import QuestionNotOpen, read_last_answer
from portal.person import Person


def answer(store: Store, question_id: str, text: str, *, by: Person, at: datetime) -> None:
    """Keep the answer to an open question: also that nobody can find it out, where that is an answer.

    Raises AnswerNotUnderstood, QuestionNotOpen, and ResourceNotFound for anybody but its owner.
    """
    with store.write(by=by.ref, at=at) as write:
        asked = kept_questions.question(write, question_id)
        if asked.owner_id != by.organisation_id:
            raise ResourceNotFound
        if not asked.is_open:
            raise QuestionNotOpen
        kept_questions.keep_answered(write, asked, read_last_answer(asked.code, text))
        write.audit("U", f"Task/{asked.id}", f"Patient/{asked.child_id}", f"answer {asked.code}")
