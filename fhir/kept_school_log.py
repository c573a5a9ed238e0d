"""What happened at school, in the store: relievers given, attacks, PE and sessions missed."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any

from fhir.codes import SCHOOL_EVENT
from fhir.medication_administration import (
    from_medication_administration,
    is_given_at_school,
    to_medication_administration,
)
from fhir.school_observation import (
    SESSIONS,
    absence_id,
    from_absence,
    from_school_event,
    to_absence,
    to_school_event,
)
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.sight import Sight
from plans.school_log import EntryKind, SchoolEntry
from plans.school_term import Absence

RELIEVER = "MedicationAdministration"
EVENTS = [f"{SCHOOL_EVENT}|{kind}" for kind in EntryKind if kind is not EntryKind.RELIEVER]


def entries_of(reader: Reader, child_id: str) -> list[SchoolEntry]:
    """Return all that school wrote down about a child, the newest first; what was withdrawn too."""
    subject = f"Patient/{child_id}"
    given = (one for one in reader.search(RELIEVER, subject=subject) if is_given_at_school(one))
    events = reader.search("Observation", subject=subject, code=EVENTS)
    found = chain(map(from_medication_administration, given), map(from_school_event, events))
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def written_at(reader: Reader, entries: Iterable[SchoolEntry], school_id: str) -> set[str]:
    """Return the ids of those of these entries that a school's own staff wrote, at that school."""
    here = [one for one in entries if school_id and one.school_id == school_id]
    posts = list({one.kept_by for one in here})
    home = f"Organization/{school_id}"
    found = reader.search("PractitionerRole", _id=posts, organization=home) if posts else []
    staff = {one["id"] for one in found}
    return {one.id for one in here if one.kept_by in staff}


def entry(reader: Reader, child_id: str, id: str) -> SchoolEntry:
    """Return one entry about a child; raises ResourceNotFound."""
    for one in entries_of(reader, child_id):
        if one.id == id:
            return one
    raise ResourceNotFound


def entries_in_sight(reader: Reader, sight: Sight, since: date) -> list[SchoolEntry]:
    """Return what stands of all that school wrote down about the children in sight, on or after a day."""
    given = reader.search(RELIEVER, sight, status="completed", **{"effective-time": f"ge{since}"})
    relievers = (one for one in given if is_given_at_school(one))
    events = reader.search("Observation", sight, code=EVENTS, date=f"ge{since}", status="final")
    return [*map(from_medication_administration, relievers), *map(from_school_event, events)]


def is_kept(reader: Reader, new: SchoolEntry) -> bool:
    """Return whether this entry was kept before."""
    return bool(reader.count(_type(new), _id=new.id))


def keep(write: Write, new: SchoolEntry) -> None:
    """Keep a new entry; the audit is the caller's."""
    write.create(_resource(new))


def keep_changed(write: Write, changed: SchoolEntry) -> None:
    """Keep that an entry was withdrawn, or that a parent has been told; the audit is the caller's."""
    before = write.read(_type(changed), changed.id)
    write.update(_resource(changed), if_match=before["meta"]["versionId"])


def reference_to(one: SchoolEntry) -> str:
    """Return the reference to an entry."""
    return f"{_type(one)}/{one.id}"


def absences_of(reader: Reader, child_id: str) -> list[Absence]:
    """Return the figures of a child that school entered, the newest term first."""
    asked: dict[str, Any] = {"code": f"{SCHOOL_EVENT}|{SESSIONS}"}
    return _newest_first(reader.search("Observation", subject=f"Patient/{child_id}", **asked))


def keep_absence(write: Write, figures: Absence) -> None:
    """Keep the figures of a term, or put them right; the audit is the caller's."""
    id = absence_id(figures)
    if write.count("Observation", _id=id):
        before = write.read("Observation", id)
        write.update(to_absence(figures, is_first=False), if_match=before["meta"]["versionId"])
    else:
        write.create(to_absence(figures, is_first=True))


def names_of_posts(reader: Reader, post_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of people by the ids of their PractitionerRoles."""
    ids = list(post_ids)
    found = reader.search("PractitionerRole", _id=ids) if ids else []
    return {one["id"]: one["practitioner"].get("display", "") for one in found}


def _newest_first(found: Iterable[dict]) -> list[Absence]:
    return sorted(map(from_absence, found), key=lambda one: one.term.begins, reverse=True)


def _type(one: SchoolEntry) -> str:
    return RELIEVER if one.kind is EntryKind.RELIEVER else "Observation"


def _resource(one: SchoolEntry) -> dict:
    return to_medication_administration(one) if one.kind is EntryKind.RELIEVER else to_school_event(one)
