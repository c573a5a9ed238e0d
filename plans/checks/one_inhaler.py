"""Whether the one inhaler of MART or AIR is listed for it, and who decided so where it is not."""

from collections.abc import Iterator, Mapping

from plans.checks.situation import Check, Situation, named
from plans.checks.unlisted import must_never_relieve
from plans.licences import AIR_NEVER_UNDER, MART_NEVER_UNDER, MAY_CARRY, Verdict
from plans.plan import UNLISTED, Plan, Regimen, Slot
from plans.problems import Kind
from plans.products import Ingredient, Listed, Product, Says

NEVER_UNDER: Mapping[Regimen, int] = {Regimen.MART: MART_NEVER_UNDER, Regimen.AIR: AIR_NEVER_UNDER}
STEROID_AND_FORMOTEROL = 2  # ingredients; a third makes it a triple inhaler


def could_be_one_inhaler(product: Product) -> bool:
    """Return whether it is a steroid with formoterol; of one written by hand that is not known.

    Source: clinical reference 1.6 and safety trap 2.
    """
    pair = Ingredient.FORMOTEROL in product.ingredients and len(product.ingredients) == STEROID_AND_FORMOTEROL
    return pair or product.key == UNLISTED


def _one_inhaler(plan: Plan, situation: Situation) -> Product | None:
    """Return the product of MART or AIR, unless its age or ingredients have a check that nobody overrides."""
    youngest = NEVER_UNDER.get(plan.regimen) if plan.regimen else None
    if youngest is None or situation.age < youngest:
        return None
    products = (product for slot, _, product in named(plan, situation) if slot is Slot.COMBINATION)
    product = next(products, None)
    if product is None or not could_be_one_inhaler(product):
        return None
    is_never = product.key == UNLISTED and must_never_relieve(product, situation.medicines)
    return None if is_never else product


def _verdict(plan: Plan, situation: Situation) -> Verdict | None:
    product = _one_inhaler(plan, situation)
    may_carry = MAY_CARRY[plan.regimen] if plan.regimen else None
    return may_carry(product, situation.age).verdict if product and may_carry else None


def _is_listed_at_some_age(plan: Plan, situation: Situation) -> bool:
    product = _one_inhaler(plan, situation)
    return product is not None and _list_of(plan, product).says in (Says.YES, Says.CONFLICT)


def _list_of(plan: Plan, product: Product) -> Listed:
    return product.mart if plan.regimen is Regimen.MART else product.air


def _is_unlisted(plan: Plan, situation: Situation) -> bool:
    return _verdict(plan, situation) is Verdict.NO and not _is_listed_at_some_age(plan, situation)


def is_too_young(plan: Plan, situation: Situation) -> bool:
    """Return whether the product of MART or AIR is listed for it, but only at an older age."""
    return _verdict(plan, situation) is Verdict.NO and _is_listed_at_some_age(plan, situation)


def _is_decided(plan: Plan) -> bool:
    return plan.override is not None and bool(plan.override.reason and plan.override.by)


def _not_listed(plan: Plan, situation: Situation) -> Iterator[str]:
    if _is_unlisted(plan, situation) and not _is_decided(plan):
        yield "combination-product"


def _overridden(plan: Plan, situation: Situation) -> Iterator[str]:
    if _is_unlisted(plan, situation) and _is_decided(plan):
        yield "combination-product"


def _half_overridden(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.override is not None and not plan.override.reason:
        yield "override-reason"
    if plan.override is not None and not plan.override.by:
        yield "override-by"


def _override_not_needed(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.override is not None and _verdict(plan, situation) in (None, Verdict.YES):
        yield "override-reason"


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
        "Not listed for this regimen: choose another product, or type a reason and who decided.",
        "Clinical reference 1.6 and safety trap 2: an override needs a reason and a name",
        _not_listed,
    ),
    Check(
        "override-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "A product that is not listed needs both a reason and a name: type the {what}.",
        "Clinical reference 1.6: an override needs a reason and a name",
        _half_overridden,
    ),
    Check(
        "override-not-needed",
        Kind.MUST_BE_PUT_RIGHT,
        "No inhaler of this plan needs or may have this reason: clear it, and the name beside it.",
        "Clinical reference 1.6: an override is for one product that is not listed",
        _override_not_needed,
    ),
    Check(
        "one-inhaler-overridden",
        Kind.MUST_BE_EXPLAINED,
        "This product is used although it is not listed for this regimen: say what the family was told.",
        "Clinical reference 1.1: off-label, discussed with the family; hazard 14 of the safety list",
        _overridden,
    ),
    Check(
        "one-inhaler-under-listed-age",
        Kind.MUST_BE_EXPLAINED,
        "This product is listed for this regimen only at an older age: say why it is used.",
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
