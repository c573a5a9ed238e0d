"""Whether the one inhaler of MART or AIR is listed for it: by brand, strength, device and age."""

from collections.abc import Iterator, Mapping

from plans.checks.situation import Check, Situation, listed
from plans.licences import AIR_NEVER_UNDER, MART_NEVER_UNDER, MAY_CARRY, Verdict, is_never_reliever
from plans.plan import Plan, Regimen, Slot
from plans.problems import Kind
from plans.products import Listed, Product, Says

NEVER_UNDER: Mapping[Regimen, int] = {Regimen.MART: MART_NEVER_UNDER, Regimen.AIR: AIR_NEVER_UNDER}


def _one_inhaler(plan: Plan, situation: Situation) -> Product | None:
    """Return the product of MART or AIR, unless the age or the ingredient has a check of its own."""
    youngest = NEVER_UNDER.get(plan.regimen) if plan.regimen else None
    if youngest is None or situation.age < youngest:
        return None
    products = (product for slot, _, product in listed(plan, situation) if slot is Slot.COMBINATION)
    product = next(products, None)
    return None if product is None or is_never_reliever(product) else product


def _verdict(plan: Plan, situation: Situation) -> Verdict | None:
    product = _one_inhaler(plan, situation)
    may_carry = MAY_CARRY[plan.regimen] if plan.regimen else None
    return may_carry(product, situation.age).verdict if product and may_carry else None


def _is_listed_at_some_age(plan: Plan, situation: Situation) -> bool:
    product = _one_inhaler(plan, situation)
    return product is not None and _list_of(plan, product).says in (Says.YES, Says.CONFLICT)


def _list_of(plan: Plan, product: Product) -> Listed:
    return product.mart if plan.regimen is Regimen.MART else product.air


def is_too_young(plan: Plan, situation: Situation) -> bool:
    """Return whether the product of MART or AIR is listed for it, but only at an older age."""
    return _verdict(plan, situation) is Verdict.NO and _is_listed_at_some_age(plan, situation)


def _not_listed(plan: Plan, situation: Situation) -> Iterator[str]:
    if _verdict(plan, situation) is Verdict.NO and not _is_listed_at_some_age(plan, situation):
        yield "combination-product"


def _too_young(plan: Plan, situation: Situation) -> Iterator[str]:
    if is_too_young(plan, situation):
        yield "combination-product"


def _to_confirm(plan: Plan, situation: Situation) -> Iterator[str]:
    if _verdict(plan, situation) is Verdict.TO_CONFIRM:
        yield "combination-product"


CHECKS = (
    Check(
        "one-inhaler-not-listed",
        Kind.MUST_BE_PUT_RIGHT,
        "This product and strength are not listed for this regimen: choose another product or regimen.",
        "Clinical reference 1.6 and safety trap 2",
        _not_listed,
    ),
    Check(
        "one-inhaler-under-listed-age",
        Kind.MUST_BE_EXPLAINED,
        "This product is listed for this regimen only at an older age: say why this child has it.",
        "Clinical reference 1.6; hazard 14 of the safety list",
        _too_young,
    ),
    Check(
        "one-inhaler-to-confirm",
        Kind.MUST_BE_EXPLAINED,
        "Sources disagree on this product: check the licence of today and say what you found.",
        "Clinical reference 1.6, tags C and U",
        _to_confirm,
    ),
)
