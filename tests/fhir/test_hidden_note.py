"""A hidden note as a Communication, and the labels by which what is hidden is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhir.codes import HIDDEN_BECAUSE
from fhir.hidden_note import from_hidden_note, to_hidden_note
from fhir.plan_bundle import to_bundle
from fhir.security_label import is_restricted, restricted
from fhir.store.validation.checking import check
from fhir.team_task import to_team_task
from plans.content import Copy
from plans.hidden_notes import Hidden, HiddenNote
from plans.team_task import TaskKind, TeamTask

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOTE = HiddenNote("n1", "c1", "Said by a neighbour", Hidden.THIRD_PARTY, "p1", AT, "o1", about="Task/t1")


@pytest.mark.parametrize("because", Hidden)
def test_a_note_comes_back_as_it_was_and_is_labelled_with_why(because):
    note = replace(NOTE, because=because, error="Another child", error_by="p2", error_at=AT)

    resource = to_hidden_note(note)

    check(resource)
    assert from_hidden_note(resource) == note
    assert [one["code"] for one in resource["meta"]["security"]] == ["R", because]


@pytest.mark.parametrize("labels", [[], [{"system": HIDDEN_BECAUSE, "code": "of-a-later-version"}]])
def test_a_note_whose_reason_is_not_known_is_hidden_most(labels):
    resource = to_hidden_note(NOTE) | {"meta": {"security": labels}}

    assert from_hidden_note(resource).because is Hidden.MISUSE


def test_a_label_of_ours_stands_once_and_those_of_others_stay():
    theirs = {"system": "http://hl7.org/fhir/v3/ActCode", "code": "NOPAT"}

    meta = restricted(restricted({"security": [theirs]}))

    assert [one["code"] for one in meta["security"]] == ["NOPAT", "R"]


@pytest.mark.parametrize("copy", [one for one in Copy if one not in (Copy.RECORD, Copy.DISCHARGE)])
def test_what_is_restricted_leaves_with_no_copy_but_the_records(copy):
    hidden = to_hidden_note(NOTE)

    assert to_bundle([hidden], copy, at=AT, is_demo=True)["entry"] == []
    assert len(to_bundle([hidden], Copy.RECORD, at=AT, is_demo=True)["entry"]) == 1


@pytest.mark.parametrize("kind", TaskKind)
def test_a_task_that_no_school_may_read_about_is_labelled(kind):
    task = to_team_task(TeamTask("t1", kind, "o1", "system", AT, AT))

    hidden = {
        TaskKind.CONCERN,
        TaskKind.HIDDEN_NOTE,
        TaskKind.ACCESS_IN_EMERGENCY,
        TaskKind.WEEKEND_CHECK,
    }
    assert is_restricted(task) is (kind in hidden)
