"""The answer about a school's emergency inhaler as a Consent, and back. It is no share of a plan."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import CONSENT_CATEGORY, PERMISSION, TREATMENT_CONSENT, concept, id_in, profile, reference
from plans.school_consent import EmergencyConsent

CODE = "school-emergency-inhaler"


def emergency_consent_id(child_id: str) -> str:
    """Return the id of the answer about a child: the same each time, so that each is the next version."""
    return str(uuid5(NAMESPACE_URL, f"{PERMISSION}/{CODE}/{child_id}"))


def to_emergency_consent(answer: EmergencyConsent) -> dict:
    """Return the Consent: active where staff may use the inhaler, rejected where they may not."""
    return {
        "resourceType": "Consent",
        "id": emergency_consent_id(answer.child_id),
        "meta": profile("Consent"),
        "status": "active" if answer.is_given else "rejected",
        "scope": TREATMENT_CONSENT,
        "category": [CONSENT_CATEGORY],
        "patient": reference("Patient", answer.child_id),
        "dateTime": answer.answered_on.isoformat(),
        "performer": [{"display": answer.answered_by}],
        "organization": [reference("Organization", answer.school_id)],
        "policyRule": concept(PERMISSION, CODE, "May have the school's emergency salbutamol inhaler"),
        "provision": {"type": "permit" if answer.is_given else "deny"},
    }


def from_emergency_consent(consent: dict) -> EmergencyConsent:
    """Return the answer."""
    return EmergencyConsent(
        child_id=id_in(consent["patient"]),
        school_id=id_in(consent["organization"][0]),
        is_given=consent["status"] == "active",
        answered_by=consent["performer"][0]["display"],
        answered_on=date.fromisoformat(consent["dateTime"]),
    )
