"""What a plan may ask for beside its inhalers' usual puffs: each only because a clinician entered it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Increase:
    """The preventer taken more for a time when asthma gets worse: puffs at a time, and for how many days."""

    morning: int | None = None
    evening: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Weaning:
    """The reliever taken by the clock for a time after an attack: puffs each time, hours apart, days."""

    puffs: int | None = None
    hours: int | None = None
    days: int | None = None


class StartRule(StrEnum):
    """When somebody starts the steroids that are kept at home."""

    TOLD = "told"  # when the surgery or the hospital says so
    PEAK_FLOW = "peak-flow"  # when peak flow is below what the clinician typed
    WRITTEN = "written"  # in the clinician's own words, which are not translated


@dataclass(frozen=True)
class SteroidPack:
    """Steroids to keep at home. `amount` is what is taken once a day: tablets, or millilitres of a liquid.

    `product` is a key of medicines.csv; `milligrams` is the dose of a day; `below` is L/min.
    """

    supplied: bool = False
    product: str = ""
    milligrams: int | None = None
    amount: int | None = None
    days: int | None = None
    start: StartRule | None = None
    below: int | None = None
    start_words: str = ""


@dataclass(frozen=True)
class Nebuliser:
    """A nebuliser at home: None is "not said". Under 18 only a specialist starts one and manages it.

    Source: MHRA Drug Safety Update, August 2022.
    """

    at_home: bool | None = None
    specialist: str = ""
    hospital: str = ""


class Diagnosis(StrEnum):
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Trial:
    """How sure the diagnosis is, and the day by which somebody decides on a preventer that is on trial.

    Source: NG245 1.9.1 to 1.9.4: under 5 a preventer is tried for 8 to 12 weeks.
    """

    diagnosis: Diagnosis | None = None
    decide_by: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether the trial had a last day and that day has passed."""
        return self.decide_by is not None and self.decide_by < today
