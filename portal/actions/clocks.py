"""Every clock that runs: of each open review, and of each discharge that waits for its child."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_people, kept_questions, kept_reviews
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.discharge_questions import DATE_IN_DOUBT, DATE_IN_DOUBT_ABOUT
from plans.escalation import Rung, rungs_passed
from plans.ladder import IS_STAFFED_TEAM, Owner
from plans.places import Nation
from plans.review import Review
from plans.review_events import Event
from plans.working_days import Holidays
from portal.actions.discharge.places import practice_named
from portal.actions.discharge.waiting import Waiting, all_waiting

HolidaysFor = Callable[[Nation], Holidays]


@dataclass(frozen=True)
class Clock:
    """What a ladder is climbed for. `id` is that of the review, or of the discharge that waits."""

    id: str
    discharged_at: datetime
    due: date
    practice_id: str
    hospital_id: str
    events: tuple[Event, ...] = ()
    child_id: str = ""
    owner: str = ""  # by name or code, where neither practice nor hospital is known
    doubt_since: datetime | None = None

    @property
    def is_review(self) -> bool:
        return bool(self.child_id)

    def organisation_of(self, owner: Owner) -> str:
        """Return whose people play this role; the other ones where nobody knows them, "" for nobody."""
        if IS_STAFFED_TEAM[owner]:
            return self.hospital_id or self.practice_id
        return self.practice_id or self.hospital_id

    def rungs(self, now: datetime, holidays: Holidays) -> tuple[Rung, ...]:
        """Return every rung that has passed by `now`, first that the date itself is in doubt."""
        passed = rungs_passed(self.discharged_at, self.due, self.events, now, holidays)
        if self.doubt_since is None or self.doubt_since > now:
            return passed
        team, told = Owner.DISCHARGING_TEAM, (Owner.PRACTICE,)
        return (Rung(DATE_IN_DOUBT, self.doubt_since, team, told, DATE_IN_DOUBT_ABOUT), *passed)


def running(reader: Reader) -> Iterator[Clock]:
    """Yield every clock that runs."""
    doubts = {
        asked.encounter_id: asked.asked_at
        for asked in kept_questions.open_questions(reader)
        if asked.code == DATE_IN_DOUBT
    }
    for review in kept_reviews.open_reviews(reader):
        yield _of_review(review, doubts.get(review.encounter_id))
    for one in all_waiting(reader):
        if one.clock_from and one.due:
            yield _of_waiting(reader, one, one.clock_from, one.due)


def nation_of(reader: Reader, clock: Clock) -> Nation:
    """Return whose bank holidays count: the practice's, else the hospital's."""
    try:
        return kept_people.organisation(reader, clock.practice_id or clock.hospital_id).nation
    except ResourceNotFound:
        return Nation.ENGLAND_AND_WALES


def _of_review(review: Review, doubt_since: datetime | None) -> Clock:
    return Clock(
        id=review.id,
        discharged_at=review.discharged_at,
        due=review.due,
        practice_id=review.owner_id,
        hospital_id=review.requester_id,
        events=review.events,
        child_id=review.child_id,
        doubt_since=doubt_since,
    )


def _of_waiting(reader: Reader, one: Waiting, discharged_at: datetime, due: date) -> Clock:
    """Return the clock of a discharge without a child; its practice is the one that it names, if known."""
    practice = practice_named(reader, one.told)
    return Clock(
        id=one.id,
        discharged_at=discharged_at,
        due=due,
        practice_id=practice.id if practice else "",
        hospital_id=one.owner_id,
        owner=one.owner,
    )
