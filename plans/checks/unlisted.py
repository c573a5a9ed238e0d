"""Whether a medicine written by hand is named in full, and is not one that the list knows."""

import re
from collections.abc import Callable, Iterator, Mapping

from plans.checks.situation import Check, Situation
from plans.licences import NEVER_RELIEVER, is_never_reliever
from plans.medicines import Medicines
from plans.plan import UNLISTED, Plan, Unlisted
from plans.problems import Kind
from plans.products import STEROIDS, Ingredient, Product, Role
from plans.recognise import match

# What the ingredients named by hand must be for a job: nothing else, or at least one of these.
FITS: Mapping[Role, Callable[[frozenset[Ingredient]], bool]] = {
    Role.RELIEVER: frozenset({Ingredient.SALBUTAMOL, Ingredient.TERBUTALINE}).issuperset,
    Role.PREVENTER: lambda named: not STEROIDS.isdisjoint(named),
}


def must_never_relieve(product: Product, medicines: Medicines) -> bool:
    """Return whether a product must never be a reliever; one written by hand is known by its words.

    Source: Asthma + Lung UK MART guide (clinical reference, safety trap 2).
    """
    if product.key != UNLISTED:
        return is_never_reliever(product)
    words = product.printed_name.casefold().replace("/", " ").split()
    if not NEVER_RELIEVER.isdisjoint(words):
        return True
    # "Easyhaler" is the first word of relievers too, so every product of that word must agree.
    brands = [one for one in medicines if one.brand.casefold().split()[0] in words]
    return bool(brands) and all(is_never_reliever(one) for one in brands)


def may_stand_as(role: Role, product: Product, medicines: Medicines) -> bool:
    """Return whether the words of a medicine written by hand leave this job open for it.

    What the list knows by that name it knows: a steroid or formoterol is no blue reliever, and what names no
    steroid is no preventer.

    Source: clinical reference 1.1, 5.2 and safety traps 2, 3 and 12.
    """
    words = re.findall(r"[^\W\d_]+", product.printed_name.casefold())
    named = frozenset(one for one in Ingredient if one.split("-")[0] in words)
    if named and not FITS[role](named):
        return False
    # "Easyhaler" is the first word of relievers and of preventers, so one product of that word is enough.
    brands = [one for one in medicines if one.brand.casefold().split()[0] in words]
    return not brands or any(role in one.roles for one in brands)


def _incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if medicine.product == UNLISTED:
            written = medicine.unlisted or Unlisted()
            said = {"name": written.name, "strength": written.strength, "device": written.device}
            yield from (f"{slot}-{part}" for part, value in said.items() if not value)


def _left_over(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if medicine.unlisted is not None and medicine.product not in ("", UNLISTED):
            written = medicine.unlisted
            said = {"name": written.name, "strength": written.strength, "device": written.device}
            yield from (f"{slot}-{part}" for part, value in said.items() if value)


def _in_the_list(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if medicine.product == UNLISTED and medicine.unlisted and medicine.unlisted.name:
            product = match((), f"{medicine.unlisted.name} {medicine.unlisted.strength}").product
            if product is not None and product.may_be_offered:
                yield f"{slot}-product"


def _on_the_plan(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine in plan.medicines.items():
        if medicine.product == UNLISTED:
            yield f"{slot}-product"


CHECKS = (
    Check(
        "unlisted-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what} as it stands on the box.",
        "Clinical reference, safety traps 5 and 6: brand and strength as on the box",
        _incomplete,
    ),
    Check(
        "unlisted-left-over",
        Kind.MUST_BE_PUT_RIGHT,
        "A medicine from the list is chosen: clear the {what} typed by hand.",
        "Clinical reference, safety traps 5 and 6: one medicine, one name",
        _left_over,
    ),
    Check(
        "unlisted-is-in-list",
        Kind.MUST_BE_PUT_RIGHT,
        "This medicine is in the list: choose the {what} there, so that it can be checked.",
        "Clinical reference, section 5",
        _in_the_list,
    ),
    Check(
        "unlisted-medicine",
        Kind.MUST_BE_EXPLAINED,
        "The {what} is in no list and nothing about it can be checked: say why it is used.",
        "Clinical reference, section 5; hazard 14 of the safety list",
        _on_the_plan,
    ),
)
