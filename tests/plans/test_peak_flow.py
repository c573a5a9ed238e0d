"""When a best peak flow can no longer carry limits."""

from datetime import date

import pytest

from plans.peak_flow import (
    Height,
    Reading,
    is_believable,
    is_exceeded,
    is_out_of_date,
    is_outgrown,
)

MEASURED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("value", "believable"),
    [(59, False), (60, True), (320, True), (900, True), (901, False)],
)
def test_a_best_lies_on_the_scale_of_a_meter(value, believable):
    assert is_believable(value) is believable


@pytest.mark.parametrize(
    ("today", "out_of_date"),
    [
        pytest.param(date(2027, 3, 2), False, id="a year to the day"),
        pytest.param(date(2027, 3, 3), True, id="a day more than a year"),
    ],
)
def test_a_best_is_out_of_date_after_a_year(today, out_of_date):
    assert is_out_of_date(MEASURED, today) is out_of_date


def test_a_best_of_the_leap_day_lasts_no_longer_than_a_year():
    assert not is_out_of_date(date(2028, 2, 29), date(2029, 2, 28))
    assert is_out_of_date(date(2028, 2, 29), date(2029, 3, 1))


@pytest.mark.parametrize(
    ("heights", "outgrown"),
    [
        pytest.param([], False, id="no height known"),
        pytest.param([Height(120, date(2026, 3, 1))], False, id="no height since"),
        pytest.param([Height(120, MEASURED), Height(124.9, date(2026, 9, 1))], False, id="just under 5 cm"),
        pytest.param([Height(120, MEASURED), Height(125, date(2026, 9, 1))], True, id="5 cm"),
        pytest.param(
            [Height(118, date(2025, 1, 1)), Height(122, date(2026, 2, 1)), Height(126, date(2026, 9, 1))],
            False,
            id="growth counts from the last height then",
        ),
        pytest.param(
            [Height(120, date(2026, 4, 1)), Height(125, date(2026, 9, 1))], True, id="both heights came later"
        ),
    ],
)
def test_a_child_outgrows_a_best_by_5_cm(heights, outgrown):
    assert is_outgrown(MEASURED, heights) is outgrown


@pytest.mark.parametrize(
    ("reading", "exceeded"),
    [
        pytest.param(Reading(301, date(2026, 3, 3)), True, id="later and higher"),
        pytest.param(Reading(300, date(2026, 3, 3)), False, id="later and the same"),
        pytest.param(Reading(301, MEASURED), False, id="higher but not later"),
        pytest.param(Reading(901, date(2026, 3, 3)), False, id="not believable"),
    ],
)
def test_a_later_higher_believable_reading_exceeds_the_best(reading, exceeded):
    assert is_exceeded(300, MEASURED, [reading]) is exceeded
