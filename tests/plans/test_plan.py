"""The life of a plan: which moves there are, and that no other is possible."""

from datetime import UTC, datetime

import pytest

from plans.errors import MoveNotAllowed
from plans.people import Professional
from plans.plan import MOVES, Plan, Status, replaced, signed, withdrawn

DOCTOR = Professional(id="p", name="Dr Amara Okoro", job="GP", organisation_id="o")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_table_of_moves_covers_every_status():
    assert set(MOVES) == set(Status)


def test_a_draft_is_signed_by_a_named_person_at_a_time():
    plan = signed(Plan(id="p1", child_id="c1"), by=DOCTOR, at=NOON)

    assert (plan.status, plan.author, plan.signed_at) == (Status.SIGNED, DOCTOR, NOON)


@pytest.mark.parametrize("status", [Status.SIGNED, Status.REPLACED, Status.WITHDRAWN])
def test_a_plan_is_signed_only_once(status):
    with pytest.raises(MoveNotAllowed):
        signed(Plan(id="p1", child_id="c1", status=status), by=DOCTOR, at=NOON)


@pytest.mark.parametrize("end", [replaced, withdrawn])
def test_only_a_signed_plan_ends(end):
    with pytest.raises(MoveNotAllowed):
        end(Plan(id="p1", child_id="c1"), at=NOON)

    assert end(Plan(id="p1", child_id="c1", status=Status.SIGNED), at=NOON).ended_at == NOON
