"""The last record that was imported for each child, known again by its digest without reading it."""

from dataclasses import astuple, dataclass

from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import one


@dataclass(frozen=True)
class ImportedRecord:
    """A file, or a line of one, that was kept whole as the record of a child.

    `intake` is the version of the rules that it was read by. `report` is what was said of it, counted on
    the day `counted_on`.
    """

    child_id: str
    digest: str
    intake: int
    report: str
    counted_on: str


def find(reader: Reader, digest: str, intake: int) -> ImportedRecord | None:
    """Return the record with this digest, if reading it again by these rules would change nothing.

    That is so while no other record was imported for the child after it.
    """
    row = one(reader, "SELECT * FROM imported_records WHERE digest = ? AND intake = ?", digest, intake)
    return ImportedRecord(**row) if row else None


def remember(write: Write, record: ImportedRecord) -> None:
    """Remember a record as the last of its child; the one before it is forgotten."""
    write.db.execute(
        "INSERT INTO imported_records (child_id, digest, intake, report, counted_on) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (child_id) DO UPDATE SET digest = excluded.digest, intake = excluded.intake,"
        " report = excluded.report, counted_on = excluded.counted_on",
        astuple(record),
    )


def forget(write: Write, child_id: str) -> None:
    """Forget the last record of a child, as something else was imported for the child since."""
    write.db.execute("DELETE FROM imported_records WHERE child_id = ?", (child_id,))
