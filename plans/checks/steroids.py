"""Whether steroids kept at home are complete, add up, and have a rule for when to start them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from plans.checks.situation import Check, Situation
from plans.further_treatment import StartRule, SteroidPack
from plans.peak_flow import CHILD_UNDER
from plans.plan import Plan
from plans.problems import Kind
from plans.products import Role

STRENGTH = re.compile(r"(\d+)mg(?:/(\d*)ml)?")  # 5mg, 5mg/5ml, 10mg/ml
# Highest reference dose in milligrams a day, by the age in years below which it stands; then for adults.
# Source: SIGN158 (clinical reference 2.3). Tag U: it only asks for a second look, and fills nothing in.
REFERENCE_UNDER = ((2, 10), (6, 20), (CHILD_UNDER, 40))
REFERENCE_ADULT = 50
# Source: the card is for high or repeated steroids (clinical reference 2.6 and 7). Tags V and V2.
COURSES_FOR_A_CARD = 2
ENGLISH = "en"


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


def _no_start(plan: Plan, _: Situation) -> Iterator[str]:
    if _pack(plan).supplied and _pack(plan).start is None:
        yield "steroids-start"


def _start_incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    pack = _pack(plan)
    if pack.start is StartRule.PEAK_FLOW and not pack.below:
        yield "steroids-below"
    if pack.start is StartRule.WRITTEN and not pack.start_words:
        yield "steroids-start-words"


def _start_left_over(plan: Plan, _: Situation) -> Iterator[str]:
    pack = _pack(plan)
    if pack.below is not None and pack.start not in (None, StartRule.PEAK_FLOW):
        yield "steroids-below"
    if pack.start_words and pack.start not in (None, StartRule.WRITTEN):
        yield "steroids-start-words"


def _start_without_peak_flow(plan: Plan, _: Situation) -> Iterator[str]:
    if _pack(plan).start is StartRule.PEAK_FLOW and plan.peak_flow is None:
        yield "steroids-start"


def _limit_out_of_order(plan: Plan, _: Situation) -> Iterator[str]:
    below, flow = _pack(plan).below, plan.peak_flow
    if below and flow and _pack(plan).start is StartRule.PEAK_FLOW:
        highest = [limit for limit in (flow.best, flow.worse_below) if limit]
        if highest and below > min(highest):
            yield "steroids-below"


def _words_not_translated(plan: Plan, _: Situation) -> Iterator[str]:
    is_english = plan.language.split("-")[0].lower() in ("", ENGLISH)
    if _pack(plan).start_words and not is_english:
        yield "steroids-start-words"


def _over_reference(plan: Plan, situation: Situation) -> Iterator[str]:
    doses = (dose for under, dose in REFERENCE_UNDER if situation.age < under)
    if (_pack(plan).milligrams or 0) > next(doses, REFERENCE_ADULT):
        yield "steroids-milligrams"


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
        "steroids-without-start",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose when to start the steroids: nobody may have to guess.",
        "Clinical reference 2.3: exact start rule",
        _no_start,
    ),
    Check(
        "steroids-start-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}, or choose another rule.",
        "Clinical reference 2.3: exact start rule",
        _start_incomplete,
    ),
    Check(
        "steroids-start-left-over",
        Kind.MUST_BE_PUT_RIGHT,
        "Another rule starts the steroids: clear the {what}.",
        "Clinical reference 2.3: one start rule",
        _start_left_over,
    ),
    Check(
        "steroids-start-without-peak-flow",
        Kind.MUST_BE_PUT_RIGHT,
        "This plan goes by symptoms only: choose another start of the steroids, or use peak flow.",
        "Hazard 6 of the safety list: a clinician types L/min, and a plan by symptoms has none",
        _start_without_peak_flow,
    ),
    Check(
        "steroids-limit-out-of-order",
        Kind.MUST_BE_PUT_RIGHT,
        "Steroids cannot start before getting worse does: type the {what} again.",
        "Clinical reference 10.3: limits go down from best to getting worse",
        _limit_out_of_order,
    ),
    Check(
        "steroids-words-not-translated",
        Kind.MUST_BE_PUT_RIGHT,
        "The family reads another language: choose a rule that is offered, and clear these words.",
        "Hazard 3 of the safety list: free text there blocks a copy in another language",
        _words_not_translated,
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
