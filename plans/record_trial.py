"""A preventer on trial under 5, as a record tells of it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from plans.gp_record import GpRecord
from plans.record_medicines import preventer_lines

TRIED_UNDER = 5  # years. Source: NG245 1.9.1 to 1.9.4 (clinical reference 1.2). Tag V.
SHORTEST, LONGEST = timedelta(weeks=8), timedelta(weeks=12)
TRIAL = re.compile(r"\btrial\b", re.IGNORECASE)
A_DAY = re.compile(
    r"\b\d{1,2}(st|nd|rd|th)?\s+(of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[/.]\d{1,2}\b|\d{4}-\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RecordedTrial:
    """What the record calls a trial; `started` and `ends` only where it gives exactly that one day."""

    medicine: str
    started: date | None
    ends: date | None

    @property
    def window(self) -> tuple[date, date] | None:
        """Return from when and until when somebody decides: 8 to 12 weeks after the start."""
        return (self.started + SHORTEST, self.started + LONGEST) if self.started else None


def trial_of(record: GpRecord, today: date) -> RecordedTrial | None:
    """Return the one preventer that runs on `today` and is called a trial, under 5; else None."""
    if record.child.age_on(today) >= TRIED_UNDER:
        return None
    lines = [line for line in preventer_lines(record, today) if TRIAL.search(line.text)]
    if len(lines) != 1:
        return None
    line = lines[0]
    has_other_day = A_DAY.search(line.text) is not None
    started = line.started.first if line.started and line.started.is_exact else None
    return RecordedTrial(line.medicine.text, started, None if has_other_day else line.ended)
