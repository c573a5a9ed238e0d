"""Documents for the inboxes of GP practices: each has its message in the outbox, and what came back of it."""

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables import outbox
from fhir.store.tables.outbox import NewMessage
from fhir.store.tables.rows import Row, change, insert, many, one
from plans.gp_document import DocumentKind, GpDocument

CARRIER = "mesh"
KEY = "gp-document/"  # and its id: the key of its message, by which MESH knows it too
KEPT = (
    "id",
    "kind",
    "about",
    "child_id",
    "practice_id",
    "sender_id",
    "owner_id",
    "version",
    "replaces",
    "why",
)
ANSWERED = ("received_at", "accepted_at", "failed_at")
WITH_MESSAGE = (
    "SELECT d.*, o.sent_at, o.known_as, o.stopped_at, o.next_try_at, o.last_error FROM gp_documents d"
    f" JOIN outbox o ON o.key = '{KEY}' || d.id"
)
AS_QUEUED = " ORDER BY d.queued_at, o.rowid"


def keep(write: Write, new: GpDocument) -> None:
    """Keep a new document and queue its message; the audit is the caller's."""
    row: Row = {name: getattr(new, name) for name in KEPT}
    insert(write, "gp_documents", row | {"queued_at": moment_text(new.queued_at)})
    message = NewMessage(
        key=KEY + new.id, carrier=CARRIER, recipient=new.practice_id, body={}, child_id=new.child_id
    )
    outbox.enqueue(write, message)


def keep_answered(write: Write, answered: GpDocument) -> None:
    """Keep what came back about a document; raises ResourceNotFound."""
    times = {name: getattr(answered, name) for name in ANSWERED}
    changes: Row = {name: moment_text(at) if at else None for name, at in times.items()}
    change(write, "gp_documents", answered.id, changes | {"why": answered.why})


def by_id(reader: Reader, id: str) -> GpDocument:
    """Return a document; raises ResourceNotFound."""
    row = one(reader, f"{WITH_MESSAGE} WHERE d.id = ?", id)
    if row is None:
        raise ResourceNotFound
    return _document(row)


def find(reader: Reader, *, key: str = "", mesh_id: str = "") -> GpDocument | None:
    """Return the document with this key, or this number at MESH; None where there is none."""
    which, value = ("o.key = ?", key) if key else ("o.known_as = ?", mesh_id)
    row = one(reader, f"{WITH_MESSAGE} WHERE {which}", value) if value else None
    return _document(row) if row else None


def about(reader: Reader, reference: str) -> list[GpDocument]:
    """Return every document that was made from this, such as "CarePlan/...", in the order of queueing."""
    return [_document(row) for row in many(reader, f"{WITH_MESSAGE} WHERE d.about = ?{AS_QUEUED}", reference)]


def of_child(reader: Reader, child_id: str) -> list[GpDocument]:
    """Return every document about a child, in the order of queueing."""
    return [
        _document(row) for row in many(reader, f"{WITH_MESSAGE} WHERE d.child_id = ?{AS_QUEUED}", child_id)
    ]


def ids_of_open(reader: Reader) -> list[str]:
    """Return the id of every document that nobody has accepted yet, those that failed too."""
    return [row["id"] for row in many(reader, "SELECT id FROM gp_documents WHERE accepted_at IS NULL")]


def _document(row: Row) -> GpDocument:
    is_over = row["sent_at"] is not None or row["stopped_at"] is not None
    return GpDocument(
        **{name: row[name] for name in KEPT}
        | {"kind": DocumentKind(row["kind"])}
        | {
            name: moment_or_none(row[name]) for name in ("received_at", "accepted_at", "failed_at", "sent_at")
        },
        queued_at=moment(row["queued_at"]),
        mesh_id=row["known_as"] or "",
        is_stopped=row["stopped_at"] is not None,
        cannot_go="" if is_over or row["next_try_at"] else row["last_error"] or "",
    )
