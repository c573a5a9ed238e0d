"""What a product may do at an age: MART, AIR, the usual attack steps. The unsure waits for a clinician."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plans.plan import Regimen
from plans.products import Device, Ingredient, Listed, Maxima, Product, Role, Says, Tag

# Source: NG245 1.9.1 to 1.9.4 offer neither under 5.
MART_NEVER_UNDER = 5  # years
# Source: Asthma + Lung UK AIR guide (clinical reference, safety trap 3).
AIR_NEVER_UNDER = 12  # years
# Source: hazard 3 of the safety list: script B prints at 12 or over only.
SCRIPT_B_FROM = 12  # years
# Source: clinical reference 2.4 (A); the 10 puffs were written for puffs of this size (safety trap 7).
SCRIPT_A_STRENGTH = "100 microgram"
NEVER_RELIEVER = frozenset({Ingredient.SALMETEROL, Ingredient.VILANTEROL})


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    TO_CONFIRM = "to-confirm"  # sources disagree or none was found: a clinician confirms, or it is a no


@dataclass(frozen=True)
class Ruling:
    """An answer about a product, with the reason in plain words. Only a sure yes is true in an `if`."""

    verdict: Verdict
    reason: str
    tag: Tag | None
    source: str

    def __bool__(self) -> bool:
        return self.verdict is Verdict.YES


def may_carry_mart(product: Product, age: int) -> Ruling:
    """Return whether a MART plan may name this product at this age in whole years.

    Source: clinical reference 1.6, by brand, strength, device and age.
    """
    if age < MART_NEVER_UNDER:
        return Ruling(Verdict.NO, "MART is not for a child under 5.", Tag.READ, "NG245 1.9")
    return _ruling(product, age, product.mart, "MART", never_under=MART_NEVER_UNDER)


def may_carry_air(product: Product, age: int) -> Ruling:
    """Return whether an AIR plan may name this product at this age in whole years.

    Source: clinical reference 1.6; never under 12 (Asthma + Lung UK AIR guide).
    """
    if age < AIR_NEVER_UNDER:
        return Ruling(
            Verdict.NO, "AIR is never for a child under 12.", Tag.READ, "Asthma + Lung UK AIR guide"
        )
    return _ruling(product, age, product.air, "AIR", never_under=AIR_NEVER_UNDER)


def _ruling(product: Product, age: int, listed: Listed, regimen: str, *, never_under: int) -> Ruling:
    name, source = product.printed_name, product.licence_source
    if listed.says is Says.NOTHING:
        reason = f"{name} is not in the list of inhalers for {regimen}."
        return Ruling(Verdict.NO, reason, None, "clinical reference 1.6")
    if listed.says is Says.NO:
        return Ruling(Verdict.NO, f"{name} is not for {regimen}.", listed.tag, source)
    if _is_surely(listed, age):
        reason = f"{name} may be used for {regimen} from age {listed.from_age}."
        return Ruling(Verdict.YES, reason, listed.tag, source)
    if age >= _perhaps_from(listed, never_under):
        reason = f"It is not certain that {name} may be used for {regimen} at {age}. Check its licence today."
        return Ruling(Verdict.TO_CONFIRM, reason, listed.unsure_tag or listed.tag, source)
    earliest = listed.from_age if listed.unsure_from is None else listed.unsure_from
    return Ruling(Verdict.NO, f"{name} is not for {regimen} under {earliest}.", listed.tag, source)


def _is_surely(listed: Listed, age: int) -> bool:
    """Whether the sources allow it at this age, with a tag that needs no clinician."""
    allowed = listed.says is Says.YES and listed.from_age is not None and age >= listed.from_age
    return allowed and listed.tag is not None and listed.tag.is_sure


def _perhaps_from(listed: Listed, never_under: int) -> int:
    """Return the age from which a clinician may confirm what the sources leave open."""
    if listed.unsure_from is not None:
        return listed.unsure_from
    if listed.says is Says.CONFLICT or listed.from_age is None:
        return never_under
    return listed.from_age


def licensed_at(product: Product, age: int) -> Ruling:
    """Return whether the product is licensed for asthma at this age in whole years.

    A no may still be prescribed, with a reason ("off-label"). Source: clinical reference, section 5.
    """
    name, source = product.printed_name, product.source
    if product.copd_only:
        return Ruling(Verdict.NO, f"{name} is not licensed for asthma.", product.copd_only_tag, source)
    sure = product.age_tag is not None and product.age_tag.is_sure
    if not sure:
        reason = f"The age from which {name} is licensed is not confirmed."
        return Ruling(Verdict.TO_CONFIRM, reason, product.age_tag, source)
    if is_outside_listed_age(product, age):
        return Ruling(Verdict.NO, f"{name} is not licensed at {age}.", product.age_tag, source)
    return Ruling(Verdict.YES, f"{name} is licensed at {age}.", product.age_tag, source)


def is_outside_listed_age(product: Product, age: int) -> bool:
    """Whether the list, however sure, gives an age that this child has not reached or has passed."""
    too_young = product.min_age is not None and age < product.min_age
    too_old = product.max_age is not None and age > product.max_age
    return too_young or too_old


def fits_script_a(product: Product) -> Ruling:
    """Return whether the standard 10-puff steps fit: salbutamol 100 microgram aerosol.

    A breath-actuated inhaler sprays the same dose, but without a spacer and only if the breath is strong
    enough, so a clinician confirms. Terbutaline, 200 microgram and dry powder need steps of their own.

    Source: clinical reference 2.4 (A) and safety trap 7; hazard 3 of the safety list.
    """
    name, source = product.printed_name, "clinical reference 2.4"
    right_dose = product.ingredients == (Ingredient.SALBUTAMOL,) and product.strength == SCRIPT_A_STRENGTH
    if right_dose and product.device is Device.PMDI:
        return Ruling(Verdict.YES, f"The usual steps are written for inhalers like {name}.", Tag.READ, source)
    if right_dose and product.device is Device.BREATH_ACTUATED:
        reason = f"{name} works by the child's own breath. Confirm that the usual steps fit, or write others."
        return Ruling(Verdict.TO_CONFIRM, reason, Tag.UNCONFIRMED, source)
    reason = f"The usual steps do not fit {name}. Write the steps for this child."
    return Ruling(Verdict.NO, reason, Tag.READ, source)


def fits_script_b(product: Product, age: int, regimen: Regimen) -> Ruling:
    """Return whether the standard 6-puff steps fit: a sure AIR or MART product, at 12 or over.

    Source: clinical reference 2.4 (B) and safety trap 4 (half-size puffs); hazard 3 of the safety list.
    """
    may_carry = MAY_CARRY[regimen]
    if may_carry is None or age < SCRIPT_B_FROM or product.half_size_puff:
        reason = f"The usual steps do not fit {product.printed_name} here. Write the steps for this child."
        return Ruling(Verdict.NO, reason, Tag.READ, "clinical reference 2.4")
    return may_carry(product, age)


MAY_CARRY: Mapping[Regimen, Callable[[Product, int], Ruling] | None] = {
    Regimen.PREVENTER_RELIEVER: None,  # two inhalers: nothing carries it alone
    Regimen.MART: may_carry_mart,
    Regimen.AIR: may_carry_air,
    Regimen.OTHER: None,
}


def is_never_reliever(product: Product) -> bool:
    """Whether it must never be printed as a reliever: salmeterol, vilanterol, or maintenance only.

    Source: Asthma + Lung UK MART guide (clinical reference, safety trap 2, and section 5.2).
    """
    return Role.MAINTENANCE_ONLY in product.roles or not NEVER_RELIEVER.isdisjoint(product.ingredients)


def usual_maxima(product: Product, age: int) -> Maxima | None:
    """Return the usual UK maxima, in puffs, for a clinician to read; None where none is known at this age.

    Source: clinical reference 1.6. Never fill these in: the maximum on a plan is what a clinician types.
    """
    maxima = product.maxima
    return maxima if maxima.from_age is not None and age >= maxima.from_age else None
