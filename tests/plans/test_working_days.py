from datetime import UTC, date, datetime, time

import pytest

from plans.places import Nation
from plans.working_days import (
    CalendarEnds,
    MomentOutOfReach,
    NaiveDatetime,
    add_working_days,
    is_working_day,
    next_working_day,
    uk_day,
    uk_moment,
    uk_time,
)


def day(text: str) -> date:
    """Read 'Fri 2026-11-20', and refuse it when that was no Friday."""
    read = datetime.strptime(text, "%a %Y-%m-%d").replace(tzinfo=UTC).date()
    assert f"{read:%a %Y-%m-%d}" == text
    return read


@pytest.mark.parametrize(
    ("text", "works_in"),
    [
        pytest.param("Fri 2026-11-20", {"england-and-wales", "scotland", "northern-ireland"}, id="a weekday"),
        pytest.param("Sat 2026-11-21", set(), id="Saturday"),
        pytest.param("Sun 2026-11-22", set(), id="Sunday"),
        pytest.param("Fri 2026-12-25", set(), id="Christmas Day"),
        pytest.param("Mon 2026-12-28", set(), id="the substitute for Boxing Day"),
        pytest.param("Mon 2026-04-06", {"scotland"}, id="Easter Monday is worked in Scotland"),
        pytest.param("Mon 2026-11-30", {"england-and-wales", "northern-ireland"}, id="St Andrew's Day"),
        pytest.param("Tue 2026-03-17", {"england-and-wales", "scotland"}, id="St Patrick's Day"),
        pytest.param("Mon 2026-07-13", {"england-and-wales", "scotland"}, id="the Twelfth, a day later"),
        pytest.param("Mon 2026-06-15", {"england-and-wales", "northern-ireland"}, id="the World Cup holiday"),
    ],
)
def test_each_nation_works_on_its_own_days(holidays_of, text, works_in):
    working = {nation.value for nation in Nation if is_working_day(day(text), holidays_of(nation))}

    assert working == works_in


@pytest.mark.parametrize(
    ("nation", "start", "following"),
    [
        pytest.param("england-and-wales", "Mon 2026-11-16", "Tue 2026-11-17", id="midweek"),
        pytest.param("england-and-wales", "Fri 2026-11-20", "Mon 2026-11-23", id="over a weekend"),
        pytest.param("england-and-wales", "Sat 2026-11-21", "Mon 2026-11-23", id="from a Saturday"),
        pytest.param("england-and-wales", "Thu 2026-04-02", "Tue 2026-04-07", id="over Easter"),
        pytest.param("scotland", "Thu 2026-04-02", "Mon 2026-04-06", id="over Easter in Scotland"),
        pytest.param("england-and-wales", "Thu 2026-12-24", "Tue 2026-12-29", id="over Christmas"),
        pytest.param("scotland", "Thu 2026-12-31", "Tue 2027-01-05", id="over New Year in Scotland"),
        pytest.param("northern-ireland", "Fri 2026-07-10", "Tue 2026-07-14", id="over the Twelfth"),
    ],
)
def test_the_next_working_day_is_never_the_day_itself(holidays_of, nation, start, following):
    assert next_working_day(day(start), holidays_of(nation)) == day(following)


def test_working_days_are_counted_from_the_day_after(holidays_of):
    england = holidays_of("england-and-wales")

    assert add_working_days(day("Thu 2026-12-24"), 2, england) == day("Wed 2026-12-30")
    assert add_working_days(day("Fri 2026-11-20"), 5, england) == day("Fri 2026-11-27")
    assert add_working_days(day("Sat 2026-11-21"), 0, england) == day("Sat 2026-11-21")


def test_the_last_known_day_can_be_counted_and_the_next_is_refused(holidays_of):
    england = holidays_of("england-and-wales")
    last, after = england.known_until, date(2028, 1, 1)

    assert not is_working_day(date(2027, 12, 28), england)
    assert is_working_day(last, england)
    with pytest.raises(CalendarEnds):
        is_working_day(after, england)


def test_a_count_that_runs_over_the_end_is_refused_and_says_what_to_do(holidays_of):
    with pytest.raises(CalendarEnds) as refused:
        add_working_days(day("Fri 2027-12-31"), 1, holidays_of("scotland"))

    assert str(refused.value) == (
        "Bank holidays are known only from 1 January 2026 to 31 December 2027: "
        "count the working days by hand, and ask the people who run Puffin to add more."
    )


def test_the_last_day_of_all_calendars_is_past_the_end_too(holidays_of):
    with pytest.raises(CalendarEnds):
        next_working_day(date.max, holidays_of("england-and-wales"))


def test_a_day_before_the_calendar_begins_is_refused_too(holidays_of):
    assert not is_working_day(date(2026, 1, 1), holidays_of("england-and-wales"))
    with pytest.raises(CalendarEnds):
        next_working_day(day("Tue 2025-12-23"), holidays_of("england-and-wales"))


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        pytest.param("2026-11-20T23:59:59+00:00", "Fri 2026-11-20", id="a second before midnight"),
        pytest.param("2026-11-21T00:00:00+00:00", "Sat 2026-11-21", id="midnight begins the day"),
        pytest.param("2026-06-01T23:30:00+00:00", "Tue 2026-06-02", id="summer: after midnight in the UK"),
        pytest.param("2026-06-01T23:30:00+01:00", "Mon 2026-06-01", id="the same, written in UK time"),
        pytest.param("2026-12-31T20:00:00-05:00", "Fri 2027-01-01", id="written by a computer in New York"),
    ],
)
def test_the_day_is_the_one_on_a_calendar_in_the_uk(moment, shown):
    assert uk_day(datetime.fromisoformat(moment)) == day(shown)


def test_a_time_without_a_timezone_has_no_day():
    with pytest.raises(NaiveDatetime, match="no timezone"):
        uk_day(datetime(2026, 11, 20, 18, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:00-10:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00"]
)
def test_a_time_that_no_clock_in_the_uk_can_show_is_refused(moment):
    with pytest.raises(MomentOutOfReach, match="Check its year"):
        uk_time(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("on", "utc"),
    [
        ("Sat 2026-10-24", "2026-10-24T07:00:00+00:00"),
        ("Sun 2026-10-25", "2026-10-25T08:00:00+00:00"),
    ],
)
def test_eight_in_the_morning_follows_the_clocks_back(on, utc):
    assert uk_moment(day(on), time(8)).isoformat() == utc
