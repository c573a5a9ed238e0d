"""One search parameter and what is wanted of it -> SQL that says which resources have it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fhir.store.engine import Database
from fhir.store.errors import SearchNotUnderstood
from fhir.store.indexing import TABLES, folded, reference_parts, short
from fhir.store.moments import interval
from fhir.store.search_parameters import Kind, Parameter

# How the span kept compares with the span asked for, whose ends stand for `?` in the order given.
# Source: FHIR R4, Search, "Prefixes"; a period that only touches the day asked for answers ge and le too.
EQUAL = "eq"
DATE_TESTS = {
    EQUAL: ("{low} >= ? AND {low} <= ? AND {high} <= ?", ("low", "high", "high")),
    "gt": ("{high} > ?", ("high",)),
    "lt": ("{low} < ?", ("low",)),
    "ge": ("{high} >= ?", ("low",)),
    "le": ("{low} <= ?", ("high",)),
}

# What is wanted goes in as one JSON list of lists: SQLite refuses an expression of a thousand ORs.
TOKEN_TEST = (
    "found.code = wanted.value ->> 0 AND (wanted.value ->> 1 IS NULL OR found.system = wanted.value ->> 1)"
)
REFERENCE_TEST = (
    "found.target_id = wanted.value ->> 1"
    " AND (wanted.value ->> 0 = '' OR found.target_type = wanted.value ->> 0)"
    " AND (wanted.value ->> 2 = '' OR found.target_version = wanted.value ->> 2)"
)
STRING_TEST = "found.value >= wanted.value ->> 0 AND found.value < wanted.value ->> 1"

# Kinds in the order in which few resources answer: the search starts from the first.
# One day is narrower than a name; all days before or after one are not.
RANK = {Kind.REFERENCE: 1, Kind.STRING: 3, Kind.URI: 4, Kind.DATE: 5, Kind.TOKEN: 6}
ONE_DATE = 2

LAST_LETTER = "\U0010ffff"

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Condition:
    """The rows `found` in an index table that answer a parameter; the lowest rank answers fewest."""

    source: str
    test: str
    arguments: Arguments
    rank: tuple[int, int]


def condition(
    db: Database, resource_type: str, name: str, parameter: Parameter, wanted: Sequence[str]
) -> Condition:
    """Return which index rows answer any of the values wanted; raises SearchNotUnderstood."""
    table, _ = TABLES[parameter.kind]
    source, which = f"{table} AS found", "found.type = ? AND found.parameter = ?"
    rank = (0 if name == "identifier" else RANK[parameter.kind], len(wanted))
    if parameter.kind is Kind.DATE:
        tests, values = date_tests(name, wanted, low="found.low", high="found.high")
        if all(_read_date(text)[0] == EQUAL for text in wanted):
            rank = (ONE_DATE, len(wanted))
        return Condition(source, f"{which} AND {tests}", (resource_type, name, *values), rank)
    test, read = LISTED[parameter.kind]
    listed = json.dumps([read(name, each) for each in wanted])
    return Condition(
        f"{db.each_of} CROSS JOIN {source}", f"{which} AND {test}", (listed, resource_type, name), rank
    )


def date_tests(name: str, wanted: Sequence[str], *, low: str, high: str) -> tuple[str, Arguments]:
    """Return SQL that is true if the span of columns low to high answers any date wanted, and its values."""
    tests, values = ["FALSE"], []
    for text in wanted:
        prefix, rest = _read_date(text)
        try:
            span = interval(rest)
        except (ValueError, OverflowError):
            raise SearchNotUnderstood(name) from None
        test, ends = DATE_TESTS[prefix]
        tests.append(f"({test.format(low=low, high=high)})")
        values += [getattr(span, end) for end in ends]
    return f"({' OR '.join(tests)})", tuple(values)


def _read_date(text: str) -> tuple[str, str]:
    """Return the prefix of a date that is asked for, and the date."""
    return (text[:2], text[2:]) if text[:2] in DATE_TESTS else (EQUAL, text)


def _token(name: str, text: str) -> list[str | None]:
    """Read `code` (of any system), `system|code` or `|code` (of none)."""
    system, bar, code = text.partition("|")
    if bar and not code:
        raise SearchNotUnderstood(name)
    return [short(code), short(system)] if bar else [short(text), None]


def _uri(_name: str, text: str) -> list[str | None]:
    return [short(text), None]


def _string(_name: str, text: str) -> list[str]:
    """Return the first and the last text, not included, that begins so."""
    return [folded(text), folded(text) + LAST_LETTER]


def _reference(_name: str, text: str) -> tuple[str, ...]:
    """Read `Type/id`, `Type/id/_history/version`, or the id alone (of any type)."""
    return reference_parts(text)


LISTED: dict[Kind, tuple[str, Callable[[str, str], Any]]] = {
    Kind.TOKEN: (TOKEN_TEST, _token),
    Kind.URI: (TOKEN_TEST, _uri),
    Kind.STRING: (STRING_TEST, _string),
    Kind.REFERENCE: (REFERENCE_TEST, _reference),
}
