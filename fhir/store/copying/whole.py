"""A store is copied whole to a new one on either engine, and both are compared before the copy counts."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fhir.store.copying.errors import NotTheSame, TargetNotEmpty
from fhir.store.copying.side import Row, Side, Table, in_both
from fhir.store.copying.sqlite_side import SqliteSide
from fhir.store.engine import Engine
from fhir.store.search.reindexing import MARK
from fhir.store.sqlite import SqliteEngine
from fhir.store.store import Store, engine_at, open_store

if TYPE_CHECKING:
    from fhir.store.postgres import PostgresEngine

# Rows, how many there will be, and what is done with them; returns the rows.
Watch = Callable[[Iterable[Row], int, str], Iterable[Row]]

HELD_BY_A_NEW_STORE = {"marks": f"key = '{MARK}'"}


@dataclass(frozen=True)
class Copied:
    """How many rows each table has, which are the same on both sides; and what else there is to know.

    `went_on`: something was written to the source meanwhile, which is not in the copy. `is_sealed`: the
    audit is sealed with a key that no store holds.
    """

    rows: Mapping[str, int]
    went_on: bool
    is_sealed: bool


class Tally:
    """How many rows went by, and a digest over all of them in their order."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows while they are counted."""
        for row in rows:
            self.rows += 1
            self._digest.update(repr(row).encode())
            yield row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self._seen() == other._seen()

    def _seen(self) -> tuple[int, bytes]:
        return self.rows, self._digest.digest()


def unwatched(rows: Iterable[Row], _count: int, _doing: str) -> Iterable[Row]:
    """Return the rows, for a copy on which nobody looks."""
    return rows


def open_new(folder: Path, url: str = "") -> Store:
    """Return a new store in a folder or at an address; raises TargetNotEmpty before it changes anything.

    Raises as `open_store` does.
    """
    engine = engine_at(folder, url)
    try:
        _must_be_new(side_of(engine))
    finally:
        engine.close()
    return open_store(folder, url)


def copy(source: Store, target: Store, watch: Watch = unwatched) -> Copied:
    """Copy every row of every table to a new store, and compare; all of it lands, or nothing.

    Raises TargetNotEmpty, TablesDiffer, NotHeldThere and NotTheSame.
    """
    with source.engine.reading(source.db):
        newest = _newest(source)
        rows = _copy_as_read(side_of(source.engine), side_of(target.engine), watch)
    return Copied(rows, went_on=_newest(source) != newest, is_sealed=rows["audit_key"] > 0)


def _copy_as_read(giving: Side, taking: Side, watch: Watch) -> Mapping[str, int]:
    with taking.filling():
        tables = in_both(giving.tables(), taking.tables())
        _must_be_new(taking)
        for table in tables:
            taking.clear(table)
        given = [(table, _fill(giving, taking, table, watch)) for table in tables]
        return {table.name: _compared(taking, table, tally, watch) for table, tally in given}


def side_of(engine: Engine) -> Side:
    """Return an engine as one side of a copy."""
    if isinstance(engine, SqliteEngine):
        return SqliteSide(engine)
    from fhir.store.copying.postgres_side import PostgresSide  # its driver is loaded by those who use it

    return PostgresSide(cast("PostgresEngine", engine))


def _must_be_new(side: Side) -> None:
    for table in side.tables():
        if side.count(table, but=HELD_BY_A_NEW_STORE.get(table.name, "1 = 0")):
            raise TargetNotEmpty


def _newest(store: Store) -> object:
    return store.db.execute("SELECT max(sequence) FROM versions").fetchone()


def _fill(giving: Side, taking: Side, table: Table, watch: Watch) -> Tally:
    tally = Tally()
    taking.fill(table, watch(tally.of(giving.rows(table)), giving.count(table), f"Copy {table.name}"))
    return tally


def _compared(taking: Side, table: Table, given: Tally, watch: Watch) -> int:
    """Read what the target now holds and return how many rows; raises NotTheSame unless that was given."""
    tally = Tally()
    for _ in watch(tally.of(taking.rows(table)), given.rows, f"Compare {table.name}"):
        pass
    if tally != given:
        raise NotTheSame(table.name)
    return tally.rows
