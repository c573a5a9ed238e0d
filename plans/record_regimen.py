"""Which regimen a record describes, from what runs now and how it is to be taken."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from plans.gp_record import GpRecord, RepeatLine
from plans.medicine_kinds import Kind
from plans.plan import Regimen
from plans.products import LONG_ACTING, Ingredient
from plans.record_medicines import is_as_needed_only, known, lines_of, preventer_lines

# The capitals tell AIR from air; "not MART" and "not for MART" take it back.
MART_WORDS = re.compile(r"(?<!not )(?<!not for )(?:\bMART\b|maintenance and reliever)")
AIR_WORDS = re.compile(r"(?<!not )(?<!not for )(?:\bAIR\b|anti-?inflammatory reliever)")


class RecordRegimen(StrEnum):
    """How a record says that the medicines are meant to be used."""

    CONVENTIONAL = "conventional"
    MART = "MART"
    AIR = "AIR"
    RELIEVER_ONLY = "reliever-only"
    NOT_SAID = ""


# A reliever alone is no regimen of a plan: the form asks.
PLAN_REGIMEN: Mapping[RecordRegimen, Regimen | None] = {
    RecordRegimen.CONVENTIONAL: Regimen.PREVENTER_RELIEVER,
    RecordRegimen.MART: Regimen.MART,
    RecordRegimen.AIR: Regimen.AIR,
    RecordRegimen.RELIEVER_ONLY: None,
    RecordRegimen.NOT_SAID: None,
}


def regimen_of(record: GpRecord, today: date) -> RecordRegimen:
    """Return the regimen that the running medicines describe, NOT_SAID where they do not settle it."""
    preventers = preventer_lines(record, today)
    relievers = lines_of(record, today, Kind.RELIEVER)
    if any(is_mart(line, record) for line in preventers):
        return RecordRegimen.MART
    if any(is_air(line) for line in preventers):
        return RecordRegimen.AIR
    if preventers and (relievers or not any(_has_formoterol(line) for line in preventers)):
        return RecordRegimen.CONVENTIONAL
    if relievers and not preventers:
        return RecordRegimen.RELIEVER_ONLY
    return RecordRegimen.NOT_SAID  # formoterol every day and no reliever: MART, or a reliever is missing


def is_mart(line: RepeatLine, record: GpRecord) -> bool:
    """Return whether the record has this inhaler for every day and for symptoms, licensed or not."""
    if MART_WORDS.search(line.text):
        return True
    if not LONG_ACTING.intersection(known(line.medicine).ingredients):
        return False
    needed = [one.as_needed for one in line.instructions]
    return (any(needed) and not all(needed)) or (not any(needed) and _mart_began_with(line, record))


def is_air(line: RepeatLine) -> bool:
    """Return whether the record has this inhaler for symptoms only, licensed or not."""
    if AIR_WORDS.search(line.text):
        return True
    return is_as_needed_only(line) and bool(LONG_ACTING.intersection(known(line.medicine).ingredients))


def _mart_began_with(line: RepeatLine, record: GpRecord) -> bool:
    return (
        line.started is not None
        and _has_formoterol(line)
        and any(began.last >= line.started.first for began in record.mart_started)
    )


def _has_formoterol(line: RepeatLine) -> bool:
    return Ingredient.FORMOTEROL in known(line.medicine).ingredients
