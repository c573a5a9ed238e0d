"""Keeping a record that was read: its resources find their places here, and what is known stays as it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from fhir import kept_people
from fhir.codes import id_in
from fhir.intake.kept import Kept
from fhir.intake.known_child import find_by_identifier, find_child, with_what_is_known
from fhir.organization import KIND_TEXT
from fhir.patient import with_current_names
from fhir.store import Write
from fhir.store.tables import imported, imported_records
from fhir.store.tables.imported import Imported
from plans.errors import PuffinError
from plans.places import OrganisationKind
from portal.actions.circle.ending import end_barred
from portal.actions.deaths.saying import ask_about_record
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

    Raises AnotherChild, and what the store refuses.
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
        ask_about_record(write, was.id)
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
    if one.kind == "Patient":
        resource = with_current_names(resource)
    if one.kind == "Organization":
        resource = _with_kind(resource, places.practices)
    digest = hashlib.sha256(json.dumps(resource, sort_keys=True).encode()).hexdigest()
    before = places.known.get(imported.key_of(one.key))
    if before and before.digest == digest:
        return False
    changed = _write_one(write, resource, is_new=resource["id"] in places.new)
    imported.remember(write, Imported(places.child_id, one.key, one.kind, resource["id"], digest))
    return changed


def _write_one(write: Write, resource: dict, *, is_new: bool) -> bool:
    if is_new:
        write.create(resource)
        return True
    if resource["resourceType"] in SHARED:
        return False
    known = write.read(resource["resourceType"], resource["id"])
    if resource["resourceType"] == "Patient":
        resource = as_known(write, with_what_is_known(resource, known), known)
    write.update(resource, if_match=known["meta"]["versionId"])
    return True


def _with_kind(organisation: dict, practices: frozenset[str]) -> dict:
    """Return the organisation marked as a practice or a hospital: a GP record codes both as "provider"."""
    codes = {c.get("code") for kind in organisation.get("type", ()) for c in kind.get("coding", ())}
    if "edu" in codes:
        return organisation
    kind = OrganisationKind.PRACTICE if organisation["id"] in practices else OrganisationKind.HOSPITAL
    types = organisation.get("type") or [{}]
    return organisation | {"type": [types[0] | {"text": KIND_TEXT[kind]}, *types[1:]]}
