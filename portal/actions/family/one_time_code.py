"""The one-time code that opens a family's link on a new device: sent to its own person, or handed over."""

import secrets
from datetime import datetime, timedelta

from fhir import kept_people, kept_plans
from fhir.store import Reader, Store, Write
from fhir.store.tables import link_codes, links, marks, outbox
from fhir.store.tables.link_codes import Way
from plans.errors import LanguageLacksSentence, LanguageNotSignedOff, PuffinError, UnknownLanguage
from plans.leaflet.languages import SOURCE
from plans.leaflet.wording import in_language
from plans.people import Contact, safe_contact
from plans.sections import Band, Kind, Line, Section
from portal import passwords
from portal.actions.family.link import (
    LinkDoesNotWork,
    is_open,
    member_of,
    open_now,
    opens,
    reader_of,
    rest_after,
)
from portal.family_words import code_message
from portal.person import Person

CARRIER = "family"
DIGITS = 6
LIVES = timedelta(minutes=10)
HANDED_OVER_LIVES = timedelta(hours=24)
BETWEEN = timedelta(minutes=1)
# By one link in 24 hours. Design (U): enough for a family's phones and a message that came too late, and few
# enough that a stranger who knows the date of birth is no plague on somebody's phone.
MOST_IN_A_DAY = 5


class CodeAskedTooSoon(PuffinError):
    """Another code was asked for a moment ago."""

    def __init__(self) -> None:
        super().__init__("Wait a minute before you ask for another code.")


class NoMoreCodesNow(PuffinError):
    """As many codes were sent by this link in 24 hours as may be; one handed over still opens it."""

    def __init__(self) -> None:
        super().__init__("No more codes can be sent now. Phone the surgery: it can give you a code.")


class CodeWrong(PuffinError):
    """The code that was typed is not one of this link, or is no longer."""

    def __init__(self) -> None:
        super().__init__("This code does not match. Check it, or ask for a new one.")


class NoLinkToOpen(PuffinError):
    """A code was to be handed over to somebody who has no link that works."""

    def __init__(self) -> None:
        super().__init__("There is no link that works for this person. Share the plan with them first.")


def send_code(store: Store, link_id: str, *, at: datetime) -> str:
    """Queue a new code for the link's own person; return it where everybody is invented, else "".

    Without a contact that is safe and theirs alone nothing is sent, and nobody can tell from outside: a code
    is made and counted all the same. Raises CodeAskedTooSoon, NoMoreCodesNow and LinkDoesNotWork.
    """
    code = _new_code()
    kept = passwords.HASHER.hash(code)
    link = open_now(store, link_id, at)
    with store.write(by=reader_of(link), at=at) as write:
        link = open_now(write, link_id, at)
        _check_not_too_many(write, link_id, at)
        for old in link_codes.open_of_link(write, link_id, now=at):
            outbox.stop_key(write, link_codes.message_key(old.id))
        made = link_codes.add(write, link_id, kept, Way.SENT, expires_at=at + LIVES)
        contact = _contact(write, link)
        if contact:
            outbox.enqueue(write, _message(write, link, contact, code, made))
        write.audit("E", f"Patient/{link.child_id}", f"Patient/{link.child_id}", "ask for a code of a link")
    return code if contact and marks.is_demo(store) else ""


def hand_over_code(store: Store, child_id: str, member_id: str, *, by: Person, at: datetime) -> str:
    """Return a new code for this person's link, to be given to them face to face; it is shown only now.

    Raises NoLinkToOpen.
    """
    code = _new_code()
    kept = passwords.HASHER.hash(code)
    with store.write(by=by.ref, at=at) as write:
        link = live_link(write, child_id, member_id, now=at)
        if link is None or not opens(write, link, at):
            raise NoLinkToOpen
        link_codes.add(write, link.id, kept, Way.HANDED_OVER, expires_at=at + HANDED_OVER_LIVES)
        write.audit("E", f"RelatedPerson/{member_id}", f"Patient/{child_id}", "hand over a code of a link")
    return code


