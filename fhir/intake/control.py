"""With what a score of asthma control was taken, as far as the record surely names it."""

import re
from collections.abc import Mapping

from fhir.intake.elements import codes, codings, words
from plans.understanding import ControlTool

# SNOMED CT (clinical reference 6.1, tag V; the last 6.2, tag V2).
TOOL_OF_CODE: Mapping[str, ControlTool] = {
    "443117005": ControlTool.ACT,
    "905301000000103": ControlTool.CHILDHOOD_ACT,
    "763077003": ControlTool.ACQ,
    "448003001": ControlTool.RCP_3,
}
CHILDHOOD = re.compile(r"\bchild\w*('s)?\b|\bc-?act\b", re.IGNORECASE)
TOOL_OF_WORDS: Mapping[ControlTool, re.Pattern[str]] = {
    ControlTool.ACT: re.compile(r"\basthma control test\b|\bact\b score|\bc-?act\b", re.IGNORECASE),
    ControlTool.ACQ: re.compile(r"\basthma control questionnaire\b|\bacq\b", re.IGNORECASE),
    ControlTool.RCP_3: re.compile(r"\brcp\b.*\b(3|three)\b.*\bquestions?\b", re.IGNORECASE),
}


def tool_of(concept: dict | None) -> ControlTool | None:
    """Return the tool that code and words name; None where neither does, or each names another."""
    coded = {TOOL_OF_CODE[code] for code in codes(concept) if code in TOOL_OF_CODE}
    named = coded | _named(words(concept))
    return next(iter(named)) if len(named) == 1 else None


def is_score_in_words(observation: dict) -> bool:
    """Return whether an Observation without any code holds a number, and words that name a tool."""
    concept = observation.get("code")
    return not any(codings(concept)) and number_of(observation) is not None and bool(_named(words(concept)))


def number_of(observation: dict) -> float | None:
    """Return the number that was found, None if there is none."""
    value = observation.get("valueInteger", observation.get("valueQuantity", {}).get("value"))
    return None if value is None else float(value)


def _named(text: str) -> set[ControlTool]:
    named = {tool for tool, pattern in TOOL_OF_WORDS.items() if pattern.search(text)}
    if ControlTool.ACT in named and CHILDHOOD.search(text):
        return named - {ControlTool.ACT} | {ControlTool.CHILDHOOD_ACT}
    return named
