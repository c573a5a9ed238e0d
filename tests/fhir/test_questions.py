"""Questions about a discharge, and alerts about one that has no child yet, read back as they were kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_questions
from fhir.communication import from_communication, to_communication
from fhir.question_task import from_question_task, to_question_task
from fhir.store.validation.checking import check
from plans.alert import Alert
from plans.discharge_questions import Asked

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHILD, STAY, HOSPITAL = (f"9e107d9d-372b-4d28-9b0c-1c0e7d5f001{n}" for n in range(3))
OPEN = Asked(
    "9e107d9d-372b-4d28-9b0c-1c0e7d5f0030",
    "technique-seen",
    CHILD,
    STAY,
    HOSPITAL,
    NOON,
    NOON + timedelta(hours=24),
)
ANSWERED = replace(OPEN, answer="no", answered_by="Practitioner/1", answered_at=NOON + timedelta(hours=1))


@pytest.mark.parametrize("asked", [OPEN, ANSWERED, replace(OPEN, is_cancelled=True)])
def test_a_question_reads_back_as_it_was(asked):
    task = to_question_task(asked)

    check(task)
    assert from_question_task(task) == asked


def test_an_answered_question_is_owed_no_more(store):
    with store.write(by="Practitioner/1", at=NOON) as write:
        kept_questions.keep(write, OPEN.encounter_id, [OPEN])
        write.audit("C", f"Task/{OPEN.id}")
    assert kept_questions.open_questions_of(store, HOSPITAL) == [OPEN]

    with store.write(by="Practitioner/1", at=NOON + timedelta(hours=1)) as write:
        kept_questions.keep_answered(write, OPEN, "no")
        write.audit("U", f"Task/{OPEN.id}")

    assert kept_questions.open_questions_of(store, HOSPITAL) == []
    assert kept_questions.questions_about(store, STAY) == [ANSWERED]


@pytest.mark.parametrize("owner_id", [HOSPITAL, ""])
def test_an_alert_about_a_discharge_without_a_child_reads_back(owner_id):
    alert = Alert(
        id=str(uuid4()),
        child_id="",
        review_id="",
        rung="hours-48",
        owner="discharging-team",
        owner_id=owner_id,
        told_ids=(),
        about="48 hours have passed.",
        raised_at=NOON,
        incoming_id=str(uuid4()),
    )
    communication = to_communication(alert)

    check(communication)
    assert from_communication(communication) == alert


def test_an_alert_that_closed_by_itself_names_nobody():
    alert = Alert(
        str(uuid4()), CHILD, str(uuid4()), "overdue", "practice", HOSPITAL, (), "Late.", NOON,
        acknowledged_at=NOON, action="The discharge was cancelled",
    )  # fmt: skip
    communication = to_communication(alert)

    check(communication)
    assert from_communication(communication) == alert
