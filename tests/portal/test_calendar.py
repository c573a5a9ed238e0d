import csv
import logging
from datetime import UTC, date, datetime, timedelta

import holidays as second_opinion
import pytest

from plans.places import Nation, Role
from plans.working_days import CalendarEnds, is_working_day, next_working_day
from portal.calendar import EXTRA_HOLIDAYS, days_left, ends_soon, holidays_for, warn_of_the_end

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


ENDS = date(2028, 12, 26)  # of the package that we have; a newer one moves this day


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 23), None),
        (date(2028, 6, 24), None),
        (date(2028, 6, 26), ENDS),  # 6 months before
        (ENDS, ENDS),
        (date(2029, 3, 1), ENDS),
    ],
)
def test_the_end_of_the_calendar_is_said_from_6_months_before_and_for_as_long_as_it_lasts(today, said):
    assert ends_soon(today) == said


def test_the_worker_logs_it_once_a_day(caplog):
    warn_of_the_end.cache_clear()

    with caplog.at_level(logging.WARNING):
        for today in (date(2026, 11, 23), date(2028, 7, 1), date(2028, 7, 1), date(2028, 7, 2)):
            warn_of_the_end(today)

    assert caplog.text.count("Bank holidays are known only to 2028-12-26") == 2


def test_everybody_who_is_signed_in_sees_it_on_every_page(client_for, stranger, clock):
    said = "knows the bank holidays only to 26 December 2028"
    practice = client_for(Role.CLINICIAN)
    assert said not in practice.get("/reviews").text

    clock.now = datetime(2028, 7, 1, 9, tzinfo=UTC)

    for role in (Role.CLINICIAN, Role.SCHOOL_STAFF):
        assert said in client_for(role).get("/inbox").text
    assert said not in stranger.get("/sign-in").text
