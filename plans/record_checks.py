"""What a record makes doubtful before anyone writes a plan from it: a table of checks."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from plans.gp_record import GpRecord, PeakFlowReading, RepeatLine
from plans.licences import AIR_NEVER_UNDER, SCRIPT_B_FROM, Verdict, fits_script_a, may_carry_mart
from plans.medicine_kinds import Kind, is_montelukast
from plans.partial_date import latest
from plans.peak_flow import (
    CHILD_UNDER,
    HIGHEST_BEST,
    SCALE,
    Height,
    Reading,
    is_exceeded,
    is_out_of_date,
    is_outgrown,
)
from plans.products import Tag
from plans.recognise import MatchKind
from plans.record_medicines import identity, is_unknown, known, lines_of, merged, preventer_lines
from plans.record_regimen import is_air, is_mart

LITRES_A_MINUTE = frozenset({"l/min", "l/m", "litres/min", "litre/min", "liters/min", "litres per minute"})
TERBUTALINE = re.compile(r"\b(terbutaline|bricanyl)\b", re.IGNORECASE)
UNSCALED = ""


@dataclass(frozen=True)
class Check:
    """One row: `finds` returns what it is about, as the record words it; nothing found means no doubt."""

    name: str
    sentence: str
    source: str
    tag: Tag
    finds: Callable[[GpRecord, date], list[str]]


@dataclass(frozen=True)
class Doubt:
    """Something that a clinician has to look at; `about` are the medicines or readings that it is about."""

    name: str
    sentence: str
    source: str
    tag: Tag
    about: tuple[str, ...]


def check_record(record: GpRecord, today: date) -> tuple[Doubt, ...]:
    """Return what is doubtful in the record on `today`, in the order of the table."""
    return tuple(
        Doubt(check.name, check.sentence, check.source, check.tag, tuple(about))
        for check in CHECKS
        if (about := check.finds(record, today))
    )


def best_peak_flow(record: GpRecord) -> PeakFlowReading | None:
    """Return the best peak flow that was last recorded as such, None if there is none."""
    bests = [reading for reading in record.peak_flows if reading.is_best]
    return latest(bests) if bests else None


def is_in_litres(reading: PeakFlowReading) -> bool:
    """Return whether the unit as written is L/min; no other unit is converted."""
    return reading.unit.strip().lower() in LITRES_A_MINUTE


def _no_preventer(record: GpRecord, today: date) -> list[str]:
    relievers = lines_of(record, today, Kind.RELIEVER)
    return [] if preventer_lines(record, today) else _texts(relievers)


def _unknown(record: GpRecord, today: date) -> list[str]:
    return _texts(line for line in record.current_lines(today) if is_unknown(line))


def _montelukast(record: GpRecord, today: date) -> list[str]:
    medicines = (line.medicine for line in record.current_lines(today))
    return [medicine.text for medicine in medicines if is_montelukast(medicine.text, medicine.codes)]


def _no_nhs_number(record: GpRecord, today: date) -> list[str]:  # noqa: ARG001
    return [] if record.child.nhs_number else ["NHS number"]


def _air_under_12(record: GpRecord, today: date) -> list[str]:
    if record.child.age_on(today) >= AIR_NEVER_UNDER:
        return []
    lines = (line for line in preventer_lines(record, today) if not is_mart(line, record))
    return _texts(line for line in lines if is_air(line))


def _not_for_mart(record: GpRecord, today: date) -> list[str]:
    age = record.child.age_on(today)
    lines = (line for line in preventer_lines(record, today) if is_mart(line, record))
    return _texts(
        line
        for line in lines
        if (product := known(line.medicine).product) and not may_carry_mart(product, age)
    )


def _two_relievers(record: GpRecord, today: date) -> list[str]:
    relievers = lines_of(record, today, Kind.RELIEVER)
    return _texts(relievers) if len(relievers) > 1 else []


def _steps_to_write(record: GpRecord, today: date) -> list[str]:
    age = record.child.age_on(today)
    return _texts(line for line in merged(record.current_lines(today)) if _no_script_fits(line, record, age))


def _no_script_fits(line: RepeatLine, record: GpRecord, age: int) -> bool:
    """Whether the usual steps do not fit; whether MART or AIR may be used at all are checks of their own."""
    found = known(line.medicine)
    if found.product is None:
        return found.kind is Kind.UNKNOWN_INHALER and bool(TERBUTALINE.search(line.medicine.text))
    if found.kind is Kind.RELIEVER:
        return fits_script_a(found.product).verdict is Verdict.NO
    if is_mart(line, record):
        return found.product.half_size_puff or age < SCRIPT_B_FROM
    return is_air(line) and found.product.half_size_puff


def _no_brand(record: GpRecord, today: date) -> list[str]:
    return _texts(
        line for line in record.current_lines(today) if known(line.medicine).match is MatchKind.BRAND_MISSING
    )


def _too_young(record: GpRecord, today: date) -> list[str]:
    age = record.child.age_on(today)
    return _texts(
        line
        for line in record.current_lines(today)
        if (product := known(line.medicine).product)
        and product.age_tag is Tag.READ
        and product.min_age is not None
        and age < product.min_age
    )


def _best_out_of_date(record: GpRecord, today: date) -> list[str]:
    best = best_peak_flow(record)
    if best is None or best.day is None or record.child.age_on(today) >= CHILD_UNDER:
        return []
    heights = [Height(one.centimetres, one.day.last) for one in record.heights if one.day]
    old = is_out_of_date(best.day.first, today) or is_outgrown(best.day.first, heights)
    return [_said(best)] if old else []


def _best_exceeded(record: GpRecord, today: date) -> list[str]:
    best = best_peak_flow(record)
    if best is None or best.day is None:
        return []
    later = [
        Reading(round(one.value), one.day.last)
        for one in record.peak_flows
        if one.day and one.day.last <= today and is_in_litres(one) and _share_a_scale(one, best)
    ]
    return [_said(best)] if is_exceeded(round(best.value), best.day.first, later) else []


def _share_a_scale(one: PeakFlowReading, other: PeakFlowReading) -> bool:
    """Whether they may be compared: nobody said that their scales differ."""
    return one.scale == other.scale or UNSCALED in {one.scale, other.scale}


def _best_scale(record: GpRecord, today: date) -> list[str]:  # noqa: ARG001
    best = best_peak_flow(record)
    return [_said(best)] if best and best.scale != SCALE else []


def _best_unit(record: GpRecord, today: date) -> list[str]:  # noqa: ARG001
    best = best_peak_flow(record)
    return [_said(best)] if best and not is_in_litres(best) else []


def _implausible(record: GpRecord, today: date) -> list[str]:  # noqa: ARG001
    return [_said(one) for one in record.peak_flows if is_in_litres(one) and one.value > HIGHEST_BEST]


def _duplicates(record: GpRecord, today: date) -> list[str]:
    lines = record.current_lines(today)
    uses = [(identity(line), {one.as_needed for one in line.instructions}) for line in lines]
    again = [line.medicine.text for line, use in zip(lines, uses, strict=True) if uses.count(use) > 1]
    return [*record.twice, *again]


def _imprecise(record: GpRecord, today: date) -> list[str]:  # noqa: ARG001
    return ["dates"] if record.has_imprecise_dates else []


def _texts(lines: Iterable[RepeatLine]) -> list[str]:
    return [line.medicine.text for line in lines]


def _said(reading: PeakFlowReading) -> str:
    return f"{reading.value:g} {reading.unit}".strip()


CHECKS: tuple[Check, ...] = (
    Check(
        "no-preventer",
        "A reliever and no inhaled steroid. Start a preventer, or say why not.",
        "Clinical reference, safety trap 12", Tag.SECOND_HAND, _no_preventer,
    ),
    Check(
        "unknown-medicine",
        "A medicine that is in no list here. Say what it is for, or leave it out of the plan.",
        "The list of medicines", Tag.READ, _unknown,
    ),
    Check(
        "montelukast-mood-and-sleep",
        "Montelukast can change sleep and mood. Ask how the child sleeps and feels.",
        "MHRA reminder of 2024", Tag.READ, _montelukast,
    ),
    Check(
        "nhs-number-missing",
        "The record has no NHS number. Ask the practice for it.",
        "The record", Tag.READ, _no_nhs_number,
    ),
    Check(
        "air-under-12",
        "AIR is recorded for a child under 12. It is never used under 12: choose another way.",
        "Asthma + Lung UK AIR guide", Tag.READ, _air_under_12,
    ),
    Check(
        "product-not-licensed-for-mart",
        "It is not certain that the inhaler recorded for MART is licensed for it at this age. "
        "Change it, or say why it stays.",
        "Clinical reference 1.6 and safety trap 2", Tag.READ, _not_for_mart,
    ),
    Check(
        "two-active-relievers",
        "Two relievers are on the list. Choose the one that the attack steps use.",
        "Clinical reference, safety trap 1", Tag.READ, _two_relievers,
    ),
    Check(
        "attack-steps-need-clinician",
        "The usual attack steps do not fit this inhaler. Write the steps for this child.",
        "Clinical reference, safety traps 4 and 7", Tag.READ, _steps_to_write,
    ),
    Check(
        "brand-missing",
        "Beclometasone is recorded without a brand, and brands differ in strength. Choose the brand.",
        "MHRA advice of July 2008", Tag.READ, _no_brand,
    ),
    Check(
        "best-pef-out-of-date",
        "The best peak flow is older than 12 months, or the child has grown 5 cm or more. Measure it again.",
        "Clinical reference 10.3", Tag.UNCONFIRMED, _best_out_of_date,
    ),
    Check(
        "best-pef-exceeded",
        "A later peak flow is higher than the best on record. Decide which is the best.",
        "Clinical reference 10.3", Tag.READ, _best_exceeded,
    ),
    Check(
        "best-pef-scale",
        "The best peak flow is not on the EU scale, or nobody said on which. Measure it on an EU meter.",
        "Clinical reference 10.3", Tag.READ, _best_scale,
    ),
    Check(
        "best-pef-unit",
        "The best peak flow is not in L/min. Measure it again.",
        "Clinical reference 10.3", Tag.READ, _best_unit,
    ),
    Check(
        "implausible-value",
        "A peak flow over 900 L/min is on record, which no meter shows. Measure it again.",
        "Clinical reference 10", Tag.UNCONFIRMED, _implausible,
    ),
    Check(
        "duplicates",
        "The record holds the same thing twice. It was counted once: check which one is right.",
        "The record", Tag.READ, _duplicates,
    ),
    Check(
        "imprecise-dates",
        "Some dates are only a year or a month. Counts that need the day may be wrong: check them.",
        "The record", Tag.READ, _imprecise,
    ),
    Check(
        "under-licensed-age",
        "The child is younger than this inhaler's licence. Change it, or say why it stays.",
        "Clinical reference, section 5", Tag.READ, _too_young,
    ),
)  # fmt: skip
