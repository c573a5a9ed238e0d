"""The ladder of a review after hospital: who is told next, when, and what they must do. A table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from plans.follow_up import hours_48
from plans.review_events import EventKind
from plans.working_days import ONE_DAY, Holidays, in_utc, uk_day, uk_moment, working_day_after

# From when to when somebody answers the telephone of a practice on a working day. No source (tag U).
MORNING, EVENING = time(8), time(18, 30)
ACCEPT = "accept"

# In how many hours the practice has to accept. Source: the hospital tells primary care within 24 hours.
# Plain hours, because a ward never closes, and from Friday to Monday nobody else is looking.
HOURS_TO_ACCEPT = 24
# In how many hours somebody has to acknowledge an alert before others are told. No source (tag U).
HOURS_TO_ANSWER: Mapping[str, int] = {
    "not-accepted": 4,
    "not-booked": 4,
    "hours-48": 2,
    "due-today": 2,
    "overdue": 2,
    "overdue-1-working-day": 2,
    "overdue-2-working-days": 2,
    "still-overdue": 2,
    "date-in-doubt": 4,
}
# The hours of the ladder by their names in a local policy, which may shorten each and lengthen none.
HOURS: Mapping[str, int] = {ACCEPT: HOURS_TO_ACCEPT} | {
    f"answer-{code}": hours for code, hours in HOURS_TO_ANSWER.items()
}


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

# Who is told next where nobody acknowledges an alert in its time: up to a team that is always staffed.
NEXT_OWNER: Mapping[Owner, Owner | None] = {
    Owner.PRACTICE: Owner.PRACTICE_LEAD,
    Owner.PRACTICE_LEAD: Owner.HOSPITAL_TEAM,
    Owner.DISCHARGING_TEAM: Owner.HOSPITAL_TEAM,
    Owner.HOSPITAL_TEAM: None,
}
# One organisation can be next after itself: a practice's lead works in it, and the team that discharged a
# child is of the hospital. So nothing here says that it was another's before.
UNANSWERED_ABOUT: Mapping[Owner, str] = {
    Owner.PRACTICE_LEAD: "Nobody has acknowledged this alert in its time: "
    "the lead of your team names who acts now. {about}",
    Owner.HOSPITAL_TEAM: "Nobody has acknowledged this alert in its time: your team must act now. {about}",
}


def unanswered(code: str) -> str:
    """Return the code of the alert that passes on one which nobody has acknowledged in its time."""
    return f"{code}-unanswered"


@dataclass(frozen=True)
class Start:
    """What a ladder is climbed from; `accept_in` is the time in which the practice has to accept."""

    discharged_at: datetime
    due: date
    holidays: Holidays
    accept_in: timedelta


@dataclass(frozen=True)
class Step:
    """One row of the ladder.

    `falls` gives its moment. `when_closed` owns it instead where the practice is closed at that moment; a
    moment of midnight is for whoever is there in the morning. `settled_by` makes it needless, unless
    `unsettled_by` came after it: each time of that it falls anew. One that `comes_again` does so each
    working day until the review is closed. `about` may name {due} and {hours} to accept, and nothing else: no
    child, no opinion.
    """

    code: str
    falls: Callable[[Start], datetime]
    owner: Owner
    when_closed: Owner
    also: tuple[Owner, ...]
    about: str
    settled_by: EventKind | None = None
    unsettled_by: EventKind | None = None
    comes_again: bool = False


def _working_day_after_due(start: Start, n: int) -> date:
    day = start.due
    for _ in range(n):
        day = working_day_after(day, start.holidays)
    return day


def _end_of_working_day_after_due(n: int) -> Callable[[Start], datetime]:
    return lambda start: _end_of(_working_day_after_due(start, n))


def _morning_after_discharge(start: Start) -> datetime:
    return uk_moment(working_day_after(uk_day(start.discharged_at), start.holidays), MORNING)


def _end_of(day: date) -> datetime:
    return uk_moment(day + ONE_DAY, time.min)


LADDER = (
    Step(
        code="not-accepted",
        falls=lambda start: in_utc(start.discharged_at) + start.accept_in,
        owner=Owner.DISCHARGING_TEAM,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(Owner.PRACTICE,),
        about="The practice has not accepted this review in {hours} hours, so it is still the hospital's: "
        "phone the family today, and the practice as soon as it is open.",
        settled_by=EventKind.ACCEPTED,
    ),
    Step(
        code="not-booked",
        falls=_morning_after_discharge,
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="No time is booked for this review, which is due by the end of {due}: "
        "phone the family now, and book it.",
        settled_by=EventKind.BOOKED,
        unsettled_by=EventKind.WAS_NOT_BROUGHT,
    ),
    Step(
        code="hours-48",
        falls=lambda start: hours_48(start.discharged_at),
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="48 hours have passed since discharge and no review is recorded: "
        "phone the family today, and make sure that the review is booked for {due} at the latest.",
    ),
    Step(
        code="due-today",
        falls=lambda start: uk_moment(start.due, MORNING),
        owner=Owner.PRACTICE,
        when_closed=Owner.DISCHARGING_TEAM,
        also=(),
        about="The review is due by the end of {due}: "
        "if it is not booked, phone the family now and find a time for that day.",
    ),
    Step(
        code="overdue",
        falls=lambda start: _end_of(start.due),
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
    Step(
        code="still-overdue",
        falls=lambda start: uk_moment(_working_day_after_due(start, 3), MORNING),
        owner=Owner.HOSPITAL_TEAM,
        when_closed=Owner.HOSPITAL_TEAM,
        also=(Owner.PRACTICE_LEAD, Owner.PRACTICE, Owner.DISCHARGING_TEAM),
        about="The review was due by the end of {due} and the child has still not been seen: "
        "phone the family and the practice now, and see to it that somebody reviews the child today.",
        comes_again=True,
    ),
)
