import csv
from datetime import date, timedelta

import holidays as second_opinion
import pytest

from plans.places import Nation
from plans.working_days import CalendarEnds, is_working_day, next_working_day
from portal.calendar import EXTRA_HOLIDAYS, days_left, holidays_for

CROSS_CHECKED = range(2026, 2028)
SUBDIVISIONS = {
    Nation.ENGLAND_AND_WALES: ("ENG", "WLS"),
    Nation.SCOTLAND: ("SCT",),
    Nation.NORTHERN_IRELAND: ("NIR",),
}


def every_day_of(years):
    first, after = date(years.start, 1, 1), date(years.stop, 1, 1)
    return [first + timedelta(days=n) for n in range((after - first).days)]


def test_every_nation_is_cross_checked():
    assert set(SUBDIVISIONS) == set(Nation)


@pytest.mark.parametrize(
    ("nation", "subdivision"),
    [(nation, subdivision) for nation, subdivisions in SUBDIVISIONS.items() for subdivision in subdivisions],
)
def test_working_days_agree_with_a_second_source(nation, subdivision):
    theirs = second_opinion.country_holidays("GB", subdiv=subdivision, years=CROSS_CHECKED)
    ours = holidays_for(nation)

    differ = [
        day
        for day in every_day_of(CROSS_CHECKED)
        if is_working_day(day, ours) != (day.weekday() < 5 and day not in theirs)
    ]

    assert differ == []


def test_scotland_has_the_holiday_that_the_package_lacks_and_nobody_else_has_it():
    world_cup = date(2026, 6, 15)

    assert [nation for nation in Nation if world_cup in holidays_for(nation).days] == [Nation.SCOTLAND]


def test_every_added_holiday_says_where_it_comes_from():
    with EXTRA_HOLIDAYS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert rows
    assert [row for row in rows if not (row["title"] and row["source"])] == []


@pytest.mark.parametrize("nation", Nation)
def test_what_is_known_ends_with_the_published_data(nation):
    known = holidays_for(nation)

    assert known.known_until == max(known.days)
    assert known.known_from == min(known.days)
    with pytest.raises(CalendarEnds):
        next_working_day(known.known_until, known)


def test_the_days_left_run_down_to_nought_and_below():
    until = holidays_for(Nation.SCOTLAND).known_until

    assert days_left(Nation.SCOTLAND, until - timedelta(days=30)) == 30
    assert days_left(Nation.SCOTLAND, until) == 0
    assert days_left(Nation.SCOTLAND, until + timedelta(days=1)) == -1


def test_bank_holidays_are_read_without_a_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("asked the network for bank holidays")

    monkeypatch.setattr("govuk_bank_holidays.bank_holidays.requests.get", refuse)
    holidays_for.cache_clear()

    assert holidays_for(Nation.NORTHERN_IRELAND).days
