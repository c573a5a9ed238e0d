"""PostgreSQL as one side of a copy."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

import psycopg
from psycopg import sql
from psycopg.errors import ProgramLimitExceeded

from fhir.store.copying.errors import NotHeldThere
from fhir.store.copying.side import Row, Table
from fhir.store.postgres import PostgresEngine

BOOLEAN, INTEGER = (psycopg.postgres.types[name].oid for name in ("bool", "int4"))
ROWS_OF_A_STATEMENT = 50_000  # the server remembers each of them until it has looked up what they refer to

COLUMNS = """
    SELECT c.relname, a.attname, coalesce(nullif(t.typbasetype, 0), t.oid), a.attcollation <> 0,
        a.attidentity <> ''
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'puffin_schema'
    ORDER BY c.relname, a.attnum
"""
KEYS = """
    SELECT c.relname, a.attname
    FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid
    CROSS JOIN unnest(k.conkey) WITH ORDINALITY AS part(number, place)
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = part.number
    WHERE k.contype = 'p' AND k.connamespace = current_schema()::regnamespace
    ORDER BY c.relname, part.place
"""
REFERENCES = """
    SELECT c.relname, referred.relname
    FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid
    JOIN pg_class AS referred ON referred.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True)
class Column:
    """A column as PostgreSQL keeps it; `is_numbered` where the engine gives the numbers."""

    table: str
    name: str
    type: int
    is_text: bool
    is_numbered: bool


class PostgresSide:
    """One database as one side of a copy."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._engine, self._db = engine, engine.mine()
        self._conn = self._db.conn
        found = [Column(*row) for row in self._db.execute(COLUMNS).fetchall()]
        self._columns = {(column.table, column.name): column for column in found}

    def tables(self) -> list[Table]:
        """Return every table of the store."""
        keys, references = (self._db.execute(each).fetchall() for each in (KEYS, REFERENCES))
        return [
            Table(name, _of(self._columns, name), _of(keys, name), frozenset(_of(references, name)))
            for name in dict.fromkeys(table for table, _ in self._columns)
        ]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Write as the only one, and past the triggers; any error undoes all of it."""
        tables = [table.name for table in self.tables()]
        with self._engine.transaction(self._db, in_line=True):
            self._switch_triggers("DISABLE", tables)
            yield
            self._switch_triggers("ENABLE", tables)
            self._conn.execute("ANALYZE")  # so that its first questions are answered as fast as its last

    def count(self, table: Table, but: str = "1 = 0") -> int:
        """Return how many rows a table has, but for those of a condition."""
        statement = sql.SQL("SELECT count(*) FROM {} WHERE NOT ({})").format(_name(table), sql.SQL(but))
        [(rows,)] = self._conn.execute(statement).fetchall()
        return rows

    def clear(self, table: Table) -> None:
        """Delete every row of a table."""
        self._conn.execute(sql.SQL("DELETE FROM {}").format(_name(table)))

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows in the order of their key, words by their bytes; true and false are 1 and 0."""
        columns = [self._columns[table.name, name] for name in table.columns]
        order = [self._columns[table.name, name] for name in table.key]
        statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
            sql.SQL(", ").join(map(_read, columns)), _name(table), sql.SQL(", ").join(map(_ordered, order))
        )
        with self._conn.cursor() as cursor, cursor.copy(statement) as rows:
            rows.set_types([INTEGER if column.type == BOOLEAN else column.type for column in columns])
            yield from rows.rows()

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows with the keys that they have; what the engine numbers goes on after the last of them.

        Raises NotHeldThere.
        """
        coming = iter(rows)
        try:
            for first in coming:
                self._add(table, chain([first], islice(coming, ROWS_OF_A_STATEMENT - 1)))
        except (psycopg.DataError, psycopg.IntegrityError, ProgramLimitExceeded):
            raise NotHeldThere(table.name) from None
        for column in self._columns.values():
            if column.table == table.name and column.is_numbered:
                self._go_on_after(table, column.name)

    def _add(self, table: Table, rows: Iterable[Row]) -> None:
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(_name(table), columns)
        with self._conn.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _go_on_after(self, table: Table, column: str) -> None:
        statement = sql.SQL(
            "SELECT setval(pg_get_serial_sequence(%s, %s), max({0})) FROM {1} HAVING max({0}) IS NOT NULL"
        ).format(sql.Identifier(column), _name(table))
        self._conn.execute(statement, (table.name, column))

    def _switch_triggers(self, state: str, tables: Iterable[str]) -> None:
        for table in tables:
            statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(
                sql.Identifier(table), sql.SQL(state)
            )
            self._conn.execute(statement)


def _read(column: Column) -> sql.Composable:
    named = sql.Identifier(column.name)
    return sql.SQL("CAST({} AS integer)").format(named) if column.type == BOOLEAN else named


def _ordered(column: Column) -> sql.Composable:
    named = sql.Identifier(column.name)
    return sql.SQL('{} COLLATE "C"').format(named) if column.is_text else named


def _name(table: Table) -> sql.Identifier:
    return sql.Identifier(table.name)


def _of(pairs: Iterable[tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(value for table, value in pairs if table == name)
