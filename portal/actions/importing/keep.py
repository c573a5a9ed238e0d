"""Keeping a record that was read: its resources find their places here, and what is known stays as it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from fhir import kept_deaths, kept_people
from fhir.codes import id_in
from fhir.intake.kept import Kept
from fhir.intake.known_child import find_by_identifier, find_child, with_what_is_known
from fhir.organization import KIND_TEXT
from fhir.patient import former_numbers, with_current_names, without_numbers
from fhir.store import Write
from fhir.store.tables import imported, imported_records
from fhir.store.tables.imported import Imported
from plans.errors import PuffinError
from plans.places import OrganisationKind
from plans.working_days import uk_day
from portal.actions.circle.ending import end_barred
from portal.actions.deaths.saying import follow_record
from portal.actions.importing.another_name import follow_name
from portal.actions.moves.said_by_record import as_known, follow

SHARED = frozenset({"Organization", "Practitioner", "Location"})  # known to many children: first come stays


class AnotherChild(PuffinError):
    """The NHS number of the record belongs to a child who was born on another day."""

    def __init__(self) -> None:
        super().__init__(
            "A child with this NHS number and another date of birth is kept here. "
            "Check both with the practice before you import this record."
        )


@dataclass(frozen=True)
class Places:
    """Where the resources of a record are here: the id of each key, which ids are new, what was known."""

    child_id: str
    ids: Mapping[str, str]
    new: frozenset[str]
    known: Mapping[str, Imported]
    practices: frozenset[str]  # ids of the practices that the child is registered with


def keep(write: Write, kept: tuple[Kept, ...], born: date) -> tuple[str, bool]:
    """Keep a record with its audit entry; return the child's id here, and whether anything is new.

    Raises AnotherChild, TwoChildrenHere, and what the store refuses.
    """
    places = _places(write, kept, born)
    if places.known:
        imported_records.forget(write, places.child_id)
    was = None if places.child_id in places.new else kept_people.child(write, places.child_id)
    changed = [_keep_one(write, one, places) for one in kept]
    if any(changed) and was:
        end_barred(write, was.id)
        follow(write, was)
        follow_name(write, was)
    if any(changed):
        follow_record(write, places.child_id)
    child = f"Patient/{places.child_id}"
    write.audit("C" if any(changed) else "R", child, child, "import a GP record")
    return places.child_id, any(changed)


def _places(write: Write, kept: tuple[Kept, ...], born: date) -> Places:
    patient = next(one for one in kept if one.kind == "Patient")
    child = find_child(write, patient)
    if child and child["birthDate"] != born.isoformat():
        raise AnotherChild
    known = {one.source_key: one for one in imported.of_child(write, child["id"])} if child else {}
    here = {one.key: _id_here(write, one, known) for one in kept if one is not patient}
    here[patient.key] = child["id"] if child else ""
    ids = {key: id or str(uuid4()) for key, id in here.items()}
    registered = patient.placed(ids[patient.key], ids).get("generalPractitioner", ())
    return Places(
        child_id=ids[patient.key],
        ids=ids,
        new=frozenset(ids[key] for key, id in here.items() if not id),
        known=known,
        practices=frozenset(map(id_in, registered)),
    )


def _id_here(write: Write, one: Kept, known: Mapping[str, Imported]) -> str:
    """Return the id that a resource has here already, "" if it is new."""
    before = known.get(imported.key_of(one.key))
    if before:
        return before.resource_id
    found = find_by_identifier(write, one) if one.kind in SHARED else None
    return found["id"] if found else ""


def _keep_one(write: Write, one: Kept, places: Places) -> bool:
    """Keep one resource; return whether it is new or changed."""
    resource = one.placed(places.ids[one.key], places.ids)
    ended: frozenset[str] = frozenset()
    if one.kind == "Patient":
        today = uk_day(write.at)
        ended = former_numbers(resource, today)
        resource = with_current_names(resource, today)
    if one.kind == "Organization":
        resource = _with_kind(resource, places.practices)
    digest = _digest(resource, ended)
    before = places.known.get(imported.key_of(one.key))
    if before and before.digest == digest:
        return False
    changed = _write_one(write, resource, ended, is_new=resource["id"] in places.new)
    imported.remember(write, Imported(places.child_id, one.key, one.kind, resource["id"], digest))
    return changed


def _digest(resource: dict, ended: frozenset[str]) -> str:
    """Return a digest of what a record says: which NHS numbers have ended is a part of that."""
    said = resource | ({"ended": sorted(ended)} if ended else {})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _write_one(write: Write, resource: dict, ended: frozenset[str], *, is_new: bool) -> bool:
    """Write a resource; a child loses the NHS numbers that the record says have `ended`."""
    if is_new:
        write.create(resource)
        return True
    if resource["resourceType"] in SHARED:
        return False
    known = write.read(resource["resourceType"], resource["id"])
    if resource["resourceType"] == "Patient":
        said, here = _with_one_death(write, resource, without_numbers(known, ended))
        resource = as_known(write, with_what_is_known(said, here), known)
    write.update(resource, if_match=known["meta"]["versionId"])
    return True


def _with_one_death(write: Write, patient: dict, known: dict) -> tuple[dict, dict]:
    """Return both with the death of one: that which two people confirmed here, else what the record says."""
    if kept_deaths.is_confirmed(write, known["id"]):
        return kept_deaths.without_death(patient), known
    return patient, kept_deaths.without_death(known)


def _with_kind(organisation: dict, practices: frozenset[str]) -> dict:
    """Return the organisation marked as a practice or a hospital: a GP record codes both as "provider"."""
    codes = {c.get("code") for kind in organisation.get("type", ()) for c in kind.get("coding", ())}
    if "edu" in codes:
        return organisation
    kind = OrganisationKind.PRACTICE if organisation["id"] in practices else OrganisationKind.HOSPITAL
    types = organisation.get("type") or [{}]
    return organisation | {"type": [types[0] | {"text": KIND_TEXT[kind]}, *types[1:]]}
