"""The pulse: when each worker was last at work, so that silence can be seen."""

from datetime import datetime

from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import many


def beat(write: Write, worker: str) -> None:
    """Note that a worker is at work."""
    write.db.execute(
        "INSERT INTO pulse (worker, seen_at) VALUES (?, ?) "
        " ON CONFLICT (worker) DO UPDATE SET seen_at = excluded.seen_at",
        (worker, moment_text(write.at)),
    )


def seen(reader: Reader) -> dict[str, datetime]:
    """Return when each worker was last at work."""
    return {
        row["worker"]: moment(row["seen_at"]) for row in many(reader, "SELECT * FROM pulse ORDER BY worker")
    }
