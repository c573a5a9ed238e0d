"""Which puffs of a recorded dose may be copied into a draft: given in numbers, and not contradicted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plans.gp_record import Instruction, RepeatLine, TimeOfDay

WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
NUMBER = rf"(\d+|{'|'.join(WORDS)})"
COUNTED = r"(?:extra\s+)?(?:puff|inhalation|actuation|dose|tablet|sachet)s?\b"
NOT_OF_TIME = r"(?!\s*-?\s*(?:hour|hrs?\b|day|week|month|minute|min\b|second|year|time|%))"
RANGE = re.compile(rf"\b{NUMBER}\s*(?:to|or|-|\u2013)\s*{NUMBER}(?!\d){NOT_OF_TIME}", re.IGNORECASE)
COUNT = re.compile(rf"\b{NUMBER}\s+{COUNTED}", re.IGNORECASE)
AT = re.compile(
    rf"\b{NUMBER}\s+(?:in the |at |each |every )?(?:morning|breakfast|evening|night|bedtime)", re.IGNORECASE
)
TOLD = re.compile(
    rf"\b(?:inhale|take|use|chew|give)\s+{NUMBER}\b{NOT_OF_TIME}(?!\s*microgram)", re.IGNORECASE
)
MOST = re.compile(r"\b(max(imum)?|at most|up to|no more than|not more than)\b", re.IGNORECASE)
TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4}
MORNING = re.compile(r"\b(morning|breakfast)\b", re.IGNORECASE)
EVENING = re.compile(r"\b(evening|night|bedtime)\b", re.IGNORECASE)
MORNING_AND_EVENING = (TimeOfDay.MORNING, TimeOfDay.EVENING)


@dataclass(frozen=True)
class Puffs:
    """What may be copied; None where a clinician has to type it. Never computed from anything else."""

    morning: int | None = None
    evening: int | None = None
    when_needed: int | None = None
    most_a_day: int | None = None


def recorded_puffs(line: RepeatLine) -> Puffs:
    """Return the puffs of a line whose numbers and words agree; one doubtful use is left empty by itself."""
    regular = [one for one in line.instructions if not one.as_needed]
    needed = [one for one in line.instructions if one.as_needed]
    daily = _daily(regular)
    return Puffs(
        morning=daily.get(TimeOfDay.MORNING),
        evening=daily.get(TimeOfDay.EVENING),
        when_needed=needed[0].amount if len(needed) == 1 and _agrees(needed[0]) else None,
        most_a_day=_most_a_day(line),
    )


def _most_a_day(line: RepeatLine) -> int | None:
    """Return the most in a day that the numbers give once, unless the words name a most of their own."""
    given = {one.most_a_day for one in line.instructions} - {None}
    return next(iter(given)) if len(given) == 1 and not MOST.search(line.text) else None


def dose_words(line: RepeatLine) -> str:
    """Return the dose as the record words it, with the numbers beside it that its words do not show."""
    return "; ".join(filter(None, map(_instruction_words, line.instructions)))


def _instruction_words(one: Instruction) -> str:
    most = f" (at most {one.most_a_day} in a day)" if one.most_a_day is not None else ""
    return f"{_amount_words(one)}{most}".strip()


def _amount_words(one: Instruction) -> str:
    if one.amount is None or one.amount in _counts(one):
        return one.text
    return f"{one.text} (in numbers: {_in_numbers(one)})" if one.text else _in_numbers(one)


def _in_numbers(one: Instruction) -> str:
    unit = one.unit if one.amount == 1 or not one.unit or one.unit.endswith("s") else f"{one.unit}s"
    often = {None: "", 1: ", once a day"}.get(one.times_a_day, f", {one.times_a_day} times a day")
    at = "".join(f", {time}" for time in one.times if time is not TimeOfDay.OTHER)
    return f"{one.amount} {unit}".strip() + at + often + (" when needed" if one.as_needed else "")


def _daily(regular: Sequence[Instruction]) -> dict[TimeOfDay, int]:
    puffs: dict[TimeOfDay, int] = {}
    for one in regular:
        times = _times(one)
        if one.amount is None or not times or not _agrees(one) or not puffs.keys().isdisjoint(times):
            return {}
        puffs |= dict.fromkeys(times, one.amount)
    return puffs


def _times(one: Instruction) -> tuple[TimeOfDay, ...]:
    """Return the times of day, () where morning or evening does not settle them."""
    if one.times:
        settled = set(one.times) <= set(MORNING_AND_EVENING) and one.times_a_day in {None, len(one.times)}
        return one.times if settled else ()
    if one.times_a_day == len(MORNING_AND_EVENING):
        return MORNING_AND_EVENING
    in_morning, in_evening = bool(MORNING.search(one.text)), bool(EVENING.search(one.text))
    if one.times_a_day != 1 or in_morning is in_evening:
        return ()
    return (TimeOfDay.MORNING,) if in_morning else (TimeOfDay.EVENING,)


def _agrees(one: Instruction) -> bool:
    """Whether the words of the dose name no range, no other count and no other number of times."""
    times = {number for words, number in TIMES.items() if re.search(rf"\b{words}\b", one.text, re.IGNORECASE)}
    same_times = one.times_a_day is None or times <= {one.times_a_day}
    return not RANGE.search(one.text) and _counts(one) <= {one.amount} and same_times


def _counts(one: Instruction) -> set[int]:
    """Return the puffs that the words of the dose name."""
    return {_number(said) for words in (COUNT, TOLD, AT) for said in words.findall(one.text)}


def _number(said: str) -> int:
    return WORDS.get(said.lower()) or int(said)
