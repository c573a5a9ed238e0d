"""The child as a Patient, and back."""

from collections.abc import Collection, Mapping
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
from fhir.intake.elements import WHENEVER, codes, current_names, is_former
from fhir.languages import language_read, languages_spoken_in, to_communications
from plans.people import NOT_TRACED, Child
from plans.shown import on_one_line

SCHOOL = "School"  # how a GP record says which contact is the school
# Whether an NHS number was looked up. Source: UK Core, code system NHSNumberVerificationStatusEngland.
STATUSES: Mapping[str, str] = {
    "01": "Number present and verified",
    NOT_TRACED: "Number present but not traced",
    "03": "Trace required",
    "04": "Trace attempted - No match or multiple match found",
    "05": "Trace needs to be resolved - (NHS number or patient detail conflict)",
    "06": "Trace in progress",
    "07": "Number not present and trace not required",
    "08": "Trace postponed (baby under six weeks old)",
}


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
        status = concept(NHS_NUMBER_STATUSES, child.nhs_number_status, STATUSES[child.nhs_number_status])
        patient["identifier"] = [
            {
                "extension": [{"url": NHS_NUMBER_STATUS, "valueCodeableConcept": status}],
                "system": NHS_NUMBER,
                "value": child.nhs_number,
            }
        ]
    if communications := to_communications(child.reads, child.speaks):
        patient["communication"] = communications
    if child.practice_id:
        patient["generalPractitioner"] = [reference("Organization", child.practice_id)]
    if child.school_id:
        patient["contact"] = [_at_school(child.school_id)]
    return patient


def from_patient(patient: dict) -> Child:
    """Return the child; the official name of now where there are several, as it can be printed."""
    names = current_names(patient, WHENEVER) or patient.get("name") or [{}]
    name = next((one for one in names if one.get("use") == "official"), names[0])
    communications = patient.get("communication", [])
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
        nhs_number_status=_status_in(patient),
        reads=language_read(communications),
        speaks=languages_spoken_in(communications),
    )


def with_current_names(patient: dict, today: date) -> dict:
    """Return a Patient of elsewhere without the names and NHS numbers that have ended by this day.

    Such are those before an adoption: nothing here may show or find a child by them.
    """
    names = current_names(patient, today)
    current = without_numbers(patient, former_numbers(patient, today))
    return current | ({"name": names} if names else {})


def former_numbers(patient: dict, today: date) -> frozenset[str]:
    """Return the NHS numbers that a Patient says have ended by this day, and has not also as one of now."""
    numbers = [one for one in patient.get("identifier", ()) if one.get("system") == NHS_NUMBER]
    ended = {one.get("value", "") for one in numbers if is_former(one, today)}
    return frozenset(ended - {one.get("value", "") for one in numbers if not is_former(one, today)})


def without_numbers(patient: dict, numbers: Collection[str]) -> dict:
    """Return a Patient without these NHS numbers; all else as it is."""
    others = [one for one in patient.get("identifier", ()) if not _is_one_of(one, numbers)]
    rest = {name: value for name, value in patient.items() if name != "identifier"}
    return rest | ({"identifier": others} if others else {})


def _is_one_of(identifier: dict, numbers: Collection[str]) -> bool:
    return identifier.get("system") == NHS_NUMBER and identifier.get("value", "") in numbers


def with_school(patient: dict, school_id: str) -> dict:
    """Return a Patient of ours or of a GP record that goes to this school, "" for none; all else as it is."""
    others = [one for one in patient.get("contact", ()) if not _is_school(one)]
    kept = {name: value for name, value in patient.items() if name != "contact"}
    contacts = [*others, *([_at_school(school_id)] if school_id else [])]
    return kept | ({"contact": contacts} if contacts else {})


def with_practice(patient: dict, practice_id: str) -> dict:
    """Return a Patient who is registered with this practice and no other; all else as it is."""
    return patient | {"generalPractitioner": [reference("Organization", practice_id)]}


def nhs_number_in(patient: dict) -> str:
    """Return the NHS number as kept, "" if there is none."""
    return value_of(patient.get("identifier", ()), NHS_NUMBER)


def _status_in(patient: dict) -> str:
    """Return whether the NHS number was looked up; "not traced" where no code that we know says it."""
    numbers = (one for one in patient.get("identifier", ()) if one.get("system") == NHS_NUMBER)
    said = (part for number in numbers for part in number.get("extension", ()))
    concepts = (part.get("valueCodeableConcept") for part in said if part.get("url") == NHS_NUMBER_STATUS)
    found = (code for concept in concepts for code in codes(concept, frozenset({NHS_NUMBER_STATUSES})))
    return next((code for code in found if code in STATUSES), NOT_TRACED)


def _name(child: Child) -> dict:
    return {"use": "official", "family": child.family, "given": child.given.split() or [child.given]}


def _at_school(school_id: str) -> dict:
    return {"relationship": [{"text": SCHOOL}], "organization": reference("Organization", school_id)}


def _is_school(contact: dict) -> bool:
    return any(relationship.get("text") == SCHOOL for relationship in contact.get("relationship", ()))
