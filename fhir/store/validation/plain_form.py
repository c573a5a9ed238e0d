"""Resources in plain form: what the FHIR model would surely take as it stands, known from its own tables.

The model takes a millisecond for a small resource. This reads the same definitions and takes a twentieth of
that, but only ever says yes: what it does not know well (extensions of primitives, contained resources, rare
types, unusual ways to write a date or a number) it leaves to the model.
"""

import math
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from fhir_core.fhirabstractmodel import FHIRAbstractModel
from fhir_core.types import FhirBase, FhirElementOrResourceBase
from pydantic.fields import FieldInfo

Fits = Callable[[Any], bool]

# FHIR R4 allows no control character but tab, new line and carriage return; a lone surrogate is no text,
# and what XML has no place for could not be in its narrative.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODE = re.compile(r"[!-~]+(?: [!-~]+)*")
ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
URI = re.compile(r"[!-~]+")
PARTIAL_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", re.ASCII)
DAY = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-3]):[0-5]\d)", re.ASCII)
LARGEST, SMALLEST, MOST = 1e15, 1e-4, 2**31 - 1  # beyond these a number may be written in another way


def is_plain(model: type[FHIRAbstractModel], resource: dict) -> bool:
    """Return True only if the model takes the resource, and nothing in it is empty or not text."""
    return resource.get("resourceType") == model.get_resource_type() and _element(model)(
        {name: value for name, value in resource.items() if name != "resourceType"}
    )


@cache
def _element(model: type[FHIRAbstractModel]) -> Fits:
    """Return what says whether a value surely fits a model of an element."""
    fields = dict(_checks(model))
    empty = model.model_construct()
    required = {name for name, field in _named(model) if field.is_required()} | {
        name for name, _ in empty.get_required_fields()
    }
    choices = [
        (frozenset(names), _is_needed(model, names[0])) for names in empty.get_one_of_many_fields().values()
    ]

    def fits(value: Any) -> bool:
        if type(value) is not dict or not value or not required <= value.keys():
            return False
        for name, each in value.items():
            fits_there = fields.get(name)
            if fits_there is None or not fits_there(each):
                return False
        for names, is_needed in choices:
            said = len(names & value.keys())
            if said > 1 or (is_needed and not said):
                return False
        return True

    return fits


def _named(model: type[FHIRAbstractModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the elements of a model by the names that JSON has for them."""
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def _is_needed(model: type[FHIRAbstractModel], field: str) -> bool:
    extra = model.model_fields[field].json_schema_extra
    return not isinstance(extra, dict) or extra.get("one_of_many_required") is True


def _checks(model: type[FHIRAbstractModel]) -> Iterator[tuple[str, Fits]]:
    for name, field in _named(model):
        if name.startswith("_") or name == "fhir_comments":
            continue
        fits = _fits(field.annotation, tuple(field.metadata))
        if fits:
            yield name, fits


def _fits(annotation: Any, marks: tuple[Any, ...] = ()) -> Fits | None:
    """Return what says whether a value surely fits an annotation, None for what the model must say."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _fits(parts[0], tuple(parts[1:]))
    if origin in (typing.Union, types.UnionType):
        some = [part for part in parts if part is not type(None)]
        return _fits(some[0], marks) if len(some) == 1 else None
    if origin is list:
        return _listed(_fits(parts[0]))
    if annotation is bool:
        return _is_boolean
    if isinstance(annotation, type) and issubclass(annotation, FhirBase):
        return None if issubclass(annotation, FhirElementOrResourceBase) else _later(annotation)
    return next((PRIMITIVES[mark.__visit_name__] for mark in marks if _is_known(mark)), None)


def _is_known(mark: Any) -> bool:
    return getattr(mark, "__visit_name__", None) in PRIMITIVES


def _listed(fits: Fits | None) -> Fits | None:
    if fits is None:
        return None

    def each_fits(value: Any) -> bool:
        return type(value) is list and bool(value) and all(map(fits, value))

    return each_fits


def _later(kind: type[FhirBase]) -> Fits:
    """Return a check of an element, made when it is first met: elements hold elements of their own kind."""

    @cache
    def element() -> Fits:
        return _element(kind.get_model_klass())

    return lambda value: element()(value)


def _matching(pattern: re.Pattern[str]) -> Fits:
    def fits(value: Any) -> bool:
        return type(value) is str and pattern.fullmatch(value) is not None

    return fits


def _is_text(value: Any) -> bool:
    return type(value) is str and value != "" and not value.isspace() and not NOT_TEXT.search(value)


def _is_boolean(value: Any) -> bool:
    return type(value) is bool


def _whole_from(least: int) -> Fits:
    def fits(value: Any) -> bool:
        return type(value) is int and least <= value <= MOST

    return fits


def _is_number(value: Any) -> bool:
    if type(value) is int:
        return abs(value) < LARGEST
    return type(value) is float and math.isfinite(value) and (value == 0 or SMALLEST <= abs(value) < LARGEST)


def _is_day(value: Any) -> bool:
    if type(value) is not str:
        return False
    return PARTIAL_DATE.fullmatch(value) is not None or (DAY.fullmatch(value) is not None and _can_be(value))


def _is_instant(value: Any) -> bool:
    return type(value) is str and MOMENT.fullmatch(value) is not None and _can_be(value)


def _is_day_or_instant(value: Any) -> bool:
    return _is_instant(value) or _is_day(value)


def _can_be(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


PRIMITIVES: Mapping[str, Fits] = {
    "string": _is_text,
    "markdown": _is_text,
    "xhtml": _is_text,
    "code": _matching(CODE),
    "id": _matching(ID),
    "uri": _matching(URI),
    "canonical": _matching(URI),
    "integer": _whole_from(-MOST),
    "unsignedInt": _whole_from(0),
    "positiveInt": _whole_from(1),
    "decimal": _is_number,
    "date": _is_day,
    "dateTime": _is_day_or_instant,
    "instant": _is_instant,
}
