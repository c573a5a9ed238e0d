"""What was typed of treatment beside the usual puffs: None where nothing was, so that nothing is printed."""

from plans.draft.entries import Entries
from plans.further_treatment import Diagnosis, Increase, Nebuliser, StartRule, SteroidPack, Trial, Weaning

START_WORDS = 200  # characters


def increase(entries: Entries) -> Increase | None:
    """Return the preventer taken more for a time; None when not said."""
    if not entries.is_typed("increase-morning", "increase-evening", "increase-days"):
        return None
    return Increase(
        morning=entries.number("increase-morning"),
        evening=entries.number("increase-evening"),
        days=entries.number("increase-days"),
    )


def weaning(entries: Entries) -> Weaning | None:
    """Return the reliever taken by the clock after an attack; None when not said."""
    if not entries.is_typed("weaning-puffs", "weaning-hours", "weaning-days"):
        return None
    return Weaning(
        puffs=entries.number("weaning-puffs"),
        hours=entries.number("weaning-hours"),
        days=entries.number("weaning-days"),
    )


def steroids(entries: Entries) -> SteroidPack | None:
    """Return the steroids kept at home; None when not said."""
    parts = ("supplied", "product", "milligrams", "amount", "days", "start", "below", "start-words")
    if not entries.is_typed(*(f"steroids-{part}" for part in parts)):
        return None
    return SteroidPack(
        supplied=entries.ticked("steroids-supplied"),
        product=entries.key("steroids-product"),
        milligrams=entries.number("steroids-milligrams", digits=3),
        amount=entries.number("steroids-amount", digits=3),
        days=entries.number("steroids-days"),
        start=entries.choice("steroids-start", StartRule),
        below=entries.number("steroids-below", digits=4),
        start_words=entries.text("steroids-start-words", START_WORDS, lines=True),
    )


def nebuliser(entries: Entries) -> Nebuliser:
    """Return what was said of a nebuliser at home."""
    return Nebuliser(
        at_home=entries.yes_or_no("nebuliser-at-home"),
        specialist=entries.text("nebuliser-specialist"),
        hospital=entries.text("nebuliser-hospital"),
    )


def trial(entries: Entries) -> Trial:
    """Return how sure the diagnosis is, and until when a preventer is on trial."""
    return Trial(diagnosis=entries.choice("diagnosis", Diagnosis), decide_by=entries.day("trial-until"))
