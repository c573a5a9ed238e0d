"""What is kept of a resource for searching: rows of four index tables."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from fhir.store.engine import Database
from fhir.store.moments import interval, period
from fhir.store.paths import values_at
from fhir.store.search.parameters import Kind, Parameter, parameters_of
from plans.similar_names import name_key

LOCAL_REFERENCE = re.compile(r"([A-Za-z]{1,64})/([A-Za-z0-9.\-]{1,64})(?:/_history/([A-Za-z0-9.\-]{1,64}))?")
SPACES = re.compile(r"\s+")

# Each kind's table, and how many values one row of it holds beside resource, type and parameter.
TABLES = {
    Kind.TOKEN: ("token_index", 2),
    Kind.URI: ("token_index", 2),
    Kind.DATE: ("date_index", 2),
    Kind.STRING: ("string_index", 1),
    Kind.REFERENCE: ("reference_index", 3),
}
INDEX_TABLES = ("token_index", "date_index", "string_index", "reference_index")

# One statement for each table costs less than one for each row; an engine takes only so many values in one.
ROWS_AT_ONCE = 100

Row = tuple[str, ...]
LONGEST = 200  # letters: no engine can look up words of any length


def short(text: str, longest: int = LONGEST) -> str:
    """Return words as they are looked up: long ones by their beginning and a digest of all."""
    if len(text) <= longest:
        return text
    return text[:longest] + hashlib.sha256(text.encode()).hexdigest()


def forget(db: Database, key: int) -> None:
    """Drop what the former version of the resource with this row key was found by."""
    for table in INDEX_TABLES:
        db.execute(f"DELETE FROM {table} WHERE resource = ?", (key,))


def index(db: Database, key: int, resource: dict) -> None:
    """Keep what the resource with this row key is found by; raises ValueError for a date that is none."""
    resource_type = resource["resourceType"]
    found: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
    for name, parameter in parameters_of(resource_type).items():
        for row in set(rows(resource, parameter)):
            found.setdefault(TABLES[parameter.kind], []).append((key, resource_type, name, *row))
    for (table, width), new in found.items():
        for some in _in_batches(new):
            places = ", ".join([f"({', '.join('?' * (3 + width))})"] * len(some))
            db.execute(f"INSERT INTO {table} VALUES {places}", tuple(value for row in some for value in row))


def _in_batches(new: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(new), ROWS_AT_ONCE):
        yield new[start : start + ROWS_AT_ONCE]


def rows(resource: dict, parameter: Parameter) -> Iterator[Row]:
    """Yield what one parameter finds in a resource."""
    for path in parameter.paths:
        for value in values_at(resource, path):
            for row in ROWS_OF[parameter.kind](value):
                if parameter.target in (None, row[0]):
                    yield row


def folded(text: str) -> str:
    """Return text without capitals, accents and double spaces, as names are compared."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return SPACES.sub(" ", plain.casefold()).strip()[:LONGEST]


def reference_parts(text: str) -> Row:
    """Return type, id and version of a reference; all of an address elsewhere counts as its id."""
    local = LOCAL_REFERENCE.fullmatch(text)
    return (local[1], local[2], local[3] or "") if local else ("", short(text), "")


def _token_rows(value: Any) -> Iterator[Row]:
    """Yield (code, system) of a code, Coding, CodeableConcept, Identifier or boolean."""
    if isinstance(value, bool):
        yield ("true" if value else "false", "")
    elif isinstance(value, str):
        yield (short(value), "")
    elif isinstance(value, dict) and "coding" in value:
        for coding in value["coding"]:
            yield from _token_rows(coding)
    elif isinstance(value, dict):
        code = value.get("code", value.get("value"))
        if code:
            yield (short(code), short(value.get("system", "")))


def _uri_rows(value: str) -> Iterator[Row]:
    yield (short(value), "")


def _date_rows(value: Any) -> Iterator[Row]:
    span = period(value) if isinstance(value, dict) else interval(value)
    yield (span.low, span.high)


def _string_rows(value: str | dict) -> Iterator[Row]:
    """Yield a text as names are compared; of a whole HumanName what names that are alike have in common."""
    if isinstance(value, dict):
        said = (*value.get("given", ()), value.get("family"))
        yield (" ".join(name_key(" ".join(one for one in said if one)))[:LONGEST],)
    else:
        yield (folded(value),)


def _reference_rows(value: dict) -> Iterator[Row]:
    """Yield (type, id, version); a reference by identifier alone is found by the identifier's value."""
    text = value.get("reference") or value.get("identifier", {}).get("value")
    if text:
        yield reference_parts(text)


ROWS_OF = {
    Kind.TOKEN: _token_rows,
    Kind.URI: _uri_rows,
    Kind.DATE: _date_rows,
    Kind.STRING: _string_rows,
    Kind.REFERENCE: _reference_rows,
}
