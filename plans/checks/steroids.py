"""Whether steroids kept at home are complete and add up, and whether a steroid card is thought of."""

import re
from collections.abc import Iterator
from fractions import Fraction

from plans.checks.situation import Check, Situation
from plans.further_treatment import SteroidPack
from plans.peak_flow import CHILD_UNDER
from plans.plan import Plan
from plans.problems import Kind
from plans.products import Role

STRENGTH = re.compile(r"(\d+)mg(?:/(\d*)ml)?")  # 5mg, 5mg/5ml, 10mg/ml
# Highest reference dose in milligrams a day, by the age in years below which it stands; then for adults.
# Source: SIGN158 (clinical reference 2.3). Tag U: it only asks for a second look, and fills nothing in.
REFERENCE_UNDER = ((2, 10), (6, 20), (CHILD_UNDER, 40))
REFERENCE_ADULT = 50
LONGEST_UNDER_18 = 3  # days: SIGN158 (clinical reference 2.3). Tag U. It names no longest for adults
# Source: the card is for high or repeated steroids (clinical reference 2.6 and 7). Tags V and V2.
COURSES_FOR_A_CARD = 2


def _pack(plan: Plan) -> SteroidPack:
    return plan.steroids or SteroidPack()


def _not_supplied(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.steroids is not None and not plan.steroids.supplied:
        yield "steroids-supplied"


def _incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    pack = _pack(plan)
    if pack.supplied:
        parts = {
            "product": pack.product,
            "milligrams": pack.milligrams,
            "amount": pack.amount,
            "days": pack.days,
        }
        yield from (f"steroids-{part}" for part, said in parts.items() if not said)


def _not_a_course(plan: Plan, situation: Situation) -> Iterator[str]:
    if _pack(plan).product:
        product = situation.medicines.by_key(_pack(plan).product)
        if product is None or Role.ATTACK_COURSE not in product.roles:
            yield "steroids-product"


def _does_not_add_up(plan: Plan, situation: Situation) -> Iterator[str]:
    pack = _pack(plan)
    product = situation.medicines.by_key(pack.product)
    each = milligrams_each(product.strength) if product else None
    if each and pack.milligrams and pack.amount and each * pack.amount != pack.milligrams:
        yield "steroids-amount"


def milligrams_each(strength: str) -> Fraction | None:
    """Return the milligrams in one tablet or millilitre, from words such as 5mg, 5mg/5ml or 10mg/ml.

    None where the words say something else.
    """
    found = STRENGTH.fullmatch(strength)
    return Fraction(int(found[1]), int(found[2] or 1)) if found else None


def _over_reference(plan: Plan, situation: Situation) -> Iterator[str]:
    doses = (dose for under, dose in REFERENCE_UNDER if situation.age < under)
    if (_pack(plan).milligrams or 0) > next(doses, REFERENCE_ADULT):
        yield "steroids-milligrams"
    if situation.age < CHILD_UNDER and (_pack(plan).days or 0) > LONGEST_UNDER_18:
        yield "steroids-days"


def _no_card(plan: Plan, situation: Situation) -> Iterator[str]:
    is_due = _pack(plan).supplied or plan.increase or situation.steroid_courses >= COURSES_FOR_A_CARD
    if is_due and plan.steroid_card is not True:
        yield "steroid-card"


CHECKS = (
    Check(
        "steroids-not-supplied",
        Kind.MUST_BE_PUT_RIGHT,
        "Tick that the steroids were supplied, or clear all that is typed of them.",
        "Clinical reference 2.3: printed only if a clinician says that they were supplied",
        _not_supplied,
    ),
    Check(
        "steroids-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Steroids were supplied: type the {what}.",
        "Clinical reference 2.3: exact tablets, milligrams, days and start rule",
        _incomplete,
    ),
    Check(
        "steroids-not-a-course",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose the steroids again: this product is not for a course in an attack.",
        "Clinical reference 5.2",
        _not_a_course,
    ),
    Check(
        "steroids-do-not-add-up",
        Kind.MUST_BE_PUT_RIGHT,
        "This much of this strength is not the milligrams typed: put one of the three right.",
        "Clinical reference 2.3: exact tablets and milligrams; sums of what was typed",
        _does_not_add_up,
    ),
    Check(
        "steroids-over-reference",
        Kind.MUST_BE_EXPLAINED,
        "This is over the reference dose at this age: type the {what} again, or say why.",
        "SIGN158 (clinical reference 2.3, tag U)",
        _over_reference,
    ),
    Check(
        "steroid-card",
        Kind.MUST_BE_EXPLAINED,
        "So much steroid may need a steroid card: say that one is given, or why not.",
        "NI formulary on the Steroid Emergency Card (clinical reference 2.6); 2 courses a year (7)",
        _no_card,
    ),
)
