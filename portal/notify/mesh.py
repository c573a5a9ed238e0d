"""MESH: documents to the inboxes of GP practices, and what comes back to our own mailbox.

A message has the key of its row in the outbox as its local id, and the number of its document inside, which
stay the same however often it is sent: after a crash the practice's system knows the second one.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mesh_client import MeshClient, MeshError
from requests import RequestException

from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import gp_documents, marks
from fhir.store.tables.outbox import Message
from plans.errors import PuffinError
from plans.gp_document import REPORTS, report_of
from plans.review_events import SYSTEM
from portal.actions.gp_inbox.answers import LONGEST_KEPT, Received, keep_received
from portal.actions.gp_inbox.content import WORKFLOW, Sending, Sent, content_of
from portal.actions.one_by_one import one_by_one
from portal.notify.deadline import TookTooLong, within
from portal.notify.emptying import FAILURES_RUNNING, LONGEST_TURN
from portal.notify.letter import NeverCarried, NotCarried

SECONDS = 8.0  # for each answer of MESH
EVERY = timedelta(minutes=5)  # how often the mailbox is read (U)
MOST_AT_ONCE = 100
FAULTS = (RequestException, MeshError, TookTooLong, ValueError, LookupError, OSError)
READ_AT, GREETED_ON, STUCK = "mesh-read-at", "mesh-greeted-on", "mesh-stuck-at"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mailbox:
    """Our own mailbox: `cert` are the paths of a certificate and its key, None for a MESH on this machine."""

    url: str
    name: str
    password: str = field(repr=False)
    shared_key: str = field(repr=False)
    cert: tuple[str, str] | None = None

    def client(self, seconds: float = SECONDS) -> MeshClient:
        """Return a client, to be closed; it tries nothing twice and follows no redirect."""
        client = MeshClient(
            self.url,
            self.name,
            self.password,
            shared_key=self.shared_key.encode(),
            cert=self.cert,
            max_retries=0,
            timeout=seconds,
            application_name="puffin",
        )
        client._session.max_redirects = 0
        return client


@dataclass(frozen=True)
class Mesh:
    """The carrier: `content` makes what is sent of a document by its id."""

    mailbox: Mailbox
    content: Callable[[str], Sent]

    def carry(self, message: Message) -> str:
        """Send a document and return its number at MESH.

        Raises NotCarried, and NeverCarried for what MESH refuses or what is not to be sent as it is.
        """
        try:
            sent = self.content(message.key.removeprefix(gp_documents.KEY))
        except (ResourceNotFound, PuffinError) as refusal:
            raise NeverCarried(str(refusal) or "there is no such document any more") from None
        try:
            with closing(self.mailbox.client()) as client:
                return client.send_message(
                    sent.to,
                    sent.body,
                    workflow_id=WORKFLOW,
                    subject=sent.subject,
                    local_id=message.key,
                    filename="None",
                    content_type="application/xml",
                )
        except MeshError as error:
            raise _refused(error) from None
        except (RequestException, ValueError, LookupError, TypeError) as error:
            raise NotCarried(type(error).__name__) from None  # its text may name the child


def mesh_for(
    store: Store, mailbox: Mailbox, definition: str, url: str, clock: Callable[[], datetime]
) -> Mesh:
    """Return the carrier over a store; `definition` is that of the message, `url` the portal's address."""
    sending = Sending(mailbox.name, definition, url)
    return Mesh(mailbox, lambda id: content_of(store, id, sending, at=clock()))


