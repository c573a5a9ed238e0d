"""Three questions about a plan that somebody at home has read: asked, answered, and kept for the practice."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from fhir import kept_said_at_home
from fhir.store import Reader, Store
from plans.content import Copy
from plans.content.readers import subject
from plans.content.teach_back import Asked, teach_back
from plans.errors import PuffinError
from plans.leaflet.languages import SOURCE
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.said_at_home import Answered, AnswerSheet, sheets_of
from plans.seen_by import seen_by
from plans.understanding import Question
from plans.working_days import uk_day
from portal.actions.family.link import Opened

Chosen = Mapping[Question, str]  # the key of a choice


class AnswerNotChosen(PuffinError):
    """A question was left out, or what came for it is none of its choices."""

    def __init__(self) -> None:
        super().__init__("Choose an answer to each question.")


def questions_of(opened: Opened, *, at: datetime) -> tuple[Asked, ...]:
    """Return the questions that the live plan answers, built from the copy that the family reads."""
    plan = seen_by(Copy.FAMILY, opened.plan)
    return teach_back(subject(plan, opened.child, read_medicines(), uk_day(at)))


def keep_answers(
    store: Store, opened: Opened, asked: tuple[Asked, ...], chosen: Chosen, *, at: datetime
) -> AnswerSheet:
    """Keep what was chosen, in English, with whether the plan says so; raises AnswerNotChosen."""
    sheet = AnswerSheet(
        id=str(uuid4()),
        child_id=opened.child.id,
        plan_id=opened.plan.id,
        by=opened.reader_id,
        at=at,
        answers=tuple(_answered(one, chosen.get(one.question, "")) for one in asked),
    )
    with store.write(by=opened.reader_ref, at=at) as write:
        kept_said_at_home.keep_answers(write, sheet)
        patient = f"Patient/{opened.child.id}"
        write.audit("C", f"QuestionnaireResponse/{sheet.id}", patient, "answer questions about the plan")
    return sheet


def answers_of(reader: Reader, child_id: str, plan_id: str, person_id: str) -> tuple[AnswerSheet, ...]:
    """Return each time that somebody at home answered about this version, the first time first."""
    return sheets_of(kept_said_at_home.answers_about(reader, child_id, plan_id), person_id)


def _answered(asked: Asked, key: str) -> Answered:
    choice, english = asked.choice(key), in_language(SOURCE)
    if choice is None:
        raise AnswerNotChosen
    words, said = english.say(asked.words), english.value(choice.words)
    return Answered(asked.question, words, said, asked.is_right(key))
