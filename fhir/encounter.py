"""A discharge as a finished Encounter."""

from datetime import datetime

from fhir.codes import VISIT, concept, profile, reference

CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CLASS = {
    "IMP": {"system": CLASSES, "code": "IMP", "display": "inpatient encounter"},
    "EMER": {"system": CLASSES, "code": "EMER", "display": "emergency"},
}


def to_encounter(
    *,
    id: str,
    child_id: str,
    kind: str,
    discharged_at: datetime,
    hospital_id: str,
    visit: str = "",
    diagnosis: str = "",
) -> dict:
    """Return a finished UK Core Encounter; `kind` is IMP (a stay) or EMER (emergency department only)."""
    encounter: dict = {
        "resourceType": "Encounter",
        "id": id,
        "meta": profile("Encounter"),
        "status": "finished",
        "class": CLASS[kind],
        "subject": reference("Patient", child_id),
        "period": {"end": discharged_at.isoformat()},
    }
    if hospital_id:
        encounter["serviceProvider"] = reference("Organization", hospital_id)
    if visit:
        encounter["identifier"] = [{"system": VISIT, "value": visit}]
    if diagnosis:
        encounter["reasonCode"] = [{"text": diagnosis}]
    return encounter