def read_mailbox(
    store: Store,
    mailbox: Mailbox,
    clock: Callable[[], datetime],
    *,
    must_stop: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
) -> int:
    """Keep what is in our mailbox, each acknowledged to MESH once it is kept; return how many.

    It is read every few minutes. What could not be kept stays there until a later time, and comes after all
    else that is there, what failed last at the very end; a turn ends as a carrier's does.
    """
    now = clock()
    if not _is_time(store, now):
        return 0
    is_greeted = marks.get(store, GREETED_ON) == now.date().isoformat()
    try:
        with closing(mailbox.client(seconds)) as client, within(seconds):
            if not is_greeted:  # once a day, as MESH asks of everybody
                client.handshake()
            ids = client.list_messages()
    except FAULTS as fault:
        _warn(fault)
        return 0
    if not is_greeted:
        _note(store, GREETED_ON, now.date().isoformat(), now)
    stuck = [id for id in (marks.get(store, STUCK) or "").split("\n") if id in ids]
    turn = _Turn(store, mailbox, clock, must_stop, seconds, stuck=stuck)
    try:
        kept = len(one_by_one(turn.of([*(id for id in ids if id not in stuck), *stuck]), turn.keep))
    finally:
        _note(store, STUCK, "\n".join(turn.stuck), clock())
    _note(store, READ_AT, clock().isoformat(), clock())
    return kept


@dataclass
class _Turn:
    """One turn at our mailbox: how many failed running, and which have failed at all, the last one last."""

    store: Store
    mailbox: Mailbox
    clock: Callable[[], datetime]
    must_stop: Callable[[], bool]
    seconds: float
    stuck: list[str]
    failures: int = 0

    def of(self, ids: list[str]) -> Iterator[str]:
        """Yield one after the other until the turn is over."""
        began = self.clock()
        for id in ids[:MOST_AT_ONCE]:
            is_late = self.clock() - began > LONGEST_TURN
            if is_late or self.failures == FAILURES_RUNNING or self.must_stop():
                return
            yield id

    def keep(self, id: str) -> tuple[str, ...]:
        """Keep one message and acknowledge it; return none where MESH does not hand it over."""
        self.failures += 1  # a fault of the store counts too
        self.stuck = [*(one for one in self.stuck if one != id), id]
        try:
            with closing(self.mailbox.client(self.seconds)) as client:
                with within(self.seconds):
                    received = _received(client, id)
                keep_received(self.store, received, at=self.clock())
                with within(self.seconds):
                    client.acknowledge_message(id)
        except FAULTS as fault:
            _warn(fault)
            return ()
        self.failures = 0
        self.stuck.remove(id)
        return (id,)


def _warn(fault: BaseException) -> None:
    # Its text may name a child.
    logger.warning("The MESH mailbox could not be read: %s", type(fault).__name__)


def _is_time(store: Store, now: datetime) -> bool:
    last = marks.get(store, READ_AT)
    return last is None or not timedelta(0) <= now - datetime.fromisoformat(last) < EVERY


def _note(store: Store, mark: str, value: str, at: datetime) -> None:
    with store.write_beside(by=SYSTEM, at=at) as write:
        marks.put(write, mark, value)


def _received(client: MeshClient, id: str) -> Received:
    message = client.retrieve_message(id)
    with closing(message):
        body = message.read(LONGEST_KEPT + 1)
    is_bad = str(message.mex_header("statussuccess", "")).upper() == "ERROR"
    return Received(
        mesh_id=id,
        kind=str(message.message_type or ""),
        workflow=message.workflow_id or "",
        sender=message.sender or "",
        body=body,
        key=message.local_id or "",
        linked_id=str(message.mex_header("linkedmsgid", "") or ""),
        code=str(message.mex_header("statuscode", "") or "unknown") if is_bad else "",
    )


def _refused(error: MeshError) -> NotCarried:
    """Return what MESH says at once; only what is wrong with the address is the document's own fault."""
    code = _code(error.args[-1] if error.args else None)
    return (
        NeverCarried(report_of(code)) if code in REPORTS else NotCarried(f"MESH refused it ({code or '?'})")
    )


def _code(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    details = said.get("detail")
    if isinstance(details, list) and details and isinstance(details[0], dict):
        return str(details[0].get("code", ""))
    return str(said.get("errorCode", ""))
