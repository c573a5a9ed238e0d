"""Whether the form asks why a product is used for MART or AIR although it is not listed for it."""

from plans.licences import MAY_CARRY
from plans.plan import Slot
from portal.actions.drafts import CheckedDraft


def asks_for_override(checked: CheckedDraft) -> bool:
    """Return whether the reason and the name are asked for: a check says so, or something stands there."""
    if any(problem.field.startswith("override-") for problem in checked.problems):
        return True
    return any(
        checked.draft.fields.get(name) for name in ("override-reason", "override-by")
    ) or _is_not_listed(checked)


def _is_not_listed(checked: CheckedDraft) -> bool:
    plan, situation = checked.plan, checked.situation
    medicine = plan.medicines.get(Slot.COMBINATION)
    may_carry = MAY_CARRY.get(plan.regimen) if plan.regimen else None
    product = situation.medicines.product_of(medicine) if medicine else None
    if may_carry is None or product is None:
        return False
    return not may_carry(product, situation.age)
