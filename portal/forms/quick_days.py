"""Days that a button fills into a date box, because somebody presses it: never by themselves."""

from datetime import date, timedelta

from plans.years import year_after
from portal.forms.choices import Choice

WEEKS_8, WEEKS_12 = timedelta(weeks=8), timedelta(weeks=12)


def review_days(today: date) -> tuple[Choice, ...]:
    """Return when a plan is often reviewed: 12 weeks after a change, else within 12 months."""
    return (
        Choice((today + WEEKS_12).isoformat(), "12 weeks from today"),
        Choice(year_after(today).isoformat(), "12 months from today"),
    )


def trial_days(today: date) -> tuple[Choice, ...]:
    """Return the two ends of a preventer's trial under 5. Source: NG245 1.9.1."""
    return (
        Choice((today + WEEKS_8).isoformat(), "8 weeks from today"),
        Choice((today + WEEKS_12).isoformat(), "12 weeks from today"),
    )
