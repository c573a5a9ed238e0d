"""The engine by itself, asked in the same run: what no store on it could do without."""

from collections.abc import Mapping
from time import perf_counter_ns

from bench.fill import Known
from bench.questions import Question
from fhir.store import Store

TABLE = "CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, text TEXT NOT NULL)"


def bare_read(store: Store, of: Known) -> object:
    """Read one text by its id."""
    return store.db.execute("SELECT text FROM bare WHERE id = ?", (of.id,)).fetchone()


def bare_commit(store: Store, of: Known) -> object:
    """Change one text by its id and commit."""
    with store.engine.transaction(store.db, in_line=True):
        text = f"{perf_counter_ns():<8000}"  # another one each time: the same text is no change to SQLite
        return store.db.execute("UPDATE bare SET text = ? WHERE id = ?", (text, of.id))


def prepare(store: Store, known: list[Known]) -> None:
    """Make the table that the peers read and change: one row as long as a plan for each child asked about."""
    store.db.execute(TABLE)
    with store.engine.transaction(store.db, in_line=True):
        store.db.execute("DELETE FROM bare")
        for one in known:
            store.db.insert("bare", {"id": one.id, "text": "x" * 8000})


def put_away(store: Store) -> None:
    """Drop the table that the peers used: it is none of a store's."""
    store.db.execute("DROP TABLE bare")


PEERS: Mapping[str, Question] = {"The engine alone: read": bare_read, "The engine alone: commit": bare_commit}
