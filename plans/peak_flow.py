"""Whether a best peak flow can still carry limits in L/min; nothing here computes or fills in a limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plans.years import year_after

# L/min: below the first no reading is believable, above the second the case records call it implausible.
# Source: ends of the scale of the meters in use. Tag U: for a clinician to confirm.
LOWEST_BEST, HIGHEST_BEST = 60, 900

SCALE = "EU"  # the scale of today's meters, EN 13826; charts and old meters on Wright's scale differ
GROWTH_CM = 5  # a best is outgrown when the child has grown this much since. Tag U: a working rule
CHILD_UNDER = 18  # years: only children outgrow a best
RELIABLE_FROM = 5  # years: younger children cannot blow reliably. Tag U

# Percent of best in use on UK plans, for a clinician to read beside the boxes and never to fill them.
# Source: UHSussex child plan (75 and 50), adult plan in the manner of Asthma + Lung UK (80). Tag V.
INFORMATION = (
    "Plans in use start the getting worse part below 75% of best in children and 80% in adults, "
    "and the attack part below 50%. Type the L/min that you decide for this child."
)


@dataclass(frozen=True)
class Reading:
    """A peak flow on record, in L/min. `scale` is "EU", "Wright" or "" when nobody said."""

    value: int
    measured_on: date
    scale: str = ""


@dataclass(frozen=True)
class Height:
    """A height on record, in cm."""

    centimetres: float
    measured_on: date


def is_believable(value: int) -> bool:
    """Return whether a meter can show `value` L/min for anybody."""
    return LOWEST_BEST <= value <= HIGHEST_BEST


def is_out_of_date(measured_on: date, today: date) -> bool:
    """Return whether a child's best is older than 12 months, and so probably outgrown."""
    return year_after(measured_on) < today


def is_outgrown(measured_on: date, heights: Iterable[Height]) -> bool:
    """Return whether the child has grown 5 cm or more since the best was measured.

    The height then is the last one known on that day, or the first known after it.
    """
    known = sorted(heights, key=lambda height: height.measured_on)
    before = [height for height in known if height.measured_on <= measured_on]
    later = [height for height in known if height.measured_on > measured_on]
    if not later:
        return False
    then = before[-1] if before else later[0]
    return max(height.centimetres for height in later) - then.centimetres >= GROWTH_CM


def is_exceeded(best: int, measured_on: date, readings: Iterable[Reading]) -> bool:
    """Return whether a later believable reading is higher than `best`, so that it is no longer the best."""
    return any(
        reading.measured_on > measured_on and reading.value > best and is_believable(reading.value)
        for reading in readings
    )
