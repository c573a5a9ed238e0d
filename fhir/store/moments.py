"""Moments and FHIR dates as text of one width, so that text order is time order."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
EARLIEST = "0001-01-01T00:00:00.000000Z"
LATEST = "9999-12-31T23:59:59.999999Z"
TICK = timedelta(microseconds=1)
LEAP_SECOND = re.compile(r"(?<=T\d\d:\d\d):60")
DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Interval:
    """From the first to the last microsecond that a FHIR date may mean, both included, in UTC."""

    low: str
    high: str


def moment_text(at: datetime) -> str:
    """Return an aware moment as UTC text of one width; raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its timezone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Return the aware moment in UTC that `moment_text` wrote."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment that `moment_text` wrote, if there is one."""
    return None if text is None else moment(text)


def written(text: str) -> datetime:
    """Return the moment that FHIR writes so; Python has no leap second, so it is the second before.

    Raises ValueError if it cannot be read.
    """
    return datetime.fromisoformat(LEAP_SECOND.sub(":59", text))


def interval(text: str) -> Interval:
    """Return what a FHIR date, dateTime or instant spans; a day without a time is a UK day.

    A moment that UTC cannot hold is the first or last that it can. Raises ValueError if it cannot be read
    or has a time without a timezone.
    """
    dated = DATE.fullmatch(text)
    if dated:
        return _days(*(int(part) for part in dated.groups() if part is not None))
    start = written(text)
    span = timedelta() if start.microsecond else timedelta(seconds=1) - TICK
    return Interval(_within_utc(start), _within_utc(start + span))


def period(value: dict) -> Interval:
    """Return what a FHIR Period spans; an end that is left out is open."""
    start, end = value.get("start"), value.get("end")
    return Interval(interval(start).low if start else EARLIEST, interval(end).high if end else LATEST)


def _within_utc(at: datetime) -> str:
    try:
        return moment_text(at)
    except OverflowError:
        return EARLIEST if at.year == date.min.year else LATEST


def _days(year: int, month: int | None = None, day: int | None = None) -> Interval:
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    after = _day_after(first, month, day)
    high = LATEST if after is None else moment_text(_midnight(after) - TICK)
    return Interval(moment_text(_midnight(first)), high)


def _day_after(first: date, month: int | None, day: int | None) -> date | None:
    """Return the first day after the span, or none where the calendar ends."""
    try:
        if day:
            return first + timedelta(days=1)
        if month and month < 12:
            return first.replace(month=month + 1)
        return first.replace(year=first.year + 1, month=1)
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UK).astimezone(UTC)