def prove_code(store: Store, link_id: str, typed: str, *, at: datetime) -> links.Link:
    """Return the link once a code of it was typed; each code opens one device.

    A try is counted before it is looked at, so that tries at the same moment are counted one by one. Raises
    CodeWrong until the link rests, and LinkDoesNotWork.
    """
    link = open_now(store, link_id, at)
    with store.write(by=reader_of(link), at=at) as write:
        link = links.by_id(write, link_id)
        if not is_open(write, link, at):
            raise LinkDoesNotWork
        until = rest_after(link, link.wrong_codes + 1, at)
        links.note_wrong_code(write, link_id, locked_until=until)
        candidates = link_codes.open_of_link(write, link_id, now=at)
        write.audit("E", f"Patient/{link.child_id}", f"Patient/{link.child_id}", "try a code of a link")
    # Outside the write: checking a code takes long, and others wait for a write to end.
    right = [one for one in candidates if passwords.is_right(typed, one.code_hash)]
    with store.write(by=reader_of(link), at=at) as write:
        patient = f"Patient/{link.child_id}"
        still_open = {one.id for one in link_codes.open_of_link(write, link_id, now=at)}
        fits = any(one.id in still_open for one in right)
        write.audit("E", patient, patient, "open a link with a code", "0" if fits else "4")
        if fits:
            links.note_right_code(write, link_id)
            for one in right:
                link_codes.end(write, one.id)
                outbox.stop_key(write, link_codes.message_key(one.id))
    if not fits:
        raise CodeWrong
    return link


def live_link(reader: Reader, child_id: str, member_id: str, *, now: datetime) -> links.Link | None:
    """Return the newest link of somebody at home that has neither ended nor run out, resting or not."""
    theirs = (one for one in links.of_child(reader, child_id) if one.related_person_id == member_id)
    return next((one for one in theirs if one.revoked_at is None and now < one.expires_at), None)


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _check_not_too_many(write: Write, link_id: str, at: datetime) -> None:
    """Raise NoMoreCodesNow and CodeAskedTooSoon; codes that were handed over are not counted."""
    sent = [one.made_at for one in link_codes.of_link(write, link_id) if one.way is Way.SENT]
    if sum(at - made < timedelta(days=1) for made in sent) >= MOST_IN_A_DAY:
        raise NoMoreCodesNow
    if any(at - made < BETWEEN for made in sent):
        raise CodeAskedTooSoon


def _contact(reader: Reader, link: links.Link) -> Contact | None:
    member = member_of(reader, link)
    return safe_contact(member, kept_people.family(reader, link.child_id)) if member else None


def _message(write: Write, link: links.Link, contact: Contact, code: str, code_id: str) -> outbox.NewMessage:
    return outbox.NewMessage(
        key=link_codes.message_key(code_id),
        carrier=CARRIER,
        recipient=contact.address,
        body={"way": contact.way, "member": link.related_person_id or ""},
        child_id=link.child_id,
        secret=_in_their_language(write, link, code),
        send_by=write.at + LIVES,
    )


def _in_their_language(reader: Reader, link: links.Link, code: str) -> str:
    """Return the message in the language that its person reads, in English where that cannot be used."""
    words = code_message(code)
    section = Section("code", Band.NOTICE, words[0], (Line(Kind.NOTE, words),))
    member, plan = member_of(reader, link), kept_plans.live_plan(reader, link.child_id)
    reads = link.language or (member.reads if member else "") or (plan.language if plan else "") or SOURCE
    try:
        wording = in_language(reads, [section], demo=marks.is_demo(reader))
    except (UnknownLanguage, LanguageLacksSentence, LanguageNotSignedOff):
        wording = in_language(SOURCE)
    return " ".join(wording.say(one) for one in words)
