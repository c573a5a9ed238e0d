"""Every path that is searched is an element of FHIR R4: a slip in the table would find nothing."""

import pytest
from fhir.resources.R4B import get_fhir_model_class

from fhir.store.search.parameters import SEARCH_PARAMETERS
from fhir.store.validation.required_codes import FOR_EVERY_TYPE, REQUIRED_CODES


def exists(model, path):
    name, _, rest = path.partition(".")
    fields = {field.alias or key: field for key, field in model.model_fields.items()}
    if name not in fields:
        return False
    return not rest or exists(_model_in(fields[name].annotation), rest)


def _model_in(annotation):
    """Return the model inside List[Optional[...]] and the like; element types are named, not classes."""
    inner = getattr(annotation, "__args__", ())
    if hasattr(annotation, "model_fields"):
        return annotation
    if hasattr(annotation, "get_model_klass"):
        return annotation.get_model_klass()
    return next(found for each in inner if each is not type(None) and (found := _model_in(each)))


SEARCHED = [
    (resource_type, path)
    for resource_type, parameters in SEARCH_PARAMETERS.items()
    for parameter in parameters.values()
    for path in parameter.paths
]
CODED = [(resource_type, path) for resource_type, codes in REQUIRED_CODES.items() for path in codes]
EVERYWHERE = [(resource_type, path) for resource_type in ("Patient", "Task") for path in FOR_EVERY_TYPE]


@pytest.mark.parametrize(("resource_type", "path"), SEARCHED + CODED + EVERYWHERE)
def test_the_path_is_an_element(resource_type, path):
    assert exists(get_fhir_model_class(resource_type), path)


def test_a_path_that_is_no_element_is_noticed():
    assert not exists(get_fhir_model_class("Task"), "restriction.period.finish")
