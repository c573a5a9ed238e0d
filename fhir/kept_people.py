"""The people and places in the store: children, their families, and the organisations around them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from fhir.kept_bars import barred_ids, bars_by_name, is_among, told_apart_at
from fhir.organization import from_organization
from fhir.patient import from_patient
from fhir.practitioner import from_practitioner
from fhir.related_person import THEMSELF, from_related_person, to_related_person
from fhir.store import Reader, Write
from plans.people import Child, FamilyMember, Professional
from plans.places import Organisation, OrganisationKind
from plans.sharing import PLACES
from plans.sharing import Reader as ShareReader


def child(reader: Reader, id: str) -> Child:
    """Return a child; raises ResourceNotFound."""
    return from_patient(reader.read("Patient", id))


def organisation(reader: Reader, id: str) -> Organisation:
    """Return a practice, school or hospital; raises ResourceNotFound."""
    return from_organization(reader.read("Organization", id))


def offered_places(reader: Reader, child_id: str, kind: ShareReader) -> list[Organisation]:
    """Return the places of this kind of reader that a child's plan may be shared with, by name.

    A child has one school, and that school one nursing team; every other place of the kind is offered.
    """
    school_id = child(reader, child_id).school_id
    school = organisation(reader, school_id) if school_id else None
    if kind is ShareReader.SCHOOL:
        return [school] if school else []
    if kind is ShareReader.SCHOOL_NURSE:
        team_id = school.nursing_team_id if school else ""
        return [organisation(reader, team_id)] if team_id else []
    return places_of_kind(reader, PLACES[kind])


def places_of_kind(reader: Reader, kind: OrganisationKind) -> list[Organisation]:
    """Return every place of this kind that is known here, by name."""
    found = (from_organization(one) for one in reader.search("Organization"))
    return sorted((one for one in found if one.kind is kind), key=lambda one: one.name)


def professional(reader: Reader, id: str, post_id: str) -> Professional:
    """Return somebody who signs in here, as what they are in one of their posts; raises ResourceNotFound."""
    return from_practitioner(reader.read("Practitioner", id), reader.read("PractitionerRole", post_id))


def name_of_professional(reader: Reader, id: str) -> str:
    """Return the name of somebody who signs in here; raises ResourceNotFound."""
    return str(reader.read("Practitioner", id)["name"][0]["text"])


def family(reader: Reader, child_id: str) -> list[FamilyMember]:
    """Return everybody at home that the record names, those who are barred marked as such.

    Whoever is no longer in the child's life is not among them. Somebody of the name of one who is barred is
    barred too: another export may bring the same person again, without the court order. That they are
    somebody else is for a clinician to say, and holds against the bars that were recorded by then.
    """
    barred = barred_ids(reader, child_id)
    people = reader.search("RelatedPerson", patient=f"Patient/{child_id}")
    everybody = [from_related_person(person, barred=person["id"] in barred) for person in people]
    bars = [(one.name, barred[one.id]) for one in everybody if one.barred] + bars_by_name(reader, child_id)
    here = [
        (one, person) for one, person in zip(everybody, people, strict=True) if person.get("active", True)
    ]
    return [
        _named_as_now(reader, one)
        if one.is_themself
        else replace(one, barred=one.barred or is_among(_names_meant(bars, person), one.name))
        for one, person in here
    ]


def family_member(reader: Reader, id: str) -> FamilyMember:
    """Return somebody at home, also one who is in the child's life no more; raises ResourceNotFound."""
    member = from_related_person(reader.read("RelatedPerson", id))
    return _named_as_now(reader, member) if member.is_themself else member


def young_person(reader: Reader, child_id: str) -> FamilyMember:
    """Return the young person as one who reads by a link: as kept, or as they would be kept."""
    kept = next((one for one in family(reader, child_id) if one.is_themself), None)
    if kept:
        return kept
    who = child(reader, child_id)
    return FamilyMember(
        id=str(uuid5(UUID(child_id), "themself")),
        child_id=child_id,
        name=who.name,
        relationship=THEMSELF,
        reads=who.reads,
        speaks=who.speaks,
        is_themself=True,
    )


def keep_young_person(write: Write, child_id: str) -> bool:
    """Keep the young person as one who reads by a link; return whether they are new."""
    who = young_person(write, child_id)
    is_new = not any(one.id == who.id for one in family(write, child_id))
    if is_new:
        write.create(to_related_person(who))
    return is_new


def _named_as_now(reader: Reader, one: FamilyMember) -> FamilyMember:
    """Return the young person by the child's name of now; a bar on the same name means somebody else."""
    return replace(one, name=child(reader, one.child_id).name)


def _names_meant(bars: Iterable[tuple[str, datetime]], person: dict) -> list[str]:
    """Return the barred names that may mean this person: all, or those since they were told apart."""
    apart = told_apart_at(person)
    return [name for name, since in bars if apart is None or since > apart]
