"""The part of the form about an attack: which steps fit, and which inhaler written steps are for."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.medicines import read_medicines
from plans.products import Product
from plans.regimens import ATTACK_SLOT, Script, standard_script
from portal.actions.drafts import CheckedDraft
from portal.forms.choices import Choice
from portal.forms.medicine_places import TITLES, named

CHOOSE, USUAL_ONE = "Choose", "The one that the regimen uses in an attack"
STEPS: Mapping[Script, str] = {
    Script.A: "The standard steps fit this reliever. There is nothing to type here.",
    Script.B: "The standard steps for MART and AIR fit this inhaler. There is nothing to type here.",
    Script.WRITTEN: "No standard steps surely fit. Write the steps for this child.",
    Script.NONE: "Choose the regimen and the inhaler first.",
}


@dataclass(frozen=True)
class AttackPart:
    """What to do about the attack steps, and the inhalers to choose from for written ones."""

    steps: str
    inhalers: tuple[Choice, ...]
    without_one: str

    @property
    def shape(self) -> str:
        """Return what changes when other inhalers can be chosen."""
        return "|".join([self.without_one, *(f"{one.value}:{one.text}" for one in self.inhalers)])


def attack_part(checked: CheckedDraft) -> AttackPart:
    """Return the part of a checked draft."""
    has_inhaler = checked.script is not Script.NONE
    fits = (
        standard_script(checked.plan, checked.situation.age, read_medicines()) if has_inhaler else Script.NONE
    )
    has_usual_one = checked.plan.regimen is not None and ATTACK_SLOT[checked.plan.regimen] is not None
    return AttackPart(STEPS[fits], _inhalers(checked), USUAL_ONE if has_usual_one else CHOOSE)


def _inhalers(checked: CheckedDraft) -> tuple[Choice, ...]:
    """Return the medicines of the plan by their places, and a place that was chosen though it is empty."""
    medicines, plan = checked.situation.medicines, checked.plan
    found = [
        Choice(slot, _named(TITLES[slot], medicines.product_of(one))) for slot, one in plan.medicines.items()
    ]
    chosen = plan.attack_steps.slot if plan.attack_steps else None
    if chosen and chosen not in plan.medicines:
        found.append(Choice(chosen, f"{TITLES[chosen]}: not on this plan"))
    return tuple(found)


def _named(title: str, product: Product | None) -> str:
    return title if product is None else f"{title}: {named(product)}"
