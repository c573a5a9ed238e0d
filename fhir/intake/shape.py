"""Whether what came is built like FHIR R4: resources have a type, and those that we use fit their model."""

import json
from functools import cache
from typing import Any

from pydantic import ValidationError

from fhir.intake.addresses import INNER
from fhir.intake.errors import NotJson, ResourceNotUnderstood, TooDeep
from fhir.resources.R4B import get_fhir_model_class
from fhir.store.texts import is_text
from fhir.store.validation.plain_form import is_plain

EMPTY: tuple[object, ...] = ("", [], {})  # says nothing, so the model leaves it out; 0 does
DEEPEST = 64  # levels; the thickest third-party record seen has 13
# What a GP record or a discharge is read from. The rest is left out and listed, so it need not fit.
USED = frozenset(
    {
        "AllergyIntolerance",
        "Appointment",
        "CarePlan",
        "Condition",
        "Consent",
        "Encounter",
        "Flag",
        "Location",
        "Medication",
        "MedicationDispense",
        "MedicationRequest",
        "Observation",
        "Organization",
        "Patient",
        "Practitioner",
        "RelatedPerson",
    }
)


def check_shape(resource: object, where: str) -> None:
    """Raise ResourceNotUnderstood unless it is a resource and, where we use its type, fits the model."""
    if not isinstance(resource, dict) or not isinstance(resource.get("id", ""), str):
        raise ResourceNotUnderstood(where)
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or not kind:
        raise ResourceNotUnderstood(where)
    if kind in USED and not _fits(resource, kind):
        raise ResourceNotUnderstood(f"{kind} ({where.lower()})")


def _fits(resource: dict, kind: str) -> bool:
    model = _model(kind)
    if is_plain(model, resource):
        return True
    try:
        understood = json.loads(model.model_validate(resource).model_dump_json())
    except ValidationError:
        return False
    # The model also takes 20261120 for a moment and "false" for a no: FHIR does not.
    return _is_written_alike(resource, understood)


def _is_written_alike(given: object, understood: object) -> bool:
    match given:
        case dict():
            return isinstance(understood, dict) and all(
                _is_written_alike(value, understood.get(name))
                for name, value in given.items()
                if value not in EMPTY
            )
        case list():
            if not isinstance(understood, list) or len(understood) != len(given):
                return False
            return all(map(_is_written_alike, given, understood))
        case str():
            return isinstance(understood, str)
        case int() | float() if not isinstance(given, bool):
            return isinstance(understood, int | float) and not isinstance(understood, bool)
    return type(given) is type(understood)


def check_depth(content: object) -> None:
    """Raise TooDeep for content nested deeper than FHIR, NotJson for text that cannot be written again."""
    level = [content]
    for _ in range(DEEPEST):
        if not all(is_text(text) for text in level if isinstance(text, str)):
            raise NotJson
        level = [inner for outer in level if isinstance(outer, INNER) for inner in _inside(outer)]
        if not level:
            return
    raise TooDeep


def _inside(element: dict | list) -> list[object]:
    return [*element.keys(), *element.values()] if isinstance(element, dict) else element


@cache
def _model(kind: str) -> Any:
    return get_fhir_model_class(kind)
