"""What was typed of the medicines of a plan, and of the steps for an attack."""

from plans.draft.entries import RECORD_TEXT, Entries
from plans.draft.names import SLOT_FIELDS
from plans.plan import AttackSteps, Medicine, Slot, Spacer, Unlisted
from plans.products import Device


def medicines(entries: Entries) -> dict[Slot, Medicine]:
    """Return the medicine in each place where something was typed."""
    read = {slot: _medicine(entries, slot) for slot in Slot}
    return {slot: medicine for slot, medicine in read.items() if _is_used(entries, slot)}


def _is_used(entries: Entries, slot: Slot) -> bool:
    return entries.is_typed(*(f"{slot}-{part}" for part in SLOT_FIELDS if part != "confirmed"))


def _medicine(entries: Entries, slot: Slot) -> Medicine:
    ticked = entries.ticked(f"{slot}-confirmed")
    return Medicine(
        product=entries.key(f"{slot}-product"),
        colour=entries.text(f"{slot}-colour"),
        morning=entries.number(f"{slot}-morning"),
        evening=entries.number(f"{slot}-evening"),
        when_needed=entries.number(f"{slot}-when-needed"),
        spacer=entries.choice(f"{slot}-spacer", Spacer),
        source=entries.text(f"{slot}-source", RECORD_TEXT),
        confirmed=ticked or not entries.is_typed(f"{slot}-source"),
        unlisted=_unlisted(entries, slot),
        most_a_day=entries.number(f"{slot}-most-a-day"),
    )


def _unlisted(entries: Entries, slot: Slot) -> Unlisted | None:
    if not entries.is_typed(f"{slot}-name", f"{slot}-strength", f"{slot}-device"):
        return None
    return Unlisted(
        name=entries.text(f"{slot}-name"),
        strength=entries.text(f"{slot}-strength"),
        device=entries.choice(f"{slot}-device", Device),
    )


def attack_steps(entries: Entries) -> AttackSteps | None:
    """Return the steps that a clinician wrote; None where nothing was typed."""
    if not entries.is_typed("attack-inhaler", "attack-puffs", "attack-gap-seconds", "attack-maximum"):
        return None
    return AttackSteps(
        slot=entries.choice("attack-inhaler", Slot),
        puffs=entries.number("attack-puffs"),
        gap_seconds=entries.number("attack-gap-seconds", digits=3),
        maximum=entries.number("attack-maximum"),
    )
