"""The telephone numbers that a place has entered for when somebody must be reached at once."""

from dataclasses import dataclass
from datetime import datetime

from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import many


@dataclass(frozen=True)
class Number:
    """Whom one reaches for what, as somebody of the place entered it: `said_by` is a reference."""

    organisation_id: str
    purpose: str
    name: str
    phone: str
    said_by: str
    said_at: datetime


def of_place(reader: Reader, organisation_id: str) -> dict[str, Number]:
    """Return the numbers of a place by what they are for."""
    rows = many(reader, "SELECT * FROM place_numbers WHERE organisation_id = ?", organisation_id)
    return {row["purpose"]: Number(**row | {"said_at": moment(row["said_at"])}) for row in rows}


def keep(write: Write, organisation_id: str, purpose: str, name: str, phone: str) -> None:
    """Keep the number of a place for a purpose instead of the one before; none without a `phone`."""
    sql = "DELETE FROM place_numbers WHERE organisation_id = ? AND purpose = ?"
    write.db.execute(sql, (organisation_id, purpose))
    if phone:
        write.db.execute(
            "INSERT INTO place_numbers (organisation_id, purpose, name, phone, said_by, said_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (organisation_id, purpose, name, phone, str(write.by), moment_text(write.at)),
        )
