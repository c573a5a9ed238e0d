"""A no to sharing before anything was shared: recorded, answered where the plan is shared, and taken back."""

from datetime import datetime
from uuid import uuid4

from fhir import kept_people, kept_refusals, kept_shares
from fhir.kept_circle import ROLE
from fhir.store import Reader, Store, Write
from plans.consent import Word
from plans.people import Child
from plans.refusal import OF_A_KIND, Refusal, RefusalNotKept, checked, needs_an_answer, said_no, taken_back
from plans.sharing import Basis, Share, ShareNotAllowed
from plans.sharing import Reader as Kind
from plans.working_days import uk_day
from portal.actions.circle.deciding import Decider, deciding, may_say_no
from portal.person import Person


def whom_to_refuse(reader: Reader, child_id: str) -> list[tuple[Kind, str, str]]:
    """Return whom somebody can say no to: each kind of place, and each person at home who is not barred.

    Each is a kind, a RelatedPerson id ("" for a kind of place), and a name.
    """
    home = [
        (Kind.FAMILY if one.with_parental_responsibility else Kind.CARER, one.id, one.name)
        for one in kept_people.family(reader, child_id)
        if not one.barred and not one.is_themself
    ]
    return [(kind, "", ROLE[kind]) for kind in OF_A_KIND] + home


def refuse(
    store: Store, child_id: str, whom: tuple[Kind, str], word: Word, reason: str, *, by: Person, at: datetime
) -> Refusal:
    """Keep that somebody said no to a reader before the plan was shared with them, and return it.

    Raises RefusalNotKept for a reader nobody can say no to, for the word of somebody whose no does not count,
    without a reason, and where that reader has the plan: then the share is ended instead.
    """
    with store.write(by=by.ref, at=at) as write:
        child = kept_people.child(write, child_id)
        named = next((one for one in whom_to_refuse(write, child_id) if one[:2] == whom), None)
        if named is None:
            raise RefusalNotKept("Choose to whom they said no.")
        if word.by not in {one.ref for one in may_say_no(write, child)}:
            raise RefusalNotKept("Choose the young person, or somebody with parental responsibility.")
        kind, id, name = named
        new = checked(
            Refusal(str(uuid4()), child_id, kind, id, name, word, reason.strip(), by.practitioner_id, at)
        )
        _must_not_have_it(write, new)
        kept_refusals.keep(write, new)
        write.audit("C", f"Consent/{new.id}", f"Patient/{child_id}", "record a no before sharing the plan")
    return new


def who_takes_back(reader: Reader, child: Child, refusal: Refusal, at: datetime) -> tuple[Decider, ...]:
    """Return whose yes takes a no back: who said it, and the young person where they decide."""
    who = {one.ref: one for one in may_say_no(reader, child) if one.ref == refusal.word.by}
    decides = deciding(reader, child, uk_day(at))
    if decides.is_the_young_person:
        who |= {one.ref: one for one in decides.who}
    return tuple(who.values())


def take_back(
    store: Store, child_id: str, refusal_id: str, word: Word, *, by: Person, at: datetime
) -> Refusal:
    """Keep that a no was taken back by a new yes, and return it; nothing is shared by that.

    Raises RefusalNotKept for the yes of somebody else, and ResourceNotFound.
    """
    with store.write(by=by.ref, at=at) as write:
        before = kept_refusals.refusal(write, child_id, refusal_id)
        child = kept_people.child(write, child_id)
        if word.by not in {one.ref for one in who_takes_back(write, child, before, at)}:
            raise RefusalNotKept("Only who said no, or the young person who decides, can take it back.")
        return _end(write, before, word)


def answered(write: Write, share: Share) -> None:
    """Take back each no that the yes of a new share answers; raise ShareNotAllowed for one that stands.

    What stands is answered by a reason of the share's own; safeguarding is never stopped by it.
    """
    refusals = kept_refusals.refusals_of(write, share.child_id)
    shares = kept_shares.shares_of(write, share.child_id)
    nos = said_no(shares, refusals, share.reader, share.reader_id)
    if not share.reason and needs_an_answer(nos, share.basis, share.consent, share.child_id):
        who = " and ".join(dict.fromkeys(one.by_name for one in nos))
        raise ShareNotAllowed(
            f"{who} said no to {share.reader_name}. Ask them again, or write why you share all the same."
        )
    for one in refusals:
        if one.holds and share.consent and one.is_about(share.reader, share.reader_id):
            _take_back_if_answered(write, one, share.consent)


def _take_back_if_answered(write: Write, refusal: Refusal, word: Word) -> None:
    if not needs_an_answer([refusal.word], Basis.CONSENT, word, refusal.child_id):
        _end(write, refusal, word)


def _end(write: Write, before: Refusal, word: Word) -> Refusal:
    after = taken_back(before, word, write.at)
    if after != before:
        kept_refusals.keep_taken_back(write, after)
        write.audit("U", f"Consent/{after.id}", f"Patient/{after.child_id}", "take back a no to sharing")
    return after


def _must_not_have_it(reader: Write, new: Refusal) -> None:
    for one in kept_shares.live_shares_of(reader, new.child_id, reader.at):
        if one.basis is not Basis.SAFEGUARDING and new.is_about(one.reader, one.reader_id):
            raise RefusalNotKept(
                f"{one.reader_name} has the plan now. Go back, and record there that they said no or stop it."
            )
