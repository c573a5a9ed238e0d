"""What was imported: which resource here stands for which thing in a record from elsewhere."""

from dataclasses import dataclass

from fhir.store.reader import Reader
from fhir.store.search.indexing import short
from fhir.store.store import Write
from fhir.store.tables.rows import Row, many, one

LONGEST_KEY = 450  # letters of up to four bytes: PostgreSQL looks up no longer row


@dataclass(frozen=True)
class Imported:
    """A thing in a child's record elsewhere, what it became here, and a digest of it as it was then.

    A `source_key` of any length is kept as `key_of` it.
    """

    child_id: str
    source_key: str
    resource_type: str
    resource_id: str
    digest: str


def key_of(source_key: str) -> str:
    """Return a source key as it is kept: a long one by its beginning and a digest of all."""
    return short(source_key, LONGEST_KEY)


def lookup(reader: Reader, child_id: str, source_key: str) -> Imported | None:
    """Return what a thing became when it was imported, if it was."""
    row = one(
        reader, "SELECT * FROM imported WHERE child_id = ? AND source_key = ?", child_id, key_of(source_key)
    )
    return _imported(row) if row else None


def of_child(reader: Reader, child_id: str) -> list[Imported]:
    """Return everything imported of a child's record."""
    rows = many(reader, "SELECT * FROM imported WHERE child_id = ? ORDER BY source_key", child_id)
    return [_imported(row) for row in rows]


def child_at(reader: Reader, source_key: str) -> str | None:
    """Return the id of the child whose own Patient was imported from there, None if none was."""
    row = one(
        reader,
        "SELECT child_id FROM imported WHERE resource_type = 'Patient' AND source_key = ?",
        key_of(source_key),
    )
    return row["child_id"] if row else None


def remember(write: Write, imported: Imported) -> None:
    """Remember what a thing became; what was remembered of it before is replaced."""
    write.db.execute(
        "INSERT INTO imported (child_id, source_key, resource_type, resource_id, digest)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (child_id, source_key) DO UPDATE SET resource_type = excluded.resource_type,"
        " resource_id = excluded.resource_id, digest = excluded.digest",
        (
            imported.child_id,
            key_of(imported.source_key),
            imported.resource_type,
            imported.resource_id,
            imported.digest,
        ),
    )


def _imported(row: Row) -> Imported:
    return Imported(**row)
