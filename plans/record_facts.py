"""All that the rules find in a record on one day, together: facts to look at, never a score."""

from dataclasses import dataclass
from datetime import date

from plans.gp_record import GpRecord
from plans.record_checks import Doubt, check_record
from plans.record_regimen import RecordRegimen, regimen_of
from plans.record_reviews import RecordedDischarge, discharges
from plans.risk import Counts, count
from plans.signals import Signal, find_signals
from plans.working_days import Holidays


@dataclass(frozen=True)
class RecordFacts:
    """What was found in a record up to `until`. Nothing found is not low risk."""

    until: date
    regimen: RecordRegimen
    counts: Counts
    discharges: tuple[RecordedDischarge, ...]
    signals: tuple[Signal, ...]
    doubts: tuple[Doubt, ...]


def facts_of(record: GpRecord, holidays: Holidays, today: date) -> RecordFacts:
    """Return what the rules find; `holidays` are those of the practice's nation. Raises CalendarEnds."""
    counts, found = count(record, today), discharges(record, holidays, today)
    return RecordFacts(
        until=today,
        regimen=regimen_of(record, today),
        counts=counts,
        discharges=found,
        signals=find_signals(record, counts, found, today),
        doubts=check_record(record, today),
    )
