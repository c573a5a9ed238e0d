"""A year later, by the calendar."""

from datetime import date

LEAP_DAY = (2, 29)


def year_after(day: date) -> date:
    """Return the same day of the next year; 29 February gives 28 February, so never more than a year."""
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)
