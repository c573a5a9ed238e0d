"""A record that is opened in an emergency: with a reason, for some hours, by professionals who treat."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.emergency_access import LASTS, LONGEST_REASON, MAY_OPEN, ReasonMissing, closed, opened
from plans.places import Role

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def access(reason="An attack"):
    return opened("a1", "c1", reason, by="p1", organisation_id="o1", at=NOW)


def test_it_lasts_some_hours_from_now():
    assert access().until == NOW + LASTS
    assert not access().is_closed


def test_it_is_closed_early_at_that_moment():
    early = closed(access(), NOW + timedelta(minutes=5))

    assert early.is_closed
    assert early.until == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("reason", ["", " \n", "x" * (LONGEST_REASON + 1)])
def test_it_needs_a_reason(reason):
    with pytest.raises(ReasonMissing):
        access(reason)


def test_only_who_treats_children_whom_they_do_not_know_may_open_one():
    assert {Role.CLINICIAN, Role.HOSPITAL} == MAY_OPEN
