"""A task of a team reads back as it was kept, open, done or settled, and what is kept is valid R4."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fhir.resources.R4B import get_fhir_model_class

from fhir.codes import TEAM_TASK
from fhir.team_task import from_team_task, to_team_task
from plans.team_task import KINDS, Attempt, TaskKind, TeamTask, done, settled

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
TASK = TeamTask(
    id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0000",
    kind=TaskKind.QUESTION_ABOUT_PLAN,
    owner_id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0001",
    raised_by="Practitioner/9e107d9d-372b-4d28-9b0c-1c0e7d5f0002",
    raised_at=NOON,
    due_at=NOON + timedelta(hours=24),
    child_id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0003",
    about="CarePlan/9e107d9d-372b-4d28-9b0c-1c0e7d5f0004",
    words="Which spacer?",
)

ATTEMPTS = (
    Attempt("9e107d9d-372b-4d28-9b0c-1c0e7d5f0005", "Practitioner/p1", LATER),
    Attempt("9e107d9d-372b-4d28-9b0c-1c0e7d5f0006", "Practitioner/p2", LATER, "Voicemail"),
)
TRIED = replace(TASK, attempts=ATTEMPTS)


@pytest.mark.parametrize(
    "task",
    [
        pytest.param(TASK, id="open"),
        pytest.param(replace(TASK, raised_by="system"), id="raised by nobody"),
        pytest.param(replace(TASK, child_id="", about="", words=""), id="about a team"),
        pytest.param(replace(TASK, words="Żółw 🐢\nتختہ"), id="other letters"),
        pytest.param(done(TASK, answer="The small one.", by="Practitioner/p1", at=LATER), id="done"),
        pytest.param(TRIED, id="tried in vain"),
        pytest.param(done(TRIED, answer="Reached.", by="Practitioner/p1", at=LATER), id="tried, then done"),
        pytest.param(settled(TASK, because="It was read.", by="system", at=LATER), id="settled"),
    ],
)
def test_a_task_reads_back_as_it_was_kept(task):
    resource = to_team_task(task)

    assert from_team_task(resource) == task
    assert get_fhir_model_class("Task").model_validate(resource)


@pytest.mark.parametrize("kind", TaskKind)
def test_every_kind_is_kept_under_its_own_code(kind):
    resource = to_team_task(replace(TASK, kind=kind))

    assert resource["reasonCode"]["coding"] == [
        {"system": TEAM_TASK, "code": kind.value, "display": KINDS[kind].title}
    ]
    assert from_team_task(resource).kind is kind


def test_what_became_needless_is_cancelled_and_never_completed():
    statuses = [
        to_team_task(one)["status"]
        for one in (
            TASK,
            done(TASK, answer="Done", by="Practitioner/p1", at=LATER),
            settled(TASK, because="Read", by="system", at=LATER),
        )
    ]

    assert statuses == ["requested", "completed", "cancelled"]
