"""Discharge to review: when the review is due, and how it stands now, computed from what happened."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from plans.review_events import Event, EventKind, closing_event, that_stand, times_reopened
from plans.working_days import (
    Holidays,
    add_working_days,
    in_utc,
    uk_day,
    uk_moment,
    uk_time,
    working_day_after,
)

# Source: NICE QS25, quality statement 4: by the general practice, within 2 working days of discharge.
WORKING_DAYS_TO_REVIEW = 2
# Source: the "48 hour review" of the London standards, shown beside the due date and a rung of the ladder.
FORTY_EIGHT_HOURS = timedelta(hours=48)
LAST_SECOND = time(23, 59, 59)


class State(StrEnum):
    RUNNING = "running"
    HOURS_48_PASSED = "48-hours-passed"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    REVIEWED_IN_TIME = "reviewed-in-time"
    REVIEWED_LATE = "reviewed-late"
    NOT_NEEDED = "not-needed"
    CANCELLED = "cancelled"
    DIED = "died"


@dataclass(frozen=True)
class Standing:
    """How a review stands at one moment. Never stored: it goes stale by itself."""

    state: State
    hours_48_passed: bool
    contact_attempts: int  # messages left are attempts too
    times_not_brought: int
    times_reopened: int
    closed_by: Event | None

    @property
    def is_closed(self) -> bool:
        return self.closed_by is not None


def due_on(discharged_at: datetime, holidays: Holidays) -> date:
    """Return the last day on which a review by the practice is in time.

    The day of discharge in the UK is day 0, whatever the hour; the second working day after it is the
    answer. `holidays` are those of the practice's nation.

    Raises NaiveDatetime, and CalendarEnds where the bank holidays are not known.
    """
    return add_working_days(uk_day(discharged_at), WORKING_DAYS_TO_REVIEW, holidays)


def due_at(due: date) -> datetime:
    """Return the last second of the day `due` in the UK, in UTC."""
    return uk_moment(due, LAST_SECOND)


def hours_48(discharged_at: datetime) -> datetime:
    """Return the moment in UTC when 48 real hours have passed, whatever the clocks did between.

    Raises NaiveDatetime.
    """
    return in_utc(discharged_at) + FORTY_EIGHT_HOURS


def due_lines(discharged_at: datetime, holidays: Holidays) -> tuple[str, str]:
    """Return the due date like 2026-12-01 and the 48 hours in UK time like 2026-11-29T18:30+00:00.

    Raises NaiveDatetime and CalendarEnds.
    """
    due = due_on(discharged_at, holidays)
    return due.isoformat(), uk_time(hours_48(discharged_at)).isoformat(timespec="minutes")


def standing(events: tuple[Event, ...], discharged_at: datetime, due: date, now: datetime) -> Standing:
    """Return how the review stands at `now`; a withdrawn closing leaves `due` as it always was.

    Raises NaiveDatetime.
    """
    closed_by = closing_event(events, discharged_at, now)
    until = closed_by.at if closed_by else now
    state = _closed_state(closed_by, due) if closed_by else _open_state(discharged_at, due, now)
    kinds = [event.kind for event in that_stand(events, now)]
    return Standing(
        state=state,
        hours_48_passed=in_utc(until) >= hours_48(discharged_at),
        contact_attempts=kinds.count(EventKind.CONTACT_ATTEMPTED) + kinds.count(EventKind.MESSAGE_LEFT),
        times_not_brought=kinds.count(EventKind.WAS_NOT_BROUGHT),
        times_reopened=times_reopened(events, now),
        closed_by=closed_by,
    )


def working_days_late(due: date, today: date, holidays: Holidays) -> int:
    """Return how many working days have gone by since the day `due`, as the steps of the ladder count them.

    Today is not over yet: on the first working day after it is due a review is late, and by no day so far.
    """
    late, day = 0, working_day_after(due, holidays)
    while day < today:
        late, day = late + 1, working_day_after(day, holidays)
    return late


def _closed_state(event: Event, due: date) -> State:
    if event.kind is EventKind.DISCHARGE_CANCELLED:
        return State.CANCELLED
    if event.kind is EventKind.DIED:
        return State.DIED
    if event.kind is EventKind.NOT_NEEDED:
        return State.NOT_NEEDED
    return State.REVIEWED_IN_TIME if uk_day(event.at) <= due else State.REVIEWED_LATE


def _open_state(discharged_at: datetime, due: date, now: datetime) -> State:
    today = uk_day(now)
    if today > due:
        return State.OVERDUE
    if today == due:
        return State.DUE_TODAY
    return State.HOURS_48_PASSED if in_utc(now) >= hours_48(discharged_at) else State.RUNNING
