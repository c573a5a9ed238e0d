"""Bringing in a child's GP record: all of a file or nothing, and the same file again changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from fhir.intake.addresses import pointed_at, references_in
from fhir.intake.bundle import bundle_of, open_bundle
from fhir.intake.gp_record import Reading, read_and_keep, read_record
from fhir.store import Reader, Store
from fhir.store.tables import imported
from plans.gp_record import GpRecord
from plans.places import Nation
from plans.record_facts import RecordFacts, facts_of
from plans.working_days import Holidays
from portal.actions.importing.keep import SHARED, keep

HolidaysFor = Callable[[Nation], Holidays]


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
        return [f"{self.file}: {state}. {used} resources used, {ignored} ignored.", *self.details()]

    def details(self) -> list[str]:
        """Return the lines for people on what was left out, what to look at, and what to doubt."""
        return [
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
    reading, kept = read_and_keep(open_bundle(file))
    facts = facts_in(reading.record, today, holidays_for)
    with store.write(by=by, at=at) as write:
        child_id, is_new = keep(write, kept, reading.record.child.born)
    return Report(file.name, child_id, reading, facts, is_new)


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
