"""The action plan and its life: what a clinician enters, and draft -> signed -> replaced or withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from plans.errors import MoveNotAllowed
from plans.further_treatment import Increase, Nebuliser, SteroidPack, Trial, Weaning
from plans.people import Child, Professional
from plans.products import Device
from plans.understanding import Understanding

UNLISTED = "unlisted"  # stands for a product's key where a clinician wrote the medicine by hand


class Regimen(StrEnum):
    """How the medicines are meant to be used; it decides the sentences and the attack steps."""

    PREVENTER_RELIEVER = "preventer-reliever"
    MART = "mart"
    AIR = "air"
    OTHER = "other"  # none of these: a clinician writes the attack steps


class Spacer(StrEnum):
    NONE = "none"
    MOUTHPIECE = "mouthpiece"
    MASK = "mask"


class Slot(StrEnum):
    """A place on the plan that a medicine can take; also the beginning of its field names."""

    PREVENTER = "preventer"
    RELIEVER = "reliever"
    COMBINATION = "combination"  # the one inhaler of MART or AIR
    BACKUP = "backup"  # a blue inhaler kept beside MART or AIR
    ADD_ON = "add-on"


class Status(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SIGNED}),
    Status.SIGNED: frozenset({Status.REPLACED, Status.WITHDRAWN}),
    Status.REPLACED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Unlisted:
    """A medicine that is in no list, written by hand as it stands on the box."""

    name: str = ""
    strength: str = ""
    device: Device | None = None


@dataclass(frozen=True)
class Medicine:
    """One medicine of a plan, as a clinician entered it. None is "not said", never "none".

    `product` is a key of medicines.csv, or UNLISTED for one that `unlisted` names; puffs are counts (tablets
    or sachets for an add-on). `most_a_day` is this child's own maximum of a MART or AIR inhaler.
    `source` tells where an imported or copied dose came from and when ("" if typed here); such a
    dose stands only when a clinician has `confirmed` that line.
    """

    product: str
    colour: str = ""
    morning: int | None = None
    evening: int | None = None
    when_needed: int | None = None
    spacer: Spacer | None = None
    source: str = ""
    confirmed: bool = True
    unlisted: Unlisted | None = None
    most_a_day: int | None = None


@dataclass(frozen=True)
class AttackSteps:
    """Attack steps that a clinician wrote, for whatever the standard steps do not fit.

    `puffs` each time, `gap_seconds` between times, `maximum` puffs in all before 999 is called, with the
    inhaler in `slot` (None: the one that the regimen uses in an attack).
    """

    puffs: int | None = None
    gap_seconds: int | None = None
    maximum: int | None = None
    slot: Slot | None = None


@dataclass(frozen=True)
class PeakFlow:
    """Peak flow as a plan uses it: L/min typed by a clinician, never computed.

    `best` with the day it was measured and the meter's scale ("EU" or "Wright"); below
    `worse_below` the child is getting worse, below `attack_below` it is an attack.
    """

    best: int | None = None
    measured_on: date | None = None
    scale: str = ""
    worse_below: int | None = None
    attack_below: int | None = None


@dataclass(frozen=True)
class Allergy:
    """An allergy as recorded; `severe` is food or any other that could be mistaken for asthma."""

    name: str
    severe: bool


@dataclass(frozen=True)
class AllergyCare:
    """What the clinician confirmed for a severe allergy: its own plan, and the pens."""

    plan_confirmed: bool = False
    pens_expire_on: date | None = None
    no_pens_reason: str = ""


@dataclass(frozen=True)
class SchoolCare:
    """What the school needs to know: where the inhaler is, and whether the school's own may be used."""

    inhaler_place: str = ""
    spacer_at_school: bool | None = None
    emergency_inhaler_consent: bool | None = None
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a clinician signed although a check asked for an explanation: kept with the plan."""

    check: str
    text: str


@dataclass(frozen=True)
class Override:
    """Why a product that is not listed for MART or AIR is used for it all the same, and who decided that."""

    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Plan:
    """What one plan says; a signed one also says who signed, when, and which plan it replaced."""

    id: str
    child_id: str
    regimen: Regimen | None = None
    medicines: Mapping[Slot, Medicine] = field(default_factory=dict)
    worse_puffs: int | None = None  # puffs each time, when getting worse
    worse_hours: int | None = None  # no more often than every so many hours
    attack_steps: AttackSteps | None = None
    exercise_puffs: int | None = None  # of the reliever, before exercise
    increase: Increase | None = None
    weaning: Weaning | None = None
    steroids: SteroidPack | None = None
    steroid_card: bool | None = None  # False: a clinician says that none is needed
    nebuliser: Nebuliser = Nebuliser()
    trial: Trial = Trial()
    override: Override | None = None
    peak_flow: PeakFlow | None = None  # None: by symptoms only
    allergies: tuple[Allergy, ...] = ()
    allergy_care: AllergyCare = AllergyCare()
    triggers: tuple[str, ...] = ()  # keys of content.TRIGGERS
    school: SchoolCare = SchoolCare()
    surgery_phone: str = ""
    open_access_phone: str = ""  # of a hospital ward that this child may go straight to
    child_words: str = ""
    language: str = ""  # the family reads: BCP 47
    language_spoken: str = ""  # in words, as the family names it
    interpreter: bool | None = None
    review_by: date | None = None
    understanding: Understanding = Understanding()
    wordings_confirmed: tuple[str, ...] = ()  # keys of confirmations.WORDINGS
    reasons: tuple[Reason, ...] = ()
    fired: tuple[str, ...] = ()  # codes of the checks that fired when it was signed
    version: int = 1  # in the series of this child's plans
    status: Status = Status.DRAFT
    author: Professional | None = None
    signed_at: datetime | None = None
    replaces: str = ""  # id of the plan that this one replaced
    ended_at: datetime | None = None  # when it was replaced or withdrawn

    def reason_for(self, check: str) -> str:
        """Return the reason given for a check, "" if there is none."""
        return next((reason.text for reason in self.reasons if reason.check == check), "")

    @property
    def place_id(self) -> str:
        """Return the id of the place (an Organization) where it was signed, "" for a draft."""
        return self.author.organisation_id if self.author else ""

    def who_answers_for(self, child: Child) -> str:
        """Return the id of who answers for its child: the practice, else where it was signed, or ""."""
        return child.practice_id or self.place_id


def signed(plan: Plan, *, by: Professional, at: datetime) -> Plan:
    """Return the plan as signed by `by`; the checks come first, see checks.py."""
    return replace(_moved(plan, Status.SIGNED), author=by, signed_at=at)


def replaced(plan: Plan, *, at: datetime) -> Plan:
    """Return the plan as one that a newer version took the place of."""
    return replace(_moved(plan, Status.REPLACED), ended_at=at)


def withdrawn(plan: Plan, *, at: datetime) -> Plan:
    """Return the plan as no longer to be followed, with nothing in its place."""
    return replace(_moved(plan, Status.WITHDRAWN), ended_at=at)


def _moved(plan: Plan, to: Status) -> Plan:
    if to not in MOVES[plan.status]:
        raise MoveNotAllowed(plan.status, to)
    return replace(plan, status=to)
