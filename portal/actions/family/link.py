"""A family's way to the plan: a link, the child's date of birth, and who may open it at this moment.

The code that opens it on a new device is in one_time_code.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from fhir import kept_people, kept_plans, kept_shares
from fhir.actor import Actor, by_link
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import links
from plans.errors import PuffinError
from plans.people import Child, FamilyMember
from plans.plan import Plan
from plans.sharing import Part, may_read_as, sees
from plans.sharing import Reader as Kind
from portal.actions.circle.sharing import token_hash
from portal.actions.family import known_device

TRIES = 5  # wrong dates of birth, or wrong codes, before a link rests
# The first rest, the second, and so on; the last one again and again, until its own person has opened it.
RESTS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))


class LinkDoesNotWork(PuffinError):
    """Ended, stopped, expired, resting or never made: nobody can tell which from outside."""

    def __init__(self) -> None:
        super().__init__("This link does not work. Ask your GP surgery for a new one.")


class BornOnAnotherDay(PuffinError):
    """The date of birth that was typed is not the child's."""

    def __init__(self) -> None:
        super().__init__("This date of birth does not match. Check it and try again.")


class NotInTheirShare(PuffinError):
    """A part of the plan that this kind of reader is not given: another carer has the card alone."""

    def __init__(self) -> None:
        super().__init__("This link opens the emergency card alone.")


@dataclass(frozen=True)
class Opened:
    """What a family's link opens: the live plan, for one person at home, in the language they read."""

    link_id: str
    child: Child
    plan: Plan
    reader_id: str  # RelatedPerson id
    language: str
    reader: Kind = Kind.FAMILY

    @property
    def reader_ref(self) -> Actor:
        """Return who reads, to the store and its audit."""
        return by_link(self.reader_id)


def is_working(store: Store, token: str, *, now: datetime, is_in: bool = False, device: str = "") -> bool:
    """Return whether a link can be opened at all, without saying whose it is.

    A rest keeps out nobody who is in, and no known device: others may have caused it.
    """
    link = links.by_token_hash(store, token_hash(token))
    if link is None:
        return False
    return opens(store, link, now) if is_in else _lets_in(store, link, now, device)


def link_of(store: Store, token: str, *, now: datetime, device: str = "") -> str:
    """Return the id of the link that this token opens now on this device; raises LinkDoesNotWork."""
    link = links.by_token_hash(store, token_hash(token))
    if link is None or not _lets_in(store, link, now, device):
        raise LinkDoesNotWork
    return link.id


def prove(store: Store, token: str, born: date, *, at: datetime, device: str = "") -> bool:
    """Return whether the device is known, once the date of birth fits; each try is recorded and counted.

    A known device counts its own tries, all others are counted by the link. Raises LinkDoesNotWork, and
    BornOnAnotherDay until the link rests or the device is known no longer.
    """
    found = links.by_token_hash(store, token_hash(token))
    if found is None:
        raise LinkDoesNotWork
    with store.write(by=reader_of(found), at=at) as write:
        # Read again where nobody else writes, so that tries at the same moment are counted one by one.
        link = links.by_id(write, found.id)
        is_known = known_device.is_known(write, device, link.id, at)
        if not _lets_in(write, link, at, device):
            raise LinkDoesNotWork
        fits = kept_people.child(write, link.child_id).born == born
        patient = f"Patient/{link.child_id}"
        write.audit("R", patient, patient, "open a family link", "0" if fits else "4")
        if is_known:
            known_device.note_try(write, device, link.id, fits=fits)
            _note_own_person(write, link, fits=fits)
        else:
            _note_try(write, link, fits=fits)
    if not fits:
        raise BornOnAnotherDay
    return is_known


