"""What resources are found by, made again where the table of search parameters has changed since."""

import hashlib
import json
from collections.abc import Iterator

from fhir.store.children import SIGNATURE, child_of
from fhir.store.engine import Database, Engine
from fhir.store.search.indexing import forget, index
from fhir.store.search.parameters import SEARCH_PARAMETERS

MARK = "indexed-as"
RULES = 3  # one more whenever the rows that one parameter makes of a resource change, or whose it is
BATCH = 500  # resources in memory at a time


def renew_index(engine: Engine) -> None:
    """Index again every resource of a type that is found by something else than when it was indexed.

    Whose record each of them belongs to is looked up again too.
    """
    db = engine.mine()
    if _indexed(db) == _wanted():
        return
    with engine.transaction(db, in_line=True):
        before = _indexed(db)
        for resource_type, digest in _wanted().items():
            if before.get(resource_type) != digest:
                _index_again(db, resource_type)
        for key, text in _current(db, SIGNATURE):  # whose they are hangs on all others
            _keep_child(db, key, json.loads(text))
        db.execute(
            "INSERT INTO marks (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (MARK, json.dumps(_wanted())),
        )


def _indexed(db: Database) -> dict[str, str]:
    """Return by which table each type was indexed; nothing for a new store and for one from before this."""
    row = db.execute("SELECT value FROM marks WHERE key = ?", (MARK,)).fetchone()
    return json.loads(row[0]) if row else {}


def _wanted() -> dict[str, str]:
    return {kind: _digest(repr((RULES, table))) for kind, table in SEARCH_PARAMETERS.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _index_again(db: Database, resource_type: str) -> None:
    for key, text in _current(db, resource_type):
        resource = json.loads(text)
        forget(db, key)
        index(db, key, resource)
        _keep_child(db, key, resource)


def _keep_child(db: Database, key: int, resource: dict) -> None:
    db.execute("UPDATE resources SET child = ? WHERE key = ?", (child_of(db, resource), key))


def _current(db: Database, resource_type: str) -> Iterator[tuple[int, str]]:
    last = 0
    while rows := db.execute(
        "SELECT r.key, v.text FROM resources AS r JOIN versions AS v ON v.sequence = r.sequence"
        " WHERE r.type = ? AND r.key > ? ORDER BY r.key LIMIT ?",
        (resource_type, last, BATCH),
    ).fetchall():
        yield from rows
        last = rows[-1][0]
