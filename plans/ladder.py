"""The ladder of a review after hospital: who is told next, when, and what they must do. A table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from plans.follow_up import hours_48
from plans.review_events import EventKind
from plans.working_days import ONE_DAY, CalendarEnds, Holidays, in_utc, next_working_day, uk_moment

# Source: the hospital tells primary care within 24 hours. Plain hours, because a ward never closes and
# the hours between Friday and Monday are those in which nobody else is looking.
HOURS_TO_ACCEPT = timedelta(hours=24)
MORNING = time(8)


class Owner(StrEnum):
    """Who must act on a rung: a role, which the portal turns into that role's own people."""

    DISCHARGING_TEAM = "discharging-team"
    PRACTICE = "practice"
    PRACTICE_LEAD = "practice-lead"
    HOSPITAL_TEAM = "hospital-team"


# Somebody is there day and night; a practice closes, and one person can be on leave.
IS_STAFFED_TEAM = {
    Owner.DISCHARGING_TEAM: True,
    Owner.PRACTICE: False,
    Owner.PRACTICE_LEAD: False,
    Owner.HOSPITAL_TEAM: True,
}


@dataclass(frozen=True)
class Step:
    """One row of the ladder.

    `falls` gives its moment from the discharge, the due day and the holidays. `when_closed` owns it
    instead where it falls on a day on which the practice is closed; `settled_by` makes it needless.
    `about` may name {due} and nothing else: no child, no opinion.
    """

    code: str
    falls: Callable[[datetime, date, Holidays], datetime]
    owner: Owner
    when_closed: Owner
    also: tuple[Owner, ...]
    about: str
    settled_by: EventKind | None = None


def _end_of_working_day_after_due(n: int) -> Callable[[datetime, date, Holidays], datetime]:
    def falls(_discharged_at: datetime, due: date, holidays: Holidays) -> datetime:
        day = due
        for _ in range(n):
            day = _next_working_day_or_tomorrow(day, holidays)
        return _end_of(day)

    return falls


def _next_working_day_or_tomorrow(day: date, holidays: Holidays) -> date:
    """Return tomorrow where the holidays are not known: a clock that runs is chased sooner, never stalled."""
    try:
        return next_working_day(day, holidays)
    except CalendarEnds:
        return day + ONE_DAY


def _end_of(day: date) -> datetime:
    return uk_moment(day + ONE_DAY, time.min)


LADDER = (
    Step(
        code="not-accepted",
        falls=lambda discharged_at, _due, _holidays: in_utc(discharged_at) + HOURS_TO_ACCEPT,
        owner=Owner.DISCHARGING_TEAM,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(Owner.PRACTICE,),
        about="The practice has not accepted this review in 24 hours, so it is still the hospital's: "
        "phone the family today, and the practice as soon as it is open.",
        settled_by=EventKind.ACCEPTED,
    ),
    Step(
        code="hours-48",
        falls=lambda discharged_at, _due, _holidays: hours_48(discharged_at),
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="48 hours have passed since discharge and no review is recorded: "
        "phone the family today, and make sure that the review is booked for {due} at the latest.",
    ),
    Step(
        code="due-today",
        falls=lambda _discharged_at, due, _holidays: uk_moment(due, MORNING),
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="The review is due by the end of {due}: "
        "if it is not booked, phone the family now and find a time for that day.",
    ),
    Step(
        code="overdue",
        falls=lambda _discharged_at, due, _holidays: _end_of(due),
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="The review was due by the end of {due} and none is recorded: "
        "phone the family now, review the child today, and record it.",
    ),
    Step(
        code="overdue-1-working-day",
        falls=_end_of_working_day_after_due(1),
        owner=Owner.PRACTICE_LEAD,
        when_closed=Owner.HOSPITAL_TEAM,
        also=(Owner.PRACTICE,),
        about="The review was due by the end of {due} and is now a working day late: "
        "name the person who will review the child today, and tell the family.",
    ),
    Step(
        code="overdue-2-working-days",
        falls=_end_of_working_day_after_due(2),
        owner=Owner.HOSPITAL_TEAM,
        when_closed=Owner.HOSPITAL_TEAM,
        also=(Owner.PRACTICE_LEAD, Owner.PRACTICE, Owner.DISCHARGING_TEAM),
        about="The review was due by the end of {due} and is now two working days late: "
        "phone the family and the practice now, and agree who reviews the child today.",
    ),
)
