"""100,000 discharges at random: due when somebody who counts in another way says, with other holidays."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from random import Random

import holidays as second_opinion
import pytest

from plans.follow_up import due_on, hours_48
from plans.places import Nation
from portal.calendar import holidays_for
from tests.portal.test_calendar import SUBDIVISIONS

DISCHARGES = 100_000
SECONDS_A_DAY = 24 * 60 * 60
ZONES = tuple(timezone(timedelta(minutes=minutes)) for minutes in (0, 60, -300, 330))


@cache
def last_sunday_at_one(year, month):
    day = date(year, month, monthrange(year, month)[1])
    while day.strftime("%a") != "Sun":
        day -= timedelta(days=1)
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def day_in_the_uk(moment):
    """By the law of summer time, without a database of time zones."""
    is_summer = last_sunday_at_one(moment.year, 3) <= moment < last_sunday_at_one(moment.year, 10)
    return (moment + timedelta(hours=1 if is_summer else 0)).date()


def due_by_hand(moment, closed):
    """Cross off one day after another until two of them were days on which people work."""
    day, worked = day_in_the_uk(moment), 0
    while worked < 2:
        day += timedelta(days=1)
        worked += day.strftime("%a") not in ("Sat", "Sun") and day not in closed
    return day


@pytest.fixture(scope="module")
def closed_days():
    years = range(2012, 2030)
    return {
        (nation, part): frozenset(second_opinion.country_holidays("GB", subdiv=part, years=years))
        for nation, parts in SUBDIVISIONS.items()
        for part in parts
    }


def test_every_random_discharge_is_due_when_an_independent_calculation_says(closed_days):
    random, places = Random(20261127), sorted(closed_days)  # noqa: S311 (no secret)
    first = datetime(2012, 1, 3, tzinfo=UTC)
    last = datetime(2028, 12, 15, tzinfo=UTC)
    assert all(holidays_for(nation).known_until >= date(2028, 12, 26) for nation in Nation)
    differ = []

    for _ in range(DISCHARGES):
        nation, part = random.choice(places)
        moment = first + timedelta(seconds=random.randrange(int((last - first).total_seconds())))
        told = moment.astimezone(random.choice(ZONES))
        if due_on(told, holidays_for(nation)) != due_by_hand(moment, closed_days[nation, part]):
            differ.append((nation, part, moment))
        if hours_48(told).timestamp() - moment.timestamp() != 2 * SECONDS_A_DAY:
            differ.append((nation, part, moment, "48 hours"))

    assert differ == []


@pytest.mark.parametrize("nation", Nation)
def test_so_is_every_minute_around_midnight_the_change_of_clocks_and_the_end_of_a_year(nation, closed_days):
    for day in ((2026, 3, 29), (2026, 10, 25), (2026, 12, 31), (2027, 1, 1), (2028, 2, 29), (2027, 3, 28)):
        begin = datetime(*day, tzinfo=UTC) - timedelta(hours=2)
        for moment in (begin + timedelta(minutes=minutes) for minutes in range(0, 30 * 60, 5)):
            due = due_on(moment, holidays_for(nation))
            assert due == due_by_hand(moment, closed_days[nation, SUBDIVISIONS[nation][0]]), moment
