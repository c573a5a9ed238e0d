"""Whether the regimen is chosen, is for this age, and has the medicines that it asks for."""

from collections.abc import Iterator, Mapping

from plans.checks.situation import Check, Situation
from plans.licences import AIR_NEVER_UNDER, MART_NEVER_UNDER
from plans.plan import Plan, Regimen, Slot
from plans.problems import Kind
from plans.regimens import ONE_INHALER, PLACES, Asks

# The places of which one must hold a steroid, where the regimen does not already ask for it.
PREVENTING: Mapping[Regimen, frozenset[Slot]] = {
    Regimen.PREVENTER_RELIEVER: frozenset({Slot.PREVENTER}),
    Regimen.OTHER: frozenset({Slot.PREVENTER, Slot.COMBINATION}),
}


def _regimen_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen is None:
        yield "regimen"


def _air_under_12(plan: Plan, situation: Situation) -> Iterator[str]:
    if _is_air(plan) and situation.age < AIR_NEVER_UNDER:
        yield "regimen"


def _mart_under_5(plan: Plan, situation: Situation) -> Iterator[str]:
    is_mart = plan.regimen is Regimen.MART or _has_one_inhaler_on_other(plan)
    if is_mart and situation.age < MART_NEVER_UNDER:
        yield "regimen"


def _is_air(plan: Plan) -> bool:
    """Return whether one inhaler is taken only when needed, whatever the regimen is called."""
    if not _has_one_inhaler_on_other(plan):
        return plan.regimen is Regimen.AIR
    inhaler = plan.medicines[Slot.COMBINATION]
    return not inhaler.morning and not inhaler.evening


def _has_one_inhaler_on_other(plan: Plan) -> bool:
    return plan.regimen is Regimen.OTHER and Slot.COMBINATION in plan.medicines


def _no_reliever(plan: Plan, _: Situation) -> Iterator[str]:
    places = PLACES[plan.regimen] if plan.regimen else {}
    for slot, place in places.items():
        if place.presence is Asks.REQUIRED and slot not in plan.medicines:
            yield f"{slot}-product"


def _not_in_regimen(plan: Plan, _: Situation) -> Iterator[str]:
    places = PLACES[plan.regimen] if plan.regimen else {}
    for slot in plan.medicines:
        if slot in places and places[slot].presence is Asks.FORBIDDEN:
            yield f"{slot}-product"


def _no_preventer(plan: Plan, _: Situation) -> Iterator[str]:
    preventing = PREVENTING.get(plan.regimen, frozenset()) if plan.regimen else frozenset()
    if preventing and preventing.isdisjoint(plan.medicines):
        yield "preventer-product"


def _backup(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen in ONE_INHALER and Slot.BACKUP in plan.medicines:
        yield "backup-product"


CHECKS = (
    Check(
        "regimen-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose how the medicines are used: preventer and reliever, MART, AIR, or other.",
        "Clinical reference, safety trap 1: the attack steps follow the regimen",
        _regimen_missing,
    ),
    Check(
        "air-under-12",
        Kind.MUST_BE_PUT_RIGHT,
        "AIR is never for a child under 12: choose another regimen.",
        "Asthma + Lung UK AIR guide (clinical reference, safety trap 3)",
        _air_under_12,
    ),
    Check(
        "mart-under-5",
        Kind.MUST_BE_PUT_RIGHT,
        "MART is not for a child under 5: choose another regimen.",
        "NG245 1.9.1 to 1.9.4 (clinical reference 1.2)",
        _mart_under_5,
    ),
    Check(
        "no-reliever",
        Kind.MUST_BE_PUT_RIGHT,
        "Add the inhaler that is used in an attack.",
        "Clinical reference 2.4: every attack script needs an inhaler",
        _no_reliever,
    ),
    Check(
        "medicine-not-in-regimen",
        Kind.MUST_BE_PUT_RIGHT,
        "This regimen has no {what}: clear it, or choose another regimen.",
        "Clinical reference 1.3 and 1.4; hazards 3 and 4 of the safety list",
        _not_in_regimen,
    ),
    Check(
        "no-preventer",
        Kind.MUST_BE_EXPLAINED,
        "A reliever without a preventer is not safe for asthma: add a preventer, or say why there is none.",
        "NRAD; MHRA 2025 (clinical reference 1.1 and safety trap 12)",
        _no_preventer,
    ),
    Check(
        "backup-beside-one-inhaler",
        Kind.MUST_BE_EXPLAINED,
        "MART and AIR need no blue inhaler: say why there is one as a backup.",
        "Hazard 5 of the safety list; Asthma + Lung UK MART and AIR guides",
        _backup,
    ),
)
