"""Whether the attack steps are there, make sense, and say why they differ from the standard ones."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.plan import AttackSteps, Plan, Regimen, Slot
from plans.problems import Kind
from plans.regimens import STANDARD_STEPS, Script, attack_script, attack_slot, standard_script

SHORTEST_GAP = STANDARD_STEPS[Script.A].gap_from_seconds
LONGEST_GAP = STANDARD_STEPS[Script.B].gap_to_seconds


def _missing(plan: Plan, situation: Situation) -> Iterator[str]:
    are_written = attack_script(plan, situation.age, situation.medicines) is Script.WRITTEN
    if not are_written and plan.regimen is not Regimen.OTHER:
        return
    steps = plan.attack_steps or AttackSteps()
    if not steps.puffs:
        yield "attack-puffs"
    if not steps.gap_seconds:
        yield "attack-gap-seconds"
    if not steps.maximum:
        yield "attack-maximum"


def _out_of_order(plan: Plan, _: Situation) -> Iterator[str]:
    steps = plan.attack_steps
    if steps and steps.puffs and steps.maximum and steps.puffs > steps.maximum:
        yield "attack-maximum"


def _instead_of_standard(plan: Plan, situation: Situation) -> Iterator[str]:
    fits = standard_script(plan, situation.age, situation.medicines) in STANDARD_STEPS
    if plan.attack_steps is not None and fits:
        yield "attack-puffs"


def _unusual(plan: Plan, _: Situation) -> Iterator[str]:
    steps = plan.attack_steps
    if steps is None or plan.regimen is None:
        return
    if steps.gap_seconds and not SHORTEST_GAP <= steps.gap_seconds <= LONGEST_GAP:
        yield "attack-gap-seconds"
    nearest = Script.B if attack_slot(plan) is Slot.COMBINATION else Script.A
    if (steps.maximum or 0) > STANDARD_STEPS[nearest].maximum:
        yield "attack-maximum"


CHECKS = (
    Check(
        "attack-steps-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "The standard attack steps do not fit this inhaler: type the {what}.",
        "Hazard 3 of the safety list; clinical reference 2.4 and safety traps 4 and 7",
        _missing,
    ),
    Check(
        "attack-steps-out-of-order",
        Kind.MUST_BE_PUT_RIGHT,
        "The most puffs in an attack cannot be fewer than the puffs each time: type this again.",
        "Hazard 3 of the safety list",
        _out_of_order,
    ),
    Check(
        "own-attack-steps",
        Kind.MUST_BE_EXPLAINED,
        "The standard attack steps fit this inhaler: clear these, or say why others are needed.",
        "Hazard 3 of the safety list; a personal maximum wins (NHS asthma text, clinical reference 2.4)",
        _instead_of_standard,
    ),
    Check(
        "attack-steps-unusual",
        Kind.MUST_BE_EXPLAINED,
        "Outside the standard attack steps: type the {what} again, or say why.",
        "Clinical reference 2.4: gaps of 30 to 180 seconds, up to 10 puffs, up to 6 with MART or AIR",
        _unusual,
    ),
)
