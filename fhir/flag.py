"""A signal that must be read before anything is done for a child, as a Flag (a banner), and back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from fhir.codes import RESTRICTED, concept, id_in, profile, reference
from fhir.detected_issue import Detected, code_of, said_of, signal_in

FLAG_CATEGORY = "http://terminology.hl7.org/CodeSystem/flag-category"
CONTACT = concept(FLAG_CATEGORY, "contact", "Subject Contact")
CLINICAL = concept(FLAG_CATEGORY, "clinical", "Clinical")

# The signals worth a banner, by name. All others are facts on a list: too many banners are not read.
# Source: clinical reference 7 (intensive care stays a flag for life) and 8.6.
BANNERS: Mapping[str, dict] = {
    "access-barred": CONTACT,
    "looked-after": CONTACT,
    "intensive-care-ever": CLINICAL,
}


def has_banner(detected: Detected) -> bool:
    """Return whether this signal is worth a Flag beside its DetectedIssue."""
    return detected.signal.name in BANNERS


def to_flag(detected: Detected) -> dict:
    """Return the UK Core Flag of a signal that has a banner; families and schools must never see it."""
    name = detected.signal.name
    return {
        "resourceType": "Flag",
        "id": str(uuid5(UUID(detected.child_id), f"banner/{name}")),
        "meta": profile("Flag") | {"security": [RESTRICTED]},
        "extension": said_of(detected.signal),
        "status": "active",
        "category": [BANNERS[name]],
        "code": code_of(detected.signal) | {"text": detected.signal.sentence},
        "subject": reference("Patient", detected.child_id),
        "period": {"start": detected.at.isoformat()},
    }


def from_flag(flag: dict) -> Detected:
    """Return the signal that a Flag of ours says, and when it was found."""
    return Detected(
        child_id=id_in(flag["subject"]),
        signal=signal_in(flag, flag["code"]["text"]),
        at=datetime.fromisoformat(flag["period"]["start"]),
    )
