"""Reviews after hospital: what is recorded about one, by whom; most of it leaves the clock running."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4, uuid5

from fhir import kept_questions, kept_reviews
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound, StaleVersion
from plans.death import CLOSED_AS_DIED
from plans.escalation import settled_codes
from plans.review import Review
from plans.review_events import (
    Event,
    EventKind,
    EventNotAllowed,
    add_event,
    closing_event,
    that_stand,
)
from portal.actions.alerts import close
from portal.person import Person

LONGEST_REASON = 2000  # characters


class Hand(StrEnum):
    """How somebody's organisation holds a review: as its owner, or as the hospital that asked for it."""

    OWNER = "owner"
    DISCHARGING_TEAM = "discharging-team"


# Until the practice accepts, the hospital phones too; taking a discharge back is the hospital's alone.
MAY_RECORD: Mapping[Hand, frozenset[EventKind]] = {
    Hand.OWNER: frozenset(EventKind) - {EventKind.DISCHARGE_CANCELLED, EventKind.DIED},
    Hand.DISCHARGING_TEAM: frozenset(
        {
            EventKind.CONTACT_ATTEMPTED,
            EventKind.MESSAGE_LEFT,
            EventKind.DISCHARGE_CANCELLED,
            EventKind.WITHDRAWN,
        }
    ),
}
# What an alert is closed with once this has been recorded.
CLOSED_BY: Mapping[EventKind, str] = {
    EventKind.REVIEW_RECORDED: "The review was recorded.",
    EventKind.NOT_NEEDED: "A clinician decided that no review is needed.",
    EventKind.DISCHARGE_CANCELLED: "The discharge was cancelled.",
    EventKind.DIED: CLOSED_AS_DIED,
    EventKind.ACCEPTED: "The practice accepted the review.",
    EventKind.BOOKED: "The review was booked.",
}


class NotYours(EventNotAllowed):
    def __init__(self) -> None:
        super().__init__("This is for the team that owns the review. Phone them instead.")


class TooLong(EventNotAllowed):
    def __init__(self) -> None:
        super().__init__("Write at most 2,000 characters here.")


@dataclass(frozen=True)
class Entry:
    """Something that happened about a review, as somebody enters it. `id` is made with the form, so that
    sending it twice records it once."""

    kind: EventKind
    happened_at: datetime
    reason: str = ""
    withdraws: str = ""
    id: str = ""


def version_of(reader: Reader, review_id: str) -> str:
    """Return the version that a change of this review must name; raises ResourceNotFound."""
    return reader.read("Task", review_id)["meta"]["versionId"]


def hands_of(review: Review, organisation_id: str) -> frozenset[Hand]:
    """Return how an organisation holds a review: none, one, or both where the hospital keeps it."""
    hands = set()
    if organisation_id == (review.owner_id or review.requester_id):
        hands.add(Hand.OWNER)
    if organisation_id == review.requester_id:
        hands.add(Hand.DISCHARGING_TEAM)
    return frozenset(hands)


def may_record(review: Review, organisation_id: str) -> frozenset[EventKind]:
    """Return what the people of an organisation may record about a review."""
    kinds = (MAY_RECORD[hand] for hand in hands_of(review, organisation_id))
    return frozenset[EventKind]().union(*kinds)


def record(store: Store, review_id: str, entry: Entry, *, version: str, by: Person, at: datetime) -> Review:
    """Record what happened, with its audit, and return the review; an event recorded before changes nothing.

    An event that closes the review closes its alerts; an event that is withdrawn reopens it at its
    original due time. Raises EventNotAllowed, StaleVersion, and ResourceNotFound for anybody else.
    """
    with store.write(by=by.ref, at=at) as write:
        review = kept_reviews.review(write, review_id)
        if not hands_of(review, by.organisation_id):
            raise ResourceNotFound
        if entry.id and any(event.id == entry.id for event in review.events):
            return review
        if version_of(write, review_id) != version:
            raise StaleVersion
        _check(review, entry, by)
        changed = replace(review, events=_with(review, entry, by, at))
        keep_events(write, changed, f"review: {entry.kind}")
    return changed


def keep_events(write: Write, review: Review, detail: str) -> None:
    """Keep a review with its new events and audit, and close what these have settled."""
    kept_reviews.keep_changed(write, review)
    write.audit("U", f"Task/{review.id}", f"Patient/{review.child_id}", detail)
    _settle(write, review)


def _check(review: Review, entry: Entry, by: Person) -> None:
    """Raise EventNotAllowed for what this person may not record about this review, or that is too long."""
    if entry.kind not in may_record(review, by.organisation_id):
        raise NotYours
    if len(entry.reason) > LONGEST_REASON:
        raise TooLong
    if any(event.id == entry.withdraws and event.kind is EventKind.DIED for event in review.events):
        raise EventNotAllowed("A death closed this. Withdraw the death on the child's page about it.")
    if entry.kind is not EventKind.WITHDRAWN or Hand.OWNER in hands_of(review, by.organisation_id):
        return
    ours = {EventKind.DISCHARGE_CANCELLED}
    if not any(
        event.id == entry.withdraws and (event.kind in ours or event.by == by.ref) for event in review.events
    ):
        raise NotYours


def _with(review: Review, entry: Entry, by: Person, now: datetime) -> tuple[Event, ...]:
    event = Event(
        id=entry.id or str(uuid4()),
        kind=entry.kind,
        at=entry.happened_at,
        by=by.ref,
        reason=entry.reason.strip(),
        withdraws=entry.withdraws,
    )
    events = review.events
    for one in (*_accepting(review, event, now), event):
        events = add_event(events, one, discharged_at=review.discharged_at, now=now)
    return events


def _accepting(review: Review, event: Event, now: datetime) -> tuple[Event, ...]:
    """Return the acceptance that a booking implies, unless the review was accepted before."""
    accepted = any(one.kind is EventKind.ACCEPTED for one in that_stand(review.events, now))
    if event.kind is not EventKind.BOOKED or accepted:
        return ()
    return (replace(event, id=str(uuid5(UUID(event.id), "accepted")), kind=EventKind.ACCEPTED, reason=""),)


def _settle(write: Write, review: Review) -> None:
    alerts = [one for one in kept_reviews.open_alerts(write, review.child_id) if one.review_id == review.id]
    closing = closing_event(review.events, review.discharged_at, write.at)
    if closing:
        close(write, alerts, CLOSED_BY[closing.kind])
        if closing.kind in {EventKind.DISCHARGE_CANCELLED, EventKind.DIED}:
            _cancel_questions(write, review)
        return
    settled = settled_codes(review.events, write.at)
    for alert in alerts:
        if alert.rung in settled:
            close(write, [alert], CLOSED_BY[settled[alert.rung]])


def _cancel_questions(write: Write, review: Review) -> None:
    for asked in kept_questions.questions_about(write, review.encounter_id):
        if asked.is_open:
            kept_questions.cancel(write, asked)
