"""Professionals as Practitioner and PractitionerRole, and back."""

from fhir.codes import id_in, profile, reference
from plans.people import Professional


def to_practitioner(person: Professional) -> dict:
    """Return the Practitioner, who may work in several places."""
    return {
        "resourceType": "Practitioner",
        "id": person.id,
        "meta": profile("Practitioner"),
        "active": True,
        "name": [{"use": "official", "text": person.name}],
    }


def to_practitioner_role(person: Professional, *, id: str, active: bool = True) -> dict:
    """Return what ties a professional to the organisation where they have this job."""
    return {
        "resourceType": "PractitionerRole",
        "id": id,
        "meta": profile("PractitionerRole"),
        "active": active,
        "practitioner": reference("Practitioner", person.id, person.name),
        "organization": reference("Organization", person.organisation_id),
        "code": [{"text": person.job}],
    }


def from_practitioner(practitioner: dict, role: dict) -> Professional:
    """Return the professional whose role this is."""
    return Professional(
        id=practitioner["id"],
        name=practitioner["name"][0]["text"],
        job=role["code"][0]["text"],
        organisation_id=id_in(role["organization"]),
    )
