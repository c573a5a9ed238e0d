"""Whether the most of the one inhaler in a day is typed, leaves room for relief, and is a usual one."""

from collections.abc import Iterator

from plans.checks.doses import a_day
from plans.checks.situation import Check, Situation, named
from plans.licences import usual_maxima
from plans.plan import Plan, Slot
from plans.problems import Kind
from plans.products import Product
from plans.regimens import ONE_INHALER

# Source: the normal maximum of every inhaler for which one is known (clinical reference 1.6). Tag V2.
USUAL_A_DAY = 8


def _missing(plan: Plan, _: Situation) -> Iterator[str]:
    inhaler = plan.medicines.get(Slot.COMBINATION)
    if plan.regimen in ONE_INHALER and inhaler is not None and not inhaler.most_a_day:
        yield "combination-most-a-day"


def _too_few(plan: Plan, _: Situation) -> Iterator[str]:
    inhaler = plan.medicines.get(Slot.COMBINATION)
    if inhaler and inhaler.most_a_day and inhaler.most_a_day < a_day(inhaler) + (inhaler.when_needed or 0):
        yield "combination-most-a-day"


def _not_for_this(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if slot is not Slot.COMBINATION and medicine.most_a_day is not None:
            yield f"{slot}-most-a-day"


def _over_usual(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, medicine, product in named(plan, situation):
        if slot is not Slot.COMBINATION:
            continue
        maxima = usual_maxima(product, situation.age)
        if maxima is not None and maxima.a_day is not None and a_day(medicine) > maxima.a_day:
            yield f"{slot}-morning"
        if maxima is not None and maxima.at_once is not None and (medicine.when_needed or 0) > maxima.at_once:
            yield f"{slot}-when-needed"
        if (medicine.most_a_day or 0) > _usual_most(product, situation.age):
            yield f"{slot}-most-a-day"


def _usual_most(product: Product, age: int) -> int:
    """Return what may be had in a day, for a time where the list allows that at this age."""
    maxima = usual_maxima(product, age)
    return (maxima and (maxima.a_day_for_a_time or maxima.a_day)) or USUAL_A_DAY


CHECKS = (
    Check(
        "most-a-day-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}: somebody has to know when to get help.",
        "Clinical reference 2.3: a personal maximum, which a clinician enters",
        _missing,
    ),
    Check(
        "most-a-day-too-few",
        Kind.MUST_BE_PUT_RIGHT,
        "The daily puffs and one dose when needed come to more: type the {what} again.",
        "Clinical reference 1.6 and 2.3: the most in a day counts the daily puffs",
        _too_few,
    ),
    Check(
        "most-a-day-not-for-this",
        Kind.MUST_BE_PUT_RIGHT,
        "Only an inhaler for MART or AIR has such a number: clear the {what}.",
        "Clinical reference 1.6",
        _not_for_this,
    ),
    Check(
        "over-usual-maximum",
        Kind.MUST_BE_EXPLAINED,
        "This is over the usual maximum of this inhaler: type another number, or say why.",
        "Clinical reference 1.6; 8 a day where none is known",
        _over_usual,
    ),
)
