"""The plain words for a field, as the sentence of a check says them."""

from collections.abc import Mapping

from plans.confirmations import WORDINGS
from plans.plan import Slot

SLOT_WORDS: Mapping[Slot, str] = {
    Slot.PREVENTER: "preventer",
    Slot.RELIEVER: "reliever",
    Slot.COMBINATION: "inhaler for MART or AIR",
    Slot.BACKUP: "backup inhaler",
    Slot.ADD_ON: "extra medicine",
}

# What a field of a medicine adds to the words of its place; every other part is about the medicine itself.
PART_WORDS: Mapping[str, str] = {
    "name": "name of the {slot}",
    "strength": "strength of the {slot}",
    "device": "kind of device of the {slot}",
    "most-a-day": "most puffs a day of the {slot}",
}

WORDS: Mapping[str, str] = {
    "diagnosis": "diagnosis",
    "trial-until": "day that ends the trial of the preventer",
    "regimen": "way the medicines are used",
    "override-reason": "reason for a product that is not listed",
    "override-by": "name of who decided on a product that is not listed",
    "exercise-puffs": "puffs before exercise",
    "worse-puffs": "puffs to take when asthma gets worse",
    "worse-hours": "hours between puffs when asthma gets worse",
    "increase-morning": "morning puffs of the increase",
    "increase-evening": "evening puffs of the increase",
    "increase-days": "days of the increase",
    "steroids-supplied": "answer whether steroids were supplied",
    "steroids-product": "brand and strength of the steroids",
    "steroids-milligrams": "milligrams of steroid a day",
    "steroids-amount": "tablets or millilitres of steroid a day",
    "steroids-days": "days of the steroids",
    "steroids-start": "rule for when to start the steroids",
    "steroids-below": "peak flow for starting the steroids",
    "steroids-start-words": "words for when to start the steroids",
    "steroid-card": "answer on the steroid card",
    "attack-inhaler": "inhaler for an attack",
    "attack-puffs": "puffs to take each time in an attack",
    "attack-gap-seconds": "seconds between puffs in an attack",
    "attack-maximum": "most puffs to take in an attack",
    "weaning-puffs": "puffs of the reliever by the clock",
    "weaning-hours": "hours between puffs of the reliever by the clock",
    "weaning-days": "days of the reliever by the clock",
    "nebuliser-at-home": "answer on a nebuliser at home",
    "nebuliser-specialist": "specialist who looks after the nebuliser",
    "nebuliser-hospital": "hospital that looks after the nebuliser",
    "use-peak-flow": "answer on using peak flow",
    "peak-flow-best": "best peak flow",
    "peak-flow-measured-on": "day of the best peak flow",
    "peak-flow-scale": "scale of the meter",
    "peak-flow-worse-below": "peak flow for getting worse",
    "peak-flow-attack-below": "peak flow for an attack",
    "allergy-plan-confirmed": "answer on the allergy plan",
    "pens-expire-on": "day the adrenaline pens expire",
    "no-pens-reason": "reason for having no adrenaline pens",
    "school-inhaler-place": "place of the inhaler at school",
    "school-spacer": "answer on a spacer at school",
    "school-emergency-consent": "answer on the school's own inhaler",
    "school-contact-name": "name of the contact at school",
    "school-contact-phone": "phone number at school",
    "surgery-phone": "phone number of the surgery",
    "open-access-phone": "phone number of the ward",
    "child-words": "person's own words",
    "language": "language that the family reads",
    "language-spoken": "language that the family speaks",
    "interpreter": "answer on an interpreter",
    "review-by": "day of the review",
    "replaces": "plan that this one replaces",
    "given-to": "name of who was given the plan",
    "taught-to": "name of who told the plan back",
    "technique": "inhaler technique",
    "teach-back-every-day": "answer on what to do every day",
    "teach-back-attack": "answer on what to do in an attack",
    "teach-back-emergency": "answer on when to call 999",
    "control-tool": "name of the control score",
    "control-score": "control score",
    "control-on": "day of the control score",
    "attacks-in-year": "number of attacks in the last 12 months",
}


def what(field: str) -> str:
    """Return what a field is about, such as "preventer"; "" where there are no words for it."""
    key = field.removeprefix("wording-")
    if field.startswith("wording-") and key in WORDINGS:
        return WORDINGS[key].about
    if field.startswith("unknown-"):
        return f"medicine {field.split('-')[1]}"
    if field.startswith("allergy-") and field not in WORDS:
        return f"allergy {field.split('-')[1]}"
    return WORDS.get(field) or next((_of(slot, field) for slot in Slot if field.startswith(f"{slot}-")), "")


def when(field: str) -> str:
    """Return when the dose of a field is taken, such as "each day"; "" for what is no dose."""
    if field.endswith("-when-needed"):
        return "when needed"
    return "each day" if field.endswith(("-morning", "-evening")) else ""


def _of(slot: Slot, field: str) -> str:
    part = field.removeprefix(f"{slot}-")
    return PART_WORDS.get(part, "{slot}").format(slot=SLOT_WORDS[slot])
