"""A no to sharing a child's plan: it must be answered before the plan is shared all the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from plans.consent import Word, own_ref
from plans.errors import PuffinError
from plans.sharing import BASES, BY_LINK, Basis, Reader, Share
from plans.working_days import uk_day

LONGEST_REASON = 2000  # characters


class RefusalNotKept(PuffinError):
    """A no without what has to be known of it, or to somebody who has the plan."""


@dataclass(frozen=True)
class Refusal:
    """A no before anything was shared: to one person at home, or to every place of a kind.

    `reader_id` is a RelatedPerson id, "" for a kind of place. `by` is the Practitioner who recorded it;
    `taken_back` the yes that ended it, at `ended_at`.
    """

    id: str
    child_id: str
    reader: Reader
    reader_id: str
    reader_name: str
    word: Word
    reason: str
    by: str
    at: datetime
    taken_back: Word | None = None
    ended_at: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.ended_at is None

    def is_about(self, reader: Reader, reader_id: str) -> bool:
        """Return whether it says no to this reader; somebody at home is meant as whatever they read."""
        if self.reader_id:
            return self.reader_id == reader_id
        return self.reader is reader


# What somebody can say no to: each kind of place, each person at home, and nobody's own link.
OF_A_KIND = tuple(reader for reader in BASES if reader not in BY_LINK)


def checked(refusal: Refusal) -> Refusal:
    """Return the refusal; raises RefusalNotKept for a day to come, or no reason or too long a one."""
    if refusal.word.on > uk_day(refusal.at):
        raise RefusalNotKept("The day on which somebody said no cannot be in the future.")
    if not refusal.reason.strip() or len(refusal.reason) > LONGEST_REASON:
        raise RefusalNotKept("Write why they said no, or that they gave no reason: up to 2,000 characters.")
    return refusal


def taken_back(refusal: Refusal, word: Word, at: datetime) -> Refusal:
    """Return the refusal as ended by a new yes; one that has ended stays as it is. Raises RefusalNotKept."""
    if not refusal.holds:
        return refusal
    if not answers(word, refusal.word, refusal.child_id):
        raise RefusalNotKept("Only who said no, or the young person, can take it back.")
    if word.on < refusal.word.on or word.on > uk_day(at):
        raise RefusalNotKept("The day of the new yes is after the no, and not in the future.")
    return replace(refusal, taken_back=word, ended_at=at)


def answers(yes: Word, no: Word, child_id: str) -> bool:
    """Return whether a yes takes this no back: of the same person, or of the young person themself."""
    return yes.by in (no.by, own_ref(child_id))


def said_no(
    shares: Iterable[Share], refusals: Iterable[Refusal], reader: Reader, reader_id: str
) -> tuple[Word, ...]:
    """Return each no to this reader that stands: a share withdrawn, or refused before there was one.

    A yes given since, to a later share with them, takes a no back if it is of whom that can.
    """
    theirs = [one for one in shares if one.reader_id == reader_id]
    withdrawn = (one for one in theirs if one.withdrawn and not _is_answered(one, theirs))
    refused = (one.word for one in refusals if one.holds and one.is_about(reader, reader_id))
    return tuple(one.withdrawn for one in withdrawn if one.withdrawn) + tuple(refused)


def needs_an_answer(nos: Iterable[Word], basis: Basis, yes: Word | None, child_id: str) -> bool:
    """Return whether somebody has to write why the plan is shared in spite of these.

    Safeguarding is never stopped by a no: it has a reason of its own.
    """
    if basis is Basis.SAFEGUARDING:
        return False
    return any(yes is None or not answers(yes, no, child_id) for no in nos)


def _is_answered(ended: Share, shares: Iterable[Share]) -> bool:
    no, at = ended.withdrawn, ended.stopped_at
    later = (one.consent for one in shares if at and one.since >= at and one.id != ended.id)
    return any(no and yes and answers(yes, no, ended.child_id) for yes in later)
