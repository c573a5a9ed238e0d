"""Ending what somebody may see: a consent withdrawn, one share, or every access of one person; and a bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from fhir import kept_bars, kept_people, kept_shares
from fhir.sights import SIGHT_OF
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from plans.bar import Bar, checked, lifted
from plans.consent import Word
from plans.people import Child, FamilyMember, phone_digits
from plans.sharing import Share, ShareNotAllowed, agreed_again, stopped, withdrawn
from plans.similar_names import is_same_name
from plans.working_days import uk_day
from portal.actions.circle.asking_again import settle_asking
from portal.actions.circle.deciding import may_withdraw, must_decide
from portal.actions.circle.refusing import answered
from portal.actions.circle.sharing import end, end_links, must_be_live, share_of, take_out_barred
from portal.person import Person


@dataclass(frozen=True)
class Elsewhere:
    """Somebody of the same name who reads another child's plan by a link."""

    child: Child
    member_id: str
    name: str


def withdraw(store: Store, child_id: str, share_id: str, word: Word, *, by: Person, at: datetime) -> Share:
    """End a share at once, with its links, on somebody's word, and return it; what was seen stays recorded.

    Raises ShareNotAllowed for a share that has ended, for the word of somebody else or a day to come, and
    ResourceNotFound.
    """
    with store.write(by=by.ref, at=at) as write:
        found = share_of(write, child_id, share_id)
        must_be_live(found, at)
        child = kept_people.child(write, child_id)
        if word.by not in {one.ref for one in may_withdraw(write, child, found)}:
            raise ShareNotAllowed("This person's word does not end this share. Choose whose does.")
        ended = withdrawn(found, word, at)
        end(write, ended, "withdraw consent to share the plan")
        settle_asking(write, child)
        return ended


def agree(
    store: Store, child_id: str, share_id: str, word: Word, until: date | None, *, by: Person, at: datetime
) -> Share:
    """Keep that a share rests on somebody's word from now on, and return it.

    Raises ShareNotAllowed for the word of somebody who does not decide, or a share that has ended.
    """
    with store.write(by=by.ref, at=at) as write:
        found = share_of(write, child_id, share_id)
        if found.stopped_at:
            raise ShareNotAllowed("This share has ended. Share the plan again.")
        must_decide(write, child_id, word, uk_day(at))
        again = agreed_again(found, word, until, at)
        answered(write, again)
        kept_shares.keep_changed(write, again)
        write.audit("U", f"Consent/{share_id}", f"Patient/{child_id}", "consent to share the plan")
        settle_asking(write, kept_people.child(write, child_id))
        return again


def stop_person(store: Store, child_id: str, member_id: str, *, by: Person, at: datetime) -> list[Child]:
    """End every access of one person at once; return the children whose plan they read no more.

    That is this child, and each child of the practice whose plan somebody of the same name and phone reads.
    """
    with store.write(by=by.ref, at=at) as write:
        member = _member(write, child_id, member_id)
        sure = [one for one in _of_the_name(write, member, by, at) if _is_sure(write, member, one)]
        here = Elsewhere(kept_people.child(write, child_id), member.id, member.name)
        for one in (here, *sure):
            _stop_all(write, one.child.id, one.member_id)
        return [one.child for one in (here, *sure)]


def stop_also(store: Store, child_id: str, member_id: str, *, by: Person, at: datetime) -> list[Child]:
    """End the access of everybody who has the name of this person, to the plan of any child of the practice.

    Return those children.
    """
    with store.write(by=by.ref, at=at) as write:
        found = _of_the_name(write, _member(write, child_id, member_id), by, at)
        for one in found:
            _stop_all(write, one.child.id, one.member_id)
        return [one.child for one in found]


def others_of_the_name(
    reader: Reader, child_id: str, member_id: str, *, by: Person, at: datetime
) -> list[Elsewhere]:
    """Return who of the same name still reads the plan of a child of the practice."""
    return _of_the_name(reader, _member(reader, child_id, member_id), by, at)


