"""Discharges in a record, and whether each was reviewed in time."""

from datetime import date

import pytest

from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.record_reviews import ReviewState, discharges
from tests.plans.records import TODAY, make_record, utc, visit


@pytest.fixture
def standing(holidays_of):
    """Give the discharges of a record as they stand today, in England."""
    return lambda record: discharges(record, holidays_of("england-and-wales"), TODAY)


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        pytest.param("2026-10-06 22:59", ReviewState.IN_TIME, id="last minute of the due day"),
        pytest.param("2026-10-06 23:01", ReviewState.DONE_LATE, id="the day after, by UK clocks"),
        pytest.param("2026-10-03 20:00", ReviewState.LATE, id="before the discharge is no review of it"),
        pytest.param("2026-11-22 10:00", ReviewState.LATE, id="not yet happened"),
        pytest.param(None, ReviewState.LATE, id="none"),
    ],
)
def test_a_review_counts_between_the_discharge_and_the_end_of_the_due_day(standing, reviewed, expected):
    # Saturday 3 October, 23:50 in the UK: due on Tuesday the 6th.
    reviews = (utc(reviewed),) if reviewed else ()

    found = standing(make_record(visits=(visit("2026-10-03 22:50", VisitKind.EMERGENCY),), reviews=reviews))

    assert [(one.due, one.review) for one in found] == [(date(2026, 10, 6), expected)]


def test_a_review_runs_until_its_due_day_is_over(standing):
    found = standing(make_record(visits=(visit("2026-11-19 18:00"),)))

    assert [(one.due, one.review) for one in found] == [(date(2026, 11, 23), ReviewState.RUNNING)]


def test_discharges_of_the_last_12_months_are_given_in_order(standing):
    visits = (visit("2026-11-20 18:30"), visit("2026-09-24 13:10"), visit("2025-11-21 13:10"))

    assert [one.ended for one in standing(make_record(visits=visits))] == [
        utc("2026-09-24 13:10"),
        utc("2026-11-20 18:30"),
    ]


def test_the_clock_runs_where_nobody_said_what_it_was(standing):
    unclear = visit("2026-11-20 18:30", asthma=Asthma.UNCLEAR, is_attack=False)
    other = visit("2026-11-20 18:30", asthma=Asthma.NO, is_attack=False)

    assert [one.asthma for one in standing(make_record(visits=(unclear, other)))] == [Asthma.UNCLEAR]
