"""Who is at risk and unseen before a weekend or a holiday: each fact in words, and no score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fhir import kept_people, kept_reviews, kept_teams, kept_weekend
from fhir.record import Record
from fhir.review_task import CODE as REVIEW
from fhir.review_task import from_review_task
from fhir.store import Reader, Store
from fhir.store.tables import child_facts
from plans.concern import Concern
from plans.people import Child
from plans.places import Role
from plans.review import Review
from plans.signals import FoundFact, Visibility
from plans.team import Team
from plans.weekend import PROMPTS, Decision, Gap, next_gap, next_holiday
from plans.working_days import ONE_DAY, Holidays, uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.seen import all_found
from portal.actions.facts.counting import from_row
from portal.actions.school.places import sight_of
from portal.person import Person

LISTS = (Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE)


class Before(StrEnum):
    """Which days off a list is for."""

    WEEKEND = "weekend"
    HOLIDAYS = "holidays"


@dataclass(frozen=True)
class Row:
    """A child of the list. `known_until` is up to which day a record was looked through, None for none.

    `is_in_sight` unless only a concern was told of a child whose record this person does not see.
    """

    child: Child
    facts: tuple[FoundFact, ...]
    reviews: tuple[Review, ...]
    concerns: tuple[Concern, ...]
    decision: Decision | None
    known_until: date | None
    is_in_sight: bool

    @property
    def is_unseen(self) -> bool:
        """Return whether nobody has decided yet who looks after the child."""
        return self.decision is None


@dataclass(frozen=True)
class List:
    """The children before days off: `gap` is None where no such days come near. `looked_at` is how many."""

    gap: Gap | None
    rows: tuple[Row, ...]
    looked_at: int


def list_before(
    store: Store, record: Record, person: Person, before: Before, now: datetime, holidays_for: HolidaysFor
) -> List:
    """Return who has an open review, an open concern, or a fact of a published rule that prompts.

    Those for whom nobody has decided yet come first, then by name. The audit names the list.
    """
    names = record.names()
    gap = gap_before(store, person, before, now, holidays_for)
    if gap is None:
        return List(None, (), len(names))
    rows = list(_rows(store, record, person, [one.id for one in names], (now, gap)))
    rows.sort(key=lambda one: (not one.is_unseen, one.child.family.casefold(), one.child.given.casefold()))
    return List(gap, tuple(rows), len(names))


def gap_before(
    reader: Reader, person: Person, before: Before, now: datetime, holidays_for: HolidaysFor
) -> Gap | None:
    """Return the days off that a list is for; holidays are bank holidays, and those that the team entered."""
    team = kept_teams.team(reader, person.organisation_id)
    holidays = holidays_for(team.nation)
    if before is Before.WEEKEND:
        return next_gap(now, holidays)
    found = [one for one in (next_holiday(now, holidays), _own_holidays(team, now, holidays)) if one]
    return min(found, key=lambda one: one.first, default=None)


def _own_holidays(team: Team, now: datetime, holidays: Holidays) -> Gap | None:
    """Return the next days on which the team is away by its calendar, such as school holidays."""
    today = uk_day(now)
    coming = sorted((one for one in team.closed if one.last >= today), key=lambda one: one.first)
    if not coming:
        return None
    back = coming[0].last + ONE_DAY
    while team.is_closed(back, holidays):
        back += ONE_DAY
    return Gap(max(coming[0].first, today), back)


def _rows(
    store: Store, record: Record, person: Person, ids: Sequence[str], when: tuple[datetime, Gap]
) -> Iterable[Row]:
    now, gap = when
    reviews = _open_reviews(store, person, now)
    concerns = [one for one in all_found(store, person, now) if one.is_open]
    facts, until = _facts(store, ids)
    wanted = {*facts, *reviews, *(one.child_id for one in concerns)}
    decided = _decided(store, sorted(wanted), gap)
    seen = record.some_of(wanted)
    for id in wanted:
        child = seen.get(id) or kept_people.child(store, id)  # one of whom only a concern was told
        yield Row(
            child,
            facts.get(id, ()),
            tuple(reviews.get(id, ())),
            tuple(one for one in concerns if one.child_id == id),
            decided.get(id),
            until.get(id),
            id in seen,
        )


def _open_reviews(reader: Reader, person: Person, now: datetime) -> dict[str, list[Review]]:
    found: dict[str, list[Review]] = {}
    sight = sight_of(reader, person, now)
    for task in reader.search("Task", sight, code=REVIEW, status=kept_reviews.OPEN):
        review = from_review_task(task)
        found.setdefault(review.child_id, []).append(review)
    return found


def _facts(
    reader: Reader, ids: Sequence[str]
) -> tuple[dict[str, tuple[FoundFact, ...]], dict[str, date | None]]:
    """Return the facts that prompt, and up to which day each record goes, by the child's id."""
    facts, until = {}, {}
    for row in child_facts.of_children(reader, ids):
        counted = from_row(row)
        if counted is None:
            continue
        until[row.child_id] = counted.known_until
        some = tuple(
            one
            for one in counted.found
            if one.signal.name in PROMPTS and one.signal.visibility is Visibility.PROFESSIONALS
        )
        if some:
            facts[row.child_id] = some
    return facts, until


def _decided(reader: Reader, ids: Sequence[str], gap: Gap) -> dict[str, Decision]:
    """Return the newest decision for each child that was made for these days off."""
    found: dict[str, Decision] = {}
    for one in kept_weekend.decisions_for(reader, *ids):
        if one.back_on == gap.back_on:
            found.setdefault(one.child_id, one)
    return found
