"""A receipt: a reader is asked to read a version of a plan, opens it, asks back, says that they read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from plans.errors import PuffinError
from plans.sharing import Reader
from plans.working_days import ONE_DAY, CalendarEnds, Holidays, add_working_days, in_utc, uk_day, uk_moment

# Working days until an unread plan is told of: to the lead of the reader's team first, then, as long again,
# to the sharer. School 2, hospital 1: as asked for. The others are design (U). Who reads at home is never
# chased by a machine: the practice sees that they have not read it, and phones.
UNREAD_AFTER: Mapping[Reader, int | None] = {
    Reader.SCHOOL: 2,
    Reader.SCHOOL_NURSE: 1,
    Reader.HOSPITAL: 1,
    Reader.COMMUNITY_NURSE: 1,
    Reader.PHARMACIST: 1,
    Reader.SOCIAL_CARE: 1,
    Reader.FAMILY: None,
    Reader.CARER: None,
    Reader.YOUNG_PERSON: None,
}


class Told(StrEnum):
    """Who has been told that a reader has not read the plan in time."""

    NOBODY = "nobody-told"
    LEAD = "lead-told"
    SHARER = "sharer-told"


class PlanHasChanged(PuffinError):
    """Somebody wanted to say that they had read a version that is not asked about any more."""

    def __init__(self) -> None:
        super().__init__("The plan has changed since you opened it. Read this version.")


class QuestionMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write your question, in up to 2,000 characters.")


@dataclass(frozen=True)
class Act:
    """Who did something, as a reference, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Receipt:
    """What one reader was asked about one version of a plan, and what they did.

    `version` and `reader` are references: "CarePlan/.../_history/1", "Organization/..." or, at home,
    "RelatedPerson/...". `opened` is the first time that anybody of the reader saw this version. `questions`
    are the ids of the tasks that carry them. `ended` says why nobody is asked any more, "" where they are.
    """

    id: str
    child_id: str
    version: str
    reader: str
    reader_name: str
    asked_at: datetime
    opened: Act | None = None
    acknowledged: Act | None = None
    questions: tuple[str, ...] = ()
    told: Told = Told.NOBODY
    ended: str = ""
    ended_at: datetime | None = None

    @property
    def plan_id(self) -> str:
        return self.version.partition("/_history/")[0].rpartition("/")[2]

    @property
    def reader_id(self) -> str:
        return self.reader.rpartition("/")[2]

    @property
    def is_open(self) -> bool:
        """Return whether the reader is still asked."""
        return self.acknowledged is None and self.ended_at is None


@dataclass(frozen=True)
class Deadlines:
    """When an unread version is told to the lead of the reader's team, and when to the sharer; in UTC."""

    lead: datetime
    sharer: datetime


def deadlines(asked_at: datetime, reader: Reader, holidays: Holidays) -> Deadlines | None:
    """Return when this kind of reader is late with what they were asked at this moment; None for never.

    The day of asking is day 0. `holidays` are those of the reader's nation; where they are not known, plain
    days count: sooner, and never not at all.
    """
    days = UNREAD_AFTER[reader]
    if days is None:
        return None
    first, second = (_end_of_day(uk_day(asked_at), n, holidays) for n in (days, 2 * days))
    return Deadlines(lead=first, sharer=second)


def is_late(receipt: Receipt, reader: Reader, now: datetime, holidays: Holidays) -> bool:
    """Return whether the reader is still asked past their time."""
    limits = deadlines(receipt.asked_at, reader, holidays)
    return receipt.is_open and limits is not None and in_utc(now) >= limits.lead


def to_tell(receipt: Receipt, reader: Reader, now: datetime, holidays: Holidays) -> tuple[Told, ...]:
    """Return who is to be told by now and was not yet, in order; a late look gets both."""
    limits = deadlines(receipt.asked_at, reader, holidays)
    if limits is None or not receipt.is_open:
        return ()
    passed = {Told.LEAD: limits.lead <= in_utc(now), Told.SHARER: limits.sharer <= in_utc(now)}
    already = list(Told)[: list(Told).index(receipt.told) + 1]
    return tuple(who for who, is_time in passed.items() if is_time and who not in already)


def that_counts(receipts: Iterable[Receipt], reader_id: str) -> Receipt | None:
    """Return how a reader stands with one version: as asked now, else as acknowledged, else as last asked.

    Who had a share that was stopped, and has one again, was asked twice; so was who had read it under a name
    that the child has no more.
    """
    mine = [one for one in receipts if one.reader_id == reader_id]
    return max(mine, key=lambda one: (one.is_open, one.acknowledged is not None, one.asked_at), default=None)


def asked_last(receipts: Iterable[Receipt], reader_id: str) -> Receipt | None:
    """Return what a reader was asked last about one version, None where they never were."""
    mine = [one for one in receipts if one.reader_id == reader_id]
    return max(mine, key=lambda one: (one.asked_at, one.is_open), default=None)


def opened(receipt: Receipt, act: Act) -> Receipt:
    """Return the receipt as opened: the first time counts, and only while the reader is asked."""
    return replace(receipt, opened=receipt.opened or _since(receipt, act)) if receipt.is_open else receipt


def acknowledged(receipt: Receipt, act: Act) -> Receipt:
    """Return the receipt as acknowledged; the first of a team counts. Raises PlanHasChanged once ended."""
    if receipt.acknowledged:
        return receipt
    if not receipt.is_open:
        raise PlanHasChanged
    return replace(receipt, acknowledged=_since(receipt, act))


def asked_back(receipt: Receipt, task_id: str) -> Receipt:
    """Return the receipt with a question to the practice, before or after it was acknowledged."""
    return replace(receipt, questions=(*receipt.questions, task_id))


def ended(receipt: Receipt, because: str, at: datetime) -> Receipt:
    """Return the receipt as one that nobody is asked about any more; one that was answered stays as it is."""
    at = max(at, receipt.asked_at)
    return replace(receipt, ended=because, ended_at=at) if receipt.is_open else receipt


def _since(receipt: Receipt, act: Act) -> Act:
    """Return an act as one that came after the asking: a clock may have been set back since."""
    return replace(act, at=max(act.at, receipt.asked_at))


def _end_of_day(day: date, n: int, holidays: Holidays) -> datetime:
    try:
        last = add_working_days(day, n, holidays)
    except CalendarEnds:
        last = day + n * ONE_DAY
    return uk_moment(last + ONE_DAY, time.min)
