"""Deadlines of a team's tasks in plain words."""

from datetime import datetime, timedelta

from plans.working_days import uk_time

NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def due_words(due: datetime, now: datetime) -> str:
    """Return by when a task must be done in UK time: 1:30pm today, 9:00am on 27 November 2026."""
    at, today = uk_time(due), uk_time(now).date()
    day = NEAR.get((at.date() - today) // timedelta(days=1)) or f"on {at.day} {at:%B %Y}"
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'} {day}"
