"""The fields of a draft that a record can fill. Every dose keeps its source, and waits to be confirmed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plans import prefill_facts as facts
from plans.gp_record import GpRecord, RepeatLine
from plans.medicine_kinds import Kind
from plans.partial_date import on
from plans.plan import Slot, Spacer
from plans.record_medicines import identity, is_unknown, known, lines_of, preventer_lines
from plans.record_regimen import PLAN_REGIMEN, RecordRegimen, is_air, is_mart, regimen_of
from plans.recorded_dose import dose_words, recorded_puffs
from plans.shown import on_one_line

Fields = dict[str, str]
MOST_UNKNOWN = 9  # fields of the form
ONE_INHALER = frozenset({RecordRegimen.MART, RecordRegimen.AIR})
FOR_A_PLAN = frozenset({Kind.PREVENTER, Kind.COMBINATION, Kind.RELIEVER, Kind.ADD_ON})
MASK, MOUTHPIECE = re.compile(r"\bmask\b", re.IGNORECASE), re.compile(r"\bmouthpiece\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sorted:
    """The running medicines: those with a place on the plan, and those that a clinician has to place."""

    placed: dict[Slot, RepeatLine]
    to_choose: tuple[RepeatLine, ...]


def prefill(record: GpRecord, today: date) -> Fields:
    """Return draft fields from what the record says on `today`, none of them empty.

    A dose is copied only where the record gives it in numbers, never computed, and stays unconfirmed.
    Two medicines for one place are both left to choose; stopped lines never come.
    """
    regimen = PLAN_REGIMEN[regimen_of(record, today)]
    medicines = _sort(record, today)
    fields: Fields = {"regimen": regimen.value} if regimen else {}
    for slot, line in medicines.placed.items():
        fields |= _medicine(slot, line)
    fields |= _to_choose([*_names(medicines.to_choose), *_ended(record, today)])
    fields |= facts.allergies(record.allergies) | facts.peak_flow(record, today)
    fields |= facts.control(record, today) | facts.trial(record, today) | facts.smoke(record)
    fields |= facts.languages(record)
    fields |= {"surgery-phone": record.practice.phone if record.practice else ""}
    return {name: shown for name, value in fields.items() if (shown := on_one_line(value))}


def _sort(record: GpRecord, today: date) -> Sorted:
    regimen = regimen_of(record, today)
    groups = {
        _preventer_slot(regimen): _for_the_regimen(regimen, record, today),
        Slot.BACKUP if regimen in ONE_INHALER else Slot.RELIEVER: lines_of(record, today, Kind.RELIEVER),
        Slot.ADD_ON: lines_of(record, today, Kind.ADD_ON),
    }
    placed = {slot: lines[0] for slot, lines in groups.items() if slot and _is_settled(lines)}
    current = lines_of(record, today, *FOR_A_PLAN)
    unknown = tuple(line for line in record.current_lines(today) if is_unknown(line))
    chosen = {identity(line) for line in placed.values()}
    return Sorted(placed, (*(line for line in current if identity(line) not in chosen), *unknown))


def _preventer_slot(regimen: RecordRegimen) -> Slot | None:
    """Return where the steroid goes; None where the record does not settle what it is for."""
    if regimen in ONE_INHALER:
        return Slot.COMBINATION
    return Slot.PREVENTER if regimen is RecordRegimen.CONVENTIONAL else None


def _for_the_regimen(regimen: RecordRegimen, record: GpRecord, today: date) -> tuple[RepeatLine, ...]:
    lines = preventer_lines(record, today)
    if regimen is RecordRegimen.MART:
        return tuple(line for line in lines if is_mart(line, record))
    return tuple(line for line in lines if is_air(line)) if regimen is RecordRegimen.AIR else lines


def _is_settled(lines: Sequence[RepeatLine]) -> bool:
    product = known(lines[0].medicine).product if len(lines) == 1 else None
    return product is not None and product.may_be_offered


def _medicine(slot: Slot, line: RepeatLine) -> Fields:
    product, puffs = known(line.medicine).product, recorded_puffs(line)
    if product is None:
        return {}
    return {
        f"{slot}-product": product.key,
        f"{slot}-morning": _whole(puffs.morning),
        f"{slot}-evening": _whole(puffs.evening),
        f"{slot}-when-needed": _whole(puffs.when_needed),
        f"{slot}-most-a-day": _whole(puffs.most_a_day) if slot is Slot.COMBINATION else "",
        f"{slot}-spacer": _spacer(line.text) if product.needs_spacer else "",
        f"{slot}-source": _source(line),
    }


def _spacer(text: str) -> str:
    """Return which part the dose names; a spacer alone does not say."""
    if MASK.search(text):
        return Spacer.MASK.value
    return Spacer.MOUTHPIECE.value if MOUTHPIECE.search(text) else ""


def _source(line: RepeatLine) -> str:
    day = line.written or line.started
    of = f"repeat of {day.in_words}" if day else "repeat list"
    return f"GP record, {of}: {dose_words(line) or 'no dose is written'}"


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _names(lines: Iterable[RepeatLine]) -> list[str]:
    return [line.medicine.text for line in lines]


def _ended(record: GpRecord, today: date) -> list[str]:
    """Return the lines that nobody stopped but whose time is over: a trial never copies forward by itself."""
    return [
        f"{line.medicine.text} (ended {on(line.ended).in_words})"
        for line in record.lines
        if line.is_active and line.ended and not line.is_current(today)
        if known(line.medicine).kind in FOR_A_PLAN or is_unknown(line)
    ]


def _to_choose(texts: list[str]) -> Fields:
    return {f"unknown-{n}": text for n, text in enumerate(facts.fitted(texts, MOST_UNKNOWN), start=1)}
