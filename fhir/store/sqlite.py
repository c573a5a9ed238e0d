"""The embedded store: one SQLite file, read by many, written by one at a time, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from fhir.audit_event import Action, AuditEntry, to_audit_event
from fhir.store import resources
from fhir.store.connection import Connections, immediate
from fhir.store.errors import AuditMissing, AuditNeverChanges, WriteClosed
from fhir.store.migrations import migrate, must_be_ours
from fhir.store.moments import moment_text
from fhir.store.reader import Reader

FILE_NAME = "puffin.sqlite"


class Write(Reader):
    """An open write: all of it lands when its block ends, or none of it."""

    def __init__(self, db: Database, *, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        self._db: Database | None = db
        self._changed = self._audited = False

    @property
    def db(self) -> Database:
        """Return the connection while the write is open; raises WriteClosed after that."""
        if self._db is None or not self._db.conn.in_transaction:
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

        `action` is C, R, U, D or E; `what` and `child` are references such as "Patient/...";
        `outcome` is 0 (done), 4, 8 or 12 (failed).
        """
        entry = AuditEntry(Action(action), self.by, self.at, what, child, detail, outcome)
        return self.create(to_audit_event(entry))

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
    """The store of one folder; threads and processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE_NAME
        self._connections = Connections(self.file)

    @property
    def db(self) -> Database:
        """Return this thread's connection."""
        return self._connections.mine()

    @contextmanager
    def write(self, *, by: str, at: datetime) -> Iterator[Write]:
        """Open a write by somebody at a moment; any error undoes all of it.

        Raises WriteAlreadyOpen, StoreBusy, AuditMissing, and ValueError for a naive moment or nobody.
        """
        moment_text(at)
        if not by:
            raise ValueError("a write needs somebody who makes it")
        write = Write(self.db, by=by, at=at)
        try:
            with immediate(self.db):
                yield write
                write.must_be_audited()
        finally:
            write.close()

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        self._connections.close()


def open_store(folder: Path) -> Store:
    """Return the store in a folder, made or brought up to date if need be.

    Raises StoreTooNew, and StoreDamaged where something else is in its place.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(folder)
    if not store.file.exists():
        store.file.touch(mode=0o600)
    must_be_ours(store.file)
    migrate(store.db)
    return store
