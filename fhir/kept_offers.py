"""Who a child's plan may be shared with: places found by name or code, and people who read by a link."""

from dataclasses import dataclass

from fhir import kept_people
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.people import Child, FamilyMember
from plans.places import Organisation, OrganisationKind
from plans.sharing import PLACES, may_read_as
from plans.sharing import Reader as Kind

# A child has one school, and that school one team of nurses; every other place has to be found.
OF_THE_CHILD = frozenset({Kind.SCHOOL, Kind.SCHOOL_NURSE})


@dataclass(frozen=True)
class Found:
    """The places that a search found, by name, no more than a page of them; `total` is how many there are."""

    places: tuple[Organisation, ...]
    total: int


def own_places(reader: Reader, child: Child, kind: Kind) -> list[Organisation]:
    """Return the child's own place of this kind, if it is one that a child has."""
    return kept_people.offered_places(reader, child.id, kind) if kind in OF_THE_CHILD else []


def found_places(reader: Reader, child: Child, kind: Kind, wanted: str, most: int) -> Found:
    """Return the places of this kind whose code is `wanted` or whose name has all of its words.

    With nothing wanted every place is found, which is of use where there are few; but not a school's own
    nurses among the community nurses: who means them looks for them by name.
    """
    words = wanted.casefold().split()
    schools = _nurses_of_schools(reader) if kind is Kind.COMMUNITY_NURSE and not words else set()
    offered = (one for one in _offered(reader, child, kind) if one.id not in schools)
    found = [one for one in offered if _is_meant(one, words)]
    return Found(tuple(found[:most]), len(found))


def place(reader: Reader, child_id: str, kind: Kind, id: str) -> Organisation:
    """Return a place that a child's plan may be shared with as this kind; raises ResourceNotFound."""
    child = kept_people.child(reader, child_id)
    if kind in OF_THE_CHILD:
        found = next((one for one in own_places(reader, child, kind) if one.id == id), None)
    else:
        one = kept_people.organisation(reader, id)
        found = one if one.kind is PLACES[kind] and id not in _taken(reader, child, kind) else None
    if found is None:
        raise ResourceNotFound
    return found


def members(reader: Reader, child_id: str, kind: Kind) -> list[FamilyMember]:
    """Return those who may be given a link as this kind of reader; a parent is not offered as a carer.

    Whether a young person decides for themself is the caller's to see.
    """
    if kind is Kind.YOUNG_PERSON:
        who = kept_people.young_person(reader, child_id)
        return [who] if _is_offered(kind, who) else []
    return [one for one in kept_people.family(reader, child_id) if _is_offered(kind, one)]


def member(reader: Reader, child_id: str, kind: Kind, id: str) -> FamilyMember:
    """Return one of those who may be given a link as this kind of reader; raises ResourceNotFound."""
    found = next((one for one in members(reader, child_id, kind) if one.id == id), None)
    if found is None:
        raise ResourceNotFound
    return found


def _offered(reader: Reader, child: Child, kind: Kind) -> list[Organisation]:
    taken = _taken(reader, child, kind)
    return [one for one in kept_people.places_of_kind(reader, PLACES[kind]) if one.id not in taken]


def _taken(reader: Reader, child: Child, kind: Kind) -> set[str]:
    """Return the places of this kind that the child has as another one: the nurses of the school."""
    if kind is not Kind.COMMUNITY_NURSE:
        return set()
    return {one.id for one in own_places(reader, child, Kind.SCHOOL_NURSE)}


def _nurses_of_schools(reader: Reader) -> set[str]:
    schools = kept_people.places_of_kind(reader, OrganisationKind.SCHOOL)
    return {one.nursing_team_id for one in schools}


def _is_meant(one: Organisation, words: list[str]) -> bool:
    name = one.name.casefold()
    return words == [one.code.casefold()] or all(word in name for word in words)


def _is_offered(kind: Kind, one: FamilyMember) -> bool:
    is_parent_as_carer = kind is Kind.CARER and one.with_parental_responsibility
    return may_read_as(kind, one) and not is_parent_as_carer
