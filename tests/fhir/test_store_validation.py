"""What is not FHIR R4 is not kept, and the refusal names the places without a word of what stood there."""

import copy

import pytest

from fhir.store.errors import ResourceNotValid

PLAN = {
    "resourceType": "CarePlan",
    "status": "active",
    "intent": "plan",
    "subject": {"reference": "Patient/p1"},
}


def without(name):
    return {key: value for key, value in PLAN.items() if key != name}


@pytest.mark.parametrize(
    ("resource", "place"),
    [
        pytest.param(without("resourceType"), "resourceType", id="no type"),
        pytest.param({"resourceType": "Plan"}, "resourceType", id="no type of FHIR"),
        pytest.param({"resourceType": "HumanName"}, "resourceType", id="a type that is no resource"),
        pytest.param({"resourceType": "DomainResource"}, "resourceType", id="an abstract type"),
        pytest.param({"resourceType": ["Patient"]}, "resourceType", id="several types"),
        pytest.param(without("status"), "status", id="what is required is missing"),
        pytest.param(PLAN | {"status": "activ"}, "status", id="a code that is none"),
        pytest.param(PLAN | {"intent": "directive"}, "intent", id="a code of another type"),
        pytest.param(PLAN | {"periods": {"start": "2026"}}, "periods", id="an element that is none"),
        pytest.param(PLAN | {"period": {"start": "2026-13-01"}}, "period.start", id="a date that is none"),
        pytest.param(PLAN | {"created": "2026-11-20T10:00:00"}, "created", id="a time without a timezone"),
        pytest.param(PLAN | {"contributor": []}, "contributor", id="an empty list"),
        pytest.param(PLAN | {"period": {}}, "period", id="an empty object"),
        pytest.param(PLAN | {"note": [{"text": "a"}, {}]}, "note.1", id="an empty object in a list"),
        pytest.param(PLAN | {"title": ""}, "title", id="an empty string"),
        pytest.param(PLAN | {"title": None}, "title", id="a null"),
        pytest.param(PLAN | {"instantiatesUri": [None]}, "instantiatesUri.0", id="a null in a list"),
        pytest.param(PLAN | {"title": "a\x00b"}, "title", id="a null character"),
        pytest.param(PLAN | {"title": "a\ufffeb"}, "title", id="what XML has no place for"),
        pytest.param(PLAN | {"title": "a\ud800b"}, "title", id="half a character"),
        pytest.param(PLAN | {"id": "a b"}, "id", id="an id with a space"),
        pytest.param(
            PLAN | {"text": {"status": "x", "div": "<div/>"}}, "text.status", id="a narrative's code"
        ),
    ],
)
def test_what_is_not_fhir_is_refused_with_its_place(store, keep, resource, place):
    with pytest.raises(ResourceNotValid) as refused:
        keep(resource)

    assert place in refused.value.places
    assert store.db.execute("SELECT count(*) FROM resources").fetchone() == (0,)


def test_a_refusal_repeats_nothing_of_the_resource(keep):
    with pytest.raises(ResourceNotValid) as refused:
        keep(PLAN | {"Zofia has asthma": "yes", "created": "Zofia", "status": "Zofia"})

    assert "Zofia" not in str(refused.value)


def test_a_number_that_json_cannot_hold_is_refused(keep):
    pef = {"resourceType": "Observation", "status": "final", "code": {"text": "best peak flow"}}

    with pytest.raises(ResourceNotValid):
        keep(pef | {"valueQuantity": {"value": float("nan")}})


def test_a_date_that_the_calendar_lacks_is_refused(store, keep):
    with pytest.raises(ResourceNotValid):
        keep({"resourceType": "Patient", "birthDate": "2015-02-30"})

    assert store.count("Patient") == 0


def test_nulls_are_kept_where_fhir_asks_for_them(keep, store):
    patient = {
        "resourceType": "Patient",
        "name": [
            {"given": ["Zofia", None], "_given": [None, {"extension": [{"url": "https://example.org/x"}]}]}
        ],
    }
    wanted = copy.deepcopy(patient["name"])

    kept = keep(patient)

    assert store.read("Patient", kept["id"])["name"] == wanted


def test_an_extension_may_stand_for_a_value(keep):
    absent = {
        "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
        ]
    }

    assert keep({"resourceType": "Patient", "_birthDate": absent})["_birthDate"] == absent
