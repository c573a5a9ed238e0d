"""What the GP record of a child and this store come to: facts that a professional should look at."""

import logging
from dataclasses import dataclass, replace
from datetime import date
from traceback import format_tb

from fhir.store import Reader
from fhir.store.errors import store_faults
from plans.gp_record import Diagnosed, GpRecord
from plans.known_here import Together, together
from plans.people import Child
from plans.places import Nation
from plans.record_facts import RecordFacts, facts_of
from plans.working_days import CalendarEnds
from portal.actions.child_record import known_until
from portal.actions.facts.known import known_here
from portal.actions.facts.thresholds import thresholds_here
from portal.actions.importing.record import HolidaysFor, kept_record

NOT_COUNTED = (
    "The facts about this child could not be counted, so nobody knows if there are any. Look in the record."
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Facts:
    """What is known of a child; `refused` says why facts cannot be counted, "" where they can.

    `known_until` is the last day that anything in the GP record is about, None without a record or a date.
    `both` is the record with what is known here, `may_be_one` says what may be one thing or two in them.
    `thresholds` names the numbers in force.
    """

    findings: RecordFacts | None
    known_until: date | None
    refused: str = ""
    has_record: bool = True
    both: Together | None = None
    thresholds: str = ""

    @property
    def may_be_one(self) -> tuple[str, ...]:
        return self.both.doubts if self.both else ()


def facts_about(reader: Reader, child: Child, *, today: date, holidays_for: HolidaysFor) -> Facts:
    """Return what is known of a child that a professional should look at, whichever source says it.

    A plan that was signed here counts as one on record. Nothing found does not mean low risk: it means
    nothing was found up to `known_until`.
    """
    record = kept_record(reader, child.id)
    both = all_known(reader, child, record, today)
    nation = record.practice.nation if record and record.practice else Nation.ENGLAND_AND_WALES
    until, said = known_until(record) if record else None, thresholds_here()
    try:
        findings = facts_of(both.record, holidays_for(nation), today, both.here, said)
    except CalendarEnds as refusal:
        return Facts(None, until, str(refusal), record is not None)
    if record is None:
        findings = replace(findings, doubts=())  # of nothing, nothing is doubtful
    return Facts(findings, until, "", record is not None, both, said.said)


def facts_shown(reader: Reader, child: Child, *, today: date, holidays_for: HolidaysFor) -> Facts:
    """Return the same for a page, which a fault with one child must not take away; `refused` says so then."""
    try:
        return facts_about(reader, child, today=today, holidays_for=holidays_for)
    except store_faults():
        raise
    except Exception as fault:  # whatever it is, the rest of the page is needed
        note_not_counted(fault)
        return Facts(None, None, NOT_COUNTED)


def note_not_counted(fault: Exception) -> None:
    """Say in the log that a child could not be counted; its own text may name somebody."""
    logger.error("Facts not counted: %s\n%s", type(fault).__name__, "".join(format_tb(fault.__traceback__)))


def all_known(reader: Reader, child: Child, record: GpRecord | None, today: date) -> Together:
    """Return the record with what is known here in it; an empty one for a child of whom there is none."""
    return together(record or without_record(child), known_here(reader, child, today))


def without_record(child: Child) -> GpRecord:
    """Return the record of a child who has a plan here and of whom no GP record was brought in."""
    return GpRecord(child=child, asthma=Diagnosed.SUSPECTED)
