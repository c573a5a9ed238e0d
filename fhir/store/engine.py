"""What an engine of the store must be able to do; all else is written once, in SQL that each reads."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

Values = Sequence[Any]


class Rows(Protocol):
    """What came of a statement."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Database(Protocol):
    """One connection. Its SQL says `?` for each value.

    `each_of` is the table of a JSON array's elements; a SELECT that ends in `skip_locked` takes the rows
    for this transaction, without those that another one has taken.
    """

    each_of: str
    skip_locked: str

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, values: Values = ()) -> Rows: ...
    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """Yield each row as names and values."""

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add a row."""

    def atomic(self) -> AbstractContextManager[Any]:
        """Undo what its block did, and nothing else of the transaction, if the block fails."""

    def refuses(self, error: Exception, rule: str) -> bool:
        """Return whether a trigger of this name's words refused, and no fault of the engine."""


class Engine(Protocol):
    """Where a store is, and how it is opened, written and renewed; threads and processes may share it."""

    schema: Path

    def mine(self) -> Database:
        """Return this thread's connection; a forked process never uses its parent's."""

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""

    def transaction(self, db: Database, *, in_line: bool) -> AbstractContextManager[None]:
        """Open a transaction that may write; any error undoes all of it.

        Those that are `in_line` run one after the other, whoever makes them. Raises StoreBusy.
        """

    def reading(self, db: Database) -> AbstractContextManager[None]:
        """Answer every question of the block as of one moment, while others go on writing."""

    def version(self, db: Database) -> int:
        """Return the number of the last step of the schema that this store has had; 0 for a new one."""

    def run(self, db: Database, script: str, number: int) -> None:
        """Run a step of the schema in the open transaction, and remember its number."""