def name_of(reader: Reader, child_id: str, member_id: str) -> str:
    """Return the name of somebody around a child; raises ResourceNotFound."""
    return _member(reader, child_id, member_id).name


@dataclass(frozen=True)
class KeptBar:
    """A bar with the names of whoever recorded it, and lifted it."""

    bar: Bar
    by_name: str
    lifted_by_name: str


def bars(reader: Reader, child_id: str) -> list[KeptBar]:
    """Return every bar that the practice recorded for a child, the newest first."""
    return [
        KeptBar(one, _name(reader, one.by), _name(reader, one.lifted_by))
        for one in kept_bars.bars_of(reader, child_id)
    ]


def bar(store: Store, child_id: str, name: str, reason: str, *, by: Person, at: datetime) -> Bar:
    """Bar everybody of this name from the child's plan: every access of theirs ends at once. Return the bar.

    Raises BarNeedsName and BarNeedsReason.
    """
    new = Bar(str(uuid4()), child_id, name.strip(), reason.strip(), by.practitioner_id, at)
    with store.write(by=by.ref, at=at) as write:
        kept_bars.keep(write, checked(new))
        write.audit("C", f"Consent/{new.id}", f"Patient/{child_id}", "bar somebody from the plan")
        end_barred(write, child_id)
    return new


def end_barred(write: Write, child_id: str) -> None:
    """End every access of who is barred from a child's plan now: a record may have brought a court order."""
    for member in kept_people.family(write, child_id):
        if member.barred:
            _stop_all(write, child_id, member.id)
    take_out_barred(write, child_id)


def lift(store: Store, child_id: str, bar_id: str, because: str, *, by: Person, at: datetime) -> Bar:
    """Lift a bar that the practice recorded, and return it; no link and no share comes back by itself.

    Raises BarNeedsReason, and ResourceNotFound for a bar that came with the record.
    """
    with store.write(by=by.ref, at=at) as write:
        before = kept_bars.bar(write, child_id, bar_id)
        after = lifted(before, because=because, by=by.practitioner_id, at=at)
        kept_bars.keep_lifted(write, after)
        write.audit("U", f"Consent/{bar_id}", f"Patient/{child_id}", "lift a bar from the plan")
        return after


def _name(reader: Reader, practitioner_id: str) -> str:
    return kept_people.name_of_professional(reader, practitioner_id) if practitioner_id else ""


def _stop_all(write: Write, child_id: str, member_id: str) -> None:
    for share in kept_shares.live_shares_of(write, child_id, write.at):
        if share.reader_id == member_id:
            end(write, stopped(share, write.at), "stop every access of one person")
    end_links(write, child_id, member_id)


def _member(reader: Reader, child_id: str, member_id: str) -> FamilyMember:
    found = next((one for one in kept_people.family(reader, child_id) if one.id == member_id), None)
    if found is None:
        raise ResourceNotFound
    return found


def _of_the_name(reader: Reader, member: FamilyMember, by: Person, at: datetime) -> list[Elsewhere]:
    sight = SIGHT_OF[by.role](f"Organization/{by.organisation_id}", at)
    shares = kept_shares.live_shares_by_link(reader, sight, at)
    meant = {
        (one.child_id, one.reader_id): one
        for one in shares
        if one.reader_id != member.id and is_same_name(one.reader_name, member.name)
    }
    return [
        Elsewhere(kept_people.child(reader, one.child_id), one.reader_id, one.reader_name)
        for one in meant.values()
    ]


def _is_sure(reader: Reader, member: FamilyMember, other: Elsewhere) -> bool:
    """Return whether somebody of the same name has the same phone, and so is the same person."""
    family: Iterable[FamilyMember] = kept_people.family(reader, other.child.id)
    phone = next((one.phone for one in family if one.id == other.member_id), "")
    return bool(phone_digits(phone)) and phone_digits(phone) == phone_digits(member.phone)
