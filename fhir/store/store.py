"""The store: read by many, and written whole or not at all, on either engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from fhir.audit_event import Action, AuditEntry, to_audit_event
from fhir.store import resources
from fhir.store.engine import Database, Engine
from fhir.store.errors import AuditMissing, AuditNeverChanges, WriteAlreadyOpen, WriteClosed
from fhir.store.migrations import migrate
from fhir.store.moments import moment_text
from fhir.store.reader import Reader
from fhir.store.search.reindexing import renew_index
from fhir.store.sqlite import SqliteEngine
from fhir.store.transaction.carrying_out import carry_out


class Write(Reader):
    """An open write: all of it lands when its block ends, or none of it."""

    def __init__(self, db: Database, *, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        self._db: Database | None = db
        self._changed = self._audited = False

    @property
    def db(self) -> Database:
        """Return the connection while the write is open; raises WriteClosed after that."""
        if self._db is None or not self._db.in_transaction:
            raise WriteClosed
        return self._db

    def create(self, resource: dict) -> dict:
        """Keep a new resource; return it with its id (made if missing), version and moment.

        Raises ResourceNotValid and ResourceAlreadyKept.
        """
        kept = resources.create(self.db, resource, by=self.by, at=self.at)
        self._note(kept)
        return kept

    def update(self, resource: dict, if_match: str) -> dict:
        """Keep the next version of a resource and return it.

        Raises StaleVersion unless `if_match` is the version that is current, ResourceNotFound,
        ResourceNotValid, and AuditNeverChanges.
        """
        if resource.get("resourceType") == resources.AUDIT:
            raise AuditNeverChanges
        kept = resources.update(self.db, resource, if_match=if_match, by=self.by, at=self.at)
        self._note(kept)
        return kept

    def audit(
        self,
        action: str,
        what: str | None = None,
        child: str | None = None,
        detail: str = "",
        outcome: str = "0",
    ) -> dict:
        """Keep who did what to whose record in this write, as an AuditEvent, and return it.

        Where the write is by an Actor, the entry keeps their post, role, organisation and purpose too.
        `action` is C, R, U, D or E; `what` and `child` are references such as "Patient/...";
        `outcome` is 0 (done), 4, 8 or 12 (failed).
        """
        entry = AuditEntry(Action(action), self.by, self.at, what, child, detail, outcome)
        return self.create(to_audit_event(entry))

    def transaction(self, bundle: dict) -> dict:
        """Do a FHIR transaction Bundle as a part of this write, and return its transaction-response.

        Raises NotATransaction, and EntryRefused with the number and the fault of an entry; nothing of the
        Bundle is kept then.
        """
        before = self._changed, self._audited
        try:
            return carry_out(self, bundle)
        except BaseException:
            self._changed, self._audited = before
            raise

    def must_be_audited(self) -> None:
        """Raise AuditMissing if a resource changed and nothing says who changed it."""
        if self._changed and not self._audited:
            raise AuditMissing

    def close(self) -> None:
        """End the write: what uses it from now on is refused."""
        self._db = None

    def _note(self, kept: dict) -> None:
        if kept["resourceType"] == resources.AUDIT:
            self._audited = True
        else:
            self._changed = True


class Store(Reader):
    """The store on one engine; threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def db(self) -> Database:
        """Return this thread's connection."""
        return self.engine.mine()

    def write(self, *, by: str, at: datetime) -> AbstractContextManager[Write]:
        """Open a write by somebody at a moment; any error undoes all of it.

        Writes stand in line: what this one reads, no other changes before it ends.

        Raises WriteAlreadyOpen, StoreBusy, AuditMissing, and ValueError for a naive moment or nobody.
        """
        return self._write(by=by, at=at, in_line=True)

    def write_beside(self, *, by: str, at: datetime) -> AbstractContextManager[Write]:
        """Open a write that decides nothing by what it reads, such as the audit of a reading.

        It waits for no other where the engine can write side by side. Raises as `write` does.
        """
        return self._write(by=by, at=at, in_line=False)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Answer every question of the block as of one moment; raises WriteAlreadyOpen."""
        db = self.db
        if db.in_transaction:
            raise WriteAlreadyOpen
        with self.engine.reading(db):
            yield self

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        self.engine.close()

    @contextmanager
    def _write(self, *, by: str, at: datetime, in_line: bool) -> Iterator[Write]:
        moment_text(at)
        if not by:
            raise ValueError("a write needs somebody who makes it")
        db = self.db
        if db.in_transaction:
            raise WriteAlreadyOpen
        write = Write(db, by=by, at=at)
        try:
            with self.engine.transaction(db, in_line=in_line):
                yield write
                write.must_be_audited()
        finally:
            write.close()


def open_store(folder: Path, url: str = "") -> Store:
    """Return the store in a folder, or at the address of a PostgreSQL database; made or renewed if need be.

    Raises StoreTooNew, and StoreDamaged where something else is in its place.
    """
    store = Store(engine_at(folder, url))
    migrate(store.engine)
    renew_index(store.engine)
    return store


def engine_at(folder: Path, url: str) -> Engine:
    """Return what keeps the store there, with its tables as they are; raises as `open_store` does."""
    if not url:
        return SqliteEngine(folder)
    from fhir.store.postgres import PostgresEngine  # its driver is loaded by those who use it

    return PostgresEngine(url)
