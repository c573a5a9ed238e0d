"""That a professional has looked at a fact, as a Communication, and back."""

from datetime import date, datetime
from typing import cast

from fhir.codes import FACT_SEEN, SIGNAL, concept, extension, extension_value, id_in, profile, reference
from fhir.security_label import restricted
from plans.fact_seen import FactSeen

# Told apart from alerts and hidden notes by its category.
CATEGORY = concept(FACT_SEEN, "fact-seen", "A fact that a professional has looked at")


def to_fact_seen(seen: FactSeen) -> dict:
    """Return the Communication, restricted: in progress until the team has said something else."""
    fact: list[dict] = [
        {"url": extension("look-again"), "valueDate": seen.look_again.isoformat()},
        {"url": extension("fact-extent"), "valueDecimal": seen.extent},
    ]
    if seen.day:
        fact.append({"url": extension("fact-day"), "valueDate": seen.day.isoformat()})
    if seen.school_id:
        school = reference("Organization", seen.school_id)
        fact.append({"url": extension("happened-at-school"), "valueReference": school})
    return {
        "resourceType": "Communication",
        "id": seen.id,
        "meta": restricted(profile("Communication")),
        "extension": fact,
        "status": "completed" if seen.is_over else "in-progress",
        "category": [CATEGORY],
        "reasonCode": [concept(SIGNAL, seen.fact)],
        "subject": reference("Patient", seen.child_id),
        "sent": seen.at.isoformat(),
        "sender": reference("Practitioner", seen.by),
        "recipient": [reference("Organization", seen.organisation_id)],
        "payload": [{"contentString": seen.words}],
    }


def from_fact_seen(resource: dict) -> FactSeen:
    """Return what was said of the fact."""
    day = extension_value(resource, "fact-day", "valueDate")
    school = extension_value(resource, "happened-at-school", "valueReference")
    return FactSeen(
        id=resource["id"],
        child_id=id_in(resource["subject"]),
        fact=resource["reasonCode"][0]["coding"][0]["code"],
        words=resource["payload"][0]["contentString"],
        look_again=date.fromisoformat(str(extension_value(resource, "look-again", "valueDate"))),
        by=id_in(resource["sender"]),
        organisation_id=id_in(resource["recipient"][0]),
        at=datetime.fromisoformat(resource["sent"]),
        extent=float(str(extension_value(resource, "fact-extent", "valueDecimal"))),
        day=date.fromisoformat(str(day)) if day else None,
        school_id=id_in(cast(dict | None, school)),
        is_over=resource["status"] == "completed",
    )
