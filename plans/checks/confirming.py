"""Whether a clinician has confirmed what the software must not take for granted."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.confirmations import needed
from plans.draft import UnknownChoice
from plans.plan import Plan, Slot
from plans.problems import Kind


def _dose_not_confirmed(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if not medicine.confirmed:
            yield f"{slot}-confirmed"


def _wording_not_confirmed(plan: Plan, situation: Situation) -> Iterator[str]:
    for wording in needed(plan, situation.age, situation.medicines):
        if wording.key not in plan.wordings_confirmed:
            yield f"wording-{wording.key}"


def _unknown_not_chosen(_: Plan, situation: Situation) -> Iterator[str]:
    for medicine in situation.unknown:
        if medicine.choice is None:
            yield f"{medicine.field}-choice"


def _unknown_not_placed(plan: Plan, situation: Situation) -> Iterator[str]:
    for medicine in situation.unknown:
        if medicine.choice in (None, UnknownChoice.NOT_FOR_THIS_PLAN):
            continue
        slot = Slot(str(medicine.choice))
        if slot not in plan.medicines:
            yield f"{slot}-product"


def _live_plan_not_named(plan: Plan, situation: Situation) -> Iterator[str]:
    if situation.live_plan_id and plan.replaces != situation.live_plan_id:
        yield "replaces"


def _replaced_plan_not_live(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.replaces and not situation.live_plan_id:
        yield "replaces"


CHECKS = (
    Check(
        "dose-not-confirmed",
        Kind.MUST_BE_PUT_RIGHT,
        "The dose of the {what} was copied: check it against today's repeats, then confirm it.",
        "Hazard 12 of the safety list",
        _dose_not_confirmed,
    ),
    Check(
        "wording-not-confirmed",
        Kind.MUST_BE_PUT_RIGHT,
        "Read and confirm these words, which no source settles: {what}.",
        "Clinical reference: what is tagged C or U is confirmed by a clinician",
        _wording_not_confirmed,
    ),
    Check(
        "unknown-medicine-not-chosen",
        Kind.MUST_BE_PUT_RIGHT,
        "On the record, {what} is in no list: say what it is for on this plan, if anything.",
        "Hazard 12 of the safety list",
        _unknown_not_chosen,
    ),
    Check(
        "unknown-medicine-not-placed",
        Kind.MUST_BE_PUT_RIGHT,
        "A medicine on the record is for this plan: choose the brand and strength of the {what}.",
        "Hazard 12 of the safety list",
        _unknown_not_placed,
    ),
    Check(
        "live-plan-not-replaced",
        Kind.MUST_BE_PUT_RIGHT,
        "There is already a live plan: say that this one replaces it.",
        "Hazard 13 of the safety list: one live plan for each child",
        _live_plan_not_named,
    ),
    Check(
        "replaced-plan-not-live",
        Kind.MUST_BE_PUT_RIGHT,
        "The plan that this one was to replace is no longer live: open the list of plans and start again.",
        "Hazard 13 of the safety list: one live plan for each child",
        _replaced_plan_not_live,
    ),
)
