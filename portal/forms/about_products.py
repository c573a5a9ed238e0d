"""What a clinician reads beside a chosen medicine: licence, usual maxima, notes. Nothing is filled in."""

from collections.abc import Iterator

from plans.licences import MAY_CARRY, Verdict, licensed_at, usual_maxima
from plans.plan import Regimen, Slot
from plans.products import TAG_WORDS, Maxima, Product, Tag


def about(product: Product, slot: Slot, regimen: Regimen | None, age: int) -> tuple[str, ...]:
    """Return facts about a product in a place on the plan of a child of `age`, each with how sure it is."""
    return tuple(_facts(product, slot, regimen, age))


def _facts(product: Product, slot: Slot, regimen: Regimen | None, age: int) -> Iterator[str]:
    may_carry = MAY_CARRY[regimen] if regimen and slot is Slot.COMBINATION else None
    if may_carry:
        ruling = may_carry(product, age)
        yield f"{ruling.reason} {sure(ruling.tag)}".strip()
    yield _licensed(product, age)
    maxima = usual_maxima(product, age) if slot is Slot.COMBINATION else None
    if maxima:
        yield f"{maxima_in_words(maxima)} {sure(maxima.tag)}".strip()
    if product.half_size_puff:
        yield "Each puff of this inhaler is half the usual size: the usual numbers of puffs do not fit."
    if product.note:
        yield f"{product.note.rstrip('.')}."


def _licensed(product: Product, age: int) -> str:
    licensed = licensed_at(product, age)
    said_already = licensed.verdict is Verdict.TO_CONFIRM and licensed.tag is not Tag.CONFLICT
    return licensed.reason if said_already else f"{licensed.reason} {sure(licensed.tag)}".strip()


def maxima_in_words(maxima: Maxima) -> str:
    """Return the usual maxima, in puffs, as a sentence to be read beside the boxes."""
    said = [
        f"{maxima.at_once} at once" if maxima.at_once else "",
        f"{maxima.a_day} in a day" if maxima.a_day else "",
        f"{maxima.a_day_for_a_time} in a day for a short time" if maxima.a_day_for_a_time else "",
    ]
    return f"Usual maximum, in puffs: {', '.join(filter(None, said))}."


def sure(tag: Tag | None) -> str:
    """Return how sure a fact is, in brackets; "" where nothing is known of it."""
    return f"({TAG_WORDS[tag].capitalize()}.)" if tag else ""
