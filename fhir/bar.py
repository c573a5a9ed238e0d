"""A bar that the practice recorded, as a Consent that denies, and back."""

from datetime import datetime

from fhir.codes import (
    CONSENT_CATEGORY,
    PRIVACY_CONSENT,
    RESTRICTED,
    extension,
    extension_value,
    id_in,
    profile,
    reference,
)
from fhir.consent import RECIPIENT
from plans.bar import Bar

RULE = {"text": "Must not be given the child's information"}


def to_bar_consent(bar: Bar) -> dict:
    """Return the Consent, for the practice alone: it denies the person by name, and by reference if known.

    Whoever lifted it stands after whoever recorded it.
    """
    ends = {"end": bar.lifted_at.isoformat()} if bar.lifted_at else {}
    return {
        "resourceType": "Consent",
        "id": bar.id,
        "meta": profile("Consent") | {"security": [RESTRICTED]},
        "extension": _said(bar),
        "status": "active" if bar.holds else "inactive",
        "scope": PRIVACY_CONSENT,
        "category": [CONSENT_CATEGORY],
        "patient": reference("Patient", bar.child_id),
        "dateTime": bar.at.isoformat(),
        "performer": [reference("Practitioner", id) for id in (bar.by, bar.lifted_by) if id],
        "policyRule": RULE,
        "provision": {
            "type": "deny",
            "period": {"start": bar.at.isoformat()} | ends,
            "actor": [{"role": RECIPIENT, "reference": _whom(bar)}],
        },
    }


def is_bar(consent: dict) -> bool:
    """Return whether this is a bar that was recorded here: a GP record brings denials of its own."""
    return extension_value(consent, "bar-reason", "valueString") is not None


def from_bar_consent(consent: dict) -> Bar:
    """Return the bar that a Consent of ours records."""
    provision = consent["provision"]
    whom = provision["actor"][0]["reference"]
    performers = [id_in(one) for one in consent["performer"]]
    lifted_at = provision["period"].get("end")
    return Bar(
        id=consent["id"],
        child_id=id_in(consent["patient"]),
        name=whom["display"],
        reason=str(extension_value(consent, "bar-reason", "valueString")),
        by=performers[0],
        at=datetime.fromisoformat(consent["dateTime"]),
        member_id=id_in(whom),
        lifted_by=performers[-1] if lifted_at else "",
        lifted_at=datetime.fromisoformat(lifted_at) if lifted_at else None,
        lifted_because=str(extension_value(consent, "bar-lifted-because", "valueString") or ""),
    )


def _said(bar: Bar) -> list[dict]:
    said = [{"url": extension("bar-reason"), "valueString": bar.reason}]
    if bar.lifted_because:
        said.append({"url": extension("bar-lifted-because"), "valueString": bar.lifted_because})
    return said


def _whom(bar: Bar) -> dict:
    if bar.member_id:
        return reference("RelatedPerson", bar.member_id, bar.name)
    return {"display": bar.name}
