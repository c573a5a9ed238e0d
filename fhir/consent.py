"""A share as a Consent, and back."""

from datetime import date, datetime

from fhir.codes import (
    CONSENT_CATEGORY,
    LAWFUL_BASIS,
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
from plans.consent import How, Word
from plans.sharing import BY_LINK, Basis, Part, Reader, Share
from plans.working_days import end_of_day

RECIPIENT = concept(
    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient"
)
ACCESS = concept("http://terminology.hl7.org/CodeSystem/consentaction", "access")
KIND = dict.fromkeys(Reader, "Organization") | dict.fromkeys(BY_LINK, "RelatedPerson")


def to_consent(share: Share, care_plan_id: str) -> dict:
    """Return the Consent that permits one reader the child's plan, this version and those after it.

    Who agreed stands before the professional who shares, and their word is what was verified.
    """
    period = {"start": share.since.isoformat()}
    # A day alone would end before a share that began on it.
    if ends := share.stopped_at or (share.until and end_of_day(share.until)):
        period["end"] = ends.isoformat()
    consent: dict = {
        "resourceType": "Consent",
        "id": share.id,
        "meta": profile("Consent") | ({"security": [RESTRICTED]} if share.reason else {}),
        "extension": _said(share),
        "status": "inactive" if share.stopped_at else "active",
        "scope": PRIVACY_CONSENT,
        "category": [CONSENT_CATEGORY],
        "patient": reference("Patient", share.child_id),
        "dateTime": share.since.isoformat(),
        "performer": [*_who_agreed(share), reference("Practitioner", share.by)],
        "policyRule": concept(LAWFUL_BASIS, share.basis),
        "provision": {
            "type": "permit",
            "period": period,
            "actor": [
                {
                    "role": RECIPIENT,
                    "reference": reference(KIND[share.reader], share.reader_id, share.reader_name),
                }
            ],
            "action": [ACCESS],
            "data": [{"meaning": "related", "reference": reference("CarePlan", care_plan_id)}],
        },
    }
    if share.scope:
        consent["provision"]["code"] = [concept(SHARED_PART, part) for part in share.scope]
    said = [verification(word, agrees) for word, agrees in _words(share) if word]
    return consent | ({"verification": said} if said else {})


def from_consent(consent: dict) -> Share:
    """Return the share that a Consent of ours records."""
    provision = consent["provision"]
    actor = provision["actor"][0]["reference"]
    until = extension_value(consent, "share-until", "valueDate")
    stopped_at = provision["period"].get("end") if consent["status"] == "inactive" else None
    return Share(
        id=consent["id"],
        child_id=id_in(consent["patient"]),
        reader=Reader(str(extension_value(consent, "share-reader", "valueCode"))),
        reader_id=id_in(actor),
        reader_name=actor.get("display", ""),
        basis=Basis(consent["policyRule"]["coding"][0]["code"]),
        by=id_in(consent["performer"][-1]),
        since=datetime.fromisoformat(consent["dateTime"]),
        reason=str(extension_value(consent, "share-reason", "valueString") or ""),
        until=date.fromisoformat(str(until)) if until else None,
        stopped_at=datetime.fromisoformat(stopped_at) if stopped_at else None,
        consent=word_of(consent, agrees=True),
        withdrawn=word_of(consent, agrees=False),
        scope=tuple(Part(one["coding"][0]["code"]) for one in provision.get("code", ())),
    )


def is_share(consent: dict) -> bool:
    """Return whether this is one of our shares: a GP record brings Consents of other kinds."""
    return extension_value(consent, "share-reader", "valueCode") is not None


def _said(share: Share) -> list[dict]:
    said: list[dict] = [{"url": extension("share-reader"), "valueCode": share.reader}]
    if share.reason:
        said.append({"url": extension("share-reason"), "valueString": share.reason})
    if share.until:
        said.append({"url": extension("share-until"), "valueDate": share.until.isoformat()})
    return said


def _who_agreed(share: Share) -> list[dict]:
    return [{"reference": share.consent.by, "display": share.consent.by_name}] if share.consent else []


def _words(share: Share) -> tuple[tuple[Word | None, bool], ...]:
    return (share.consent, True), (share.withdrawn, False)


def verification(word: Word, agrees: bool) -> dict:
    """Return somebody's word as the verification of a Consent."""
    return {
        "extension": [{"url": extension("consent-how"), "valueCode": word.how}],
        "verified": agrees,
        "verifiedWith": {"reference": word.by, "display": word.by_name},
        "verificationDate": word.on.isoformat(),
    }


def word_of(consent: dict, *, agrees: bool) -> Word | None:
    """Return the word in a Consent of ours: the yes, or the no; None for none."""
    said = next((one for one in consent.get("verification", ()) if one["verified"] is agrees), None)
    if said is None:
        return None
    return Word(
        by=said["verifiedWith"]["reference"],
        by_name=said["verifiedWith"].get("display", ""),
        how=How(str(extension_value(said, "consent-how", "valueCode"))),
        on=date.fromisoformat(said["verificationDate"]),
    )
