"""The medicines of a record against our list: what each is, which run now, and what they supply."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from plans.gp_record import GpRecord, NamedMedicine, RepeatLine
from plans.medicine_kinds import Kind, kind_of
from plans.products import Ingredient, Product
from plans.recognise import MatchKind, looks_like_an_inhaler, match

PREVENTERS = frozenset({Kind.PREVENTER, Kind.COMBINATION})
BREATHED_IN = re.compile(r"\b(puff|inhalation|actuation)s?\b", re.IGNORECASE)
BY_NEBULISER = re.compile(r"\bnebuli[sz]er\b", re.IGNORECASE)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """What the list knows of a medicine; without `product` the exact product is for a clinician to say."""

    kind: Kind
    match: MatchKind = MatchKind.UNKNOWN
    product: Product | None = None
    ingredients: tuple[Ingredient, ...] = ()

    @property
    def is_preventer(self) -> bool:
        """Whether it holds an inhaled steroid."""
        return self.kind in PREVENTERS

    @property
    def doses(self) -> int | None:
        """Puffs in a full device, None where the sources do not say."""
        return self.product.doses if self.product else None


@lru_cache(maxsize=1024)
def known(medicine: NamedMedicine) -> Known:
    """Return what a medicine of a record is. One coded only in another country's list is never matched."""
    if medicine.is_foreign:
        return Known(Kind.UNKNOWN_INHALER if looks_like_an_inhaler(medicine.text) else Kind.OTHER)
    kind = kind_of(medicine.text, medicine.codes)
    if kind is Kind.OTHER and BY_NEBULISER.search(medicine.text):
        kind = Kind.NEBULISER_LIQUID
    found = match(medicine.codes, medicine.text)
    return Known(kind, found.kind, found.product, found.ingredients)


def is_unknown(line: RepeatLine) -> bool:
    """Return whether a line is for asthma, or breathed in, and stands in no list: shown as it stands.

    Creams, pens, spacers and tablets for something else are known to be none of a plan's medicines.
    """
    kind = known(line.medicine).kind
    if kind is not Kind.OTHER:
        return kind is Kind.UNKNOWN_INHALER
    in_puffs = any(BREATHED_IN.search(f"{one.unit} {one.text}") for one in line.instructions)
    return line.is_for_asthma or in_puffs


def lines_of(record: GpRecord, today: date, *kinds: Kind) -> tuple[RepeatLine, ...]:
    """Return the lines of these kinds that run now, one for each medicine."""
    return merged(line for line in record.current_lines(today) if known(line.medicine).kind in kinds)


def preventer_lines(record: GpRecord, today: date) -> tuple[RepeatLine, ...]:
    """Return the lines with an inhaled steroid that run now, one for each medicine."""
    return lines_of(record, today, *PREVENTERS)


def identity(line: RepeatLine) -> str:
    """Return what tells a line's medicine from others: its product, or its words."""
    product = known(line.medicine).product
    return product.key if product else line.medicine.text.casefold()


def merged(lines: Iterable[RepeatLine]) -> tuple[RepeatLine, ...]:
    """Return one line for each medicine, with all its instructions.

    Some records write MART as two lines of one inhaler, one for every day and one as needed.
    """
    together: dict[str, RepeatLine] = {}
    for line in lines:
        first = together.get(identity(line))
        together[identity(line)] = _with(first, line) if first else line
    return tuple(together.values())


def _with(first: RepeatLine, second: RepeatLine) -> RepeatLine:
    added = tuple(one for one in second.instructions if one not in first.instructions)
    instructions = (*first.instructions, *added)
    if any(one.as_needed is other.as_needed for one in first.instructions for other in added):
        # Two doses for the same use: which one holds is not for the software.
        instructions = tuple(replace(one, amount=None, most_a_day=None) for one in instructions)
    started = [one for one in (first.started, second.started) if one]
    return replace(
        first,
        instructions=instructions,
        started=min(started, key=lambda one: one.first) if started else None,
        is_for_asthma=first.is_for_asthma or second.is_for_asthma,
    )


def daily_puffs(line: RepeatLine) -> int | None:
    """Return the regular puffs a day that the record gives in numbers, None if it gives none."""
    regular = [one for one in line.instructions if not one.as_needed]
    if not regular or any(one.amount is None or one.times_a_day is None for one in regular):
        return None
    return sum((one.amount or 0) * (one.times_a_day or 0) for one in regular) or None


def is_as_needed_only(line: RepeatLine) -> bool:
    """Return whether the record gives no regular dose at all."""
    return bool(line.instructions) and all(one.as_needed for one in line.instructions)


def running_since(line: RepeatLine, earlier: Iterable[RepeatLine]) -> date | None:
    """Return when the line began, through `earlier` lines that each ran until the next took over.

    A repeat that is authorised again is a new line: without this it would look just started.
    """
    since = line.started.first if line.started else None
    dated = [(one.started.first, one.ended) for one in earlier if one.started and one.ended]
    for began, ended in sorted(dated, reverse=True):
        if since and began < since <= ended + ONE_DAY:
            since = began
    return since
