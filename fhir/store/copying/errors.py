"""What is refused when a store is copied, by name; nothing is kept of a copy that was refused."""

from collections.abc import Iterable

from plans.errors import PuffinError


class TargetNotEmpty(PuffinError):
    """There is something in the store that was to be filled."""

    def __init__(self) -> None:
        super().__init__(
            "There is a store already where the copy should go. "
            "Name a new folder, or a new and empty database."
        )


class TargetNotReached(PuffinError):
    """No PostgreSQL database answers at the address of the copy, or it lets nobody in."""

    def __init__(self) -> None:
        super().__init__(
            "The database that the copy should go to cannot be reached. "
            "Check that it runs, and its address, name and password."
        )


class TargetHoldsOther(PuffinError):
    """The copy's place holds the tables or the file of something else."""

    def __init__(self) -> None:
        super().__init__(
            "The place that the copy should go to holds something other than a Puffin store. "
            "Name a new folder, or a new and empty database."
        )


class TargetNotUnderstood(PuffinError):
    """An address that is neither a folder nor one of PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(
            "Name a folder, or a PostgreSQL address that begins with postgresql://, for the copy to go to."
        )


class TablesDiffer(PuffinError):
    """The two stores do not have the same tables and columns, though they are of one version."""

    def __init__(self, tables: Iterable[str]) -> None:
        super().__init__(
            f"Nothing was copied, as the two stores differ in their tables: {', '.join(sorted(tables))}. "
            "Tell the people who run Puffin."
        )


class NotHeldThere(PuffinError):
    """A row that the other engine cannot hold."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"Nothing was copied, because the other store cannot hold a row of {table}. "
            "Tell the people who run Puffin."
        )


class NotTheSame(PuffinError):
    """A table was not the same on both sides after it was copied."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"Nothing was copied, because {table} was not the same on both sides. Try again, and if it is so "
            "again, check the disks of both."
        )


class RestoreNeedsNew(PuffinError):
    """A backup was to be restored to a database that has a store in it."""

    def __init__(self) -> None:
        super().__init__(
            "The database of PUFFIN_DATABASE_URL has a store in it already. "
            "Make a new and empty database, set its address, and restore the backup there."
        )
