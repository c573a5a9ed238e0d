"""An attack at school, PE that was missed, and the sessions missed in a term, as Observations, and back."""

from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import SCHOOL_EVENT, concept, id_in, profile, reference
from fhir.medication_administration import extensions_of, is_hidden, meta_of, school_in, told_by_in, where_of
from plans.school_log import KIND_WORDS, EntryKind, SchoolEntry
from plans.school_term import Absence, term_of

SESSIONS = "sessions-missed"
SESSIONS_WORDS = "Sessions missed at school of those possible, in a term"
CALLED_999 = {"text": "999 was called"}


def to_school_event(entry: SchoolEntry) -> dict:
    """Return the Observation of an attack, or of PE that was missed."""
    resource: dict = {
        "resourceType": "Observation",
        "id": entry.id,
        "meta": meta_of(entry, "Observation"),
        "status": "final" if entry.stands else "entered-in-error",
        "code": concept(SCHOOL_EVENT, entry.kind, KIND_WORDS[entry.kind]),
        "subject": reference("Patient", entry.child_id),
        "effectiveDateTime": entry.at.isoformat(),
        "performer": [reference("PractitionerRole", entry.kept_by)],
    }
    if extensions := extensions_of(entry):
        resource["extension"] = extensions
    if entry.words:
        resource["valueString"] = entry.words
    if entry.called_999:
        resource["component"] = [{"code": CALLED_999, "valueBoolean": True}]
    if entry.error:
        resource["note"] = [{"text": entry.error}]
    return resource


def from_school_event(resource: dict) -> SchoolEntry:
    """Return the entry of an attack, or of PE that was missed."""
    return SchoolEntry(
        id=resource["id"],
        child_id=id_in(resource["subject"]),
        kind=EntryKind(resource["code"]["coding"][0]["code"]),
        at=datetime.fromisoformat(resource["effectiveDateTime"]),
        kept_by=id_in(resource["performer"][0]),
        words=resource.get("valueString", ""),
        told_by=told_by_in(resource),
        is_hidden=is_hidden(resource),
        called_999="component" in resource,
        error=next((one["text"] for one in resource.get("note", ())), ""),
        school_id=school_in(resource),
    )


def absence_id(absence: Absence) -> str:
    """Return the id of the figures of a child, a term and a school: the same each time, to be put right."""
    school = f"/{absence.school_id}" if absence.school_id else ""
    what = f"{absence.child_id}/{absence.term.key}{school}"
    return str(uuid5(NAMESPACE_URL, f"{SCHOOL_EVENT}/{SESSIONS}/{what}"))


def to_absence(absence: Absence, *, is_first: bool) -> dict:
    """Return the Observation of the sessions missed in a term."""
    resource: dict = {
        "resourceType": "Observation",
        "id": absence_id(absence),
        "meta": profile("Observation"),
        "status": "final" if is_first else "corrected",
        "code": concept(SCHOOL_EVENT, SESSIONS, SESSIONS_WORDS),
        "subject": reference("Patient", absence.child_id),
        "effectivePeriod": {"start": absence.term.begins.isoformat(), "end": absence.term.ends.isoformat()},
        "issued": absence.kept_at.isoformat(),
        "performer": [reference("PractitionerRole", absence.kept_by)],
        "valueRatio": {"numerator": {"value": absence.missed}, "denominator": {"value": absence.possible}},
    }
    if where := where_of(absence.school_id):
        resource["extension"] = where
    return resource


def from_absence(resource: dict) -> Absence:
    """Return the figures of a term."""
    ratio = resource["valueRatio"]
    return Absence(
        child_id=id_in(resource["subject"]),
        term=term_of(date.fromisoformat(resource["effectivePeriod"]["start"])),
        missed=int(ratio["numerator"]["value"]),
        possible=int(ratio["denominator"]["value"]),
        kept_by=id_in(resource["performer"][0]),
        kept_at=datetime.fromisoformat(resource["issued"]),
        school_id=school_in(resource),
    )
