"""A message that a person must read: the task of a team that is staffed, with the message as it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_team_tasks
from fhir.codes import ODS_CODE
from fhir.intake.acknowledgement import Header
from fhir.organization import from_organization
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import incoming
from fhir.store.tables.incoming import Incoming
from plans.places import Organisation
from plans.team_task import TaskKind
from portal.actions.discharge.places import who_can_own
from portal.actions.inbox.sight import task_for
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.messages.text import bytes_of, readable
from portal.person import Person

ABOUT = "urn:uuid:"
OF_A_MESSAGE = frozenset({TaskKind.MESSAGE_TO_READ, TaskKind.MESH_MESSAGE})
CAME_WHOLE = "The same message came whole later."
NOBODY = "nobody works here"


@dataclass(frozen=True)
class Message:
    """A kept message as somebody reads it. `why` is the sentence that went back to its sender."""

    id: str
    why: str
    received_at: datetime
    sender: str
    number: str
    lines: list[str]
    is_by_mesh: bool = False


def let_somebody_read(write: Write, kept: Incoming, header: Header | None, once: str) -> str:
    """Raise the task of reading a message, and return its reference, or that nobody is here to do it.

    The sending hospital owns it, else the practice that it names, else a team here that is staffed. What
    has the same `once` is one task.
    """
    owner = who_can_own(write, *_named(write, bytes_of(kept.text), header))
    if owner is None:
        return NOBODY
    new = NewTask(TaskKind.MESSAGE_TO_READ, owner.id, "", f"{ABOUT}{kept.id}", kept.reason, once)
    return f"Task/{raise_task(write, new).id}"


def see_message(store: Store, task_id: str, *, by: Person, at: datetime) -> Message:
    """Return the message that a task in somebody's inbox is about, and record that it was read.

    Raises ResourceNotFound for a task that is not theirs, or that is about no message.
    """
    task = task_for(store, task_id, by, at)
    if task.kind not in OF_A_MESSAGE:
        raise ResourceNotFound
    kept = incoming.by_id(store, task.about.removeprefix(ABOUT))
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Task/{task.id}", detail="read a message as it came")
    is_by_mesh = task.kind is TaskKind.MESH_MESSAGE
    sender = (kept.sender or "").replace("|", ", ").strip(", ")
    return Message(
        kept.id, kept.reason, kept.received_at, sender, kept.number or "", readable(kept.text), is_by_mesh
    )


def came_whole(write: Write, tasks: Iterable[str]) -> None:
    """Close the tasks, by their references, of reading a message that was cut off: it has come whole."""
    for reference in tasks:
        kind, _, id = reference.partition("/")
        if kind == "Task":
            settle(write, kept_team_tasks.task(write, id), CAME_WHOLE)


def _named(reader: Reader, raw: bytes, header: Header | None) -> list[Organisation]:
    """Return the places here that a message names, its sender first; as far as it can be read at all."""
    codes = [header.hospital_code, _practice_code(raw, header)] if header else []
    found = (
        reader.search("Organization", identifier=f"{ODS_CODE}|{code}") for code in codes if code.isalnum()
    )
    return [from_organization(one[0]) for one in found if one]


def _practice_code(raw: bytes, header: Header) -> str:
    """Return the code of the practice in the first PD1, "" where there is none."""
    lines = raw.replace(b"\n", b"\r").split(b"\r")
    first = next((line for line in lines if line.startswith(b"PD1")), b"").decode("latin-1")
    fields = first.split(header.marks[0])
    parts = fields[3].split(header.marks[1]) if len(fields) > 3 else []
    return parts[2] if len(parts) > 2 else ""
