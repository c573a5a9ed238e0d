"""Bringing in the records of a whole region: each stands or falls alone, and nothing is done twice."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fhir.intake.gp_record import INTAKE
from fhir.store import Reader as StoreReader
from fhir.store import Store, Write
from fhir.store.errors import DatabaseNotReached, StoreBusy, engine_faults
from fhir.store.faults import is_of_the_data
from fhir.store.tables import imported_records
from fhir.store.tables.imported_records import ImportedRecord
from plans.errors import PuffinError
from portal.actions.importing.files import Found
from portal.actions.importing.keep import keep
from portal.actions.importing.read import Read, Reader, Rules, Unread, read, read_in_order

TOGETHER, BYTES_TOGETHER = 32, 4_000_000  # one write: as many records as a moment's wait for others is worth
STOPS: tuple[type[Exception], ...] = (
    StoreBusy,
    DatabaseNotReached,
)  # refusals that the next record would meet too


class ImportStopped(PuffinError):
    """The store failed while records were brought in; those that were kept stay."""

    def __init__(self) -> None:
        super().__init__(
            "The import stopped, because the store cannot be read or written. Check that it is there, "
            "has room and is not busy, then give the same command again: what was kept is skipped."
        )


class NotKept(PuffinError):
    """The engine of the store refused one record and goes on with others."""

    def __init__(self) -> None:
        super().__init__("The store refused this record. Tell the people who run Puffin which one it is.")


class State(StrEnum):
    """What became of a record; a record that was known or skipped changed nothing."""

    KEPT = "kept"
    KNOWN = "known already"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one record. `report` is as `import --json` says it, None where nothing is to be said."""

    name: str
    state: State
    upto: int
    report: dict | None = None
    details: tuple[str, ...] = ()
    refusal: str = ""

    def lines(self, *, in_full: bool) -> list[str]:
        """Return what people read of it; not `in_full`, that is of a refusal only."""
        if self.state is State.REFUSED:
            return [f"{self.name}: {self.refusal}"]
        if not in_full:
            return []
        changed = "" if self.state is State.KEPT else ", nothing changed"
        return [f"{self.name}: {self.state}{changed}.{self._counted()}", *self.details]

    def _counted(self) -> str:
        if self.report is None:
            return ""
        used, ignored = (sum(self.report[name].values()) for name in ("used", "ignored"))
        return f" {used} resources used, {ignored} ignored."


@dataclass(frozen=True)
class Run:
    """One run of the import: where to, by whom and by which rules, and whether each record is reported on.

    Without `reports` a record that was kept before is skipped at once; with them, only if its report of the
    same day was kept too. `reads_all` skips nothing.
    """

    store: Store
    by: str
    clock: Callable[[], datetime]
    rules: Rules
    reports: bool = False
    reads_all: bool = False


@dataclass(frozen=True)
class Met:
    """A record that was found, its digest, and what it came to when it was kept before, if it was."""

    found: Found
    digest: str
    before: ImportedRecord | None

    @property
    def must_be_read(self) -> bool:
        return self.before is None and self.found.refusal is None


def import_all(run: Run, records: Iterable[Found], readers: Sequence[Reader]) -> Iterator[Outcome]:
    """Yield what becomes of each record, once that is safe in the store. Raises ImportStopped."""
    groups = (
        (group, [met.found.raw for met in group if met.must_be_read]) for group in _groups(run, records)
    )
    try:
        for group, received in read_in_order(groups, readers):
            yield from _settle(run, list(_joined(group, received)))
    except STOPS + engine_faults():
        raise ImportStopped from None


Turn = tuple[Met, Read | Unread | None]


def _groups(run: Run, records: Iterable[Found]) -> Iterator[list[Met]]:
    """Yield what is read and kept together: so many, and no more bytes than are good to hold."""
    group: list[Met] = []
    for found in records:
        group.append(_met(run, found))
        if len(group) == TOGETHER or sum(len(met.found.raw) for met in group) > BYTES_TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _met(run: Run, found: Found) -> Met:
    digest = hashlib.sha256(found.raw).hexdigest()
    before = None if found.refusal or run.reads_all else imported_records.find(run.store, digest, INTAKE)
    if before and run.reports and before.counted_on != run.rules.today.isoformat():
        before = None
    return Met(found, digest, before)


def _joined(group: Sequence[Met], received: Iterable[Read | Unread]) -> Iterator[Turn]:
    """Yield each record with what reading it came to, None where it was not read."""
    read_ones = iter(received)
    for met in group:
        if met.found.refusal:
            yield met, Unread(str(met.found.refusal))
        else:
            yield met, next(read_ones) if met.must_be_read else None


def _settle(run: Run, turns: list[Turn]) -> list[Outcome]:
    """Keep what was read in one write; if anything in it fails, each record in a write of its own."""
    if not _is_any_read(turns):
        turns = [_read_if_changed(run, run.store, turn) for turn in turns]
    if not _is_any_read(turns) and not run.reports:
        return [_without_write(turn) for turn in turns]
    try:
        with run.store.write(by=run.by, at=run.clock()) as write:
            return [_in_write(run, write, _read_if_changed(run, write, turn)) for turn in turns]
    except STOPS:
        raise
    except (PuffinError,) + engine_faults() as fault:  # noqa: RUF005
        if len(turns) > 1:
            return [outcome for turn in turns for outcome in _settle(run, [turn])]
        return [_refused(turns[0][0], _reason(fault))]


def _is_any_read(turns: Iterable[Turn]) -> bool:
    return any(isinstance(came, Read) for _, came in turns)


def _read_if_changed(run: Run, reader: StoreReader, turn: Turn) -> Turn:
    """Return the record read, if another one of its child was kept since it was met."""
    met, came = turn
    if came or imported_records.find(reader, met.digest, INTAKE) == met.before:
        return turn
    return met, read(met.found.raw, run.rules)


def _without_write(turn: Turn) -> Outcome:
    met, came = turn
    if isinstance(came, Unread):
        return _refused(met, came.sentence)
    return Outcome(met.found.name, State.SKIPPED, met.found.upto)


def _in_write(run: Run, write: Write, turn: Turn) -> Outcome:
    met, came = turn
    if isinstance(came, Read):
        return _kept(run, write, met, came)
    if run.reports and met.before and came is None:
        child = f"Patient/{met.before.child_id}"
        write.audit("R", child, child, "import a GP record")
        report = _report(met, met.before.child_id, json.loads(met.before.report))
        return Outcome(met.found.name, State.SKIPPED, met.found.upto, report)
    return _without_write(turn)


def _kept(run: Run, write: Write, met: Met, came: Read) -> Outcome:
    child_id, is_new = keep(write, came.kept, came.born)
    text = json.dumps(came.report, ensure_ascii=False, separators=(",", ":"))
    day = run.rules.today.isoformat()
    imported_records.remember(write, ImportedRecord(child_id, met.digest, INTAKE, text, day))
    state = State.KEPT if is_new else State.KNOWN
    return Outcome(met.found.name, state, met.found.upto, _report(met, child_id, came.report), came.details)


def _report(met: Met, child_id: str, report: dict) -> dict:
    return {"file": met.found.name, "child": child_id} | report


def _refused(met: Met, sentence: str) -> Outcome:
    return Outcome(met.found.name, State.REFUSED, met.found.upto, refusal=sentence)


def _reason(fault: Exception) -> str:
    """Return the sentence on a record that could not be kept; raises the fault again if it is the store's."""
    if isinstance(fault, PuffinError):
        return str(fault)
    if is_of_the_data(fault):
        return str(NotKept())
    raise fault