def open_link(store: Store, link_id: str, part: Part, *, at: datetime, doing: str) -> Opened:
    """Return what the link opens now, and record the reading of this part of it.

    Raises LinkDoesNotWork, and NotInTheirShare for a part that its reader is not given.
    """
    link = open_now(store, link_id, at)
    plan, reader = kept_plans.live_plan(store, link.child_id), reads_as(store, link, at)
    if plan is None or reader is None:
        raise LinkDoesNotWork
    if not sees(reader, part):
        raise NotInTheirShare
    with store.write_beside(by=reader_of(link), at=at) as write:
        write.audit("R", f"CarePlan/{plan.id}", f"Patient/{link.child_id}", doing)
    child = kept_people.child(store, link.child_id)
    member = member_of(store, link)
    reads = link.language or (member.reads if member else "") or plan.language
    return Opened(link.id, child, plan, link.related_person_id or "", reads, reader)


def open_now(reader: Reader, link_id: str, now: datetime) -> links.Link:
    """Return a link to somebody who is past the date of birth; raises LinkDoesNotWork.

    That it rests, because of what others try, keeps nobody out who is in.
    """
    try:
        link = links.by_id(reader, link_id)
    except ResourceNotFound:
        raise LinkDoesNotWork from None
    if not opens(reader, link, now):
        raise LinkDoesNotWork
    return link


def opens(reader: Reader, link: links.Link, now: datetime) -> bool:
    """Return whether a link leads to a plan for its person now, or will once its rest is over."""
    return is_open(reader, replace(link, locked_until=None), now)


def rest_after(link: links.Link, failures: int, at: datetime) -> datetime | None:
    """Return until when a link rests after so many failures of one kind, each rest longer; None for not."""
    if failures % TRIES:
        return None
    return at + RESTS[min(link.rests, len(RESTS) - 1)]


def member_of(reader: Reader, link: links.Link) -> FamilyMember | None:
    """Return whose link it is, None for somebody who is no longer in the child's life."""
    family = kept_people.family(reader, link.child_id)
    return next((one for one in family if one.id == link.related_person_id), None)


def _note_try(write: Write, link: links.Link, *, fits: bool) -> None:
    if fits:
        links.note_success(write, link.id)
        return
    until = rest_after(link, link.failed_attempts + 1, write.at)
    links.note_failure(write, link.id, locked_until=until)


def _note_own_person(write: Write, link: links.Link, *, fits: bool) -> None:
    """Count again from none once its own person is in; a rest that others caused stays for them."""
    if not fits:
        return
    if _rests(link, write.at):
        links.note_opened(write, link.id)
        return
    links.note_success(write, link.id)
    links.note_right_code(write, link.id)


def _lets_in(reader: Reader, link: links.Link, now: datetime, device: str) -> bool:
    """Return whether a date of birth may be tried on this device now."""
    is_known = known_device.is_known(reader, device, link.id, now)
    return (opens if is_known else is_open)(reader, link, now)


def _rests(link: links.Link, now: datetime) -> bool:
    return link.locked_until is not None and now < link.locked_until


def is_open(reader: Reader, link: links.Link, now: datetime) -> bool:
    """Return whether a link leads to a plan for its person now, and does not rest."""
    if link.revoked_at is not None or now >= link.expires_at or _rests(link, now):
        return False
    is_shared = reads_as(reader, link, now) is not None
    return is_shared and kept_plans.live_plan(reader, link.child_id) is not None


def reads_as(reader: Reader, link: links.Link, now: datetime) -> Kind | None:
    """Return as which kind of reader its person has a share now, None for no share or no longer allowed one.

    Who was barred since may have none; who has two reads as family.
    """
    member = member_of(reader, link)
    if member is None:
        return None
    shares = kept_shares.live_shares_of(reader, link.child_id, now)
    kinds = {one.reader for one in shares if one.reader_id == member.id and may_read_as(one.reader, member)}
    return Kind.FAMILY if Kind.FAMILY in kinds else next(iter(kinds), None)


def reader_of(link: links.Link) -> Actor:
    """Return whose link it is, to the store and its audit."""
    return by_link(link.related_person_id or "")
