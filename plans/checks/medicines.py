"""Whether each product may do the job that it stands for, at this age."""

from collections.abc import Iterator, Mapping

from plans.checks.one_inhaler import could_be_one_inhaler, is_too_young
from plans.checks.situation import Check, Situation, named
from plans.checks.unlisted import may_stand_as, must_never_relieve
from plans.licences import Verdict, is_outside_listed_age, licensed_at
from plans.medicine_kinds import is_montelukast
from plans.plan import UNLISTED, Plan, Slot
from plans.problems import Kind
from plans.products import Device, Product, Role
from plans.regimens import ONE_INHALER, RELIEVING

# What a product of the list must be able to do to stand in a slot; the one inhaler of MART and AIR is told by
# its ingredients.
ROLES: Mapping[Slot, Role] = {
    Slot.PREVENTER: Role.PREVENTER,
    Slot.RELIEVER: Role.RELIEVER,
    Slot.BACKUP: Role.RELIEVER,
    Slot.ADD_ON: Role.ADD_ON,
}


def _product_missing(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if not medicine.product:
            yield f"{slot}-product"


def _not_listed(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        is_there = medicine.product in ("", UNLISTED) or situation.medicines.by_key(medicine.product)
        if not is_there:
            yield f"{slot}-product"


def _wrong_job(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, _medicine, product in named(plan, situation):
        if not _fits(slot, product, situation) and not _may_not_relieve(plan, situation, slot, product):
            yield f"{slot}-product"


def _fits(slot: Slot, product: Product, situation: Situation) -> bool:
    if product.key == UNLISTED:
        return slot is Slot.ADD_ON or (
            product.device is not Device.ORAL and _may_stand(slot, product, situation)
        )
    return could_be_one_inhaler(product) if slot is Slot.COMBINATION else ROLES[slot] in product.roles


def _may_stand(slot: Slot, product: Product, situation: Situation) -> bool:
    return slot is Slot.COMBINATION or may_stand_as(ROLES[slot], product, situation.medicines)


def _never_as_reliever(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, _medicine, product in named(plan, situation):
        if _may_not_relieve(plan, situation, slot, product):
            yield f"{slot}-product"


def _may_not_relieve(plan: Plan, situation: Situation, slot: Slot, product: Product) -> bool:
    """Return whether it stands where it must never relieve; on MART and AIR a list decides on strengths."""
    if slot not in RELIEVING or not must_never_relieve(product, situation.medicines):
        return False
    is_for_the_list = plan.regimen in ONE_INHALER and slot is Slot.COMBINATION and product.key != UNLISTED
    return not (is_for_the_list and could_be_one_inhaler(product))


def _outside_licence(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, _medicine, product in named(plan, situation):
        is_said_already = slot is Slot.COMBINATION and is_too_young(plan, situation)
        is_outside = licensed_at(product, situation.age).verdict is Verdict.NO
        if (is_outside or is_outside_listed_age(product, situation.age)) and not is_said_already:
            yield f"{slot}-product"


def _two_strengths(plan: Plan, situation: Situation) -> Iterator[str]:
    strengths: dict[tuple[str, ...], str] = {}
    for slot, _medicine, product in named(plan, situation):
        medicine = product.ingredients or (product.brand.casefold(),)
        if strengths.setdefault(medicine, product.strength) != product.strength:
            yield f"{slot}-product"


def _montelukast(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, _medicine, product in named(plan, situation):
        if is_montelukast(product.printed_name):
            yield f"{slot}-product"


CHECKS = (
    Check(
        "product-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose the {what} by its brand and strength.",
        "Clinical reference, safety traps 5 and 6: brand and strength as on the box",
        _product_missing,
    ),
    Check(
        "product-not-listed",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose the {what} again: the one named here is not in the list.",
        "Clinical reference, section 5",
        _not_listed,
    ),
    Check(
        "product-not-for-this-job",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose another {what}: this product does not do that job.",
        "Clinical reference, section 5",
        _wrong_job,
    ),
    Check(
        "never-as-reliever",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose another {what}: this product must never be used as a reliever.",
        "Salmeterol, vilanterol, maintenance only: Asthma + Lung UK MART guide (clinical reference, trap 2)",
        _never_as_reliever,
    ),
    Check(
        "outside-licence",
        Kind.MUST_BE_EXPLAINED,
        "The {what} is not licensed for asthma at this age: say why it is used.",
        "Clinical reference, section 5; NG245 1.6; hazard 14 of the safety list",
        _outside_licence,
    ),
    Check(
        "two-strengths",
        Kind.MUST_BE_EXPLAINED,
        "The {what} is a second strength of one medicine: say why, or choose one.",
        "Hazard 14 of the safety list",
        _two_strengths,
    ),
    Check(
        "montelukast-warning",
        Kind.MUST_BE_EXPLAINED,
        "Montelukast can change sleep and mood: warn the family, and say here that you did.",
        "MHRA reminder of 2024 (clinical reference 2.6)",
        _montelukast,
    ),
)
