"""A reliever given at school as a MedicationAdministration, and back.

Which medicine the child's own inhaler holds stands on the plan: school writes down which inhaler it was.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar, cast

from fhir.codes import RESTRICTED, extension, extension_value, id_in, profile, reference
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why, puffs_words

INHALERS = {
    Inhaler.OWN: "The child's own reliever inhaler",
    Inhaler.EMERGENCY: "Salbutamol: the school's emergency inhaler",
}
REASONS = {Why.SYMPTOMS: "Symptoms", Why.EXERCISE: "Before exercise"}
Key = TypeVar("Key")
GAVE = {"text": "Gave the inhaler"}
WROTE = {"text": "Wrote it down"}


def to_medication_administration(entry: SchoolEntry) -> dict:
    """Return the MedicationAdministration of a reliever that was given."""
    if entry.puffs is None or entry.inhaler is None or entry.why is None:
        raise ValueError("a reliever has puffs, an inhaler and a reason")
    resource: dict = {
        "resourceType": "MedicationAdministration",
        "id": entry.id,
        "meta": meta_of(entry, "MedicationAdministration"),
        "status": "completed" if entry.stands else "entered-in-error",
        "medicationCodeableConcept": {"text": INHALERS[entry.inhaler]},
        "subject": reference("Patient", entry.child_id),
        "effectiveDateTime": entry.at.isoformat(),
        "performer": [{"function": WROTE, "actor": reference("PractitionerRole", entry.kept_by)}],
        "reasonCode": [{"text": REASONS[entry.why]}],
        "dosage": {"text": puffs_words(entry.puffs), "dose": {"value": entry.puffs, "unit": "puff"}},
    }
    if extensions := extensions_of(entry):
        resource["extension"] = extensions
    if entry.error:
        resource["statusReason"] = [{"text": entry.error}]
    if entry.given_by:
        resource["performer"].append({"function": GAVE, "actor": {"display": entry.given_by}})
    if entry.words:
        resource["note"] = [{"text": entry.words}]
    return resource


def from_medication_administration(resource: dict) -> SchoolEntry:
    """Return the entry of a reliever that was given at school."""
    gave = (one["actor"]["display"] for one in resource["performer"] if one["function"] == GAVE)
    return SchoolEntry(
        id=resource["id"],
        child_id=id_in(resource["subject"]),
        kind=EntryKind.RELIEVER,
        at=datetime.fromisoformat(resource["effectiveDateTime"]),
        kept_by=id_in(resource["performer"][0]["actor"]),
        words=next((one["text"] for one in resource.get("note", ())), ""),
        told_by=told_by_in(resource),
        is_hidden=is_hidden(resource),
        puffs=int(resource["dosage"]["dose"]["value"]),
        inhaler=_key(INHALERS, resource["medicationCodeableConcept"]["text"]),
        why=_key(REASONS, resource["reasonCode"][0]["text"]),
        given_by=next(gave, ""),
        error=next((one["text"] for one in resource.get("statusReason", ())), ""),
        school_id=school_in(resource),
    )


def is_given_at_school(resource: dict) -> bool:
    """Return whether school wrote this down here: records from elsewhere bring others."""
    known = resource.get("medicationCodeableConcept", {}).get("text") in INHALERS.values()
    return known and any(one.get("function") == WROTE for one in resource.get("performer", ()))


def meta_of(entry: SchoolEntry, kind: str) -> dict:
    """Return the meta of an entry; one that is kept from the family is labelled as restricted."""
    return profile(kind) | ({"security": [RESTRICTED]} if entry.is_hidden else {})


def is_hidden(resource: dict) -> bool:
    """Return whether an entry is kept from the family."""
    return any(one.get("code") == RESTRICTED["code"] for one in resource["meta"].get("security", ()))


def extensions_of(entry: SchoolEntry) -> list[dict]:
    """Return the extensions that say who told a parent, and at which school it happened."""
    told = {"url": extension("parent-told-by"), "valueString": entry.told_by}
    return [*([told] if entry.told_by else ()), *where_of(entry.school_id)]


def where_of(school_id: str) -> list[dict]:
    """Return the extension that says at which school it happened, none where that is not known."""
    school = reference("Organization", school_id)
    return [{"url": extension("happened-at-school"), "valueReference": school}] if school_id else []


def told_by_in(resource: dict) -> str:
    """Return who told a parent, "" while nobody has."""
    return str(extension_value(resource, "parent-told-by", "valueString") or "")


def school_in(resource: dict) -> str:
    """Return the id of the school at which it happened, "" where that was not kept."""
    return id_in(cast(dict | None, extension_value(resource, "happened-at-school", "valueReference")))


def _key(words: Mapping[Key, str], text: str) -> Key:
    return next(key for key, each in words.items() if each == text)
