"""Marks: facts about the whole store, such as that everybody in it is invented."""

from fhir.store.errors import NotADemoStore
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import one

DEMO = "demo"


def put(write: Write, key: str, value: str) -> None:
    """Set a mark; what it was before is replaced."""
    write.db.execute(
        "INSERT INTO marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def get(reader: Reader, key: str) -> str | None:
    """Return a mark, if it is set."""
    row = one(reader, "SELECT value FROM marks WHERE key = ?", key)
    return row["value"] if row else None


def is_demo(reader: Reader) -> bool:
    """Say whether everybody in this store is invented."""
    return get(reader, DEMO) is not None


def must_be_demo(reader: Reader) -> None:
    """Raise NotADemoStore unless everybody in this store is invented."""
    if not is_demo(reader):
        raise NotADemoStore
