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

WORDS: Mapping[str, str] = {
    "worse-puffs": "puffs to take when asthma gets worse",
    "worse-hours": "hours between puffs when asthma gets worse",
    "attack-puffs": "puffs to take each time in an attack",
    "attack-gap-seconds": "seconds between puffs in an attack",
    "attack-maximum": "most puffs to take in an attack",
    "peak-flow-best": "best peak flow",
    "peak-flow-measured-on": "day of the best peak flow",
    "peak-flow-scale": "scale of the meter",
    "peak-flow-worse-below": "peak flow for getting worse",
    "peak-flow-attack-below": "peak flow for an attack",
    "surgery-phone": "phone number of the surgery",
    "school-contact-phone": "phone number at school",
}


def what(field: str) -> str:
    """Return what a field is about, such as "preventer"; "" where its check needs no words."""
    key = field.removeprefix("wording-")
    if field.startswith("wording-") and key in WORDINGS:
        return WORDINGS[key].about
    if field.startswith("unknown-"):
        return f"medicine {field.split('-')[1]}"
    slots = (words for slot, words in SLOT_WORDS.items() if field.startswith(f"{slot}-"))
    return WORDS.get(field) or next(slots, "")


def when(field: str) -> str:
    """Return when the dose of a field is taken, such as "each day"; "" for what is no dose."""
    if field.endswith("-when-needed"):
        return "when needed"
    return "each day" if field.endswith(("-morning", "-evening")) else ""
