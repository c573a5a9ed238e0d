"""Working days of each UK nation: days that are not a Saturday, a Sunday or a bank holiday there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from plans.errors import PuffinError
from plans.places import Nation

UK = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class CalendarEnds(PuffinError):
    """A day lies beyond one of the two ends of the bank holidays that we know."""

    def __init__(self, holidays: "Holidays") -> None:
        first, last = (f"{day.day} {day:%B %Y}" for day in (holidays.known_from, holidays.known_until))
        super().__init__(
            f"Bank holidays are known only from {first} to {last}: "
            "count the working days by hand, and ask the people who run Puffin to add more."
        )


class NaiveDatetime(PuffinError):
    """A time came without its timezone, so nobody can say which day in the UK it is."""

    def __init__(self) -> None:
        super().__init__("This time has no timezone. Write it like 2026-11-27T18:30+00:00.")


class MomentOutOfReach(PuffinError):
    """A time so near to an end of all calendars that a clock in the UK cannot show it."""

    def __init__(self) -> None:
        super().__init__("This time lies outside every calendar. Check its year.")


@dataclass(frozen=True)
class Holidays:
    """The bank holidays of one nation, complete from `known_from` to `known_until`, both included."""

    nation: Nation
    days: frozenset[date]
    known_from: date
    known_until: date


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Return whether a practice of that nation is open on `day`.

    Raises CalendarEnds for a day whose bank holidays are not known, weekends too.
    """
    if not holidays.known_from <= day <= holidays.known_until:
        raise CalendarEnds(holidays)
    return day.weekday() < SATURDAY and day not in holidays.days


def next_working_day(day: date, holidays: Holidays) -> date:
    """Return the first working day after `day`, never `day` itself; raises CalendarEnds."""
    day = _day_after(day, holidays)
    while not is_working_day(day, holidays):
        day = _day_after(day, holidays)
    return day


def working_day_after(day: date, holidays: Holidays) -> date:
    """Return the next working day, tomorrow where the holidays are not known: sooner, and never stalled."""
    try:
        return next_working_day(day, holidays)
    except CalendarEnds:
        return day + ONE_DAY


def is_worked(day: date, holidays: Holidays, *, unknown: bool) -> bool:
    """Return whether people work on `day`; where nobody knows its holidays, what is given as `unknown`."""
    try:
        return is_working_day(day, holidays)
    except CalendarEnds:
        return unknown


def add_working_days(day: date, n: int, holidays: Holidays) -> date:
    """Return the `n`th working day after `day`, which need not be one itself; raises CalendarEnds."""
    for _ in range(n):
        day = next_working_day(day, holidays)
    return day


def uk_day(moment: datetime) -> date:
    """Return the date that a calendar in the UK shows at `moment`; raises as uk_time does."""
    return uk_time(moment).date()


def uk_time(moment: datetime) -> datetime:
    """Return `moment` as a clock in the UK shows it; raises NaiveDatetime and MomentOutOfReach.

    To show, not to count with: Python adds to and compares UK times by what the clock shows, which is
    an hour wrong when the clocks change between them.
    """
    return _by_clock(in_utc(moment), UK)


def in_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC, to count with and to compare; raises NaiveDatetime and MomentOutOfReach."""
    if moment.utcoffset() is None:
        raise NaiveDatetime
    return _by_clock(moment, UTC)


def end_of_day(day: date) -> datetime:
    """Return the last second of a day in the UK, in UTC."""
    return uk_moment(day + ONE_DAY, time.min) - timedelta(seconds=1)


def uk_moment(day: date, at: time) -> datetime:
    """Return the moment in UTC at which clocks in the UK show `at` on `day`."""
    return datetime.combine(day, at, tzinfo=UK).astimezone(UTC)


def _by_clock(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:
        raise MomentOutOfReach from None


def _day_after(day: date, holidays: Holidays) -> date:
    if day >= holidays.known_until:
        raise CalendarEnds(holidays)
    return day + ONE_DAY
