"""A record that was opened in an emergency, as the Consent that lets one person see it, and back."""

from datetime import datetime

from fhir.codes import (
    ACT_REASON,
    CONSENT_CATEGORY,
    LAWFUL_BASIS,
    PRIVACY_CONSENT,
    RESTRICTED,
    concept,
    extension,
    extension_value,
    id_in,
    profile,
    reference,
)
from fhir.consent import ACCESS, RECIPIENT
from plans.emergency_access import EmergencyAccess

BREAK_GLASS = {"system": ACT_REASON, "code": "BTG"}
BASIS = "emergency"


def to_emergency_consent(access: EmergencyAccess) -> dict:
    """Return the Consent: of this person alone, for these hours, and no share of anybody's."""
    return {
        "resourceType": "Consent",
        "id": access.id,
        "meta": profile("Consent") | {"security": [RESTRICTED]},
        "extension": [{"url": extension("share-reason"), "valueString": access.reason}],
        "status": "inactive" if access.is_closed else "active",
        "scope": PRIVACY_CONSENT,
        "category": [CONSENT_CATEGORY],
        "patient": reference("Patient", access.child_id),
        "dateTime": access.since.isoformat(),
        "performer": [reference("Practitioner", access.by)],
        "organization": [reference("Organization", access.organisation_id)],
        "policyRule": concept(LAWFUL_BASIS, BASIS),
        "provision": {
            "type": "permit",
            "period": {"start": access.since.isoformat(), "end": access.until.isoformat()},
            "actor": [{"role": RECIPIENT, "reference": reference("Practitioner", access.by)}],
            "action": [ACCESS],
            "purpose": [BREAK_GLASS],
        },
    }


def from_emergency_consent(consent: dict) -> EmergencyAccess:
    """Return the access that such a Consent records."""
    period = consent["provision"]["period"]
    return EmergencyAccess(
        id=consent["id"],
        child_id=id_in(consent["patient"]),
        by=id_in(consent["performer"][0]),
        organisation_id=id_in(consent["organization"][0]),
        reason=str(extension_value(consent, "share-reason", "valueString")),
        since=datetime.fromisoformat(period["start"]),
        until=datetime.fromisoformat(period["end"]),
        is_closed=consent["status"] == "inactive",
    )
