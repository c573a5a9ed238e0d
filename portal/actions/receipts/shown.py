"""Who has read a plan, as the practice sees it: one line, the detail behind it, and plans unread too long."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from fhir import kept_deaths, kept_people, kept_receipts, kept_team_tasks
from fhir.kept_plans import LivePlan
from fhir.record import Record
from fhir.sights import SIGHT_OF
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.people import Child
from plans.places import Role
from plans.plan import Plan, Status
from plans.receipts import UNREAD_AFTER, Act, Receipt, is_late, that_counts
from plans.sharing import Share
from plans.team_task import TeamTask
from plans.working_days import Holidays
from portal.actions.clocks import HolidaysFor
from portal.actions.receipts.late import holidays_of

Calendars = Callable[[str], Holidays]


@dataclass(frozen=True)
class Row:
    """How one reader stands with a version; `is_late` past the time that this kind of reader has."""

    name: str
    receipt: Receipt | None
    is_late: bool = False

    @property
    def is_read(self) -> bool:
        return self.receipt is not None and self.receipt.acknowledged is not None


@dataclass(frozen=True)
class ReadBy:
    """A version of a plan and how each of its readers stands, by name; nobody where it is not shared."""

    version: int
    plan_id: str
    rows: tuple[Row, ...]

    @property
    def read(self) -> int:
        return sum(row.is_read for row in self.rows)

    @property
    def unread(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.is_read)


@dataclass(frozen=True)
class Detail:
    """A row with the names of who opened and who read it, "" at home, and what the reader asked."""

    row: Row
    opened_by: str
    read_by: str
    questions: tuple[TeamTask, ...]


@dataclass(frozen=True)
class Unread:
    """A child of the practice whose live plan somebody has not read in time."""

    child: Child
    plan: LivePlan
    rows: tuple[Row, ...]


def read_by(
    reader: Reader, plan: Plan, shares: Iterable[Share], now: datetime, holidays_for: HolidaysFor
) -> ReadBy:
    """Return how each reader of a version stands: those with a live share; of a former one, who was asked."""
    receipts = kept_receipts.receipts_of(reader, plan.id)
    if plan.status is not Status.SIGNED:
        asked = {one.reader_id: _name_of(reader, one) for one in receipts}
        rows = [Row(name, that_counts(receipts, id)) for id, name in asked.items()]
    else:
        once = {one.reader_id: one for one in shares}
        known = _calendars(reader, holidays_for)
        rows = [_row(share, that_counts(receipts, id), now, known) for id, share in once.items()]
    return ReadBy(plan.version, plan.id, tuple(sorted(rows, key=lambda row: row.name.casefold())))


def detailed(reader: Reader, rows: Iterable[Row]) -> list[Detail]:
    """Return each row with names and with what was asked and answered."""
    return [_detail(reader, row) for row in rows]


def receipts_of_team(reader: Reader, child_id: str, organisation_id: str) -> list[Receipt]:
    """Return what a team was asked about each version of a child's plan, the one asked last first."""
    found = kept_receipts.receipts_of_reader(reader, child_id, organisation_id)
    return sorted(found, key=lambda one: one.asked_at, reverse=True)


def questions_of(reader: Reader, child_id: str, reader_id: str) -> list[TeamTask]:
    """Return what one reader asked about any version of a child's plan, and its answers, the newest first."""
    receipts = kept_receipts.receipts_of_reader(reader, child_id, reader_id)
    asked = [kept_team_tasks.task(reader, id) for one in receipts for id in one.questions]
    return sorted(asked, key=lambda task: task.raised_at, reverse=True)


def unread_in_time(
    reader: Reader, record: Record, practice_id: str, now: datetime, holidays_for: HolidaysFor
) -> list[Unread]:
    """Return each child of a practice whose live plan is unread past its time, by family name.

    `record` is that of somebody of the practice: what it does not show is not among them.
    """
    live, sight = record.live_plans(), SIGHT_OF[Role.CLINICIAN](f"Organization/{practice_id}", now)
    known = _calendars(reader, holidays_for)
    late = [
        _row(share, receipt, now, known)
        for receipt, share in kept_receipts.open_receipts_with_shares(reader, sight, now)
        if receipt.child_id in live and live[receipt.child_id].id == receipt.plan_id
    ]
    rows, died = _by_child([row for row in late if row.is_late]), kept_deaths.confirmed_ids(reader)
    unread = [child for child in record.children() if child.id in rows and child.id not in died]
    return [Unread(child, live[child.id], rows[child.id]) for child in unread]


def _name_of(reader: Reader, receipt: Receipt) -> str:
    """Return who was asked; the young person by the child's name of now."""
    if not receipt.reader.startswith("RelatedPerson/"):
        return receipt.reader_name
    return kept_people.family_member(reader, receipt.reader_id).name


def _by_child(rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    def child_of(row: Row) -> str:
        return row.receipt.child_id if row.receipt else ""

    ordered = sorted(rows, key=lambda row: (child_of(row), row.name.casefold()))
    return {child_id: tuple(some) for child_id, some in groupby(ordered, key=child_of)}


def _calendars(reader: Reader, holidays_for: HolidaysFor) -> Calendars:
    """Return what gives the bank holidays of an organisation, each looked up once."""
    return cache(lambda organisation_id: holidays_of(reader, organisation_id, holidays_for))


def _row(share: Share, receipt: Receipt | None, now: datetime, holidays_of_reader: Calendars) -> Row:
    if receipt is None or UNREAD_AFTER[share.reader] is None:
        return Row(share.reader_name, receipt)
    holidays = holidays_of_reader(share.reader_id)
    return Row(share.reader_name, receipt, is_late=is_late(receipt, share.reader, now, holidays))


def _detail(reader: Reader, row: Row) -> Detail:
    receipt = row.receipt
    asked = receipt.questions if receipt else ()
    return Detail(
        row,
        opened_by=_name(reader, receipt.opened if receipt else None),
        read_by=_name(reader, receipt.acknowledged if receipt else None),
        questions=tuple(kept_team_tasks.task(reader, id) for id in asked),
    )


def _name(reader: Reader, act: Act | None) -> str:
    """Return the name of somebody who signs in; at home the row itself says who it is."""
    kind, _, id = act.by.partition("/") if act else ("", "", "")
    if kind != "Practitioner":
        return ""
    try:
        return kept_people.name_of_professional(reader, id)
    except ResourceNotFound:
        return ""
