"""Dates as precisely as a record gives them."""

from datetime import date

import pytest

from plans.partial_date import PartialDate, months_before, partial_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-05-17", "2026-05-17", "2026-05-17"),
        ("2026-05", "2026-05-01", "2026-05-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_date_may_mean_any_day_of_its_month_or_year(text, first, last):
    assert partial_date(text) == PartialDate(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-02-30", "17/05/2026", "soon", "2026-05-17-1"])
def test_what_is_no_date_is_none(text):
    assert partial_date(text) is None


def test_only_a_day_is_exact():
    assert partial_date("2026-05-17").is_exact
    assert not partial_date("2026-05").is_exact


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-21", 6, "2026-05-21"),
        ("2026-11-21", 12, "2025-11-21"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2024-02-29", 12, "2023-02-28"),
        ("0001-03-01", 12, "0001-01-01"),
    ],
)
def test_months_are_calendar_months(day, months, expected):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(expected)
