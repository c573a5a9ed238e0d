"""Bad input at the store: refused by name, with nothing of it kept. More of it stands with each part."""

import json

import pytest

from fhir.store.errors import ResourceNotValid

PATIENT = {"resourceType": "Patient"}
BEST = {"resourceType": "Observation", "status": "final", "code": {"text": "best peak flow"}}
SITE = "https://example.org/nested"


def nested(levels):
    """Return a Patient with extensions in extensions."""
    extension = {"url": SITE, "valueString": "the last"}
    for _ in range(levels):
        extension = {"url": SITE, "extension": [extension]}
    return PATIENT | {"extension": [extension]}


def refused_places(store, keep, resource):
    """Try to keep a resource; return where it is to be put right, once nothing of it was kept."""
    with pytest.raises(ResourceNotValid) as refused:
        keep(resource)
    assert store.db.execute("SELECT count(*) FROM resources").fetchone() == (0,)
    return refused.value.places


@pytest.mark.parametrize(
    "id",
    [
        pytest.param("../Patient", id="the way up"),
        pytest.param("..", id="dots alone"),
        pytest.param(".", id="one dot"),
        pytest.param("a/b", id="a slash"),
        pytest.param("a\\b", id="a backslash"),
        pytest.param("..%2fPatient", id="a slash in disguise"),
        pytest.param("a b", id="a space"),
        pytest.param("a\n", id="a line end"),
        pytest.param("a?b", id="a question mark"),
        pytest.param("é", id="a letter with an accent"),
        pytest.param("a" * 65, id="65 letters"),
        pytest.param("", id="nothing"),
        pytest.param(7, id="a number"),
        pytest.param(["a"], id="a list"),
        pytest.param(None, id="a null"),
    ],
)
def test_an_id_that_could_not_stand_in_an_address_is_refused(store, keep, id):
    assert refused_places(store, keep, PATIENT | {"id": id}) == ("id",)


def test_an_id_may_be_as_long_as_fhir_says(store, keep):
    assert store.read("Patient", keep(PATIENT | {"id": "a.-" + "9" * 61})["id"])


@pytest.mark.parametrize("levels", [100, 10_000])
def test_what_is_nested_too_deeply_to_be_walked_through_is_refused(store, keep, levels):
    assert refused_places(store, keep, nested(levels)) == ("what is nested too deeply",)


def test_what_is_nested_as_a_thick_record_is_kept(store, keep):
    assert store.read("Patient", keep(nested(10))["id"])["extension"] == nested(10)["extension"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NaN", id="no number"),
        pytest.param("Infinity", id="without end"),
        pytest.param("-Infinity", id="without end below"),
        pytest.param("1e400", id="beyond a double"),
        pytest.param("1" + "0" * 400, id="a whole number beyond a double"),
        pytest.param("-1" + "0" * 400, id="a whole number beyond a double below"),
    ],
)
def test_a_number_that_not_every_reader_has_is_refused(store, keep, text):
    quantity = {"value": json.loads(text), "unit": "L/min"}

    assert refused_places(store, keep, BEST | {"valueQuantity": quantity}) == ("valueQuantity.value",)


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 2**63, 10**400])
def test_an_integer_beyond_32_bits_is_refused(store, keep, number):
    assert refused_places(store, keep, BEST | {"valueInteger": number}) == ("valueInteger",)


@pytest.mark.parametrize("day", ["0000", "0000-01-01", "10000", "10000-01-01", "-0001-01-01", "2026-00-10"])
def test_a_day_that_no_calendar_of_ours_has_is_refused(store, keep, day):
    assert refused_places(store, keep, PATIENT | {"birthDate": day}) == ("birthDate",)


@pytest.mark.parametrize("moment", ["0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z"])
def test_a_moment_of_such_a_year_is_refused(store, keep, moment):
    assert refused_places(store, keep, PATIENT | {"deceasedDateTime": moment}) == ("deceasedDateTime",)
