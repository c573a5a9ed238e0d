"""The FHIR guide is whole: all that we write stands in it, each type with an example that is valid."""

import json

import pytest

from docs.fhir_guide.addresses import ADDRESSES, OTHERS
from docs.fhir_guide.codings import codings
from docs.fhir_guide.examples import EXAMPLES
from docs.fhir_guide.extensions import EXTENSIONS, parts, uses
from docs.fhir_guide.pages import fhir_pages, identifiers, readme, search
from docs.fhir_guide.types import TYPES
from docs.generated import HERE
from fhir import codes
from fhir.codes import OWN
from fhir.plan_bundle import from_bundle
from fhir.plan_details import PARTS
from fhir.store.search.parameters import SEARCH_PARAMETERS
from fhir.store.validation.checking import check
from plans.people import nhs_number
from tests.house_rules.written import extensions_written, types_written

VALUES = {one.url: {value for value, _ in one.values()} for one in ADDRESSES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_is_valid_is_of_its_type_and_stays_the_same(example):
    resource = json.loads((HERE / f"fhir/examples/{example.name}.json").read_text(encoding="utf-8"))

    check(resource)
    assert resource["resourceType"] == example.type
    assert example.text() == example.text()


def test_every_type_that_we_write_is_in_the_guide_with_an_example():
    written = types_written()

    assert set(TYPES) == written
    assert {one.type for one in EXAMPLES} == written
    assert all(f"| **{kind}** |" in readme() for kind in written)


@pytest.mark.parametrize("name", [name for name in fhir_pages() if "/definitions/" in name])
def test_each_code_system_of_ours_is_a_valid_resource_with_every_code_once(name):
    system = json.loads((HERE / name).read_text(encoding="utf-8"))

    check(system)
    assert {one["code"] for one in system["concept"]} == VALUES[system["url"]]
    assert len(system["concept"]) == system["count"] == len(VALUES[system["url"]])


def test_every_code_system_in_the_code_can_be_loaded():
    systems = {url for url in VALUES if "/CodeSystem/" in url}

    assert systems == {
        json.loads(page())["url"] for name, page in fhir_pages().items() if "/definitions/" in name
    }


def test_no_two_examples_have_one_name():
    assert len({one.name for one in EXAMPLES}) == len(EXAMPLES)


def test_every_address_in_the_code_is_in_the_guide():
    named = {value for value in vars(codes).values() if isinstance(value, str) and ":" in value}

    assert {url for url in named if url.startswith(OWN)} <= set(VALUES)
    assert {url for url in named if not url.startswith(OWN)} == set(OTHERS)
    assert all(f"`{url}`" in identifiers() for url in named)


def test_every_code_of_ours_in_an_example_is_an_allowed_value():
    ours = {(system, code) for system, code in codings() if system.startswith(OWN)}

    assert {(system, code) for system, code in ours if code not in VALUES[system]} == set()


def test_every_extension_that_we_write_is_in_the_guide_and_in_an_example():
    written = extensions_written()

    assert set(EXTENSIONS) == written
    assert set(uses()) == written


def test_every_code_in_an_extension_of_an_example_is_an_allowed_value():
    said = {
        (name, value)
        for example in EXAMPLES
        for name, value in codes_in(example.make())
        if name in EXTENSIONS and EXTENSIONS[name][1]
    }

    assert said
    assert {(name, value) for name, value in said if value not in EXTENSIONS[name][1]} == set()


def codes_in(element):
    """Give each extension of ours whose value is a code: its name and the code."""
    if isinstance(element, dict):
        if "valueCode" in element:
            yield element.get("url", "").rpartition("/")[2], element["valueCode"]
        for inner in element.values():
            yield from codes_in(inner)
    if isinstance(element, list):
        for inner in element:
            yield from codes_in(inner)


def test_every_part_of_plan_details_is_in_the_guide():
    assert [name for name, _, _ in parts()] == list(PARTS)


def test_every_search_parameter_is_in_the_guide():
    assert all(f"### {kind}\n" in search() for kind in SEARCH_PARAMETERS)
    assert all(f"| `{name}` |" in search() for named in SEARCH_PARAMETERS.values() for name in named)


def test_the_example_of_a_bundle_is_read_as_a_plan():
    (bundle,) = [one.make() for one in EXAMPLES if one.type == "Bundle"]

    assert from_bundle(bundle).plan.id == bundle["entry"][0]["resource"]["id"]


def test_everybody_in_the_examples_is_invented():
    for name, page in fhir_pages().items():
        if name.endswith(".json"):
            numbers = numbers_in(json.loads(page()))
            assert all(nhs_number(one).startswith("999") for one in numbers), name


def numbers_in(element):
    if isinstance(element, dict):
        if element.get("system") == codes.NHS_NUMBER:
            return {element["value"]}
        return set().union(*map(numbers_in, element.values()))
    return set().union(*map(numbers_in, element)) if isinstance(element, list) else set()
