"""What goes by MESH: the message around the PDF, built when it is sent from what the practice may see."""

from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_reviews
from fhir.itk3 import Document, to_message
from fhir.store import Reader, Store
from fhir.store.tables import gp_documents
from plans.content import Copy
from plans.errors import PuffinError
from plans.gp_document import DocumentKind, GpDocument, in_a_header
from plans.leaflet.languages import SOURCE
from plans.people import Child
from plans.places import Organisation
from plans.review_events import SYSTEM
from plans.working_days import uk_day
from portal.actions.copies import pdf_of
from portal.actions.discharge.sheet import pdf_of_sheet
from portal.actions.gp_inbox.needed import is_needed
from portal.actions.originals import in_store

WORKFLOW = "GPCONNECT_SEND_DOCUMENT"
LONGEST_SUBJECT = 500  # characters. Source: MESH API
LARGEST = 5 * 1024 * 1024  # bytes. Source: ITK3, guidance on attachments


class NotForThePractice(PuffinError):
    """A document was to be sent that the practice must not follow any more."""

    def __init__(self) -> None:
        super().__init__("What it was made from stands no more. Send nothing.")


class DocumentTooLarge(PuffinError):
    """A document was to be sent that practices' systems do not take."""

    def __init__(self) -> None:
        super().__init__("It is larger than 5 MB, which practices' systems do not take. Send it another way.")


@dataclass(frozen=True)
class Sent:
    """What MESH is handed. The address and the subject name the child, as the standard asks: into no log."""

    to: str
    subject: str
    body: bytes


@dataclass(frozen=True)
class Sending:
    """From where it is sent: our own mailbox, the definition of the message, and the portal's address."""

    mailbox: str
    message_definition: str
    url: str


def content_of(store: Store, document_id: str, sending: Sending, *, at: datetime) -> Sent:
    """Return what is sent of a document, and record that the child's record was read for it.

    Raises ResourceNotFound, NotForThePractice and DocumentTooLarge.
    """
    document = gp_documents.by_id(store, document_id)
    if not is_needed(store, document):
        raise NotForThePractice
    child = kept_people.child(store, document.child_id)
    sender = kept_people.organisation(store, document.sender_id)
    author, pdf = PDFS[document.kind](store, document, sending.url, at)
    message = Document(
        id=document.id,
        mailbox=sending.mailbox,
        title=document.title,
        at=document.queued_at,
        child=child,
        sender=sender,
        pdf=pdf,
        author=author,
        replaces=document.replaces,
        message_definition=sending.message_definition,
    )
    body = to_message(message)
    if len(body) > LARGEST:
        raise DocumentTooLarge
    with store.write_beside(by=SYSTEM, at=at) as write:
        detail = f"make the document for the GP practice: {document.kind}, version {document.version}"
        write.audit("R", document.about, f"Patient/{child.id}", detail)
    return Sent(_to(child), _subject(document, child, sender), body)


def _plan(store: Reader, document: GpDocument, url: str, at: datetime) -> tuple[str, bytes]:
    """Return who signed the plan, and the record's copy of it."""
    original = in_store(store, document.about.removeprefix("CarePlan/"), url=url)
    author = original.plan.author.name if original.plan.author else ""
    return author, pdf_of(original, Copy.RECORD, SOURCE, today=uk_day(at))


def _sheet(store: Reader, document: GpDocument, _url: str, at: datetime) -> tuple[str, bytes]:
    """Return nobody, as no one person writes it, and the sheet after hospital."""
    id = document.about.removeprefix("Task/")
    return "", pdf_of_sheet(store, kept_reviews.review(store, id), at=at)


PDFS = {DocumentKind.PLAN: _plan, DocumentKind.AFTER_HOSPITAL: _sheet}


def _to(child: Child) -> str:
    """Return the address by which MESH finds the practice where the child is registered."""
    return f"GPPROVIDER_{child.nhs_number}_{child.born:%Y%m%d}_{in_a_header(child.family)}"


def _subject(document: GpDocument, child: Child, sender: Organisation) -> str:
    """Return the subject as GP Connect wants it (GPCM-SD-064): letters that no header carries become "?"."""
    subject = (
        f"{document.title} for {child.name}, NHS Number: {child.nhs_number}, "
        f"seen at {sender.name}, {sender.code}, Version: {document.version}"
    )
    return "".join(in_a_header(one) or (one if one in " _" else "?") for one in subject)[:LONGEST_SUBJECT]
