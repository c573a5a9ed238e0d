"""What is on repeat today, put beside the place of a plan that it could be for, so that a change is seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.gp_record import GpRecord, RepeatLine
from plans.medicine_kinds import Kind
from plans.partial_date import on
from plans.plan import Medicine, Slot
from plans.record_medicines import known
from plans.recorded_dose import dose_words, recorded_puffs
from plans.shown import on_one_line

# By kind of medicine and not by product: a strength that changed must be seen beside the old dose.
KINDS: Mapping[Slot, frozenset[Kind]] = {
    Slot.PREVENTER: frozenset({Kind.PREVENTER, Kind.COMBINATION}),
    Slot.RELIEVER: frozenset({Kind.RELIEVER}),
    Slot.COMBINATION: frozenset({Kind.COMBINATION}),
    Slot.BACKUP: frozenset({Kind.RELIEVER}),
    Slot.ADD_ON: frozenset({Kind.ADD_ON}),
}


@dataclass(frozen=True)
class Repeats:
    """Today's lines in words, by the place that they could be for, and all others.

    `is_known`: a record is kept here. `differs`: the places whose product or numbers are not those of any
    line beside them, or that no line is for; a line whose dose has no clear numbers settles nothing.
    """

    is_known: bool = False
    beside: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    differs: frozenset[Slot] = frozenset()


def repeats_beside(record: GpRecord | None, medicines: Mapping[Slot, Medicine], today: date) -> Repeats:
    """Return the lines that run on `today`, each with its date, beside the medicines of a plan or draft."""
    if record is None:
        return Repeats()
    lines = record.current_lines(today)
    placed = frozenset().union(*KINDS.values())
    beside = {
        slot: [one for one in lines if known(one.medicine).kind in kinds] for slot, kinds in KINDS.items()
    }
    return Repeats(
        is_known=True,
        beside={
            slot: (*map(in_words, beside[slot]), *_stopped(record, medicines.get(slot), beside[slot], today))
            for slot in Slot
        },
        others=tuple(in_words(one) for one in lines if known(one.medicine).kind not in placed),
        differs=frozenset(slot for slot, medicine in medicines.items() if _differs(medicine, beside[slot])),
    )


def in_words(line: RepeatLine) -> str:
    """Return a line as the record words it: its date, its medicine, its dose."""
    day = line.written or line.started
    of = f"Record of {day.in_words}: " if day else ""
    return on_one_line(f"{of}{line.medicine.text}: {dose_words(line) or 'no dose is written'}")


def _stopped(
    record: GpRecord, medicine: Medicine | None, running: list[RepeatLine], today: date
) -> tuple[str, ...]:
    """Return that a product of the plan was stopped, where the record says so and none of it runs."""
    if medicine is None or any(_is(medicine, line) for line in running):
        return ()
    over = [line for line in record.lines if _is(medicine, line) and not line.is_current(today)]
    said = (
        on_one_line(f"Stopped{f' {on(line.ended).in_words}' if line.ended else ''}: {line.medicine.text}")
        for line in over
    )
    return tuple(dict.fromkeys(said))


def _is(medicine: Medicine, line: RepeatLine) -> bool:
    product = known(line.medicine).product
    return product is not None and product.key == medicine.product


def _differs(medicine: Medicine, lines: list[RepeatLine]) -> bool:
    same = [line for line in lines if _is(medicine, line)]
    return not same or any(_has_other_numbers(medicine, line) for line in same)


def _has_other_numbers(medicine: Medicine, line: RepeatLine) -> bool:
    puffs = recorded_puffs(line)
    pairs = (
        (medicine.morning, puffs.morning),
        (medicine.evening, puffs.evening),
        (medicine.when_needed, puffs.when_needed),
    )
    has_other = any(said is not None and said != planned for planned, said in pairs)
    return has_other or _has_other_uses(medicine, line)


def _has_other_uses(medicine: Medicine, line: RepeatLine) -> bool:
    """Return whether the plan has it every day, or when needed, and the record only the other way."""
    uses = {one.as_needed for one in line.instructions}
    every_day = medicine.morning is not None or medicine.evening is not None
    return (uses == {True} and every_day) or (uses == {False} and medicine.when_needed is not None)
