"""A no before anything was shared, as a Consent that denies, and back."""

from datetime import datetime

from fhir.codes import (
    CONSENT_CATEGORY,
    PRIVACY_CONSENT,
    RESTRICTED,
    SHARED_PART,
    concept,
    extension,
    extension_value,
    id_in,
    profile,
    reference,
)
from fhir.consent import KIND, RECIPIENT, verification, word_of
from plans.refusal import Refusal
from plans.sharing import Reader, parts_for

RULE = {"text": "Said no before anything was shared"}


def to_refusal_consent(refusal: Refusal) -> dict:
    """Return the Consent, for the practice alone: it denies a person by reference, a kind of place by name.

    Who said no stands before the professional who recorded it.
    """
    ends = {"end": refusal.ended_at.isoformat()} if refusal.ended_at else {}
    said = [verification(refusal.word, False)]
    if refusal.taken_back:
        said.append(verification(refusal.taken_back, True))
    return {
        "resourceType": "Consent",
        "id": refusal.id,
        "meta": profile("Consent") | {"security": [RESTRICTED]},
        "extension": [
            {"url": extension("refused-reader"), "valueCode": refusal.reader},
            {"url": extension("refused-because"), "valueString": refusal.reason},
        ],
        "status": "active" if refusal.holds else "inactive",
        "scope": PRIVACY_CONSENT,
        "category": [CONSENT_CATEGORY],
        "patient": reference("Patient", refusal.child_id),
        "dateTime": refusal.at.isoformat(),
        "performer": [
            {"reference": refusal.word.by, "display": refusal.word.by_name},
            reference("Practitioner", refusal.by),
        ],
        "policyRule": RULE,
        "provision": {
            "type": "deny",
            "period": {"start": refusal.at.isoformat()} | ends,
            "actor": [{"role": RECIPIENT, "reference": _whom(refusal)}],
            "code": [concept(SHARED_PART, part) for part in parts_for(refusal.reader)],
        },
        "verification": said,
    }


def is_refusal(consent: dict) -> bool:
    """Return whether this is a no that was recorded here: a GP record brings denials of its own."""
    return extension_value(consent, "refused-reader", "valueCode") is not None


def from_refusal_consent(consent: dict) -> Refusal:
    """Return the refusal that a Consent of ours records."""
    provision, no = consent["provision"], word_of(consent, agrees=False)
    if no is None:
        raise ValueError(f"Consent/{consent['id']} says nobody's no")
    ended_at = provision["period"].get("end")
    whom = provision["actor"][0]["reference"]
    return Refusal(
        id=consent["id"],
        child_id=id_in(consent["patient"]),
        reader=Reader(str(extension_value(consent, "refused-reader", "valueCode"))),
        reader_id=id_in(whom),
        reader_name=whom["display"],
        word=no,
        reason=str(extension_value(consent, "refused-because", "valueString")),
        by=id_in(consent["performer"][-1]),
        at=datetime.fromisoformat(consent["dateTime"]),
        taken_back=word_of(consent, agrees=True),
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
    )


def _whom(refusal: Refusal) -> dict:
    if refusal.reader_id:
        return reference(KIND[refusal.reader], refusal.reader_id, refusal.reader_name)
    return {"display": refusal.reader_name}
