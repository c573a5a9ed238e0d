"""Who finds a concern: whoever raised it, those at their place who follow it, and teams that were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_concerns
from fhir.sights import organisations_seen_for, sight_of
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from plans.concern import READS, Concern
from plans.places import Role
from portal.actions.inbox.sight import covered_now
from portal.person import Person


@dataclass(frozen=True)
class Found:
    """A concern as somebody finds it: whether they are of its raiser's side, and whether they may act.

    Who `must_act` is of the team that owns it now, or covers it. Who `reads` has its words too: the lead of
    a school or a pharmacy sees only where it stands.
    """

    concern: Concern
    follows: bool
    may_act: bool
    must_act: bool
    reads: bool


def find(reader: Reader, id: str, person: Person, now: datetime) -> Found:
    """Return one concern; raises ResourceNotFound for whom it is not there."""
    concern = kept_concerns.concern(reader, id)
    here = set(_acts_for(reader, person, now))
    may_act = bool(kept_concerns.told_of(reader, [concern])[id] & here)
    found = Found(
        concern,
        follows=follows(reader, concern, person, now),
        may_act=may_act,
        must_act=may_act and concern.owner_id in here,
        reads=person.role in READS or concern.raised_by == person.ref,
    )
    if not (found.follows or found.may_act):
        raise ResourceNotFound
    return found


def read(store: Store, id: str, person: Person, at: datetime) -> Found:
    """Return one concern, and keep that it was read; raises ResourceNotFound."""
    found = find(store, id, person, at)
    with store.write_beside(by=person.ref, at=at) as write:
        write.audit("R", f"Task/{id}", f"Patient/{found.concern.child_id}", "read a concern")
    return found


def all_found(store: Store, person: Person, at: datetime) -> list[Concern]:
    """Return every concern that somebody finds, open ones first, the newest on top; keep that they looked."""
    told = kept_concerns.ids_told(store, *_acts_for(store, person, at))
    followed = kept_concerns.raised_at(store, *_followed_places(store, person, at))
    mine = [*kept_concerns.raised_by(store, str(person.ref)), *followed]
    found = {one.id: one for one in (*kept_concerns.some_of(store, told), *mine)}
    with store.write_beside(by=person.ref, at=at) as write:
        write.audit("R", f"Organization/{person.organisation_id}", detail="see the list of concerns")
    newest = sorted(found.values(), key=lambda one: (one.raised_at, one.id), reverse=True)
    return sorted(newest, key=lambda one: not one.is_open)


def open_found(store: Store, person: Person, at: datetime) -> list[Concern]:
    """Return the open concerns that somebody finds about children whom they see; keep that they looked."""
    some = kept_concerns.open_in_sight(store, sight_of(store, person.role, person.organisation_id, at))
    theirs = {one.id for one in followed(store, some, person, at)}
    here = set(_acts_for(store, person, at))
    told = kept_concerns.told_of(store, [one for one in some if one.id not in theirs] if here else [])
    found = [one for one in some if one.id in theirs or here & told.get(one.id, set())]
    with store.write_beside(by=person.ref, at=at) as write:
        write.audit("R", f"Organization/{person.organisation_id}", detail="see which concerns are open")
    return found


def readable_about(reader: Reader, child_id: str, person: Person, now: datetime) -> list[Concern]:
    """Return the concerns about a child that somebody finds, the newest first."""
    here = set(_acts_for(reader, person, now))
    told = kept_concerns.ids_told(reader, *here)
    some = kept_concerns.about(reader, child_id)
    return [one for one in some if one.id in told or follows(reader, one, person, now)]


def open_about(store: Store, child_id: str, person: Person, at: datetime) -> list[Concern]:
    """Return the open concerns about a child that somebody finds, the newest first; keep that they looked."""
    found = [one for one in readable_about(store, child_id, person, at) if one.is_open]
    if found:
        with store.write_beside(by=person.ref, at=at) as write:
            for one in found:
                write.audit("R", f"Task/{one.id}", f"Patient/{child_id}", "see that a concern is open")
    return found


def followed_about(reader: Reader, child_id: str, person: Person, now: datetime) -> list[Concern]:
    """Return the concerns about a child that somebody follows, the newest first."""
    return [one for one in kept_concerns.about(reader, child_id) if follows(reader, one, person, now)]


def followed(reader: Reader, some: Iterable[Concern], person: Person, now: datetime) -> list[Concern]:
    """Return those of these concerns that somebody follows, in their order."""
    places = _followed_places(reader, person, now)
    return [one for one in some if one.raised_by == person.ref or one.raised_at_id in places]


def follows(reader: Reader, concern: Concern, person: Person, now: datetime) -> bool:
    """Return whether somebody raised this concern, or follows those of the place where it was raised."""
    return bool(followed(reader, [concern], person, now))


def _followed_places(reader: Reader, person: Person, now: datetime) -> list[str]:
    """Return the places (ids) whose concerns somebody follows beside their own.

    A team follows those of all its people, so that a concern survives whoever leaves; a nurse those of teams
    that she covers. At a school, and for a pharmacist, only who leads does.
    """
    if person.role in READS:
        refs = organisations_seen_for(reader, person.role, person.organisation_id, now)
        return [ref.partition("/")[2] for ref in refs]
    is_told = person.leads and person.role is not Role.PRIVACY_LEAD
    return [person.organisation_id] if is_told else []


def _acts_for(reader: Reader, person: Person, now: datetime) -> list[str]:
    """Return the teams (ids) for which somebody acts on concerns now: their own, and those that it covers."""
    if person.role not in READS:
        return []
    return [person.organisation_id, *(team.id for team in covered_now(reader, person, now))]
