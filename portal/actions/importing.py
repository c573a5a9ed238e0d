"""Bringing in a child's GP record: all of a file or nothing, and the same file again changes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from fhir.codes import id_in
from fhir.intake.addresses import pointed_at, references_in
from fhir.intake.bundle import bundle_of, open_bundle
from fhir.intake.gp_record import Reading, read_record, resources_to_keep
from fhir.intake.kept import Kept
from fhir.intake.known_child import find_by_identifier, find_child, with_what_is_known
from fhir.organization import KIND_TEXT
from fhir.store import Reader, Store, Write, imported
from fhir.store.errors import ResourceNotFound
from fhir.store.imported import Imported
from plans.errors import PuffinError
from plans.gp_record import GpRecord
from plans.people import Nation, OrganisationKind
from plans.record_facts import RecordFacts, facts_of
from plans.working_days import Holidays

HolidaysFor = Callable[[Nation], Holidays]
SHARED = frozenset({"Organization", "Practitioner", "Location"})  # known to many children: first come stays


class AnotherChild(PuffinError):
    """The NHS number of the record belongs to a child who was born on another day."""

    def __init__(self) -> None:
        super().__init__(
            "A child with this NHS number and another date of birth is kept here. "
            "Check both with the practice before you import this record."
        )


@dataclass(frozen=True)
class Report:
    """What became of one file: whose it is, what was used, left out and doubted, and what it comes to."""

    file: str
    child_id: str
    reading: Reading
    facts: RecordFacts
    is_new: bool

    def as_json(self) -> dict:
        """Return the report as `import --json` prints it; counts that cannot be made are left out."""
        return {
            "file": self.file,
            "child": self.child_id,
            "used": dict(self.reading.used),
            "ignored": dict(self.reading.ignored),
            "doubtful": list(self.reading.doubtful),
            "counts": self.facts.counts.as_dict(),
            "signals": sorted(signal.name for signal in self.facts.signals),
            "checks": sorted(doubt.name for doubt in self.facts.doubts),
        }

    def lines(self) -> list[str]:
        """Return the report for people: what was used and left out, what to look at, what to doubt."""
        used, ignored = sum(self.reading.used.values()), sum(self.reading.ignored.values())
        state = "kept" if self.is_new else "known already, nothing changed"
        return [
            f"{self.file}: {state}. {used} resources used, {ignored} ignored.",
            *(f"  Ignored: {name} ({number})" for name, number in self.reading.ignored.items()),
            *(f"  Doubtful: {sentence}" for sentence in self.reading.doubtful),
            *(f"  To look at: {signal.sentence}" for signal in self.facts.signals),
            *(f"  To check: {doubt.sentence} ({', '.join(doubt.about)})" for doubt in self.facts.doubts),
        ]


def import_file(
    store: Store, file: Path, *, by: str, at: datetime, today: date, holidays_for: HolidaysFor
) -> Report:
    """Keep the record in a file, and report on it.

    Raises what opening and reading a bundle raise, and AnotherChild; then nothing of it is kept.
    """
    bundle = open_bundle(file)
    reading = read_record(bundle)
    facts = facts_in(reading.record, today, holidays_for)
    with store.write(by=by, at=at) as write:
        child_id, changed = _keep(write, resources_to_keep(bundle), reading.record)
        child = f"Patient/{child_id}"
        write.audit("C" if changed else "R", child, child, "import a GP record")
    return Report(file.name, child_id, reading, facts, is_new=changed > 0)


def facts_in(record: GpRecord, today: date, holidays_for: HolidaysFor) -> RecordFacts:
    """Return what the rules find in a record, by the holidays of its practice's nation."""
    nation = record.practice.nation if record.practice else Nation.ENGLAND_AND_WALES
    return facts_of(record, holidays_for(nation), today)


def kept_record(reader: Reader, child_id: str) -> GpRecord | None:
    """Return the record of a child as it was imported, None if none ever was."""
    rows = imported.of_child(reader, child_id)
    if not rows:
        return None
    kept = [reader.read(row.resource_type, row.resource_id) for row in rows]
    places = _known_before(reader, kept)
    entries = [{"fullUrl": f"{one['resourceType']}/{one['id']}", "resource": one} for one in (*kept, *places)]
    record = read_record(bundle_of(entries)).record
    return replace(record, child=replace(record.child, id=child_id))


def _known_before(reader: Reader, kept: list[dict]) -> list[dict]:
    """Return the places and professionals that a record points to and no file brought."""
    brought = {f"{one['resourceType']}/{one['id']}" for one in kept}
    missing = {pointed_at(address) for one in kept for address in references_in(one)} - brought
    split = (address.partition("/") for address in sorted(missing))
    return [reader.read(kind, id) for kind, _, id in split if kind in SHARED]


def _keep(write: Write, kept: tuple[Kept, ...], record: GpRecord) -> tuple[str, int]:
    """Return the child's id here, and how many resources are new or changed."""
    child_id = _child_id(write, kept, record)
    ids = {one.key: _id_of(write, one, child_id) for one in kept}
    changed = sum(_keep_one(write, one, ids, child_id, kept) for one in kept)
    return child_id, changed


def _child_id(write: Write, kept: tuple[Kept, ...], record: GpRecord) -> str:
    patient = next(one for one in kept if one.kind == "Patient")
    known = find_child(write, patient)
    if known is None:
        return str(uuid4())
    if known["birthDate"] != record.child.born.isoformat():
        raise AnotherChild
    return known["id"]


def _id_of(write: Write, one: Kept, child_id: str) -> str:
    if one.kind == "Patient":
        return child_id
    before = imported.lookup(write, child_id, one.key)
    if before:
        return before.resource_id
    known = find_by_identifier(write, one) if one.kind in SHARED else None
    return known["id"] if known else str(uuid4())


def _keep_one(write: Write, one: Kept, ids: Mapping[str, str], child_id: str, kept: tuple[Kept, ...]) -> bool:
    resource = one.placed(ids[one.key], ids)
    if one.kind == "Organization":
        resource = _with_kind(resource, ids, kept)
    digest = hashlib.sha256(json.dumps(resource, sort_keys=True).encode()).hexdigest()
    before = imported.lookup(write, child_id, one.key)
    if before and before.digest == digest:
        return False
    changed = _write_one(write, resource, is_shared=one.kind in SHARED)
    imported.remember(write, Imported(child_id, one.key, one.kind, ids[one.key], digest))
    return changed


def _write_one(write: Write, resource: dict, *, is_shared: bool) -> bool:
    try:
        known = write.read(resource["resourceType"], resource["id"])
    except ResourceNotFound:
        write.create(resource)
        return True
    if resource["resourceType"] == "Patient":
        resource = with_what_is_known(resource, known)
    if not is_shared:
        write.update(resource, if_match=known["meta"]["versionId"])
    return not is_shared


def _with_kind(organisation: dict, ids: Mapping[str, str], kept: tuple[Kept, ...]) -> dict:
    """Return the organisation marked as a practice or a hospital: a GP record codes both as "provider"."""
    codes = {c.get("code") for kind in organisation.get("type", ()) for c in kind.get("coding", ())}
    if "edu" in codes:
        return organisation
    patient = next(one for one in kept if one.kind == "Patient").placed("", ids)
    practices = {id_in(one) for one in patient.get("generalPractitioner", ())}
    kind = OrganisationKind.PRACTICE if organisation["id"] in practices else OrganisationKind.HOSPITAL
    types = organisation.get("type") or [{}]
    return organisation | {"type": [types[0] | {"text": KIND_TEXT[kind]}, *types[1:]]}
