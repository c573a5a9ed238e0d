"""What comes back to our own mailbox: kept as it came, and matched to its document, or for a person."""

from dataclasses import dataclass
from datetime import datetime

from fhir.itk3 import NoItkAnswer, from_answer
from fhir.store import Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import gp_documents, incoming, next_looks
from fhir.store.tables.incoming import Incoming, NewIncoming
from plans.gp_document import GpDocument, answer_of, answered, failed, report_of
from plans.review_events import SYSTEM
from plans.team_task import TaskKind
from portal.actions.gp_inbox.content import WORKFLOW
from portal.actions.gp_inbox.looking import LOOK
from portal.actions.gp_inbox.telling import who_acts
from portal.actions.inbox.tasks import NewTask, raise_task

KIND = "mesh"
ANSWERS = WORKFLOW + "_ACK"
REPORT = "REPORT"
ABOUT = "urn:uuid:"
LONGEST_KEPT = 256 * 1024  # bytes of a message; the answers that we know have less than 10,000
NUL, SIGN_FOR_NUL = "\x00", "\u2400"  # no engine keeps the first, and no byte is the second
UNKNOWN = "It answers no document that was sent from here."
UNREADABLE = "It cannot be read as an answer to a document."


@dataclass(frozen=True)
class Received:
    """A message of our mailbox. `kind` is "DATA", or "REPORT" where MESH itself reports a failure.

    `key` is the key of ours that a report repeats, `linked_id` the number at MESH of what it is about, and
    `code` says what is wrong, "" for nothing.
    """

    mesh_id: str
    kind: str
    workflow: str
    sender: str
    body: bytes = b""
    key: str = ""
    linked_id: str = ""
    code: str = ""


def keep_received(store: Store, received: Received, *, at: datetime) -> None:
    """Keep a message with what it changes; once this returns it may be acknowledged to MESH.

    The same message again changes nothing. One that is about no document of ours becomes the task of a team.
    """
    with store.write(by=SYSTEM, at=at) as write:
        kept = incoming.keep(write, _as_it_came(received))
        if kept.matched_at:
            return
        found = _changed(write, received)
        if found is None:
            _let_somebody_read(write, kept, received)
            return
        document, changed = found
        gp_documents.keep_answered(write, changed)
        incoming.match(write, kept.id, gp_documents.KEY + document.id)
        next_looks.put_at_once(write, LOOK, document.id)
        detail = f"hear about a document for the GP practice: {received.kind}, {received.code or 'answer'}"
        write.audit("U", document.about, f"Patient/{document.child_id}", detail)


def _changed(write: Write, received: Received) -> tuple[GpDocument, GpDocument] | None:
    """Return the document that a message is about, before and after it; None where it is about none."""
    if received.kind == REPORT:
        found = gp_documents.find(write, key=received.key)
        document = found or gp_documents.find(write, mesh_id=received.linked_id)
        if document is None:
            return None
        return document, failed(document, report_of(received.code), write.at) if received.code else document
    if received.workflow != ANSWERS:
        return None
    try:
        answer = from_answer(received.body)
        document = gp_documents.by_id(write, answer.answers)
    except (NoItkAnswer, ResourceNotFound):
        return None
    return document, answered(document, answer_of(answer.code), write.at)


def _let_somebody_read(write: Write, kept: Incoming, received: Received) -> None:
    """Raise the task of reading it for a team that is staffed; where nobody is, it stays open."""
    owner_id = who_acts(write)
    if not owner_id:
        return
    new = NewTask(
        TaskKind.MESH_MESSAGE,
        owner_id,
        about=f"{ABOUT}{kept.id}",
        words=f"{kept.reason} Its number at MESH is {received.mesh_id}.",
        once=received.mesh_id,
    )
    incoming.match(write, kept.id, f"Task/{raise_task(write, new).id}")


def _as_it_came(received: Received) -> NewIncoming:
    """Return the message as it is kept: its headers, and one character for each byte of its body."""
    fields = {
        "kind": received.kind,
        "workflow": received.workflow,
        "key": received.key,
        "linked": received.linked_id,
        "code": received.code,
    }
    heads = {"message": received.mesh_id, "from": received.sender} | fields
    head = "".join(f"{name}: {value}\n" for name, value in heads.items() if value)
    raw = f"{head}\n".encode() + received.body[:LONGEST_KEPT]
    text = raw.decode("latin-1").replace(NUL, SIGN_FOR_NUL)
    reason = UNREADABLE if received.workflow == ANSWERS else UNKNOWN
    return NewIncoming(KIND, text, reason, fields, sender=received.sender, number=received.mesh_id)
