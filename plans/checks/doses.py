"""Whether every puff that the regimen asks for is typed, and none that makes no sense."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.further_treatment import Increase, Weaning
from plans.plan import Medicine, Plan, Regimen, Slot
from plans.problems import Kind
from plans.regimens import PLACES, STANDARD_STEPS, Asks, Place, Script, attack_slot

# Source: the most puffs of any standard script (clinical reference 2.4). More is a slip of the hand.
MOST_PUFFS = STANDARD_STEPS[Script.A].maximum


def a_day(medicine: Medicine) -> int:
    """Return the puffs that are taken every day, whatever happens."""
    return (medicine.morning or 0) + (medicine.evening or 0)


def _places(plan: Plan) -> Iterator[tuple[Slot, Medicine, Place]]:
    places = PLACES[plan.regimen] if plan.regimen else {}
    for slot, medicine in plan.medicines.items():
        if slot in places:
            yield slot, medicine, places[slot]


def _puffs_missing(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine, place in _places(plan):
        if place.daily is Asks.REQUIRED and not a_day(medicine):
            yield f"{slot}-morning"
        is_asked = place.when_needed is Asks.REQUIRED or _has_no_use(plan, slot, medicine)
        if is_asked and not medicine.when_needed:
            yield f"{slot}-when-needed"


def _has_no_use(plan: Plan, slot: Slot, medicine: Medicine) -> bool:
    """Return whether nothing says when an inhaler of the regimen "other" is taken."""
    is_free = plan.regimen is Regimen.OTHER and slot in (Slot.RELIEVER, Slot.COMBINATION)
    return is_free and not a_day(medicine) and attack_slot(plan) is not slot


def _puffs_not_in_regimen(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine, place in _places(plan):
        for field, puffs in _doses(slot, medicine):
            asked = place.when_needed if field.endswith("when-needed") else place.daily
            if asked is Asks.FORBIDDEN and puffs:
                yield field


def _too_many_at_once(plan: Plan, _: Situation) -> Iterator[str]:
    doses = [dose for slot, medicine in plan.medicines.items() for dose in _doses(slot, medicine)]
    for field, puffs in [*doses, *_other_doses(plan)]:
        if puffs is not None and puffs > MOST_PUFFS:
            yield field


def _no_puffs(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.exercise_puffs == 0:
        yield "exercise-puffs"
    if plan.regimen is Regimen.OTHER and plan.worse_puffs == 0:
        yield "worse-puffs"
    for slot, medicine, place in _places(plan):
        if place.when_needed is Asks.OPTIONAL and medicine.when_needed == 0:
            yield f"{slot}-when-needed"


def _doses(slot: Slot, medicine: Medicine) -> Iterator[tuple[str, int | None]]:
    yield f"{slot}-morning", medicine.morning
    yield f"{slot}-evening", medicine.evening
    yield f"{slot}-when-needed", medicine.when_needed


def _other_doses(plan: Plan) -> Iterator[tuple[str, int | None]]:
    """Yield what is taken at one time outside an attack, beside the usual doses."""
    increase, weaning = plan.increase or Increase(), plan.weaning or Weaning()
    yield "exercise-puffs", plan.exercise_puffs
    yield "worse-puffs", plan.worse_puffs
    yield "increase-morning", increase.morning
    yield "increase-evening", increase.evening
    yield "weaning-puffs", weaning.puffs


CHECKS = (
    Check(
        "puffs-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type how much of the {what} to take {when}.",
        "Clinical reference 2.1 and 2.2",
        _puffs_missing,
    ),
    Check(
        "puffs-not-in-regimen",
        Kind.MUST_BE_PUT_RIGHT,
        "On this regimen the {what} is not taken {when}: clear this number.",
        "Clinical reference 2.2: AIR has no daily puffs, and a preventer is never for symptoms",
        _puffs_not_in_regimen,
    ),
    Check(
        "too-many-at-once",
        Kind.MUST_BE_PUT_RIGHT,
        "No more than 10 are taken at one time: type the number for {what} again.",
        "Clinical reference 2.4: 10 puffs are the most of any standard script",
        _too_many_at_once,
    ),
    Check(
        "no-puffs",
        Kind.MUST_BE_PUT_RIGHT,
        "0 is no dose: type the number for {what} again, or clear it.",
        "Clinical reference 2.2: what is on a plan is taken",
        _no_puffs,
    ),
)
