"""Taking a discharge off the list of those that wait: matched to its child, or set aside with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import incoming
from plans.errors import PuffinError
from plans.people import Child, nhs_number
from plans.working_days import CalendarEnds
from portal.actions.alerts import close_waiting
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.child import child_told_of
from portal.actions.discharge.death import ABOUT, settle_asked, without_withdrawn_death
from portal.actions.discharge.outcome import Outcome
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import SENTENCES, Reason, Waiting, all_waiting, waiting, waiting_for
from portal.actions.discharges import settle
from portal.actions.one_by_one import one_by_one
from portal.person import Person

LONGEST_REASON = 2000  # characters
MATCHED = "The discharge was matched to its child."
MINOR_FAILURE = "4"  # FHIR R4, AuditEventOutcome


class NotMatched(PuffinError):
    """No child could be told by what was entered; the discharge still waits, with its clock running."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class ReasonMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write why no review is needed for this discharge, in up to 2,000 characters.")


@dataclass(frozen=True)
class Correction:
    """What a person found out about a discharge that waits: all of it, as it should have been told."""

    nhs_number: str
    born: date
    discharged_at: datetime


def match(
    store: Store, waiting_id: str, found: Correction, *, by: Person, at: datetime, holidays_for: HolidaysFor
) -> Outcome:
    """Match a discharge to its child and start its review; return what became of it.

    A try that finds nobody is recorded too: it may be a guess.

    Raises NotMatched, NhsNumberInvalid, CalendarEnds, and ResourceNotFound for what is not theirs or matched.
    """
    number = nhs_number(found.nhs_number)
    try:
        with store.write(by=by.ref, at=at) as write:
            one = waiting_of(write, waiting_id, by)
            told = one.told.about(nhs_number=number, born=found.born, discharged_at=found.discharged_at)
            child = child_told_of(write, told.notice)
            if isinstance(child, Reason):
                raise NotMatched(SENTENCES[child])
            return _settle(write, one, told, holidays_for)
    except NotMatched:
        with store.write_beside(by=by.ref, at=at) as write:
            write.audit("E", waiting_id, detail="try to match a discharge to a child", outcome=MINOR_FAILURE)
        raise


def set_aside(store: Store, waiting_id: str, reason: str, *, by: Person, at: datetime) -> None:
    """Take a discharge off the list as somebody has found that it needs no review; raises as match does."""
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise ReasonMissing
    with store.write(by=by.ref, at=at) as write:
        one = waiting_of(write, waiting_id, by)
        incoming.match(write, one.id, f"set aside: {why}")
        close_waiting(write, one.id, why)
        write.audit("U", one.id, detail="set a discharge aside that waited for a person")


def match_waiting(store: Store, *, by: str, at: datetime, holidays_for: HolidaysFor) -> list[Outcome]:
    """Match what waits for a child who has come to be known since; return what became of each.

    A fault with one keeps no other waiting.
    """

    def match_one(one: Waiting) -> list[Outcome]:
        return _match_now(store, one.id, by, at, holidays_for) if _is_known(store, one) else []

    return one_by_one([one for one in all_waiting(store) if one.told.news is News.DISCHARGED], match_one)


def see_waiting(store: Store, waiting_id: str, *, by: Person, at: datetime) -> Waiting:
    """Return a discharge that waits for this person's organisation, and record that it was seen."""
    one = waiting_of(store, waiting_id, by)
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", one.id, detail="see a discharge that waits for a person")
    return one


def see_all_waiting(store: Store, *, by: Person, at: datetime) -> list[Waiting]:
    """Return what waits for this person's organisation, and record that the list was seen."""
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{by.organisation_id}", detail="see the discharges that wait")
        return waiting_for(write, by.organisation_id)


def waiting_of(reader: Reader, waiting_id: str, person: Person) -> Waiting:
    """Return a discharge that waits for this person's organisation; raises ResourceNotFound."""
    found = (one for one in waiting_for(reader, person.organisation_id) if one.id == waiting_id)
    one = next(found, None)
    if one is None:
        raise ResourceNotFound
    return one


def _is_known(reader: Reader, one: Waiting) -> bool:
    has_time = one.told.notice.discharged_at is not None and one.reason is not Reason.DATE_PAST_CALENDAR
    return has_time and isinstance(child_told_of(reader, one.told.notice), Child)


def _match_now(
    store: Store, waiting_id: str, by: str, at: datetime, holidays_for: HolidaysFor
) -> list[Outcome]:
    """Return what became of one discharge; nothing where it must go on waiting."""
    try:
        with store.write(by=by, at=at) as write:
            one = waiting(write, waiting_id)
            if one.matched_to or not _is_known(write, one):
                return []
            return [_settle(write, one, one.told, holidays_for)]
    except (NotMatched, CalendarEnds):
        return []


def _settle(write: Write, one: Waiting, told: Told, holidays_for: HolidaysFor) -> Outcome:
    child = child_told_of(write, told.notice)
    if isinstance(child, Child):
        told = without_withdrawn_death(write, told, child.id, one.received_at)
    outcome = settle(write, told, holidays_for)
    if not outcome.review_id:
        raise NotMatched(outcome.why or SENTENCES[Reason.NOBODY_TO_OWN])
    if not waiting(write, one.id).matched_to:
        incoming.match(write, one.id, f"Task/{outcome.review_id}")
        close_waiting(write, one.id, MATCHED)
        settle_asked(write, f"{ABOUT}{one.id}", MATCHED)
    return outcome
