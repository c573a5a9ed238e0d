"""Whether an allergy that could be mistaken for asthma is cared for, and its pens are in date."""

import re
from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.plan import Plan
from plans.problems import Kind

# Whole words only, so that dust mites and grass are no food. It asks for a second look, and marks nothing.
FOOD = re.compile(
    r"\b(food|(pea|hazel|wal)?nuts?|almonds?|cashews?|pistachios?|milk|dairy|eggs?|fish|shellfish"
    r"|prawns?|sesame|soya?|wheat|lentils?|chickpeas?|mustard|celery|lupin|kiwi)\b",
    re.IGNORECASE,
)


def _is_severe(plan: Plan) -> bool:
    return any(allergy.severe for allergy in plan.allergies)


def _plan_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if _is_severe(plan) and not plan.allergy_care.plan_confirmed:
        yield "allergy-plan-confirmed"


def _pens_not_said(plan: Plan, _: Situation) -> Iterator[str]:
    care = plan.allergy_care
    if _is_severe(plan) and care.pens_expire_on is None and not care.no_pens_reason:
        yield "pens-expire-on"


def _pens_expired(plan: Plan, situation: Situation) -> Iterator[str]:
    expiry = plan.allergy_care.pens_expire_on
    if expiry is not None and expiry < situation.today:
        yield "pens-expire-on"


def _severity_not_said(plan: Plan, _: Situation) -> Iterator[str]:
    care = plan.allergy_care
    if (care.pens_expire_on is not None or care.plan_confirmed) and not _is_severe(plan):
        yield "allergy-1-severe" if plan.allergies else "allergy-1-name"


def _may_be_food(plan: Plan, _: Situation) -> Iterator[str]:
    for number, allergy in enumerate(plan.allergies, start=1):
        if not allergy.severe and FOOD.search(allergy.name):
            yield f"allergy-{number}-severe"


SOURCE = (
    "Hazard 1 of the safety list; spare pens in schools guidance and BSACI plans (clinical reference 2.4)"
)

CHECKS = (
    Check(
        "allergy-plan-missing",
        Kind.MUST_BE_EXPLAINED,
        "Confirm that there is an allergy plan, or say why there is none.",
        SOURCE,
        _plan_missing,
    ),
    Check(
        "pens-not-said",
        Kind.MUST_BE_PUT_RIGHT,
        "Type when the adrenaline pens expire, or why there are none.",
        SOURCE,
        _pens_not_said,
    ),
    Check(
        "pens-expired",
        Kind.MUST_BE_PUT_RIGHT,
        "These pens have expired: order new ones and type their date, or say why there are none.",
        SOURCE,
        _pens_expired,
    ),
    Check(
        "allergy-not-marked-severe",
        Kind.MUST_BE_PUT_RIGHT,
        "Mark the allergy that the pens or the allergy plan are for as severe.",
        SOURCE,
        _severity_not_said,
    ),
    Check(
        "food-allergy-not-severe",
        Kind.MUST_BE_EXPLAINED,
        "A food allergy can look like asthma: mark it as severe, or say why not.",
        SOURCE,
        _may_be_food,
    ),
)
