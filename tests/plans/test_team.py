"""A team is closed on the days that it says, at weekends and on bank holidays; another covers it then."""

from datetime import date, timedelta

import pytest

from plans.places import Nation, Organisation, OrganisationKind
from plans.sharing import PLACES, SEES
from plans.team import (
    FARTHEST,
    MAY_COVER,
    CannotCover,
    ClosedDays,
    DaysNotRight,
    Team,
    checked_days,
    must_be_able_to_cover,
)

MONDAY = date(2026, 11, 23)
HALF_TERM = ClosedDays("d1", date(2026, 10, 26), date(2026, 10, 30), "Practitioner/p1", "Half term")
NURSES = Team("o1", OrganisationKind.NURSING_TEAM, Nation.ENGLAND_AND_WALES, "o2", (HALF_TERM,))
WARD = Team("o3", OrganisationKind.HOSPITAL, Nation.ENGLAND_AND_WALES)


def what_they_see(kind):
    """Return every part that a kind of place sees of a child."""
    return frozenset().union(*(SEES[reader] for reader, place in PLACES.items() if place is kind))


def test_the_table_says_for_every_kind_of_team_who_may_cover_it():
    assert set(MAY_COVER) == set(OrganisationKind)
    assert all(MAY_COVER.values())


def test_whoever_covers_a_team_sees_no_less_of_a_child_than_the_team():
    sees_all = {OrganisationKind.PRACTICE}  # the child's own records
    for kind, covers in MAY_COVER.items():
        for other in covers:
            assert other in sees_all or what_they_see(other) >= what_they_see(kind), (kind, other)


def test_a_school_covers_nobody_as_it_reads_nothing_about_health():
    assert OrganisationKind.SCHOOL not in {one for covers in MAY_COVER.values() for one in covers}


@pytest.mark.parametrize(
    ("day", "away"),
    [
        ("2026-10-25", False),
        ("2026-10-26", True),
        ("2026-10-30", True),
        ("2026-10-31", False),
    ],
)
def test_a_team_is_away_on_the_first_and_the_last_of_its_days(day, away):
    assert NURSES.is_away(date.fromisoformat(day)) is away


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        pytest.param("2026-11-23", False, id="a Monday"),
        pytest.param("2026-10-27", True, id="half term"),
        pytest.param("2026-11-28", True, id="a Saturday"),
        pytest.param("2026-12-25", True, id="Christmas Day"),
        pytest.param("2026-11-30", False, id="St Andrew's Day is worked in England"),
    ],
)
def test_a_team_is_closed_on_its_days_at_weekends_and_on_bank_holidays(holidays_of, day, closed):
    assert NURSES.is_closed(date.fromisoformat(day), holidays_of("england-and-wales")) is closed


def test_the_bank_holidays_are_those_of_the_teams_nation(holidays_of):
    assert NURSES.is_closed(date(2026, 11, 30), holidays_of("scotland"))


@pytest.mark.parametrize("day", ["2026-11-28", "2026-12-25"])
def test_a_hospital_is_open_on_every_day_that_it_does_not_say(holidays_of, day):
    assert not WARD.is_closed(date.fromisoformat(day), holidays_of("england-and-wales"))


def test_where_bank_holidays_are_not_known_a_team_counts_as_open(holidays_of):
    assert not NURSES.is_closed(date(2031, 1, 1), holidays_of("england-and-wales"))


def test_a_team_is_covered_by_one_of_a_fitting_kind():
    must_be_able_to_cover(NURSES, Organisation("o2", OrganisationKind.NURSING_TEAM, "Elm Nurses"))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Organisation("o1", OrganisationKind.NURSING_TEAM, "Oak Nurses"), id="itself"),
        pytest.param(Organisation("o4", OrganisationKind.SCHOOL, "Oak School"), id="a school"),
        pytest.param(Organisation("o5", OrganisationKind.SOCIAL_CARE, "Oak Services"), id="social care"),
    ],
)
def test_nobody_covers_who_is_the_team_itself_or_may_not_see_as_much(other):
    with pytest.raises(CannotCover):
        must_be_able_to_cover(NURSES, other)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        pytest.param(0, 0, "", id="today alone"),
        pytest.param(-3, 2, "", id="begun before today"),
        pytest.param(10, 50, "", id="the summer"),
        pytest.param(5, 4, "last-day", id="the end before the start"),
        pytest.param(-5, -1, "last-day", id="gone by"),
        pytest.param(0, FARTHEST + 1, "last-day", id="a slip of the year"),
    ],
)
def test_days_are_refused_that_cannot_be_meant(first, last, field):
    days = ClosedDays("d1", MONDAY + timedelta(first), MONDAY + timedelta(last), "Practitioner/p1")

    if not field:
        assert checked_days(days, MONDAY) == days
        return
    with pytest.raises(DaysNotRight) as refusal:
        checked_days(days, MONDAY)
    assert refusal.value.field == field


def test_a_reason_is_one_short_line():
    days = ClosedDays("d1", MONDAY, MONDAY, "Practitioner/p1", " Half\nterm ")

    assert checked_days(days, MONDAY).reason == "Half term"
    with pytest.raises(DaysNotRight):
        checked_days(ClosedDays("d1", MONDAY, MONDAY, "Practitioner/p1", "x" * 201), MONDAY)
