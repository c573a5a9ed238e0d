"""What those fields of a draft are called that are read as a number or a day: a problem names its field."""

from collections.abc import Mapping

from plans.plan import Slot

SLOTS: Mapping[Slot, str] = {
    Slot.PREVENTER: "Preventer",
    Slot.RELIEVER: "Reliever",
    Slot.COMBINATION: "Combination inhaler",
    Slot.BACKUP: "Backup inhaler",
    Slot.ADD_ON: "Add-on",
}
DOSES: Mapping[str, str] = {
    "morning": "in the morning",
    "evening": "in the evening",
    "when-needed": "when needed",
    "most-a-day": "most in one day",
}
FIELD_WORDS: Mapping[str, str] = {
    "trial-until": "End of the trial of a preventer",
    "exercise-puffs": "Reliever before exercise",
    "worse-puffs": "Getting worse, reliever each time",
    "worse-hours": "Getting worse, hours between",
    "increase-morning": "More preventer, in the morning",
    "increase-evening": "More preventer, in the evening",
    "increase-days": "More preventer, for how many days",
    "steroids-milligrams": "Steroids at home, mg in a day",
    "steroids-amount": "Steroids at home, tablets or ml once a day",
    "steroids-days": "Steroids at home, for how many days",
    "steroids-below": "Steroids at home, peak flow below",
    "attack-puffs": "Attack steps, puffs each time",
    "attack-gap-seconds": "Attack steps, seconds between",
    "attack-maximum": "Attack steps, most puffs",
    "weaning-puffs": "Reliever after an attack, puffs each time",
    "weaning-hours": "Reliever after an attack, every how many hours",
    "weaning-days": "Reliever after an attack, for how many days",
    "peak-flow-best": "Best peak flow",
    "peak-flow-measured-on": "Day on which the best peak flow was measured",
    "peak-flow-worse-below": "Peak flow, getting worse below",
    "peak-flow-attack-below": "Peak flow, attack below",
    "pens-expire-on": "Day on which the adrenaline pens expire",
    "review-by": "Review this plan by",
    "control-score": "Control score",
    "control-on": "Day of the control score",
    "attacks-in-year": "Attacks in the last 12 months",
    **{f"{slot}-{part}": f"{name}, {words}" for slot, name in SLOTS.items() for part, words in DOSES.items()},
}


def named(field: str, sentence: str) -> str:
    """Return a sentence about a field with the words of the field before it, where it has some here."""
    words = FIELD_WORDS.get(field)
    return f"{words}: {sentence[0].lower()}{sentence[1:]}" if words else sentence
