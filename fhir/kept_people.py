"""The people and places in the store: children, their families, and the organisations around them."""

from dataclasses import replace

from fhir.kept_bars import barred_ids
from fhir.organization import from_organization
from fhir.patient import from_patient
from fhir.practitioner import from_practitioner
from fhir.related_person import from_related_person
from fhir.store import Reader
from plans.people import Child, FamilyMember, Organisation, OrganisationKind, Professional
from plans.similar_names import is_same_name


def child(reader: Reader, id: str) -> Child:
    """Return a child; raises ResourceNotFound."""
    return from_patient(reader.read("Patient", id))


def organisation(reader: Reader, id: str) -> Organisation:
    """Return a practice, school or hospital; raises ResourceNotFound."""
    return from_organization(reader.read("Organization", id))


def hospitals(reader: Reader) -> list[Organisation]:
    """Return every hospital that is known here, by name."""
    found = (from_organization(one) for one in reader.search("Organization"))
    return sorted((one for one in found if one.kind is OrganisationKind.HOSPITAL), key=lambda one: one.name)


def professional(reader: Reader, id: str) -> Professional:
    """Return somebody who signs in here; raises ResourceNotFound."""
    return from_practitioner(reader.read("Practitioner", id), reader.read("PractitionerRole", id))


def family(reader: Reader, child_id: str) -> list[FamilyMember]:
    """Return everybody at home that the record names, those who are barred marked as such.

    Whoever is no longer in the child's life is not among them. Somebody of the name of one who is barred is
    barred too: another export may bring the same person again, without the court order.
    """
    barred = barred_ids(reader, child_id)
    people = reader.search("RelatedPerson", patient=f"Patient/{child_id}")
    everybody = [from_related_person(person, barred=person["id"] in barred) for person in people]
    names = [one.name for one in everybody if one.barred]
    here = [one for one, person in zip(everybody, people, strict=True) if person.get("active", True)]
    return [replace(one, barred=one.barred or _is_among(names, one.name)) for one in here]


def _is_among(names: list[str], name: str) -> bool:
    return any(is_same_name(one, name) for one in names)
