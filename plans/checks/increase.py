"""Whether taking more of the preventer for a time is possible here, complete, and really more."""

from collections.abc import Iterator

from plans.checks.doses import a_day
from plans.checks.situation import Check, Situation
from plans.further_treatment import Increase
from plans.plan import Medicine, Plan, Regimen, Slot
from plans.problems import Kind
from plans.products import LONG_ACTING

# Source: NG245 1.14.4: from 17, a steroid alone, up to 4 times for 7 days (clinical reference 2.3). Tag V.
OFFERED_FROM = 17  # years
MOST_TIMES = 4
LONGEST = 7  # days
WITHOUT_INCREASE = frozenset({Regimen.MART, Regimen.AIR, Regimen.OTHER})


def _both(plan: Plan) -> tuple[Increase, Medicine] | None:
    """Return the increase and what it is an increase of; None where something is missing or not allowed."""
    preventer = plan.medicines.get(Slot.PREVENTER)
    if plan.increase is None or preventer is None or plan.regimen in WITHOUT_INCREASE:
        return None
    return plan.increase, preventer


def _puffs(increase: Increase) -> int:
    return (increase.morning or 0) + (increase.evening or 0)


def _not_in_regimen(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.increase is not None and plan.regimen in WITHOUT_INCREASE:
        typed = {
            "morning": plan.increase.morning,
            "evening": plan.increase.evening,
            "days": plan.increase.days,
        }
        yield from (f"increase-{part}" for part, number in typed.items() if number is not None)


def _without_preventer(plan: Plan, _: Situation) -> Iterator[str]:
    is_alone = plan.increase is not None and Slot.PREVENTER not in plan.medicines
    if is_alone and plan.regimen not in WITHOUT_INCREASE:
        yield "increase-morning"


def _parts_missing(plan: Plan, _: Situation) -> Iterator[str]:
    both = _both(plan)
    if both is None:
        return
    increase, preventer = both
    if increase.morning is None and (preventer.morning or not increase.evening):
        yield "increase-morning"
    if increase.evening is None and preventer.evening:
        yield "increase-evening"
    if not increase.days:
        yield "increase-days"


def _not_more(plan: Plan, _: Situation) -> Iterator[str]:
    both = _both(plan)
    if both is None or (both[0].morning is None and both[0].evening is None):
        return
    if _puffs(both[0]) <= a_day(both[1]):
        yield "increase-evening" if both[0].morning is None else "increase-morning"


def _under_17(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.increase is not None and situation.age < OFFERED_FROM:
        yield "increase-morning"


def _unusual(plan: Plan, situation: Situation) -> Iterator[str]:
    both = _both(plan)
    if both is None:
        return
    increase, preventer = both
    product = situation.medicines.product_of(preventer)
    is_combined = product is not None and not LONG_ACTING.isdisjoint(product.ingredients)
    if is_combined or (a_day(preventer) and _puffs(increase) > MOST_TIMES * a_day(preventer)):
        yield "increase-morning"
    if (increase.days or 0) > LONGEST:
        yield "increase-days"


CHECKS = (
    Check(
        "increase-not-in-regimen",
        Kind.MUST_BE_PUT_RIGHT,
        "Only a plan with a preventer and a reliever has an increase: clear the {what}.",
        "Clinical reference 2.3: never on MART or AIR, where the dose rises by itself with use",
        _not_in_regimen,
    ),
    Check(
        "increase-without-preventer",
        Kind.MUST_BE_PUT_RIGHT,
        "There is no preventer to take more of: add one, or clear the increase.",
        "NG245 1.14.4 (clinical reference 2.3)",
        _without_preventer,
    ),
    Check(
        "increase-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}.",
        "NG245 1.14.4 (clinical reference 2.3): puffs and days as a clinician enters them",
        _parts_missing,
    ),
    Check(
        "increase-not-more",
        Kind.MUST_BE_PUT_RIGHT,
        "This is not more than the daily puffs: type the increase again, or clear it.",
        "NG245 1.14.4 (clinical reference 2.3)",
        _not_more,
    ),
    Check(
        "increase-under-17",
        Kind.MUST_BE_EXPLAINED,
        "Under 17 there is no increase as a rule: clear it, or say who agreed it and why.",
        "NICE NG80 rationale, carried into NG245 (clinical reference 2.3)",
        _under_17,
    ),
    Check(
        "increase-unusual",
        Kind.MUST_BE_EXPLAINED,
        "Usual is a steroid alone, up to 4 times the dose, for 7 days: change this, or say why.",
        "NG245 1.14.4 (clinical reference 2.3), and never above the licensed daily maximum",
        _unusual,
    ),
)
