"""What the record has on repeat today, put beside the place of the plan that it could be for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.gp_record import GpRecord, RepeatLine
from plans.medicine_kinds import Kind
from plans.plan import Slot
from plans.record_medicines import known

KINDS: Mapping[Slot, frozenset[Kind]] = {
    Slot.PREVENTER: frozenset({Kind.PREVENTER, Kind.COMBINATION}),
    Slot.RELIEVER: frozenset({Kind.RELIEVER}),
    Slot.COMBINATION: frozenset({Kind.COMBINATION}),
    Slot.BACKUP: frozenset({Kind.RELIEVER}),
    Slot.ADD_ON: frozenset({Kind.ADD_ON}),
}


@dataclass(frozen=True)
class Repeats:
    """Today's lines by the place they could be for, and all others; `is_known`: a record is kept here."""

    is_known: bool = False
    beside: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def repeats_today(record: GpRecord | None, today: date) -> Repeats:
    """Return the lines that run on `today`, as the record words them.

    By kind of medicine and not by product: a strength that changed since must be seen beside the old dose.
    """
    if record is None:
        return Repeats()
    lines = record.current_lines(today)
    placed = frozenset().union(*KINDS.values())
    return Repeats(
        is_known=True,
        beside={
            slot: tuple(_words(one) for one in lines if known(one.medicine).kind in kinds)
            for slot, kinds in KINDS.items()
        },
        others=tuple(_words(one) for one in lines if known(one.medicine).kind not in placed),
    )


def _words(line: RepeatLine) -> str:
    return f"{line.medicine.text}: {line.text}" if line.text else line.medicine.text
