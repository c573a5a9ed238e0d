"""Whether documents go to GP practices by MESH from here: the worker, which sends them, says so."""

from datetime import datetime

from fhir.store import Reader, Store
from fhir.store.tables import marks
from plans.review_events import SYSTEM

MAILBOX = "mesh-mailbox"


def is_set_up(reader: Reader) -> bool:
    """Return whether the worker that started last can send by MESH."""
    return bool(marks.get(reader, MAILBOX))


def note_mailbox(store: Store, mailbox: str, *, at: datetime) -> None:
    """Keep from which mailbox the worker sends, "" where nothing is set up for MESH."""
    if (marks.get(store, MAILBOX) or "") != mailbox:
        with store.write_beside(by=SYSTEM, at=at) as write:
            marks.put(write, MAILBOX, mailbox)
