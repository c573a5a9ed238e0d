"""Opening the SQLite file: one connection for each thread of each process."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from fhir.store.errors import StoreBusy, WriteAlreadyOpen

BUSY_SECONDS = 20
SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


def connect(file: Path) -> Database:
    """Return a connection that waits for others and makes every commit safe on disk before it returns."""
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    db = Database(connection)
    for setting in SETTINGS:
        db.execute(f"PRAGMA {setting}")
    return db


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """Open a transaction that may write from its start; any error undoes all of it.

    A deferred transaction that reads before it writes fails as "locked" where others write too.
    Raises WriteAlreadyOpen and StoreBusy.
    """
    if db.conn.in_transaction:
        raise WriteAlreadyOpen
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise StoreBusy from None
        raise
    try:
        with db.atomic():
            yield
        db.commit()
    except BaseException:
        db.rollback()
        raise


def is_busy(error: sqlite3.Error) -> bool:
    """Say whether an error means that somebody else holds the store."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Connections:
    """The connections of this process, made when first used."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()

    def mine(self) -> Database:
        """Return this thread's connection; a forked process never uses its parent's."""
        kept: dict[int, Database] = self._local.__dict__.setdefault("by_process", {})
        if os.getpid() not in kept:
            kept[os.getpid()] = connect(self.file)
        return kept[os.getpid()]

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        kept: dict[int, Database] = self._local.__dict__.get("by_process", {})
        db = kept.pop(os.getpid(), None)
        if db is not None:
            db.close()
