"""A family's way to the plan: a link, the child's date of birth, and the name confirmed before it opens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fhir import kept_people, kept_plans, kept_shares
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import links
from plans.errors import PuffinError
from plans.people import Child
from plans.plan import Plan
from portal.actions.sharing import is_offered_a_link, token_hash

TRIES = 5  # wrong dates of birth before a link rests
REST = timedelta(minutes=15)


class LinkDoesNotWork(PuffinError):
    """Ended, stopped, expired, resting or never made: nobody can tell which from outside."""

    def __init__(self) -> None:
        super().__init__("This link does not work. Ask your GP surgery for a new one.")


class BornOnAnotherDay(PuffinError):
    """The date of birth that was typed is not the child's."""

    def __init__(self) -> None:
        super().__init__("This date of birth does not match. Check it and try again.")


@dataclass(frozen=True)
class Opened:
    """What a family's link opens: the live plan, for one person at home, in the language they read."""

    link_id: str
    child: Child
    plan: Plan
    reader_id: str  # RelatedPerson id
    language: str

    @property
    def reader_ref(self) -> str:
        """Return who reads, to the store and its audit."""
        return f"RelatedPerson/{self.reader_id}"


def is_working(store: Store, token: str, *, now: datetime) -> bool:
    """Return whether a link can be opened at all, without saying whose it is."""
    link = links.by_token_hash(store, token_hash(token))
    return link is not None and _is_open(store, link, now)


def prove(store: Store, token: str, born: date, *, at: datetime) -> str:
    """Return the id of the link once the date of birth fits; each try is recorded, each wrong one counted.

    Raises LinkDoesNotWork, and BornOnAnotherDay until the link rests.
    """
    found = links.by_token_hash(store, token_hash(token))
    if found is None:
        raise LinkDoesNotWork
    with store.write(by=_reader(found), at=at) as write:
        # Read again where nobody else writes, so that tries at the same moment are counted one by one.
        link = links.by_id(write, found.id)
        if not _is_open(write, link, at):
            raise LinkDoesNotWork
        fits = kept_people.child(write, link.child_id).born == born
        _note_try(write, link, fits=fits)
    if not fits:
        raise BornOnAnotherDay
    return link.id


def open_link(store: Store, link_id: str, *, at: datetime, doing: str) -> Opened:
    """Return what the link opens now, and record the reading; raises LinkDoesNotWork."""
    try:
        link = links.by_id(store, link_id)
    except ResourceNotFound:
        raise LinkDoesNotWork from None
    plan = kept_plans.live_plan(store, link.child_id)
    if plan is None or not _is_open(store, link, at):
        raise LinkDoesNotWork
    with store.write_beside(by=_reader(link), at=at) as write:
        write.audit("R", f"CarePlan/{plan.id}", f"Patient/{link.child_id}", doing)
    child = kept_people.child(store, link.child_id)
    reads = link.language or _reads(store, link) or plan.language
    return Opened(link.id, child, plan, link.related_person_id or "", reads)


def _note_try(write: Write, link: links.Link, *, fits: bool) -> None:
    patient = f"Patient/{link.child_id}"
    write.audit("R", patient, patient, "open a family link", "0" if fits else "4")
    if fits:
        links.note_success(write, link.id)
        return
    rests = (link.failed_attempts + 1) % TRIES == 0
    links.note_failure(write, link.id, locked_until=write.at + REST if rests else None)


def _is_open(reader: Reader, link: links.Link, now: datetime) -> bool:
    resting = link.locked_until is not None and now < link.locked_until
    if link.revoked_at is not None or now >= link.expires_at or resting:
        return False
    shares = kept_shares.live_shares_of(reader, link.child_id, now)
    shared = any(one.reader_id == link.related_person_id for one in shares)
    return shared and _is_offered(reader, link) and kept_plans.live_plan(reader, link.child_id) is not None


def _is_offered(reader: Reader, link: links.Link) -> bool:
    """Return whether this person may still be given the plan: who was barred since may not."""
    family = kept_people.family(reader, link.child_id)
    return any(member.id == link.related_person_id and is_offered_a_link(member) for member in family)


def _reader(link: links.Link) -> str:
    return f"RelatedPerson/{link.related_person_id}"


def _reads(reader: Reader, link: links.Link) -> str:
    family = kept_people.family(reader, link.child_id)
    return next((member.reads for member in family if member.id == link.related_person_id), "")
