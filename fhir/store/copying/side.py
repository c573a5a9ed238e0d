"""A store as one side of a copy, and which tables two sides have in common."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from fhir.store.copying.errors import TablesDiffer

Row = tuple[Any, ...]

ROWID = "rowid"  # the order of arrival, which PostgreSQL keeps only where somebody asks for it


@dataclass(frozen=True)
class Table:
    """A table of the schema; `refers_to` are the tables whose rows must be there before its own."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    refers_to: frozenset[str]


class Side(Protocol):
    """A store as one side of a copy."""

    def tables(self) -> list[Table]:
        """Return every table of the store."""

    def filling(self) -> AbstractContextManager[None]:
        """Write as the only one, and past the triggers, which have judged these rows before.

        Any error undoes all of it.
        """

    def count(self, table: Table, but: str = "1 = 0") -> int:
        """Return how many rows a table has, but for those of a condition."""

    def clear(self, table: Table) -> None:
        """Delete every row of a table."""

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows in the order of their key, words by their bytes; true and false are 1 and 0."""

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows with the keys that they have; what the engine numbers goes on after the last of them.

        Raises NotHeldThere.
        """


def in_both(ours: list[Table], theirs: list[Table]) -> list[Table]:
    """Return the tables with the columns that both sides have, each after those that it refers to.

    Raises TablesDiffer for any other difference than the order of arrival, where one side does not keep it.
    """
    here, there = ({table.name: table for table in side} for side in (ours, theirs))
    different = here.keys() ^ there.keys()
    different |= {name for name in here.keys() & there.keys() if _differ(here[name], there[name])}
    if different:
        raise TablesDiffer(different)
    return _in_order([_shared(table, there[table.name]) for table in ours])


def _differ(ours: Table, theirs: Table) -> bool:
    columns = set(ours.columns) ^ set(theirs.columns)
    return not columns <= {ROWID} or ours.key != theirs.key


def _shared(ours: Table, theirs: Table) -> Table:
    columns = tuple(column for column in ours.columns if column in theirs.columns)
    return replace(ours, columns=columns, refers_to=ours.refers_to | theirs.refers_to)


def _in_order(tables: list[Table]) -> list[Table]:
    ordered: list[Table] = []
    waiting = sorted(tables, key=lambda table: table.name)
    while waiting:
        names = {table.name for table in waiting}
        ready = [table for table in waiting if not table.refers_to & names - {table.name}]
        if not ready:
            raise TablesDiffer(names)  # they refer to each other in a ring
        ordered += ready
        waiting = [table for table in waiting if table not in ready]
    return ordered
