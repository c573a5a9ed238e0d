"""Who is at risk and unseen before a weekend or a holiday: each fact in words, and no score."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fhir import kept_deaths, kept_people, kept_reviews, kept_teams, kept_weekend
from fhir.record import Record
from fhir.review_task import CODE as REVIEW
from fhir.review_task import from_review_task
from fhir.store import Reader, Store
from plans.concern import Concern
from plans.people import Child
from plans.places import Role
from plans.review import Review
from plans.signals import FoundFact
from plans.team import Team
from plans.weekend import Decision, Gap, next_gap, next_holiday, prompting
from plans.working_days import ONE_DAY, Holidays, uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.seen import all_found, find, open_about
from portal.actions.facts.counting import Latest, latest_of
from portal.actions.school.places import sight_of
from portal.person import Person

LISTS = (Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE)


class Before(StrEnum):
    """Which days off a list is for."""

    WEEKEND = "weekend"
    HOLIDAYS = "holidays"


@dataclass(frozen=True)
class Row:
    """A child of the list. `facts` are those that prompt; `known` is what was counted of the child at all.

    `is_in_sight` unless this person may act on a concern alone, and does not see the record of the child.
    `decision` is about that concern then.
    """

    child: Child
    facts: tuple[FoundFact, ...]
    reviews: tuple[Review, ...]
    concerns: tuple[Concern, ...]
    decision: Decision | None
    known: Latest | None
    is_in_sight: bool

    @property
    def is_unseen(self) -> bool:
        """Return whether nobody has decided yet who looks after the child."""
        return self.decision is None


@dataclass(frozen=True)
class List:
    """The children before days off: `gap` is None where no such days come near.

    `looked_at` is how many were looked at, `waiting` of how many more the facts are still to be counted.
    """

    gap: Gap | None
    rows: tuple[Row, ...]
    looked_at: int
    waiting: int


@dataclass
class _Told:
    """What somebody was told of one child."""

    reviews: list[Review] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)


def list_before(
    store: Store, record: Record, person: Person, before: Before, now: datetime, holidays_for: HolidaysFor
) -> List:
    """Return who has an open review, an open concern, or a fact of a published rule that prompts.

    So is a child on it of whom nobody can say which facts there are, as they could not be counted.
    A child whose record this person does not see is there only for a concern on which they may act. One who
    has died is on no such list.
    Those for whom nobody has decided yet come first, then by name. The audit names the list.
    """
    died = kept_deaths.confirmed_ids(store)
    names = [one for one in record.names() if one.id not in died]
    gap = gap_before(store, person, before, now, holidays_for)
    if gap is None:
        return List(None, (), len(names), 0)
    seen = [one.id for one in names]
    told = {id: one for id, one in _told_of(store, person, now, set(seen)).items() if id not in died}
    ids = sorted(seen, key=lambda id: id not in told)
    latest = latest_of(store, ids, today=uk_day(now), holidays_for=holidays_for)
    rows = list(_rows(store, record, gap, told, latest))
    rows.sort(key=lambda one: (not one.is_unseen, one.child.family.casefold(), one.child.given.casefold()))
    waiting = [one for one in latest.values() if one.is_waiting]
    being_counted = sum(not one.refused for one in waiting)
    return List(gap, tuple(rows), len(names) - len(waiting), being_counted)


def row_before(
    store: Store,
    record: Record,
    person: Person,
    child: Child,
    gap: Gap,
    now: datetime,
    holidays_for: HolidaysFor,
) -> Row | None:
    """Return one child as they stand on the list before days off, None where they are not on it."""
    tasks = store.search(
        "Task",
        sight_of(store, person, now),
        code=REVIEW,
        status=kept_reviews.OPEN,
        subject=f"Patient/{child.id}",
    )
    told = _Told([from_review_task(one) for one in tasks], open_about(store, child.id, person, now))
    latest = latest_of(store, [child.id], today=uk_day(now), holidays_for=holidays_for)
    is_told = told.reviews or told.concerns
    return next(_rows(store, record, gap, {child.id: told} if is_told else {}, latest), None)


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
    store: Store, record: Record, gap: Gap, told: Mapping[str, _Told], latest: Mapping[str, Latest]
) -> Iterator[Row]:
    facts = {id: prompting(one.counted.found) for id, one in latest.items() if one.counted}
    not_counted = (id for id, one in latest.items() if one.refused)
    wanted = {*told, *not_counted, *(id for id, found in facts.items() if found)}
    concerns = {f"Task/{concern.id}" for one in told.values() for concern in one.concerns}
    decided = _decided(store, sorted(wanted), gap, {*latest, *concerns})
    seen = record.some_of(wanted)
    for id in wanted:
        of_child = told.get(id, _Told())
        yield Row(
            seen.get(id) or kept_people.child(store, id),  # one of whom only a concern was told
            facts.get(id, ()),
            tuple(of_child.reviews),
            tuple(of_child.concerns),
            decided.get(id),
            latest.get(id),
            id in seen,
        )


def _told_of(store: Store, person: Person, now: datetime, seen: Collection[str]) -> dict[str, _Told]:
    """Return the open reviews and concerns that somebody may know of, by the child's id.

    Of a child whom they do not see, whose id is not in `seen`, these are the concerns on which they may act.
    """
    told: dict[str, _Told] = {}
    sight = sight_of(store, person, now)
    for task in store.search("Task", sight, code=REVIEW, status=kept_reviews.OPEN):
        review = from_review_task(task)
        told.setdefault(review.child_id, _Told()).reviews.append(review)
    for concern in all_found(store, person, now):
        if not concern.is_open:
            continue
        if concern.child_id in seen or find(store, concern.id, person, now).may_act:
            told.setdefault(concern.child_id, _Told()).concerns.append(concern)
    return told


def _decided(reader: Reader, ids: Sequence[str], gap: Gap, read: Collection[str]) -> dict[str, Decision]:
    """Return the newest decision for each child that was made for these days off.

    `read` holds the ids of the children whose decisions may all be read, and the references of the concerns
    about which those may be that were made for others.
    """
    found: dict[str, Decision] = {}
    for one in kept_weekend.decisions_for(reader, *ids):
        if one.back_on == gap.back_on and (one.child_id in read or one.about in read):
            found.setdefault(one.child_id, one)
    return found
