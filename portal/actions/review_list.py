"""Reviews as their pages list them: the child, both clocks, how each stands, and what is still unanswered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_questions
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.follow_up import Standing, hours_48, standing
from plans.people import Child
from plans.review import Review
from plans.review_events import EventKind, that_stand
from plans.working_days import uk_time


@dataclass(frozen=True)
class Listed:
    """One review of a list. `owner` and `hospital` are names, "" where nobody knows; times are UK times."""

    review: Review
    child: Child
    standing: Standing
    owner: str
    hospital: str
    unanswered: int
    is_accepted: bool

    @property
    def hours_48(self) -> datetime:
        return uk_time(hours_48(self.review.discharged_at))

    @property
    def discharged_at(self) -> datetime:
        return uk_time(self.review.discharged_at)


def listed(reader: Reader, reviews: Iterable[Review], now: datetime) -> list[Listed]:
    """Return these reviews: the open ones first, the latest on top; then the closed ones, newest first."""
    owed = [asked.encounter_id for asked in kept_questions.open_questions(reader)]
    rows = [_row(reader, review, owed.count(review.encounter_id), now) for review in reviews]
    still_open = [row for row in rows if not row.standing.is_closed]
    closed = [row for row in rows if row.standing.is_closed]
    still_open.sort(key=lambda row: (row.review.due, row.review.discharged_at))
    closed.sort(key=lambda row: row.review.discharged_at, reverse=True)
    return [*still_open, *closed]


def one(reader: Reader, review: Review, now: datetime) -> Listed:
    """Return one review as a list would have it."""
    return listed(reader, [review], now)[0]


def name_of_place(reader: Reader, organisation_id: str) -> str:
    """Return the name of a practice or hospital, "" where it is not known."""
    try:
        return kept_people.organisation(reader, organisation_id).name if organisation_id else ""
    except ResourceNotFound:
        return ""


def name_of_person(reader: Reader, ref: str) -> str:
    """Return the name of whoever is meant by a reference; Puffin where no person is."""
    try:
        return kept_people.name_of_professional(reader, ref.removeprefix("Practitioner/"))
    except ResourceNotFound:
        return "Puffin"


def _row(reader: Reader, review: Review, unanswered: int, now: datetime) -> Listed:
    happened = {event.kind for event in that_stand(review.events, now)}
    return Listed(
        review=review,
        child=kept_people.child(reader, review.child_id),
        standing=standing(review.events, review.discharged_at, review.due, now),
        owner=name_of_place(reader, review.owner_id or review.requester_id),
        hospital=name_of_place(reader, review.requester_id),
        unanswered=unanswered,
        is_accepted=EventKind.ACCEPTED in happened,
    )
