"""What each regimen asks of a plan, and which attack steps a plan prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from plans.licences import fits_script_a, fits_script_b
from plans.medicines import Medicines
from plans.plan import Plan, Regimen, Slot
from plans.products import Role, Tag


class Asks(StrEnum):
    """What a regimen asks of a place on the plan, or of a time of day."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Place:
    """What a regimen asks of one slot: whether it is there, its daily puffs, its puffs when needed."""

    presence: Asks
    daily: Asks = Asks.FORBIDDEN
    when_needed: Asks = Asks.FORBIDDEN


NOT_HERE = Place(Asks.FORBIDDEN, daily=Asks.OPTIONAL, when_needed=Asks.OPTIONAL)
DAILY = Place(Asks.OPTIONAL, daily=Asks.REQUIRED)
BACKUP = Place(Asks.OPTIONAL, when_needed=Asks.OPTIONAL)

# A preventer is optional here because a plan without one is explained, never refused (no-preventer).
# Source: clinical reference 1.2 to 1.4 and 2.2; backup beside MART or AIR: hazard 5 of the safety list.
PLACES: Mapping[Regimen, Mapping[Slot, Place]] = {
    Regimen.PREVENTER_RELIEVER: {
        Slot.PREVENTER: DAILY,
        Slot.RELIEVER: Place(Asks.REQUIRED, when_needed=Asks.REQUIRED),
        Slot.COMBINATION: NOT_HERE,
        Slot.BACKUP: NOT_HERE,
        Slot.ADD_ON: DAILY,
    },
    Regimen.MART: {
        Slot.PREVENTER: NOT_HERE,
        Slot.RELIEVER: NOT_HERE,
        Slot.COMBINATION: Place(Asks.REQUIRED, daily=Asks.REQUIRED, when_needed=Asks.REQUIRED),
        Slot.BACKUP: BACKUP,
        Slot.ADD_ON: DAILY,
    },
    Regimen.AIR: {
        Slot.PREVENTER: NOT_HERE,
        Slot.RELIEVER: NOT_HERE,
        Slot.COMBINATION: Place(Asks.REQUIRED, when_needed=Asks.REQUIRED),
        Slot.BACKUP: BACKUP,
        Slot.ADD_ON: DAILY,
    },
    Regimen.OTHER: {
        Slot.PREVENTER: DAILY,
        Slot.RELIEVER: Place(Asks.OPTIONAL, when_needed=Asks.OPTIONAL),
        Slot.COMBINATION: Place(Asks.OPTIONAL, daily=Asks.OPTIONAL, when_needed=Asks.OPTIONAL),
        Slot.BACKUP: BACKUP,
        Slot.ADD_ON: DAILY,
    },
}

# The inhaler that the attack steps are about; None where a clinician says which.
ATTACK_SLOT: Mapping[Regimen, Slot | None] = {
    Regimen.PREVENTER_RELIEVER: Slot.RELIEVER,
    Regimen.MART: Slot.COMBINATION,
    Regimen.AIR: Slot.COMBINATION,
    Regimen.OTHER: None,
}

ONE_INHALER = frozenset({Regimen.MART, Regimen.AIR})
RELIEVING = frozenset(
    {Slot.RELIEVER, Slot.BACKUP, Slot.COMBINATION}
)  # slots that somebody turns to in an attack


class Script(StrEnum):
    """Which attack steps a plan prints. They are never mixed."""

    A = "a"  # a separate salbutamol 100 microgram aerosol
    B = "b"  # the one inhaler of MART or AIR, at 12 or over
    WRITTEN = "written"  # in the fields that a clinician filled in
    NONE = "none"  # no regimen or no inhaler yet: nothing can be printed


@dataclass(frozen=True)
class StandardSteps:
    """The numbers of a standard script: puffs each time, the gap between times, and where 999 comes in.

    `again_after_minutes` is how long to wait for the ambulance before starting over; None where no
    source settles it, so that a clinician confirms those words.
    """

    puffs: int
    gap_from_seconds: int
    gap_to_seconds: int
    maximum: int
    again_after_minutes: int | None
    tag: Tag
    source: str


STANDARD_STEPS: Mapping[Script, StandardSteps] = {
    Script.A: StandardSteps(
        1, 30, 60, 10, 10, Tag.READ,
        "Asthma + Lung UK child attack page; NHS asthma text (clinical reference 2.4)",
    ),
    Script.B: StandardSteps(
        1, 60, 180, 6, None, Tag.READ,
        "NHS asthma text (clinical reference 2.4); starting over after 10 minutes is not confirmed",
    ),
}  # fmt: skip


def most_at_once(script: Script) -> int | None:
    """Return the most puffs in the standard steps for the one inhaler of MART or AIR; None for others."""
    return STANDARD_STEPS[script].maximum if script is Script.B else None


def attack_slot(plan: Plan) -> Slot | None:
    """Return which place on the plan holds the inhaler for an attack, None while nobody has said."""
    if plan.attack_steps and plan.attack_steps.slot:
        return plan.attack_steps.slot
    return ATTACK_SLOT[plan.regimen] if plan.regimen else None


def relief_slot(plan: Plan) -> Slot | None:
    """Return which place holds the inhaler for symptoms that are no attack yet: on MART and AIR the one."""
    has_reliever = Slot.RELIEVER in plan.medicines and plan.regimen not in ONE_INHALER
    return Slot.RELIEVER if has_reliever else attack_slot(plan)


def attack_script(plan: Plan, age: int, medicines: Medicines) -> Script:
    """Return which attack steps the plan prints for a child of `age` whole years.

    It follows the regimen and the exact product, never the drug class. Steps that a clinician typed win
    over a standard script; what no standard script surely fits is WRITTEN, whether or not it is filled in.

    Source: hazards 3 to 5 of the safety list; clinical reference 2.4.
    """
    if plan.regimen is None or not _is_named(plan, attack_slot(plan)):
        return Script.NONE
    if plan.attack_steps is not None:
        return Script.WRITTEN
    return standard_script(plan, age, medicines)


def standard_script(plan: Plan, age: int, medicines: Medicines) -> Script:
    """Return the standard script that surely fits, whatever a clinician typed; WRITTEN if none does."""
    slot = ATTACK_SLOT[plan.regimen] if plan.regimen else None
    if plan.regimen is None or slot is None or has_two_relievers(plan, medicines):
        return Script.WRITTEN
    product = medicines.product_of(plan.medicines[slot]) if slot in plan.medicines else None
    if product is None:
        return Script.WRITTEN
    if plan.regimen in ONE_INHALER:
        return Script.B if fits_script_b(product, age, plan.regimen) else Script.WRITTEN
    return Script.A if fits_script_a(product) else Script.WRITTEN


def has_two_relievers(plan: Plan, medicines: Medicines) -> bool:
    """Return whether two inhalers could be meant in an attack; a backup beside MART or AIR is not one."""
    apart = {Slot.BACKUP, Slot.COMBINATION} if plan.regimen in ONE_INHALER else set()
    products = (medicines.product_of(one) for slot, one in plan.medicines.items() if slot not in apart)
    relievers = sum(product is not None and Role.RELIEVER in product.roles for product in products)
    return relievers > (0 if plan.regimen in ONE_INHALER else 1)


def _is_named(plan: Plan, slot: Slot | None) -> bool:
    medicine = plan.medicines.get(slot) if slot else None
    return medicine is not None and bool(medicine.product)
