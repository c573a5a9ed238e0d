"""All that the rules find in a record on one day, together: facts to look at, never a score."""

from dataclasses import dataclass
from datetime import date

from plans.fact_measures import Facts
from plans.gp_record import GpRecord
from plans.known_here import NOTHING, KnownHere
from plans.record_checks import Doubt, check_record
from plans.record_regimen import RecordRegimen, regimen_of
from plans.record_reviews import RecordedDischarge, discharges
from plans.risk import Counts, count
from plans.signals import FoundFact, Signal, find_facts
from plans.thresholds import Thresholds, standard
from plans.working_days import Holidays


@dataclass(frozen=True)
class RecordFacts:
    """What was found in a record up to `until`. Nothing found is not low risk."""

    until: date
    regimen: RecordRegimen
    counts: Counts
    discharges: tuple[RecordedDischarge, ...]
    found: tuple[FoundFact, ...]
    doubts: tuple[Doubt, ...]

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Return one signal for each rule: of those that two sources give, the first."""
        return tuple({one.signal.name: one.signal for one in reversed(self.found)}.values())[::-1]


def facts_of(
    record: GpRecord,
    holidays: Holidays,
    today: date,
    here: KnownHere = NOTHING,
    thresholds: Thresholds | None = None,
) -> RecordFacts:
    """Return what the rules find in a record with what is known `here` in it, by the standard if left out.

    `holidays` are those of the practice's nation. Raises CalendarEnds.
    """
    counts, found = count(record, today), discharges(record, holidays, today)
    facts = Facts(record, counts, found, today, here, thresholds or standard())
    return RecordFacts(
        until=today,
        regimen=regimen_of(record, today),
        counts=counts,
        discharges=found,
        found=find_facts(facts),
        doubts=check_record(record, today),
    )
