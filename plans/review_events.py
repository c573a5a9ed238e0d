"""What happens to a review after hospital, event by event; most things that happen do not close it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plans.errors import PuffinError
from plans.working_days import in_utc

SYSTEM = "system"  # how a write is signed that no person made


class EventNotAllowed(PuffinError):
    """An event was about to be recorded that cannot be true, or that lacks a name or a reason."""


class EventKind(StrEnum):
    ACCEPTED = "accepted"  # the practice takes the review on; until then the hospital owns it
    CONTACT_ATTEMPTED = "contact-attempted"
    MESSAGE_LEFT = "message-left"
    BOOKED = "booked"
    WAS_NOT_BROUGHT = "was-not-brought"
    REVIEW_RECORDED = "review-recorded"
    NOT_NEEDED = "not-needed"
    DISCHARGE_CANCELLED = "discharge-cancelled"
    DIED = "died"  # confirmed by two people; never counted as reviewed
    WITHDRAWN = "withdrawn"  # an earlier event was recorded in error


# Only these stop the clock: the review itself, a clinical decision by name, no discharge after all, or a
# death that two people have confirmed.
CLOSES: Mapping[EventKind, bool] = {
    EventKind.ACCEPTED: False,
    EventKind.CONTACT_ATTEMPTED: False,
    EventKind.MESSAGE_LEFT: False,
    EventKind.BOOKED: False,
    EventKind.WAS_NOT_BROUGHT: False,
    EventKind.REVIEW_RECORDED: True,
    EventKind.NOT_NEEDED: True,
    EventKind.DISCHARGE_CANCELLED: True,
    EventKind.DIED: True,
    EventKind.WITHDRAWN: False,
}

NEEDS_REASON = frozenset({EventKind.NOT_NEEDED, EventKind.DISCHARGE_CANCELLED, EventKind.WITHDRAWN})


@dataclass(frozen=True)
class Event:
    """One thing that happened at `at`, recorded by `by`; an event that withdraws another names its id."""

    id: str
    kind: EventKind
    at: datetime
    by: str
    reason: str = ""
    withdraws: str = ""


def add_event(
    events: tuple[Event, ...], event: Event, *, discharged_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """Return `events` and `event`; the same event a second time changes nothing.

    Raises EventNotAllowed, saying what to do, and NaiveDatetime.
    """
    if event in events:
        return events
    for refusal in (*_faults(event, discharged_at, now), *_misfits(event, events)):
        raise EventNotAllowed(refusal)
    return (*events, event)


def that_stand(events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Return the events that have happened by `now` and have not been withdrawn, earliest first.

    An event dated later than `now` has not happened yet, so it can close nothing yet.
    """
    happened = _happened(events, now)
    withdrawn = _withdrawn(happened)
    standing = (e for e in happened if e.kind is not EventKind.WITHDRAWN and e.id not in withdrawn)
    return tuple(sorted(standing, key=lambda event: in_utc(event.at)))


def closing_event(events: tuple[Event, ...], discharged_at: datetime, now: datetime) -> Event | None:
    """Return the event that closes the review, or None while it is open.

    The earliest one counts, except that a cancelled discharge leaves nothing to review.
    """
    closing = [event for event in that_stand(events, now) if _does_close(event, discharged_at)]
    cancelled = [event for event in closing if event.kind is EventKind.DISCHARGE_CANCELLED]
    return next(iter(cancelled + closing), None)


def withdrawals(events: tuple[Event, ...], kind: EventKind, now: datetime) -> tuple[Event, ...]:
    """Return what has withdrawn an event of this kind by `now`, in the order in which it was told."""
    happened = _happened(events, now)
    meant = {event.id for event in happened if event.kind is kind}
    return tuple(e for e in happened if e.kind is EventKind.WITHDRAWN and e.withdraws in meant)


def times_reopened(events: tuple[Event, ...], now: datetime) -> int:
    """Return how many events that close a review had been withdrawn by `now`."""
    happened = _happened(events, now)
    withdrawn = _withdrawn(happened)
    return sum(CLOSES[event.kind] and event.id in withdrawn for event in happened)


def _happened(events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    until = in_utc(now)
    return tuple(event for event in events if in_utc(event.at) <= until)


def _withdrawn(events: tuple[Event, ...]) -> set[str]:
    return {event.withdraws for event in events if event.kind is EventKind.WITHDRAWN}


def _does_close(event: Event, discharged_at: datetime) -> bool:
    if event.kind is EventKind.REVIEW_RECORDED:
        return in_utc(event.at) >= in_utc(discharged_at)
    if event.kind is EventKind.NOT_NEEDED:
        return _is_a_person(event.by)
    return CLOSES[event.kind]


def _is_a_person(by: str) -> bool:
    return by.strip() not in {"", SYSTEM}


def _faults(event: Event, discharged_at: datetime, now: datetime) -> Iterator[str]:
    """Yield what is wrong with the event by itself."""
    if in_utc(event.at) > in_utc(now):
        yield "This time has not come yet. Check the date and the time."
    if event.kind is EventKind.REVIEW_RECORDED and in_utc(event.at) < in_utc(discharged_at):
        yield "A review after hospital cannot be before the discharge. Check the date and the time."
    if not event.by.strip():
        yield "Say who is recording this."
    if event.kind is EventKind.NOT_NEEDED and not _is_a_person(event.by):
        yield "Only a named clinician can decide that no review is needed. Give their name."
    if event.kind in NEEDS_REASON and not event.reason.strip():
        yield "Give the reason."


def _misfits(event: Event, events: tuple[Event, ...]) -> Iterator[str]:
    """Yield why the event cannot follow those already there."""
    if any(event.id == earlier.id for earlier in events):
        yield "This is already recorded in other words. Withdraw that record first."
    if event.kind is not EventKind.WITHDRAWN:
        return
    earlier_ids = {earlier.id for earlier in events if earlier.kind is not EventKind.WITHDRAWN}
    if event.withdraws not in earlier_ids - _withdrawn(events):
        yield "There is no such record to withdraw. Open the review and choose one from its list."
