"""Plans that nobody has read in time: told to the lead of the reader's team, then to whoever shared them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from fhir import kept_people, kept_receipts, kept_shares
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import marks
from plans.places import Nation
from plans.receipts import UNREAD_AFTER, Receipt, Told, to_tell
from plans.review_events import SYSTEM
from plans.sharing import Reader as Kind
from plans.team_task import LONGEST_TEXT, TaskKind, TeamTask
from plans.working_days import Holidays, uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.one_by_one import one_by_one
from portal.actions.receipts.asked import NO_LONGER_SHARED, REPLACED, end, practice_for

SWEPT = "receipts-swept-on"


@dataclass(frozen=True)
class Due:
    """What is to be done about one child's receipts: close some, and tell of others."""

    replaced: tuple[Receipt, ...]
    not_shared: tuple[Receipt, ...]
    to_lead: tuple[Receipt, ...]
    to_sharer: tuple[Receipt, ...]

    def __bool__(self) -> bool:
        return any((self.replaced, self.not_shared, self.to_lead, self.to_sharer))


def sweep_once_a_day(store: Store, *, now: datetime, holidays_for: HolidaysFor) -> list[TeamTask]:
    """Sweep where nobody has yet today, a day in the UK: a reader is late from the end of a day only."""
    today = uk_day(now).isoformat()
    if marks.get(store, SWEPT) == today:
        return []
    raised = sweep(store, now=now, holidays_for=holidays_for)
    with store.write_beside(by=SYSTEM, at=now) as write:
        marks.put(write, SWEPT, today)
    return raised


def sweep(store: Store, *, now: datetime, holidays_for: HolidaysFor) -> list[TeamTask]:
    """Raise a task for each plan that is not read in time by `now`, and return those raised now.

    The lead of the reader's team has one for each receipt; as long again later the practice has one for all
    readers who are late then. What is done about one child lands together; done again, it raises nothing.
    A fault with one child keeps no other waiting, and is raised once all were looked at.
    """
    asked_before = (one for one in kept_receipts.open_receipts(store) if uk_day(one.asked_at) < uk_day(now))
    children = dict.fromkeys(one.child_id for one in asked_before)
    return one_by_one(children, lambda child_id: _sweep_child(store, child_id, now, holidays_for))


def _sweep_child(store: Store, child_id: str, now: datetime, holidays_for: HolidaysFor) -> list[TeamTask]:
    if not due_for(store, child_id, now, holidays_for):
        return []
    with store.write(by=SYSTEM, at=now) as write:
        return list(_do(write, due_for(write, child_id, now, holidays_for)))


def due_for(reader: Reader, child_id: str, now: datetime, holidays_for: HolidaysFor) -> Due:
    """Return what is to be done about one child's receipts now."""
    live = kept_receipts.live_plan_id(reader, child_id)
    kinds = {one.reader_id: one.reader for one in kept_shares.live_shares_of(reader, child_id, now)}
    receipts = kept_receipts.open_receipts_of_child(reader, child_id)
    asked = [one for one in receipts if one.plan_id == live and one.reader_id in kinds]
    late = [(one, _to_tell(reader, one, kinds[one.reader_id], now, holidays_for)) for one in asked]
    return Due(
        replaced=tuple(one for one in receipts if one.plan_id != live),
        not_shared=tuple(one for one in receipts if one.plan_id == live and one.reader_id not in kinds),
        to_lead=tuple(one for one, tell in late if Told.LEAD in tell),
        to_sharer=tuple(one for one, tell in late if Told.SHARER in tell),
    )


def holidays_of(reader: Reader, organisation_id: str, holidays_for: HolidaysFor) -> Holidays:
    """Return the bank holidays of a reader's nation; England's and Wales's for one who is not known."""
    try:
        nation = kept_people.organisation(reader, organisation_id).nation
    except ResourceNotFound:
        nation = Nation.ENGLAND_AND_WALES
    return holidays_for(nation)


def _to_tell(
    reader: Reader, receipt: Receipt, kind: Kind, now: datetime, holidays_for: HolidaysFor
) -> tuple[Told, ...]:
    if receipt.told is Told.SHARER or UNREAD_AFTER[kind] is None:
        return ()
    return to_tell(receipt, kind, now, holidays_of(reader, receipt.reader_id, holidays_for))


def _do(write: Write, due: Due) -> Iterator[TeamTask]:
    end(write, due.replaced, REPLACED)
    end(write, due.not_shared, NO_LONGER_SHARED)
    for receipt in due.to_lead:
        yield _tell_lead(write, receipt)
    if due.to_sharer:
        yield _tell_sharer(write, due.to_sharer)
    for receipt in due.to_lead:
        if receipt not in due.to_sharer:
            kept_receipts.keep_changed(write, replace(receipt, told=Told.LEAD))
    for receipt in due.to_sharer:
        kept_receipts.keep_changed(write, replace(receipt, told=Told.SHARER))


def _tell_lead(write: Write, receipt: Receipt) -> TeamTask:
    day = uk_day(receipt.asked_at)
    words = (
        f"For the lead of the team. {receipt.reader_name} was asked on {day.day} {day:%B %Y} to read this "
        "plan, and has not said that it has."
    )
    return _raise(write, receipt, receipt.reader_id, words, once=receipt.id)


def _tell_sharer(write: Write, receipts: Iterable[Receipt]) -> TeamTask:
    ordered = sorted(receipts, key=lambda one: (one.reader_name, one.id))
    names = ", ".join(one.reader_name for one in ordered)
    words = shorten(
        f"Not read in time, though the lead of each team was told: {names}. Phone them.", LONGEST_TEXT
    )
    first = ordered[0]
    return _raise(write, first, practice_for(write, first), words, once=",".join(one.id for one in ordered))


def _raise(write: Write, receipt: Receipt, owner_id: str, words: str, *, once: str) -> TeamTask:
    about = f"CarePlan/{receipt.plan_id}"
    new = NewTask(TaskKind.PLAN_NOT_READ, owner_id, receipt.child_id, about, words, once)
    return raise_task(write, new)
