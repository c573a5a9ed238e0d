"""Looking at a document until its practice has accepted it: what is missing in time is told to a person."""

from datetime import datetime, timedelta

from fhir import kept_deaths
from fhir.store import Reader, Write
from fhir.store.tables import gp_documents, outbox
from plans.gp_document import GpDocument, Missing, Standing, next_missing, standing
from plans.places import Nation
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.places import known_place
from portal.actions.gp_inbox.needed import is_needed
from portal.actions.gp_inbox.telling import settle_what_was_missing, tell
from portal.actions.looked import NEVER_AGAIN, Looked
from portal.policy import policy_here

LOOK = "gp-document"  # its kind among what the worker looks at
SOON = timedelta(minutes=5)  # how often it is asked whether something was sent (U)


def ids_of_documents(reader: Reader) -> list[str]:
    """Return the id of every document that somebody may still have to be told of."""
    return gp_documents.ids_of_open(reader)


def look_at_document(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Tell the sender's team what is missing of a document by now, and return when to look next."""
    document = gp_documents.by_id(write, id)
    died = kept_deaths.is_confirmed(write, document.child_id)
    if died or not (document.sent_at or is_needed(write, document)):
        outbox.stop_key(write, gp_documents.KEY + id)
        return NEVER_AGAIN
    settle_what_was_missing(write, document)
    found = next_missing(document, policy_here().numbers(LOOK), holidays_for(_nation(write, document)))
    if found is None:
        return NEVER_AGAIN
    missing, at = found
    if at > now:
        return Looked(_sooner(document, at, now))
    tell(write, document, missing, document.why or document.cannot_go)
    return Looked(now + SOON) if missing is Missing.NOT_SENT else NEVER_AGAIN


def _sooner(document: GpDocument, at: datetime, now: datetime) -> datetime:
    """Return when to look: what is not sent yet may be refused, or sent, at any time."""
    return min(at, now + SOON) if standing(document) is Standing.WAITING else at


def _nation(reader: Reader, document: GpDocument) -> Nation:
    practice = known_place(reader, document.practice_id)
    return practice.nation if practice else Nation.ENGLAND_AND_WALES
