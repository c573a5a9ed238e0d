"""Discharges in a record: when each review was due, and whether the record holds one in time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.follow_up import due_on
from plans.gp_record import GpRecord, HospitalVisit
from plans.risk import YEAR, window
from plans.working_days import Holidays, uk_day


class ReviewState(StrEnum):
    RUNNING = "running"
    IN_TIME = "done in time"
    DONE_LATE = "done late"
    LATE = "late, none on file"


LATE_STATES = frozenset({ReviewState.DONE_LATE, ReviewState.LATE})


@dataclass(frozen=True)
class RecordedDischarge:
    """A discharge of the last 12 months; `due` is the last day for its review, in UK dates."""

    visit: str
    kind: VisitKind
    ended: datetime
    due: date
    review: ReviewState
    asthma: Asthma


def discharges(record: GpRecord, holidays: Holidays, today: date) -> tuple[RecordedDischarge, ...]:
    """Return the discharges after an attack in 12 months, oldest first, each as it stands on `today`.

    One without a diagnosis is among them: until somebody says what it was, its clock runs.
    `holidays` are those of the practice's nation. Raises CalendarEnds.

    Source: clinical reference 8.2, and hazard 16 of the safety list.
    """
    year = window(today, YEAR)
    found = [
        _standing(visit, visit.discharged_at, record, holidays, today)
        for visit in record.visits
        if visit.discharged_at is not None
        and (visit.is_attack or visit.asthma is not Asthma.NO)
        and year.after < uk_day(visit.discharged_at) <= today
    ]
    return tuple(sorted(found, key=lambda one: one.ended))


def _standing(
    visit: HospitalVisit, ended: datetime, record: GpRecord, holidays: Holidays, today: date
) -> RecordedDischarge:
    due = due_on(ended, holidays)
    return RecordedDischarge(
        visit=visit.visit,
        kind=visit.kind,
        ended=ended,
        due=due,
        review=_review(ended, due, record, today),
        asthma=visit.asthma,
    )


def _review(ended: datetime, due: date, record: GpRecord, today: date) -> ReviewState:
    after = [uk_day(moment) for moment in record.reviews if moment >= ended and uk_day(moment) <= today]
    if after:
        return ReviewState.IN_TIME if min(after) <= due else ReviewState.DONE_LATE
    return ReviewState.RUNNING if today <= due else ReviewState.LATE
