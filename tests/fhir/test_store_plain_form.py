"""What is called plain is what the model takes: never more."""

import copy
import json

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import example, given
from hypothesis import strategies as st

from fhir.intake import shape
from fhir.store.errors import ResourceNotValid
from fhir.store.validation import checking as validation
from fhir.store.validation.plain_form import is_plain
from tests.fhir import gp_records as gp

DAY = "2026-11-20"
ASTHMA = gp.concept("195967001", "Asthma")
PLAIN = [
    *(one["resource"] for one in gp.the_child()),
    gp.repeat(
        gp.BROWN,
        {
            "text": "2 puffs twice a day",
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "puff"}}],
        },
    ),
    gp.issue(DAY, number="1"),
    gp.observation(gp.concept("18491006"), valueQuantity={"value": 270.5, "unit": "L/min"}),
    gp.observation({"text": "Vaping"}, valueBoolean=True),
    gp.condition(ASTHMA, onsetDateTime="2020-03"),
    gp.encounter("AMB", f"{DAY}T10:10:00+01:00", f"{DAY}T10:35:00.5Z", ASTHMA),
    gp.related_person("Kim", "mother", languages=(gp.language("ur", preferred=True),)),
    gp.consent("deny", gp.MOTHER),
    {"resourceType": "Flag", "status": "active", "code": {"text": "Dog"}, "subject": {"reference": gp.CHILD}},
]
IMPLICIT = {"url": "https://puffin.example/fhir/StructureDefinition/x", "valueInteger": 3}
LEFT_TO_THE_MODEL = [
    pytest.param({"_birthDate": {"extension": [IMPLICIT]}}, id="an extension of a primitive"),
    pytest.param({"contained": [{"resourceType": "Patient", "id": "p"}]}, id="a contained resource"),
    pytest.param({"photo": [{"data": "aGVsbG8="}]}, id="binary data"),
]
NOT_FHIR = [
    pytest.param({"hello": "there"}, id="an element that FHIR lacks"),
    pytest.param({"gender": ["male"]}, id="a list for one"),
    pytest.param({"name": {"family": "Test"}}, id="one for a list"),
    pytest.param({"active": "true"}, id="words for yes"),
    pytest.param({"multipleBirthInteger": 1, "multipleBirthBoolean": True}, id="two values of one choice"),
    pytest.param({"birthDate": "2026-02-30"}, id="a day that no month has"),
    pytest.param({"birthDate": "20261120"}, id="a date without hyphens"),
    pytest.param({"birthDate": "2026-11-20T10:00:00Z"}, id="a time for a day"),
    pytest.param({"deceasedDateTime": "2026-11-20T10:00:00"}, id="a time without its zone"),
    pytest.param({"multipleBirthInteger": 2**31}, id="a number too large"),
    pytest.param({"multipleBirthInteger": 1.5}, id="half a number"),
    pytest.param({"multipleBirthInteger": True}, id="yes for a number"),
    pytest.param({"id": "a/b"}, id="an id with a slash"),
    pytest.param({"name": []}, id="an empty list"),
    pytest.param({"name": [{}]}, id="an empty element"),
    pytest.param({"name": [None]}, id="nothing in a list"),
    pytest.param({"name": [{"family": ""}]}, id="an empty text"),
    pytest.param({"name": [{"family": "a\x00"}]}, id="a NUL"),
    pytest.param({"name": [{"family": "\ud800"}]}, id="half a character"),
    pytest.param({"link": [{"type": "refer"}]}, id="an element that needs another"),
    pytest.param({"communication": [{"preferred": True}]}, id="a language that is not named"),
    pytest.param({"fhir_comments": "a"}, id="a comment that only the models know"),
]


def plain(resource):
    return is_plain(get_fhir_model_class(resource["resourceType"]), resource)


def faults(resource):
    """Return what the model, and the look for what it drops, say against a resource."""
    return [*validation._hollow(resource, ""), *validation._model_places(type_of(resource), resource)]


def type_of(resource):
    return get_fhir_model_class(resource["resourceType"])


@pytest.mark.parametrize("resource", PLAIN, ids=lambda one: one["resourceType"])
def test_a_usual_resource_is_plain_and_fits_the_model(resource):
    assert plain(resource)
    assert faults(resource) == []


@pytest.mark.parametrize("more", LEFT_TO_THE_MODEL)
def test_what_is_rare_is_left_to_the_model_which_takes_it(more):
    resource = {"resourceType": "Patient", "birthDate": DAY} | more

    assert not plain(resource)
    validation.check(resource)


@pytest.mark.parametrize("more", NOT_FHIR)
def test_what_is_not_fhir_is_never_plain(more):
    assert not plain({"resourceType": "Patient"} | more)


def test_a_resource_is_plain_only_as_what_it_says_it_is():
    assert not is_plain(get_fhir_model_class("Group"), {"resourceType": "Patient"})


def test_an_extension_is_plain_with_one_value():
    two = IMPLICIT | {"valueString": "b"}

    assert plain({"resourceType": "Patient", "extension": [IMPLICIT]})
    assert not plain({"resourceType": "Patient", "extension": [two]})


def places_in(value, path=()):
    """Yield the way to every value inside."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places_in(each, (*path, name))


ODD = st.one_of(
    st.sampled_from(["", " ", "a b", "a  b", "\n", "0", "2026", "2026-13", "2026-11-31", "0000", "true"]),
    st.sampled_from([f"{DAY}T24:00:00Z", f"{DAY}T10:00:00+14:00", f"{DAY}T10:60:00Z", f"{DAY}T10:00Z"]),
    st.sampled_from([0, -1, 2**31 - 1, 2**40, 1e300, 1e-9, 0.1, float("nan"), True, None, [], {}, [[]]]),
    st.sampled_from(["urn:x y", "#a", "é", "\u00a0", "\x7f", "\x0b", "\u2028", "x" * 65]),
    st.text(max_size=4),
    st.dictionaries(st.sampled_from(["code", "text", "value", "url", "id", "_id"]), st.text(max_size=2)),
)


@given(st.sampled_from(PLAIN), st.data())
@example(PLAIN[0], None)
def test_whatever_is_put_into_a_resource_it_is_plain_only_if_the_model_takes_it(resource, data):
    changed = copy.deepcopy(resource)
    if data:
        *way, last = data.draw(st.sampled_from([path for path in places_in(resource) if path]))
        place = changed
        for step in way:
            place = place[step]
        place[last] = data.draw(ODD)

    try:
        is_seen_as_plain = plain(changed)
    except (ValueError, TypeError, AttributeError):
        is_seen_as_plain = False  # no resource at all

    if is_seen_as_plain:
        assert faults(changed) == []
        understood = json.loads(type_of(changed).model_validate(changed).model_dump_json())
        assert shape._is_written_alike(changed, understood)


def test_the_model_is_asked_only_for_what_is_not_plain(monkeypatch):
    monkeypatch.setattr(validation, "_model_places", lambda *_: ["asked"])

    validation.check(PLAIN[0])

    with pytest.raises(ResourceNotValid, match="asked"):
        validation.check(PLAIN[0] | {"fhir_comments": "a"})
