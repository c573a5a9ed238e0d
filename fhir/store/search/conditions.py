"""One search parameter and what is wanted of it -> SQL that says which resources have it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fhir.store.engine import Database
from fhir.store.errors import SearchNotUnderstood, SearchTooLong
from fhir.store.moments import interval
from fhir.store.search.indexing import TABLES, folded, reference_parts, short
from fhir.store.search.parameters import Kind, Parameter

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
# A part that every value names is asked for by an equality alone, so that an index answers it.
NAMED = "{column} = wanted.value ->> {place}"
OPEN = "(wanted.value ->> {place} IS NULL OR {column} = wanted.value ->> {place})"
ANY = None
PARTS_OF = {
    "token_index": ("found.code", "found.system"),
    "reference_index": ("found.target_id", "found.target_type", "found.target_version"),
}
BETWEEN = "found.value >= wanted.value ->> 0 AND found.value < wanted.value ->> 1"

# Kinds in the order in which few resources answer: the search starts from the first.
# One day is narrower than a name; all days before or after one are not.
RANK = {Kind.REFERENCE: 1, Kind.STRING: 3, Kind.URI: 4, Kind.DATE: 5, Kind.TOKEN: 6}
ONE_DATE = 2

MOST_DATES = 100  # each is a part of the statement; of other values a list holds any number
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
        tests, ends = date_tests(name, wanted, low="found.low", high="found.high")
        if all(_read_date(text)[0] == EQUAL for text in wanted):
            rank = (ONE_DATE, len(wanted))
        return Condition(source, f"{which} AND {tests}", (resource_type, name, *ends), rank)
    values = [READ[parameter.kind](name, each) for each in wanted]
    if len(values) == 1:
        alone, parts = _test_alone(table, values[0])
        return Condition(source, f"{which} AND {alone}", (resource_type, name, *parts), rank)
    test = f"{which} AND {_test(table, values)}"
    return Condition(
        f"{db.each_of} CROSS JOIN {source}", test, (json.dumps(values), resource_type, name), rank
    )


def _test_alone(table: str, value: Sequence[str | None]) -> tuple[str, Arguments]:
    """Return the test that a row is this one value: said without a list, any engine asks its index for it."""
    if table not in PARTS_OF:
        return "found.value >= ? AND found.value < ?", tuple(value)
    named = [(column, part) for column, part in zip(PARTS_OF[table], value, strict=False) if part is not ANY]
    return " AND ".join(f"{column} = ?" for column, _ in named), tuple(part for _, part in named)


def _test(table: str, values: Sequence[Sequence[str | None]]) -> str:
    """Return the test that a row is one of the values."""
    if table not in PARTS_OF:
        return BETWEEN
    tests = []
    for place, column in enumerate(PARTS_OF[table]):
        left_open = {value[place] is ANY for value in values}
        if left_open != {True}:
            tests.append((OPEN if True in left_open else NAMED).format(column=column, place=place))
    return " AND ".join(tests)


def date_tests(name: str, wanted: Sequence[str], *, low: str, high: str) -> tuple[str, Arguments]:
    """Return SQL that is true if the span of columns low to high answers any date wanted, and its values."""
    if len(wanted) > MOST_DATES:
        raise SearchTooLong
    tests, values = [], []
    for text in wanted:
        prefix, rest = _read_date(text)
        try:
            span = interval(rest)
        except (ValueError, OverflowError):
            raise SearchNotUnderstood(name) from None
        test, ends = DATE_TESTS[prefix]
        tests.append(f"({test.format(low=low, high=high)})")
        values += [getattr(span, end) for end in ends]
    return f"({' OR '.join(tests) or 'FALSE'})", tuple(values)


def _read_date(text: str) -> tuple[str, str]:
    """Return the prefix of a date that is asked for, and the date."""
    return (text[:2], text[2:]) if text[:2] in DATE_TESTS else (EQUAL, text)


def _token(name: str, text: str) -> list[str | None]:
    """Read `code` (of any system), `system|code` or `|code` (of none)."""
    system, bar, code = text.partition("|")
    if bar and not code:
        raise SearchNotUnderstood(name)
    return [short(code), short(system)] if bar else [short(text), ANY]


def _uri(_name: str, text: str) -> list[str | None]:
    return [short(text), ANY]


def _string(name: str, text: str) -> list[str | None]:
    """Return the first and the last text, not included, that begins so."""
    beginning = folded(text)
    if not beginning:  # an accent alone: every name begins with nothing
        raise SearchNotUnderstood(name)
    return [beginning, beginning + LAST_LETTER]


def _reference(_name: str, text: str) -> list[str | None]:
    """Read `Type/id` (of any version), `Type/id/_history/version`, or the id alone (of any type)."""
    kind, id, version = reference_parts(text)
    return [id, kind or ANY, version or ANY]


READ: dict[Kind, Callable[[str, str], list[str | None]]] = {
    Kind.TOKEN: _token,
    Kind.URI: _uri,
    Kind.STRING: _string,
    Kind.REFERENCE: _reference,
}
