"""Whether a resource is FHIR R4: the typed model, required codes, and what the model would silently drop."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from fhir_core.fhirabstractmodel import FHIRAbstractModel
from pydantic import ValidationError

from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.resource import Resource
from fhir.store.errors import ResourceNotValid
from fhir.store.validation.plain_form import NOT_TEXT, is_plain
from fhir.store.validation.required_codes import wrong_codes

PLACE = re.compile(r"[A-Za-z0-9_.]{1,80}")
MOST_PLACES = 5
MOST_LEVELS = 64  # of one thing inside another; the thickest third-party record seen has 13
LARGEST = sys.float_info.max  # the largest number that every reader of JSON has
# FHIR's own id, but for one of dots alone: in an address that is the way to somewhere else.
ID = re.compile(r"(?!\.+$)[A-Za-z0-9\-.]{1,64}")


def check(resource: dict) -> None:
    """Raise ResourceNotValid, with the places to put right, if a resource is not FHIR R4."""
    model = must_have_a_head(resource)
    must_have_an_end(resource)
    places: list[str] = []
    if not is_plain(model, resource):
        places = list(dict.fromkeys([*_hollow(resource, ""), *_model_places(model, resource)]))
    if not places:
        places = list(wrong_codes(resource))
    if places:
        raise ResourceNotValid(model.get_resource_type(), [_sayable(place) for place in places[:MOST_PLACES]])


def must_have_a_head(resource: dict) -> type[FHIRAbstractModel]:
    """Return the model of a resource; raises ResourceNotValid for a type, an id or a meta that is none."""
    resource_type = resource.get("resourceType") if isinstance(resource, dict) else None
    model = _model(resource_type) if isinstance(resource_type, str) else None
    if model is None:
        raise ResourceNotValid("resource", ["resourceType"])
    must_have_an_id(resource)
    if not isinstance(resource.get("meta", {}), dict):
        raise ResourceNotValid(model.get_resource_type(), ["meta"])
    return model


def must_have_an_end(resource: Any) -> None:
    """Raise ResourceNotValid for what is nested too deeply to be walked through."""
    level: list = [[resource]]
    for _ in range(MOST_LEVELS + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list)) and inner
        ]
        if not level:
            return
    raise ResourceNotValid("resource", ["what is nested too deeply"])


def must_have_an_id(resource: dict) -> None:
    """Raise ResourceNotValid for an id that is none of FHIR's, or that means something in an address."""
    given = resource.get("id", "none")
    if not isinstance(given, str) or not ID.fullmatch(given):
        named = resource.get("resourceType")
        raise ResourceNotValid(str(named) if is_type(named) else "resource", ["id"])


def is_type(name: object) -> bool:
    """Return whether this is the name of a type of resource in FHIR R4."""
    return isinstance(name, str) and _model(name) is not None


@cache
def _model(resource_type: str) -> type[FHIRAbstractModel] | None:
    """Return the model of a type of resource, or none for what is no resource."""
    try:
        model = get_fhir_model_class(resource_type)
    except ValueError:
        return None
    kept = issubclass(model, Resource) and resource_type not in ("Resource", "DomainResource")
    return model if kept else None


def _model_places(model: type[FHIRAbstractModel], resource: dict) -> Iterator[str]:
    try:
        model.model_validate(resource)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            yield ".".join(str(part).removesuffix("__ext") for part in problem["loc"])


def _hollow(value: Any, place: str) -> Iterator[str]:
    """Yield each place that is empty, null, not text or no number: the model drops or passes them."""
    if value in ({}, [], "") or value is None or _cannot_be_kept(value):
        yield place
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _hollow(_filled(value, name, each), f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _hollow(each, f"{place}.{number}")


def _cannot_be_kept(value: Any) -> bool:
    if isinstance(value, str):
        return NOT_TEXT.search(value) is not None
    return isinstance(value, int | float) and not abs(value) <= LARGEST


def _filled(parent: dict, name: str, value: Any) -> Any:
    """Return a list without the nulls that FHIR asks for where `name` and `_name` stand side by side."""
    paired = name.startswith("_") or f"_{name}" in parent
    if paired and isinstance(value, list) and any(each is not None for each in value):
        return [each for each in value if each is not None]
    return value


def _sayable(place: str) -> str:
    """Return a place that may be shown: element names only, never a key somebody made up."""
    return place if PLACE.fullmatch(place) else "an element that FHIR R4 does not have"
