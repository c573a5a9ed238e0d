"""When to look next at what has a clock: an index that can be made again, and that no page reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir.store.moments import EARLIEST, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import many, one

PUT = (
    "INSERT INTO next_looks (kind, id, at) VALUES (?, ?, ?)"
    " ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at"
)


@dataclass(frozen=True)
class Look:
    """What is to be looked at; `at` is the moment as text, in whose order they come."""

    at: str
    kind: str
    id: str


FIRST = Look("", "", "")


def put(write: Write, kind: str, id: str, at: datetime) -> None:
    """Keep when to look at this one next, whatever was kept before."""
    write.db.execute(PUT, (kind, id, moment_text(at)))


def put_at_once(write: Write, kind: str, id: str) -> None:
    """Keep that this one is to be looked at as soon as anybody looks, whatever their clock says."""
    write.db.execute(PUT, (kind, id, EARLIEST))


def put_all_at_once(write: Write, kind: str, ids: Iterable[str]) -> None:
    """Keep that all of these are to be looked at."""
    for id in ids:
        put_at_once(write, kind, id)


def take_away(write: Write, kind: str, id: str) -> None:
    """Keep that nobody needs to look at this one any more; does nothing where nobody was to."""
    write.db.execute("DELETE FROM next_looks WHERE kind = ? AND id = ?", (kind, id))


def due(reader: Reader, now: datetime, limit: int, after: Look = FIRST) -> list[Look]:
    """Return what is to be looked at by now, what has waited for longest first: so many after that one."""
    sql = (
        "SELECT at, kind, id FROM next_looks WHERE at <= ? AND (at, kind, id) > (?, ?, ?)"
        " ORDER BY at, kind, id LIMIT ?"
    )
    rows = many(reader, sql, moment_text(now), after.at, after.kind, after.id, limit)
    return [Look(**row) for row in rows]


def take(write: Write, look: Look) -> bool:
    """Return whether this one is still to be looked at as it was found; if so, nobody else takes it now."""
    sql = f"SELECT 1 FROM next_looks WHERE kind = ? AND id = ? AND at = ?{write.db.skip_locked}"
    return one(write, sql, look.kind, look.id, look.at) is not None
