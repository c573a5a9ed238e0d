"""The children of a practice as pages list them: the live plan, an open draft, a review that is running."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fhir import kept_plans
from fhir.kept_plans import LivePlan
from fhir.record import Record
from fhir.store import Reader
from fhir.store.tables import drafts
from plans.errors import NhsNumberInvalid
from plans.partial_date import on
from plans.people import Child, nhs_number
from plans.record_facts import RecordFacts
from plans.working_days import CalendarEnds, uk_day
from portal.actions.child_record import known_until
from portal.actions.importing.record import HolidaysFor, facts_in, kept_record


@dataclass(frozen=True)
class Listed:
    """One child of a list; `draft_id` is "" without an open draft."""

    child: Child
    plan: LivePlan | None
    draft_id: str
    review_running: bool


@dataclass(frozen=True)
class Facts:
    """What a record comes to; `refused` says why that cannot be counted, "" where it can."""

    findings: RecordFacts | None
    known_until: date | None
    refused: str = ""


def listed(reader: Reader, record: Record, children: Sequence[Child]) -> list[Listed]:
    """Return what the list says of these children, whom the record's viewer sees, in their order."""
    plans, running = record.live_plans(), record.children_after_hospital()
    open_drafts = drafts.open_of(reader, [one.id for one in children])
    begun = {draft.child_id: draft.id for draft in open_drafts}
    return [
        Listed(one, plans.get(one.id), begun.get(one.id, ""), review_running=one.id in running)
        for one in children
    ]


def found_by(text: str, children: Iterable[Child]) -> list[Child]:
    """Return the children whom a search means: by NHS number, spaced or not, or by parts of the name."""
    try:
        number = nhs_number(text)
    except NhsNumberInvalid:
        words = text.casefold().split()
        return [child for child in children if all(word in child.name.casefold() for word in words)]
    return [child for child in children if child.nhs_number == number]


def facts_about(reader: Reader, child: Child, *, today: date, holidays_for: HolidaysFor) -> Facts | None:
    """Return what the child's record says that a professional should look at; None without a record.

    A plan that was signed here counts as one on record. Nothing found does not mean low risk: it means
    nothing was found up to `known_until`.
    """
    record = kept_record(reader, child.id)
    if record is None:
        return None
    signed_here = (plan.signed_at for plan in kept_plans.plans_of(reader, child.id))
    plans = (*record.plans_on_file, *(on(uk_day(moment)) for moment in signed_here if moment))
    record = replace(record, plans_on_file=plans)
    try:
        return Facts(facts_in(record, today, holidays_for), known_until(record))
    except CalendarEnds as refusal:
        return Facts(None, known_until(record), str(refusal))
