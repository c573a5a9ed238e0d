"""The child as a Patient, and back."""

from datetime import date

from fhir.codes import (
    NHS_NUMBER,
    NHS_NUMBER_STATUS,
    NHS_NUMBER_STATUSES,
    concept,
    id_in,
    profile,
    reference,
    value_of,
)
from plans.people import Child
from plans.shown import on_one_line

SCHOOL = "School"  # how a GP record says which contact is the school


def to_patient(child: Child) -> dict:
    """Return a UK Core Patient; a number that nobody looked up is "present but not traced"."""
    patient: dict = {
        "resourceType": "Patient",
        "id": child.id,
        "meta": profile("Patient"),
        "active": True,
        "name": [_name(child)],
        "birthDate": child.born.isoformat(),
    }
    if child.nhs_number:
        status = concept(NHS_NUMBER_STATUSES, "02", "Number present but not traced")
        patient["identifier"] = [
            {
                "extension": [{"url": NHS_NUMBER_STATUS, "valueCodeableConcept": status}],
                "system": NHS_NUMBER,
                "value": child.nhs_number,
            }
        ]
    if child.practice_id:
        patient["generalPractitioner"] = [reference("Organization", child.practice_id)]
    if child.school_id:
        patient["contact"] = [
            {"relationship": [{"text": SCHOOL}], "organization": reference("Organization", child.school_id)}
        ]
    return patient


def from_patient(patient: dict) -> Child:
    """Return the child; the official name where there are several, as it can be printed."""
    names = patient.get("name", [{}])
    name = next((one for one in names if one.get("use") == "official"), names[0])
    return Child(
        id=patient["id"],
        given=on_one_line(" ".join(name.get("given", ()))),
        family=on_one_line(name.get("family", "")),
        born=date.fromisoformat(patient["birthDate"]),
        nhs_number=nhs_number_in(patient),
        practice_id=id_in(next(iter(patient.get("generalPractitioner", ())), None)),
        school_id=next(
            (id_in(c.get("organization")) for c in patient.get("contact", ()) if _is_school(c)), ""
        ),
    )


def nhs_number_in(patient: dict) -> str:
    """Return the NHS number as kept, "" if there is none."""
    return value_of(patient.get("identifier", ()), NHS_NUMBER)


def _name(child: Child) -> dict:
    return {"use": "official", "family": child.family, "given": child.given.split() or [child.given]}


def _is_school(contact: dict) -> bool:
    return any(relationship.get("text") == SCHOOL for relationship in contact.get("relationship", ()))
