"""The embedded engine as one side of a copy."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from fhir.store.copying.errors import NotHeldThere
from fhir.store.copying.side import ROWID, Row, Table
from fhir.store.sqlite import SqliteEngine

WITHOUT_ROWID = 1
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


class SqliteSide:
    """One SQLite file as one side of a copy."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine, self._db = engine, engine.mine()

    def tables(self) -> list[Table]:
        """Return every table of the store."""
        listed = self._db.execute(
            "SELECT name, wr FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name"
        ).fetchall()
        return [self._table(name, has_rowid=wr != WITHOUT_ROWID) for name, wr in listed]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Write as the only one, and past the triggers; any error undoes all of it."""
        with self._engine.transaction(self._db, in_line=True):
            triggers = self._db.execute(TRIGGERS).fetchall()
            for name, _ in triggers:
                self._db.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, statement in triggers:
                self._db.execute(statement)

    def count(self, table: Table, but: str = "1 = 0") -> int:
        """Return how many rows a table has, but for those of a condition."""
        [(rows,)] = self._db.execute(f'SELECT count(*) FROM "{table.name}" WHERE NOT ({but})').fetchall()
        return rows

    def clear(self, table: Table) -> None:
        """Delete every row of a table."""
        self._db.execute(f'DELETE FROM "{table.name}"')

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows in the order of their key, words by their bytes."""
        return self._db.conn.execute(
            f'SELECT {_listed(table.columns)} FROM "{table.name}" ORDER BY {_listed(table.key)}'
        )

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows with the keys that they have; raises NotHeldThere."""
        places = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.name}" ({_listed(table.columns)}) VALUES ({places})'
        try:
            self._db.conn.executemany(statement, rows)
        except (sqlite3.IntegrityError, sqlite3.DataError):
            raise NotHeldThere(table.name) from None

    def _table(self, name: str, *, has_rowid: bool) -> Table:
        columns = self._db.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
        key = tuple(name for _, name in sorted((pk, name) for name, _, pk in columns if pk))
        numbered = any(pk and kind == "INTEGER" for _, kind, pk in columns) and len(key) == 1
        arrival = (ROWID,) if has_rowid and not numbered else ()
        referred = self._db.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (name,)).fetchall()
        names = tuple(name for name, _, _ in columns)
        return Table(name, (*arrival, *names), key, frozenset(to for (to,) in referred))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
