"""Every clock that runs: of each open review, and of each discharge that waits for its child."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_people, kept_questions, kept_reviews, kept_teams
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.discharge_questions import DATE_IN_DOUBT, DATE_IN_DOUBT_ABOUT
from plans.escalation import Climb, Rung, rungs_standing
from plans.ladder import IS_STAFFED_TEAM, Owner
from plans.places import Nation
from plans.review_events import Event
from plans.team import ClosedDays
from plans.working_days import Holidays
from portal.actions.discharge.places import practice_named, who_stands_behind
from portal.actions.discharge.waiting import waiting

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
    nation: Nation = Nation.ENGLAND_AND_WALES  # the practice's, else the hospital's: its bank holidays count
    closed_days: tuple[ClosedDays, ...] = ()  # of the practice, beside weekends and bank holidays

    @property
    def is_review(self) -> bool:
        return bool(self.child_id)

    def organisation_of(self, owner: Owner) -> str:
        """Return whose people play this role; the other ones where nobody knows them, "" for nobody."""
        if IS_STAFFED_TEAM[owner]:
            return self.hospital_id or self.practice_id
        return self.practice_id or self.hospital_id

    def is_away(self, day: date) -> bool:
        """Return whether somebody said that the practice is closed on this day."""
        return any(days.holds(day) for days in self.closed_days)

    def climb(self, holidays: Holidays, hours: Mapping[str, int]) -> Climb:
        """Return what its ladder is climbed with."""
        return Climb(self.discharged_at, self.due, self.events, holidays, self.is_away, hours)

    def rungs(self, climb: Climb, now: datetime) -> tuple[Rung, ...]:
        """Return every rung that nothing has settled, first that the date itself is in doubt."""
        standing = rungs_standing(climb, now)
        if self.doubt_since is None or self.doubt_since > now:
            return standing
        team, told = Owner.DISCHARGING_TEAM, (Owner.PRACTICE,)
        return (Rung(DATE_IN_DOUBT, self.doubt_since, team, told, DATE_IN_DOUBT_ABOUT), *standing)


def of_review(reader: Reader, review_id: str) -> Clock | None:
    """Return the clock of a review, None where it is closed or was never there.

    A hospital where nobody works plays no role in it: its practice, or a team that is there, has all of them.
    """
    review = kept_reviews.open_review(reader, review_id)
    if review is None:
        return None
    nation, closed_days = _of_practice(reader, review.owner_id, review.requester_id)
    asked = kept_questions.questions_about(reader, review.encounter_id)
    doubts = (one.asked_at for one in asked if one.is_open and one.code == DATE_IN_DOUBT)
    return Clock(
        id=review.id,
        discharged_at=review.discharged_at,
        due=review.due,
        practice_id=review.owner_id,
        hospital_id=who_stands_behind(reader, review.requester_id, review.owner_id),
        events=review.events,
        child_id=review.child_id,
        doubt_since=next(doubts, None),
        nation=nation,
        closed_days=closed_days,
    )


def of_waiting(reader: Reader, waiting_id: str) -> Clock | None:
    """Return the clock of a discharge that waits for its child, None where none runs or it waits no more.

    Its practice is the one that it names, if that is known here. Raises ResourceNotFound.
    """
    one = waiting(reader, waiting_id)
    if one.matched_to or not (one.clock_from and one.due):
        return None
    practice = practice_named(reader, one.told)
    practice_id = practice.id if practice else ""
    nation, closed_days = _of_practice(reader, practice_id, one.owner_id)
    return Clock(
        id=one.id,
        discharged_at=one.clock_from,
        due=one.due,
        practice_id=practice_id,
        hospital_id=one.owner_id,
        owner=one.owner,
        doubt_since=one.received_at if one.is_date_doubtful else None,
        nation=nation,
        closed_days=closed_days,
    )


def _of_practice(reader: Reader, practice_id: str, hospital_id: str) -> tuple[Nation, tuple[ClosedDays, ...]]:
    """Return in which nation a practice is, else the hospital, and on which days the practice is away."""
    try:
        if not practice_id:
            return kept_people.organisation(reader, hospital_id).nation, ()
        team = kept_teams.team(reader, practice_id)
        return team.nation, team.closed
    except ResourceNotFound:
        return Nation.ENGLAND_AND_WALES, ()
