"""What a GP record says about a child, as values: nothing guessed, nothing of FHIR."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.partial_date import PartialDate
from plans.people import Child, FamilyMember
from plans.places import Organisation
from plans.understanding import ControlTool


@dataclass(frozen=True)
class NamedMedicine:
    """A medicine as it stands in the record. `codes` are dm+d or SNOMED CT; `is_foreign`: coded in another
    country's list only, so that its words must not be matched to a UK product."""

    text: str
    codes: tuple[str, ...] = ()
    is_foreign: bool = False


class TimeOfDay(StrEnum):
    MORNING = "morning"
    EVENING = "evening"
    OTHER = "other"


@dataclass(frozen=True)
class Instruction:
    """One dose instruction. `amount` is a whole count of puffs, tablets or sachets if the dose is given so,
    `times_a_day` a whole number if the timing says so, `most_a_day` the most that may be taken in a day.
    None is "not said", never "none"."""

    text: str = ""
    as_needed: bool = False
    amount: int | None = None
    unit: str = ""
    times_a_day: int | None = None
    most_a_day: int | None = None
    times: tuple[TimeOfDay, ...] = ()


@dataclass(frozen=True)
class RepeatLine:
    """A medicine on the repeat list, running or stopped. `ended` is the last day it is valid, if said."""

    medicine: NamedMedicine
    is_active: bool
    written: PartialDate | None = None
    started: PartialDate | None = None
    ended: date | None = None
    instructions: tuple[Instruction, ...] = ()
    is_for_asthma: bool = False  # the record gives asthma as the reason

    @property
    def text(self) -> str:
        """Return the dose as the record words it."""
        return "; ".join(instruction.text for instruction in self.instructions if instruction.text)

    def is_current(self, today: date) -> bool:
        """Return whether it is to be taken: not stopped, and not a trial that has ended."""
        return self.is_active and (self.ended is None or self.ended >= today)


@dataclass(frozen=True)
class Supply:
    """Something that was issued, or handed over ahead of a prescription; each counted once.

    `is_handed_over`: a pharmacy or a hospital gave it without an issue. `is_spare`: the record calls it
    a spare, or says that it is for school.
    """

    medicine: NamedMedicine
    day: PartialDate | None
    quantity: float | None = None
    unit: str = ""
    is_handed_over: bool = False
    is_spare: bool = False


@dataclass(frozen=True)
class RecordAllergy:
    """An allergy. `is_food` and `is_high` are the record's own category and criticality."""

    name: str
    is_food: bool = False
    is_high: bool = False
    had_anaphylaxis: bool = False
    day: PartialDate | None = None


@dataclass(frozen=True)
class PeakFlowReading:
    """A peak flow as recorded; `unit` as written, `scale` "EU", "Wright" or "" when nobody said."""

    value: float
    unit: str
    day: PartialDate | None
    scale: str = ""
    is_best: bool = False
    method: str = ""


@dataclass(frozen=True)
class Score:
    """A measure with a number: school missed in percent, or attacks in the year before that day."""

    value: float
    day: PartialDate | None


@dataclass(frozen=True)
class ControlScore:
    """A score of asthma control in points. `tool` is None where nothing surely names it."""

    value: float
    day: PartialDate | None
    tool: ControlTool | None = None


@dataclass(frozen=True)
class Measure:
    """A height in cm."""

    centimetres: float
    day: PartialDate | None


class Fact(StrEnum):
    """Something about a child's life or past that a record states or denies."""

    SMOKE_AT_HOME = "smoke-at-home"
    SMOKES = "smokes"
    DAMP_OR_MOULD = "damp-or-mould"
    VAPES = "vapes"
    LOOKED_AFTER = "looked-after"
    INTENSIVE_CARE = "intensive-care"


@dataclass(frozen=True)
class Statement:
    """What the record says of a Fact on a day.

    `may_print` only where the record names the fact itself, and restricts it to nobody.
    """

    fact: Fact
    is_so: bool
    day: PartialDate | None
    may_print: bool = True


@dataclass(frozen=True)
class HospitalVisit:
    """A stay in hospital or a visit to an emergency department. `is_attack`: asthma, or wheeze.

    `admitted_at` and `discharged_at` in UTC; a visit that is not over has no `discharged_at`.
    """

    visit: str
    kind: VisitKind
    admitted_at: datetime | None
    discharged_at: datetime | None
    asthma: Asthma
    is_attack: bool


class Diagnosed(StrEnum):
    """Whether the record says that the child has asthma."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    NO = "no"


@dataclass(frozen=True)
class GpRecord:
    """All that the rules read from a child's record.

    `ids` of people and organisations are the keys under which the file names them. `twice` names what
    the file holds twice, `has_imprecise_dates` whether a date that counts is a year or a month only.
    """

    child: Child
    gender: str = ""
    has_died: bool = False
    gp: str = ""  # the doctor's name
    practice: Organisation | None = None
    school: Organisation | None = None
    reads: str = ""  # the child's own language, to read
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words by speaker; "" is the child
    needs_interpreter: bool | None = None
    family: tuple[FamilyMember, ...] = ()
    asthma: Diagnosed = Diagnosed.NO
    allergies: tuple[RecordAllergy, ...] = ()
    lines: tuple[RepeatLine, ...] = ()
    supplies: tuple[Supply, ...] = ()
    peak_flows: tuple[PeakFlowReading, ...] = ()
    heights: tuple[Measure, ...] = ()
    control_scores: tuple[ControlScore, ...] = ()
    attacks_counted: tuple[Score, ...] = ()  # in the year before, as a clinician counted them
    absences: tuple[Score, ...] = ()  # percent of school missed
    statements: tuple[Statement, ...] = ()
    plans_on_file: tuple[PartialDate, ...] = ()
    mart_started: tuple[PartialDate, ...] = ()
    visits: tuple[HospitalVisit, ...] = ()
    reviews: tuple[datetime, ...] = ()  # asthma reviews that took place, in UTC
    calls: tuple[datetime, ...] = ()  # calls that nobody answered
    not_brought: tuple[PartialDate, ...] = ()
    flags: tuple[str, ...] = ()  # restricted: never to a family login, a school or paper
    twice: tuple[str, ...] = ()
    has_imprecise_dates: bool = False

    def current_lines(self, today: date) -> tuple[RepeatLine, ...]:
        """Return the medicines that the child is to take now, whatever they are for."""
        return tuple(line for line in self.lines if line.is_current(today))

    @property
    def has_barred_parent(self) -> bool:
        return any(member.barred for member in self.family)
