"""Whether a reliever by the clock after an attack is complete, possible here, and explained."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.plan import Plan, Slot
from plans.problems import Kind
from plans.regimens import ONE_INHALER


def _incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.weaning is not None and plan.regimen not in ONE_INHALER:
        parts = {"puffs": plan.weaning.puffs, "hours": plan.weaning.hours, "days": plan.weaning.days}
        yield from (f"weaning-{part}" for part, number in parts.items() if not number)


def _without_reliever(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.weaning is not None and (plan.regimen in ONE_INHALER or Slot.RELIEVER not in plan.medicines):
        yield "weaning-puffs"


def _on_the_plan(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.weaning is not None:
        yield "weaning-puffs"


CHECKS = (
    Check(
        "weaning-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}, or clear all three numbers.",
        "Clinical reference, safety trap 10: a local option, as a clinician enters it",
        _incomplete,
    ),
    Check(
        "weaning-without-reliever",
        Kind.MUST_BE_PUT_RIGHT,
        "This plan has no reliever to take by the clock: clear these three numbers.",
        "Hazard 4 of the safety list; clinical reference, safety trap 10",
        _without_reliever,
    ),
    Check(
        "weaning-by-the-clock",
        Kind.MUST_BE_EXPLAINED,
        "London's clinical group advises against a reliever by the clock: clear it, or say why.",
        "London Asthma Toolkit (clinical reference, safety trap 10)",
        _on_the_plan,
    ),
)
