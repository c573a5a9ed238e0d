"""The audit of what is done to a store as a whole: everybody's record is in it."""

from datetime import datetime

from fhir.store import Store


def note_copied(store: Store, how: str, *, by: str, at: datetime) -> None:
    """Record that all of the store is copied, before it is, so that the copy says so too."""
    with store.write_beside(by=by, at=at) as write:
        write.audit("R", detail=f"copy the whole store: {how}")


def note_restored(store: Store, *, by: str, at: datetime) -> None:
    """Record that the store was put in the place of another one."""
    with store.write_beside(by=by, at=at) as write:
        write.audit("E", detail="put a backup in the place of the store")
