"""A discharge as a finished Encounter."""

from dataclasses import dataclass
from datetime import datetime

from fhir.codes import VISIT, profile, reference

CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CLASS = {
    "IMP": {"system": CLASSES, "code": "IMP", "display": "inpatient encounter"},
    "EMER": {"system": CLASSES, "code": "EMER", "display": "emergency"},
}


@dataclass(frozen=True)
class Stay:
    """A stay in hospital that has ended: `kind` is IMP (a ward) or EMER (emergency department only)."""

    id: str
    child_id: str
    discharged_at: datetime
    kind: str = "IMP"
    hospital_id: str = ""
    visit: str = ""
    diagnosis: str = ""


def to_encounter(stay: Stay) -> dict:
    """Return a finished UK Core Encounter."""
    encounter: dict = {
        "resourceType": "Encounter",
        "id": stay.id,
        "meta": profile("Encounter"),
        "status": "finished",
        "class": CLASS[stay.kind],
        "subject": reference("Patient", stay.child_id),
        "period": {"end": stay.discharged_at.isoformat()},
    }
    if stay.hospital_id:
        encounter["serviceProvider"] = reference("Organization", stay.hospital_id)
    if stay.visit:
        encounter["identifier"] = [{"system": VISIT, "value": stay.visit}]
    if stay.diagnosis:
        encounter["reasonCode"] = [{"text": stay.diagnosis}]
    return encounter
