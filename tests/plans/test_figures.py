"""Figures: each discharge has one outcome, as the clock says, and no small number leaves its place."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from plans.figures import (
    HIDES_SMALL,
    LARGEST_SMALL,
    OUTCOMES,
    SMALL_TAG,
    Figures,
    Outcome,
    PlanFigures,
    PlanNow,
    Quarter,
    Where,
    by_month,
    counted,
    in_quarter,
    plans_counted,
    plans_shown,
    quarter_of,
    shown,
)
from plans.follow_up import State, standing
from plans.products import Tag
from plans.review import Review
from plans.review_events import Event, EventKind

FRIDAY = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
NOW = FRIDAY + timedelta(days=30)


def reviewed(*kinds, left=FRIDAY, after=timedelta(hours=20)):
    events = tuple(
        Event(f"{n}", kind, left + after, "Practitioner/a", reason="Seen") for n, kind in enumerate(kinds)
    )
    due = (left + timedelta(days=4)).date()
    return Review("r", "c", "e", left, due, "practice", "hospital", events)


def test_every_state_of_a_clock_has_one_outcome_and_every_way_of_reading_a_rule():
    assert set(OUTCOMES) == set(State)
    assert set(OUTCOMES.values()) == set(Outcome)
    assert set(HIDES_SMALL) == set(Where)
    assert (LARGEST_SMALL, SMALL_TAG) == (4, Tag.UNCONFIRMED)


@pytest.mark.parametrize(
    ("review", "outcome"),
    [
        (reviewed(EventKind.REVIEW_RECORDED), Outcome.IN_TIME),
        (reviewed(EventKind.REVIEW_RECORDED, after=timedelta(days=9)), Outcome.LATE),
        (reviewed(EventKind.WAS_NOT_BROUGHT, EventKind.MESSAGE_LEFT), Outcome.NEVER),
        (reviewed(left=NOW - timedelta(days=1)), Outcome.NOT_DUE),
        (reviewed(EventKind.NOT_NEEDED), Outcome.NOT_NEEDED),
        (reviewed(EventKind.DISCHARGE_CANCELLED), Outcome.CANCELLED),
        (reviewed(EventKind.DIED), Outcome.DIED),
    ],
)
def test_a_discharge_has_the_outcome_that_its_clock_says(review, outcome):
    found = counted([review], NOW)

    assert {which: number for which, number in found.outcomes.items() if number} == {outcome: 1}
    stands = standing(review.events, review.discharged_at, review.due, NOW)
    assert OUTCOMES[stands.state] is outcome


def test_hours_are_the_median_of_reviews_alone_and_not_brought_is_counted_once_for_a_discharge():
    hours = [reviewed(EventKind.REVIEW_RECORDED, after=timedelta(hours=n)) for n in (10, 20, 300)]
    missed = reviewed(EventKind.WAS_NOT_BROUGHT, EventKind.WAS_NOT_BROUGHT)

    found = counted([*hours, missed, reviewed(EventKind.NOT_NEEDED)], NOW)

    assert (found.discharges, found.not_brought, found.median_hours) == (5, 1, 20)
    assert counted([missed], NOW).median_hours is None


def test_a_month_is_that_of_leaving_hospital_in_the_uk_and_quarters_turn_with_the_year():
    before_midnight_in_the_uk = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # 23:30 in summer
    after_midnight_in_the_uk = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    reviews = [reviewed(left=before_midnight_in_the_uk), reviewed(left=after_midnight_in_the_uk)]

    assert [one.discharges for one in by_month(reviews, Quarter(2026, 4), NOW).values()] == [1, 0, 0]
    assert len(in_quarter(reviews, Quarter(2026, 3))) == 1
    assert quarter_of(date(2026, 12, 31)).last == date(2026, 12, 31)
    assert [str(Quarter(2026, 1).back(n)) for n in (-1, 0, 1, 5)] == [
        "2026-Q2",
        "2026-Q1",
        "2025-Q4",
        "2024-Q4",
    ]


def test_a_plan_is_current_on_the_day_of_its_review_and_not_after_it():
    plans = [PlanNow(f"{n}", date(2026, 11, 19 + n), taught=n != 1) for n in range(3)]

    assert plans_counted(9, plans, date(2026, 11, 20)) == PlanFigures(9, 2, 1)


@pytest.mark.parametrize(("numbers", "hides"), [((9, 2, 1), True), ((20, 9, 4), True), ((20, 10, 5), False)])
def test_plans_are_hidden_together_where_one_number_is_small(numbers, hides):
    plans = PlanFigures(*numbers)

    assert plans_shown(plans, Where.OWN_PAGE) == plans
    assert (plans_shown(plans, Where.REGION).children is None) is hides


def figures(in_time, late):
    return Figures(dict.fromkeys(Outcome, 0) | {Outcome.IN_TIME: in_time, Outcome.LATE: late})


def test_a_place_sees_its_own_numbers_and_a_file_hides_them():
    parts = [figures(6, 2), figures(9, 0), figures(30, 12)]
    whole = figures(45, 14)

    own, _ = shown(parts, whole, Where.OWN_PAGE)
    filed, total = shown(parts, whole, Where.FILE)

    assert [one.outcome(Outcome.LATE) for one in own] == [2, 0, 12]
    assert [one.outcome(Outcome.LATE) for one in filed] == [None, None, 12]  # 0 would give the 2 away
    assert [one.discharges for one in filed] == [8, 9, 42]
    assert total.outcome(Outcome.LATE) == 14


IN_TIME, LATE = (0, 1, 3, 5, 6), (0, 2, 5)
OF_TWO = tuple(product(product(IN_TIME, LATE), repeat=2))[::3]
OF_THREE = (
    ((3, 0), (0, 0), (6, 5)),
    ((1, 5), (0, 0), (5, 0)),
    ((0, 2), (5, 0), (5, 0)),
    ((3, 0), (5, 2), (0, 0)),
)


def test_no_number_from_1_to_4_can_be_worked_out_from_what_is_shown():
    given_away = {}
    for pairs in (*OF_TWO, *OF_THREE):
        told = _told([figures(*pair) for pair in pairs], figures(*map(sum, zip(*pairs, strict=True))))
        possible = zip(*_that_fit(told, 9 if len(pairs) == 2 else 7), strict=True)
        for value, known in zip(sum(pairs, ()), possible, strict=True):
            if set(known) == {value} and 1 <= value <= LARGEST_SMALL:
                given_away[pairs] = told

    assert given_away == {}


def _told(parts, whole):
    each, total = shown(parts, whole, Where.FILE)
    return [
        (one.discharges, one.outcome(Outcome.IN_TIME), one.outcome(Outcome.LATE)) for one in (*each, total)
    ]


def _that_fit(told, most):
    """Yield every table that agrees with what is shown, its parts one after the other."""
    *parts, total = told
    rows = [[pair for pair in product(range(most), repeat=2) if _agrees(pair, part)] for part in parts]
    for table in product(*rows):
        if _agrees(tuple(map(sum, zip(*table, strict=True))), total):
            yield sum(table, ())


def _agrees(pair, told):
    discharges, in_time, late = told
    return discharges in (None, sum(pair)) and in_time in (None, pair[0]) and late in (None, pair[1])
