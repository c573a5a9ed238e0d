"""The register of a school nurse, or of a school's own staff: all their children, read at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_concerns, kept_deaths, kept_school_checks, kept_school_log
from fhir import kept_school_register as kept
from fhir.kept_plans import LivePlan, live_plans
from fhir.store import Reader
from fhir.store.sight import Sight
from plans.people import Child
from plans.places import Organisation
from plans.school_consent import EmergencyConsent, consent_state
from plans.school_inhaler import Need, SchoolInhaler, needs, state
from plans.school_log import SchoolEntry
from plans.school_register import OF_CONSENT, OF_ENTRY, OF_INHALER, Status, answers, in_order
from plans.school_term import term_of
from plans.similar_names import similar_to
from plans.working_days import uk_day
from portal.actions.children import found_by
from portal.actions.concerns.seen import followed
from portal.actions.school.log import seen_among
from portal.actions.school.places import schools_seen, sight_of
from portal.person import Person

PAGE = 50  # children on one page


@dataclass(frozen=True)
class Entry:
    """One child on the register. `where` says at which schools (ids) what happened this term happened."""

    child: Child
    school: Organisation | None
    statuses: tuple[Status, ...]
    inhaler: SchoolInhaler | None
    review_by: date | None
    where: Mapping[Status, frozenset[str]]

    @property
    def here(self) -> Iterator[Status]:
        """Yield the statuses that are of the school that the child goes to; what names no school is."""
        return (one for one in self.statuses if one not in self.where or self.where[one] & self._own)

    @property
    def elsewhere(self) -> Iterator[tuple[Status, frozenset[str]]]:
        """Yield what happened this term at other schools (ids), from which the child has come."""
        return ((one, ids - self._own) for one, ids in self.where.items() if ids - self._own)

    @property
    def _own(self) -> frozenset[str]:
        return frozenset({"", self.child.school_id})


@dataclass(frozen=True)
class School:
    """One school with its figures: of the children whose plan is shared, and of no other.

    `elsewhere` counts what happened this term to its children at the school that they went to before.
    """

    place: Organisation
    children: int
    figures: Counter[Status]
    elsewhere: Counter[Status]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: statuses, one school or none, a name. `page` begins at 1."""

    statuses: frozenset[Status] = frozenset()
    school_id: str = ""
    name: str = ""
    page: int = 1


@dataclass(frozen=True)
class Register:
    """One page of the register, and what stands beside it.

    `alike` are the ids of children on the page of whom another here has a similar name; `counts` are of the
    school that is looked at; `since` is the day from which this term counts; `names` are of schools, by id.
    """

    schools: tuple[School, ...]
    entries: tuple[Entry, ...]
    alike: frozenset[str]
    found: int
    total: int
    pages: int
    counts: Counter[Status]
    since: date
    names: Mapping[str, str]


@dataclass(frozen=True)
class Facts:
    """All that is read from the store, for every child in sight at once."""

    plans: dict[str, LivePlan]
    read: set[str]
    shared: set[tuple[str, str]]
    inhalers: dict[str, SchoolInhaler]
    consents: dict[str, EmergencyConsent]
    concerns: set[str]
    happened: Mapping[str, Mapping[Status, frozenset[str]]]


