"""A small record that a clinician filled in, as an extension with one part for each field, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

Record = TypeVar("Record")
HINTS_OF = cache(get_type_hints)  # asked for each record that is read, and always the same


@dataclass(frozen=True)
class Kind:
    """How one type of field is written: which value[x], and from and to its JSON."""

    key: str
    write: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


# A score stays the figures that were typed: as a JSON number 1.0 would come back as 1.
KINDS: Mapping[type, Kind] = {
    str: Kind("valueString"),
    int: Kind("valueInteger"),
    bool: Kind("valueBoolean"),
    date: Kind("valueDate", write=date.isoformat, read=date.fromisoformat),
    Decimal: Kind("valueString", write=str, read=Decimal),
}


def parts_of(record: Any) -> list[dict]:
    """Return a part for each field of a dataclass in which something stands."""
    found = []
    for name, kind in _kinds(type(record)).items():
        value = getattr(record, name)
        if value is not None and value != "":
            found.append({"url": name.replace("_", "-"), kind.key: kind.write(value)})
    return found


def read_parts(of: type[Record], parts: list[dict]) -> Record:
    """Return the record that these parts say; a field without a part keeps its usual value."""
    kinds = _kinds(of)
    said = {part["url"].replace("-", "_"): part for part in parts}
    return of(**{name: kinds[name].read(part[kinds[name].key]) for name, part in said.items()})


def _kinds(of: type) -> dict[str, Kind]:
    hints = HINTS_OF(of)
    return {one.name: _kind(hints[one.name]) for one in fields(of)}


def _kind(hint: Any) -> Kind:
    """Return the kind of a type, or of a type that may be None."""
    plain = next((one for one in get_args(hint) if one is not NoneType), hint)
    if issubclass(plain, StrEnum):
        return Kind("valueCode", write=str, read=plain)
    return KINDS[plain]
