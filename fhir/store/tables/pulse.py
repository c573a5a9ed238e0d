"""The pulse: when each part of the worker last did its work, so that silence can be seen."""

from collections.abc import Iterable
from datetime import datetime

from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import many


def beat(write: Write, worker: str) -> None:
    """Note that the worker, or a part of it, has done its work."""
    write.db.execute(
        "INSERT INTO pulse (worker, seen_at) VALUES (?, ?) "
        " ON CONFLICT (worker) DO UPDATE SET seen_at = excluded.seen_at",
        (worker, moment_text(write.at)),
    )


def expect(write: Write, workers: Iterable[str]) -> None:
    """Note that each of these is to be at work from now on, so that one that never begins is missed too."""
    for worker in workers:
        write.db.execute(
            "INSERT INTO pulse (worker, seen_at) VALUES (?, ?) ON CONFLICT (worker) DO NOTHING",
            (worker, moment_text(write.at)),
        )


def seen(reader: Reader) -> dict[str, datetime]:
    """Return when the worker and each part of it was last at work, or was first expected to be."""
    return {
        row["worker"]: moment(row["seen_at"]) for row in many(reader, "SELECT * FROM pulse ORDER BY worker")
    }
