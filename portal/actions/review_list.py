"""Reviews as their pages list them: the child, both clocks, how each stands, and what is still unanswered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from fhir import kept_people, kept_questions
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.discharge_questions import DATE_IN_DOUBT
from plans.follow_up import Standing, State, hours_48, standing, working_days_late
from plans.people import Child
from plans.places import Nation, Organisation
from plans.review import Review
from plans.review_events import EventKind, that_stand
from plans.working_days import uk_day, uk_time
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.places import known_place, who_stands_behind


@dataclass
class _Places:
    """The places of one list, each read once however many rows name it."""

    reader: Reader
    _known: dict[str, Organisation | None] = field(default_factory=dict)
    _behind: dict[tuple[str, str], str] = field(default_factory=dict)

    def known(self, id: str) -> Organisation | None:
        if id not in self._known:
            self._known[id] = known_place(self.reader, id)
        return self._known[id]

    def name_of(self, id: str) -> str:
        found = self.known(id)
        return found.name if found else ""

    def who_stands_behind(self, hospital_id: str, practice_id: str) -> str:
        both = hospital_id, practice_id
        if both not in self._behind:
            self._behind[both] = who_stands_behind(self.reader, *both)
        return self._behind[both]


@dataclass(frozen=True)
class Listed:
    """One review of a list. `owner` and `hospital` are names, "" where nobody knows; times are UK times.

    Until a practice has accepted it, the team that discharged the child owns it, and `to_accept` is the name
    of the practice; "" where nobody has to accept it any more.
    `working_days_late` counts as the ladder does, 0 for what is not overdue. `open_of_child` is how many of
    the list are open for this child: then only the day on which the child left tells them apart.
    `is_date_doubtful` while somebody is still asked whether that day is right.
    """

    review: Review
    child: Child
    standing: Standing
    owner: str
    hospital: str
    unanswered: int
    is_accepted: bool
    working_days_late: int
    is_date_doubtful: bool
    to_accept: str = ""
    open_of_child: int = 0

    @property
    def hours_48(self) -> datetime:
        return uk_time(hours_48(self.review.discharged_at))

    @property
    def discharged_at(self) -> datetime:
        return uk_time(self.review.discharged_at)


def listed(
    reader: Reader, reviews: Iterable[Review], now: datetime, holidays_for: HolidaysFor
) -> list[Listed]:
    """Return these reviews: the open ones first, the most urgent on top; then the closed, newest first."""
    places = _Places(reader)
    owed: dict[str, list[str]] = {}
    for asked in kept_questions.open_questions(reader):
        owed.setdefault(asked.encounter_id, []).append(asked.code)
    rows = [_row(places, one, owed.get(one.encounter_id, []), now, holidays_for) for one in reviews]
    open_of = Counter(row.child.id for row in rows if not row.standing.is_closed)
    rows = [replace(row, open_of_child=open_of[row.child.id]) for row in rows]
    still_open = [row for row in rows if not row.standing.is_closed]
    closed = [row for row in rows if row.standing.is_closed]
    still_open.sort(key=lambda row: (row.review.due, row.review.discharged_at))
    closed.sort(key=lambda row: row.review.discharged_at, reverse=True)
    return [*still_open, *closed]


def one(reader: Reader, review: Review, now: datetime, holidays_for: HolidaysFor) -> Listed:
    """Return one review as a list would have it."""
    return listed(reader, [review], now, holidays_for)[0]


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


def _row(
    places: _Places, review: Review, owed: Sequence[str], now: datetime, holidays_for: HolidaysFor
) -> Listed:
    happened = {event.kind for event in that_stand(review.events, now)}
    stands = standing(review.events, review.discharged_at, review.due, now)
    practice = places.known(review.owner_id or review.requester_id)
    holidays = holidays_for(practice.nation if practice else Nation.ENGLAND_AND_WALES)
    is_offered = bool(review.owner_id) and EventKind.ACCEPTED not in happened and not stands.is_closed
    keeper = places.who_stands_behind(review.requester_id, review.owner_id) if is_offered else ""
    is_late = stands.state is State.OVERDUE
    name = practice.name if practice else ""
    return Listed(
        review=review,
        child=kept_people.child(places.reader, review.child_id),
        standing=stands,
        owner=places.name_of(keeper) if keeper else name,
        to_accept=name if keeper else "",
        hospital=places.name_of(review.requester_id),
        unanswered=len(owed),
        is_accepted=EventKind.ACCEPTED in happened,
        working_days_late=working_days_late(review.due, uk_day(now), holidays) if is_late else 0,
        is_date_doubtful=DATE_IN_DOUBT in owed,
    )
