"""What the store refuses, by name; each says in one sentence what to do, and nothing about a patient."""

import sqlite3
import sys
from collections.abc import Iterable

from plans.errors import PuffinError


def engine_faults() -> tuple[type[Exception], ...]:
    """Return what the engines themselves raise: no room on the disk, no right to write, no such server."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.DatabaseError, driver.Error) if driver else (sqlite3.DatabaseError,)


def store_faults() -> tuple[type[Exception], ...]:
    """Return what is a fault of the store itself, and of nothing that was read from it."""
    return (StoreBusy, DatabaseNotReached, *engine_faults())


class ResourceNotFound(PuffinError):
    """No such resource, version or row."""

    def __init__(self) -> None:
        super().__init__("There is no such record here. Check its number, or look for it in the list.")


class ResourceAlreadyKept(PuffinError):
    """A new resource came with the id of one that is kept already."""

    def __init__(self, resource_type: str) -> None:
        super().__init__(f"A {resource_type} with this id is kept already. Change that one instead.")


class StaleVersion(PuffinError):
    """Somebody else changed it after the version that this change was made from."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this after you opened it. Open it again and make your change there."
        )


class ResourceNotValid(PuffinError):
    """A resource that is not FHIR R4; `places` are the elements to put right."""

    def __init__(self, resource_type: str, places: Iterable[str]) -> None:
        self.places = tuple(places)
        super().__init__(
            f"This {resource_type} was not kept, as it is not FHIR R4. Put right: {', '.join(self.places)}."
        )


class UnknownSearchParameter(PuffinError):
    """A search by something that this type of resource is not searched by; it is never ignored."""

    def __init__(self, resource_type: str, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"{resource_type} is not searched by {name}. Use one of: {', '.join(sorted(known))}."
        )
        self.name = name


class SecondLivePlan(PuffinError):
    """A plan was to be live beside another one of the same child; the store itself refuses that."""

    def __init__(self) -> None:
        super().__init__("This child has a live plan already. Open that one, and write a new version of it.")


class SearchNotUnderstood(PuffinError):
    """A search parameter whose value cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The value given for {name} cannot be read. Write it as FHIR R4 does.")
        self.name = name


class TextNotKept(PuffinError):
    """Text with a NUL or half a character, which no engine of the store could give back."""

    def __init__(self) -> None:
        super().__init__(
            "This was not taken, as it holds a character that is no text. Take it out, and try again."
        )


class AuditMissing(PuffinError):
    """A write changed a resource without an audit entry; all of it was undone."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was kept, because the change had no audit entry. Tell the people who run Puffin."
        )


class AuditNeverChanges(PuffinError):
    """An attempt to change an audit entry."""

    def __init__(self) -> None:
        super().__init__("An audit entry is never changed. Add a new one instead.")


class WriteAlreadyOpen(PuffinError):
    """A write was opened inside another: what lands together must be one write."""

    def __init__(self) -> None:
        super().__init__("A write is open already. Finish it before you start another.")


class WriteClosed(PuffinError):
    """A write was used after it had ended."""

    def __init__(self) -> None:
        super().__init__("This write has ended. Start a new one.")


class StoreBusy(PuffinError):
    """Somebody else has held the store for too long."""

    def __init__(self) -> None:
        super().__init__("Puffin is busy with other work. Wait a moment, then try again.")


class StoreInUse(PuffinError):
    """The store must not be in use for this."""

    def __init__(self) -> None:
        super().__init__("Puffin is still running on this store. Stop it, then try again.")


class StoreTooNew(PuffinError):
    """The store was written by a later Puffin than this one."""

    def __init__(self) -> None:
        super().__init__("This store was made by a newer Puffin. Install that version, then try again.")


class StoreNotUsable(PuffinError):
    """The engine of the store has failed."""

    def __init__(self) -> None:
        super().__init__(
            "The store cannot be read or written. Check that its disk has room and that Puffin may write "
            "there, and if it goes on, `restore` a backup."
        )


class StoreDamaged(PuffinError):
    """Where the store should be there is something else, or what is left of a store."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} in the folder of PUFFIN_DATA is no Puffin store, or is damaged. "
            "Put a backup in its place with `restore`, or choose another folder."
        )


class IsTheStore(PuffinError):
    """A store was to be its own copy."""

    def __init__(self) -> None:
        super().__init__("That file is the store itself. Choose another file.")


class NotAPuffinStore(PuffinError):
    """A file that is not a Puffin store, or is a damaged one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a whole Puffin store, so nothing was changed. Choose another file.")


class NotADemoStore(PuffinError):
    """Something that only a store of invented people may do."""

    def __init__(self) -> None:
        super().__init__(
            "Only a demo can be looked at in the future. "
            "Leave out --now, or make a demo in another folder with `python run.py seed`."
        )


class UsernameTaken(PuffinError):
    """Two accounts would have the same user name."""

    def __init__(self) -> None:
        super().__init__("Somebody has this user name already. Choose another.")


class DraftClosed(PuffinError):
    """A change to a draft that was signed or dropped."""

    def __init__(self, status: str) -> None:
        super().__init__(f"This draft was {status} already. Start a new draft to change the plan.")


class DatabaseNotReached(PuffinError):
    """No PostgreSQL database answers at the address that was set, or it lets nobody in."""

    def __init__(self) -> None:
        super().__init__(
            "The database of PUFFIN_DATABASE_URL cannot be reached. "
            "Check that it runs, and its address, name and password."
        )


class NotOurDatabase(PuffinError):
    """The database that was set holds the tables of something else."""

    def __init__(self) -> None:
        super().__init__(
            "The database of PUFFIN_DATABASE_URL holds something other than a Puffin store. "
            "Make an empty database for Puffin, and set its address."
        )


class PageNotUnderstood(PuffinError):
    """What should name the next page of a search is not what the page before gave out."""

    def __init__(self) -> None:
        super().__init__("This page is not one of this search. Start the search again from its first page.")


class SearchTooLong(PuffinError):
    """A search with more conditions than any person has a use for."""

    def __init__(self) -> None:
        super().__init__("This search has too many conditions. Ask for fewer at a time.")
