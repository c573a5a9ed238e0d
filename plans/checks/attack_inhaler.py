"""Whether the inhaler that written attack steps name is on the plan, and may be used in an attack."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation, named
from plans.checks.unlisted import must_never_relieve
from plans.plan import UNLISTED, Plan, Regimen, Slot
from plans.problems import Kind
from plans.products import Device, Product, Role
from plans.regimens import ATTACK_SLOT, RELIEVING

FOR_AN_ATTACK = frozenset({Role.RELIEVER, Role.COMBINATION_MART, Role.COMBINATION_AIR})


def _slot(plan: Plan) -> Slot | None:
    return plan.attack_steps.slot if plan.attack_steps else None


def _missing(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen is Regimen.OTHER and _slot(plan) is None:
        yield "attack-inhaler"


def _not_of_regimen(plan: Plan, _: Situation) -> Iterator[str]:
    """One script only: a backup beside MART or AIR has its own line, and never the steps."""
    own = ATTACK_SLOT[plan.regimen] if plan.regimen else None
    if own is not None and _slot(plan) not in (None, own):
        yield "attack-inhaler"


def _not_on_plan(plan: Plan, _: Situation) -> Iterator[str]:
    slot = _slot(plan)
    if plan.regimen is Regimen.OTHER and slot is not None:
        medicine = plan.medicines.get(slot)
        if medicine is None or not medicine.product:
            yield "attack-inhaler"


def _not_a_reliever(plan: Plan, situation: Situation) -> Iterator[str]:
    slot = _slot(plan)
    if plan.regimen is not Regimen.OTHER:
        return
    for place, _medicine, product in named(plan, situation):
        if place is slot and (slot not in RELIEVING or not _may_relieve(product, situation)):
            yield "attack-inhaler"


def _may_relieve(product: Product, situation: Situation) -> bool:
    """Return whether nothing known speaks against it: one written by hand must at least be inhaled."""
    if must_never_relieve(product, situation.medicines) or product.device is Device.ORAL:
        return False
    return product.key == UNLISTED or not FOR_AN_ATTACK.isdisjoint(product.roles)


CHECKS = (
    Check(
        "attack-inhaler-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Say which inhaler is used in an attack: this regimen has none of its own.",
        "Hazard 3 of the safety list; clinical reference 2.4: every attack script needs an inhaler",
        _missing,
    ),
    Check(
        "attack-inhaler-not-of-regimen",
        Kind.MUST_BE_PUT_RIGHT,
        "This regimen has its own inhaler for an attack: choose that one, or choose the regimen other.",
        "Hazards 3 to 5 of the safety list: one script only, and it follows the regimen",
        _not_of_regimen,
    ),
    Check(
        "attack-inhaler-not-on-plan",
        Kind.MUST_BE_PUT_RIGHT,
        "The inhaler for an attack is not on this plan: add it, or choose another.",
        "Hazard 3 of the safety list",
        _not_on_plan,
    ),
    Check(
        "attack-inhaler-not-a-reliever",
        Kind.MUST_BE_PUT_RIGHT,
        "This medicine must not be used in an attack: choose an inhaler that relieves.",
        "Asthma + Lung UK MART guide (clinical reference 2.4, 2.6 and safety trap 2); hazard 3",
        _not_a_reliever,
    ),
)
