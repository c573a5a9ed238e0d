"""The numbered steps that make or renew the tables: each runs once, whole or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from fhir.store.connection import immediate
from fhir.store.errors import StoreDamaged, StoreTooNew

STEPS = sorted((Path(__file__).parent / "schema").glob("[0-9]*.sql"))
PUFFIN = 0x50554646  # "PUFF": the application id in the head of the file, by which a store is known as ours


def latest() -> int:
    """Return the number of the last step."""
    return _number(STEPS[-1])


def version(db: Database) -> int:
    """Return the number of the last step that this store has had; 0 for a new file."""
    return db.execute("PRAGMA user_version").fetchone()[0]


def is_puffin(db: Database) -> bool:
    """Say whether a SQLite file says of itself that it is a Puffin store."""
    return db.execute("PRAGMA application_id").fetchone()[0] == PUFFIN


def must_be_ours(file: Path) -> None:
    """Raise StoreDamaged for a file that is no Puffin store, before anything in it changes."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            db = Database(connection)
            if db.table_names() and not is_puffin(db):
                raise StoreDamaged(file.name)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        raise StoreDamaged(file.name) from None


def migrate(db: Database) -> None:
    """Bring a store up to date; does nothing to one that is. Raises StoreTooNew."""
    if version(db) > latest():
        raise StoreTooNew
    for step in STEPS:
        if version(db) < _number(step):
            _run(db, step)


def _run(db: Database, step: Path) -> None:
    """Run one step in one transaction, unless another process has done so while this one waited."""
    with immediate(db):
        if version(db) < _number(step):
            for statement in _statements(step.read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {PUFFIN}")
            db.execute(f"PRAGMA user_version = {_number(step)}")


def _number(step: Path) -> int:
    return int(step.name.partition("_")[0])


def _statements(script: str) -> Iterator[str]:
    """Yield each statement: Python's own executescript would commit what is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
