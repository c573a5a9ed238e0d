"""The embedded engine: one SQLite file, read by many, written by one at a time."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils

from fhir.store.engine import Database, Rows, Values
from fhir.store.errors import StoreBusy, StoreDamaged
from fhir.store.texts import must_be_text

FILE_NAME = "puffin.sqlite"
PUFFIN = 0x50554646  # "PUFF": the application id in the head of the file, by which a store is known as ours
BUSY_SECONDS = 20
SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "temp_store = MEMORY",  # or pages of records go to a file in another folder, with every savepoint
    "cache_size = -32000",  # kB
    "wal_autocheckpoint = 8000",  # pages, 32 MB: pages that change again and again go over once
)


class SqliteDatabase:
    """One connection, through sqlite-utils."""

    each_of = "json_each(?) AS wanted"
    skip_locked = ""  # one writes at a time: no other has taken any

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection
        self._db = sqlite_utils.Database(connection)

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open."""
        return self.conn.in_transaction

    def execute(self, sql: str, values: Values = ()) -> Rows:
        """Run a statement; raises TextNotKept for what is no text."""
        must_be_text(values)
        return self.conn.execute(sql, values)

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """Yield each row as names and values; raises TextNotKept."""
        must_be_text(values)
        return self._db.query(sql, values)

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add a row; raises TextNotKept."""
        must_be_text(row.values())
        self._db.table(table).insert(row)

    def atomic(self) -> AbstractContextManager[Any]:
        """Undo what its block did, and nothing else of the transaction, if the block fails."""
        return self._db.atomic()

    def refuses(self, error: Exception, rule: str) -> bool:
        """Return whether a trigger of this name's words refused."""
        return isinstance(error, sqlite3.IntegrityError) and str(error) == rule

    def table_names(self) -> list[str]:
        """Return the names of the tables."""
        return self._db.table_names()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


class SqliteEngine:
    """The store in one file of a folder."""

    schema = Path(__file__).parent / "schema" / "sqlite"

    def __init__(self, folder: Path) -> None:
        """Make the folder and the file if need be; raises StoreDamaged for any other file in its place."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = folder / FILE_NAME
        with _alone_in(folder):
            if not self.file.exists():
                self.file.touch(mode=0o600)
            _must_be_ours(self.file)
            connect(self.file).close()
        self._local = threading.local()

    def mine(self) -> SqliteDatabase:
        """Return this thread's connection; a forked process never uses its parent's."""
        kept = self._kept()
        if os.getpid() not in kept:
            kept[os.getpid()] = connect(self.file)
        return kept[os.getpid()]

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        db = self._kept().pop(os.getpid(), None)
        if db is not None:
            db.close()

    @contextmanager
    def transaction(self, db: Database, *, in_line: bool) -> Iterator[None]:  # noqa: ARG002
        """Open a transaction that may write from its start; any error undoes all of it. All stand in line.

        A deferred transaction that reads before it writes fails as "locked" where others write too.
        Raises StoreBusy.
        """
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if is_busy(error):
                raise StoreBusy from None
            raise
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self, db: Database) -> Iterator[None]:
        """Answer every question of the block as of one moment, while others go on writing."""
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.execute("ROLLBACK")

    def version(self, db: Database) -> int:
        """Return the number of the last step of the schema that this store has had; 0 for a new file."""
        return version(db)

    def run(self, db: Database, script: str, number: int) -> None:
        """Run a step of the schema in the open transaction, and remember its number."""
        for statement in _statements(script):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {PUFFIN}")
        db.execute(f"PRAGMA user_version = {number}")

    def _kept(self) -> dict[int, SqliteDatabase]:
        return self._local.__dict__.setdefault("by_process", {})


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one at a time open the store: of two that change a new file to WAL, SQLite refuses one at once."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def connect(file: Path) -> SqliteDatabase:
    """Return a connection that waits for others and makes every commit safe on disk before it returns."""
    db = SqliteDatabase(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None))
    for setting in SETTINGS:
        db.execute(f"PRAGMA {setting}")
    return db


def is_busy(error: sqlite3.Error) -> bool:
    """Say whether an error means that somebody else holds the store."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def version(db: Database) -> int:
    """Return the number of the last step of the schema that a file has had; 0 for a new one."""
    [(number,)] = db.execute("PRAGMA user_version").fetchall()
    return number


def latest() -> int:
    """Return the number of the last step there is."""
    return max(int(step.name.partition("_")[0]) for step in SqliteEngine.schema.glob("[0-9]*.sql"))


def is_puffin(db: Database) -> bool:
    """Say whether a SQLite file says of itself that it is a Puffin store."""
    return db.execute("PRAGMA application_id").fetchone() == (PUFFIN,)


def _must_be_ours(file: Path) -> None:
    """Raise StoreDamaged for a file that is no Puffin store, before anything in it changes."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            db = SqliteDatabase(connection)
            if db.table_names() and not is_puffin(db):
                raise StoreDamaged(file.name)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        raise StoreDamaged(file.name) from None


def _statements(script: str) -> Iterator[str]:
    """Yield each statement: Python's own executescript would commit what is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
