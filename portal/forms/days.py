"""Days and times as people type them: a day in three boxes, a time of day like 18:30, both as in the UK."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from plans.working_days import uk_moment

TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})")
PARTS = ("day", "month", "year")


class NotADay(ValueError):
    """What was typed is no day."""


class NotATime(ValueError):
    """What was typed is no time of day."""


def typed_day(form: Mapping[str, str], name: str) -> date | None:
    """Return the day typed into the boxes name-day, name-month and name-year; None if all are empty.

    Raises NotADay.
    """
    day, month, year = (form.get(f"{name}-{part}", "").strip() for part in PARTS)
    if not (day or month or year):
        return None
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        raise NotADay from None


def typed_time(text: str) -> time:
    """Return a time of day like 18:30, 18.30 or 1830; raises NotATime."""
    found = TIME.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2])) if found else _refuse()
    except ValueError:
        raise NotATime from None


def typed_moment(day: str, at: str, *, otherwise: datetime) -> datetime:
    """Return the moment in UTC of an ISO day and a time; `otherwise` where both are empty.

    Raises NotADay and NotATime.
    """
    if not (day.strip() or at.strip()):
        return otherwise
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        raise NotADay from None
    return uk_moment(on, typed_time(at))


def _refuse() -> time:
    raise NotATime
