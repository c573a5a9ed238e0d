"""The facts of each child as they were counted on a day: an index that can be made again from what is kept.

The store itself marks the row of a child as changed with whatever is written about the child (a trigger), so
that nobody can forget it. A row is counted again when it has changed, and on each new day.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, json_text, many

COUNTED = "counted"


@dataclass(frozen=True)
class CountedFacts:
    """What was counted of a child: `said` as it was put in; `counted_on` is None until that was done once.

    `has_changed`: something was written about the child since.
    """

    child_id: str
    counted_on: date | None
    has_changed: bool
    said: Row


def of_children(reader: Reader, child_ids: Iterable[str]) -> list[CountedFacts]:
    """Return what was counted of these children."""
    sql = (
        "SELECT child_id, state, counted_on, said FROM child_facts"
        f" WHERE child_id IN (SELECT wanted.value ->> 0 FROM {reader.db.each_of})"
    )
    rows = many(reader, sql, json.dumps([[id] for id in child_ids]))
    return [_counted(row) for row in rows]


def to_count(reader: Reader, today: date, limit: int) -> list[str]:
    """Return the ids of children to count: those that have changed first, then those of an earlier day."""
    changed = "SELECT child_id FROM child_facts WHERE state <> 'counted' ORDER BY child_id LIMIT ?"
    old = "SELECT child_id FROM child_facts WHERE counted_on < ? ORDER BY counted_on, child_id LIMIT ?"
    ids = [row["child_id"] for row in many(reader, changed, limit)]
    ids += [row["child_id"] for row in many(reader, old, today.isoformat(), limit)]
    return list(dict.fromkeys(ids))[:limit]


def begin(write: Write, child_id: str) -> str:
    """Return the mark under which somebody begins to count a child, to be given to `keep`."""
    mark = str(uuid.uuid4())
    write.db.execute("UPDATE child_facts SET state = ? WHERE child_id = ?", (mark, child_id))
    return mark


def keep(write: Write, child_id: str, mark: str, today: date, said: Row) -> None:
    """Keep what was counted, unless something was written about the child meanwhile, or others began."""
    write.db.execute(
        "UPDATE child_facts SET state = 'counted', counted_on = ?, said = ? WHERE child_id = ? AND state = ?",
        (today.isoformat(), json_text(said), child_id, mark),
    )


def count_all_again(write: Write) -> None:
    """Have every child counted again, whoever there is; until then lists show what was counted before."""
    write.db.execute("UPDATE child_facts SET state = 'changed'")
    write.db.execute(
        "INSERT INTO child_facts (child_id) SELECT id FROM resources WHERE type = 'Patient'"
        " AND id NOT IN (SELECT child_id FROM child_facts)"
    )


def _counted(row: Row) -> CountedFacts:
    return CountedFacts(
        child_id=row["child_id"],
        counted_on=date.fromisoformat(row["counted_on"]) if row["counted_on"] else None,
        has_changed=row["state"] != COUNTED,
        said=json.loads(row["said"] or "{}"),
    )