def register(
    reader: Reader, children: Sequence[Child], person: Person, wanted: Wanted, *, now: datetime
) -> Register:
    """Return a page of the register of those children that somebody sees; the audit is the caller's.

    A child who has died is on it no more, and in no figure.
    """
    died = kept_deaths.confirmed_ids(reader)
    children = [one for one in children if one.id not in died]
    schools, today = schools_seen(reader, person, now), uk_day(now)
    places = {one.id: one for one in schools}
    since = term_of(today).begins
    facts = _facts(reader, sight_of(reader, person, now), children, person, (now, since, list(places)))
    entries = [
        Entry(
            child=child,
            school=places.get(child.school_id),
            statuses=tuple(in_order(_statuses(child, facts, today))),
            inhaler=facts.inhalers.get(child.id),
            review_by=facts.plans[child.id].review_by if child.id in facts.plans else None,
            where=facts.happened.get(child.id, {}),
        )
        for child in children
    ]
    here = [one for one in entries if wanted.school_id in ("", one.child.school_id)]
    found = list(_found(here, wanted))
    first = (wanted.page - 1) * PAGE
    shown = found[first : first + PAGE]
    return Register(
        schools=tuple(_school(one, entries) for one in schools),
        entries=tuple(shown),
        alike=frozenset(one.child.id for one in shown if similar_to(one.child, children)),
        found=len(found),
        total=len(entries),
        pages=max(1, -(-len(found) // PAGE)),
        counts=_counted(here),
        since=since,
        names={one.id: one.name for one in schools},
    )


def _facts(
    reader: Reader,
    sight: Sight,
    children: Sequence[Child],
    person: Person,
    asked: tuple[datetime, date, list[str]],
) -> Facts:
    now, since, school_ids = asked
    ids = [one.id for one in children]
    return Facts(
        plans=live_plans(reader, sight),
        read=kept.plans_read_by(reader, sight, person.organisation_id),
        shared=kept.shared_with_schools(reader, sight, school_ids, now),
        inhalers=kept_school_checks.inhalers(reader, ids),
        consents=kept.emergency_consents(reader, ids),
        concerns={
            one.child_id for one in followed(reader, kept_concerns.open_in_sight(reader, sight), person, now)
        },
        happened=_happened(
            seen_among(reader, kept_school_log.entries_in_sight(reader, sight, since), by=person, now=now)
        ),
    )


def _happened(entries: Iterable[SchoolEntry]) -> dict[str, dict[Status, frozenset[str]]]:
    """Return at which schools (ids) what happened, by the child's id."""
    found: dict[str, dict[Status, frozenset[str]]] = {}
    for one in entries:
        of_child, status = found.setdefault(one.child_id, {}), OF_ENTRY[one.kind]
        of_child[status] = of_child.get(status, frozenset()) | {one.school_id}
    return found


def _statuses(child: Child, facts: Facts, today: date) -> Iterator[Status]:
    plan, inhaler = facts.plans.get(child.id), facts.inhalers.get(child.id)
    if plan is None:
        yield Status.WITHDRAWN
    else:
        yield Status.READ if plan.id in facts.read else Status.TO_READ
        if plan.review_by < today:
            yield Status.PAST_REVIEW
    if (child.id, child.school_id) not in facts.shared:
        yield Status.NOT_WITH_SCHOOL
    yield OF_INHALER[state(inhaler, child.school_id, today)]
    if Need.NO_SPACER in needs(inhaler, child.school_id, today):
        yield Status.SPACER_MISSING
    on_plan = plan.emergency_consent if plan else None
    yield OF_CONSENT[consent_state(facts.consents.get(child.id), on_plan, child.school_id)]
    yield from facts.happened.get(child.id, ())
    if child.id in facts.concerns:
        yield Status.CONCERN_OPEN


def _found(entries: Sequence[Entry], wanted: Wanted) -> Iterator[Entry]:
    named = (
        {one.id for one in found_by(wanted.name, [entry.child for entry in entries])} if wanted.name else None
    )
    for entry in entries:
        if (named is None or entry.child.id in named) and answers(frozenset(entry.statuses), wanted.statuses):
            yield entry


def _school(place: Organisation, entries: Sequence[Entry]) -> School:
    here = [one for one in entries if one.child.school_id == place.id]
    figures = Counter(status for entry in here for status in entry.here)
    elsewhere = Counter(status for entry in here for status, _ids in entry.elsewhere)
    return School(place, len(here), figures, elsewhere)


def _counted(entries: Sequence[Entry]) -> Counter[Status]:
    return Counter(status for entry in entries for status in entry.statuses)
