"""A copy that leaves as a bundle reads back, and holds what its reader may see and no more."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B import get_fhir_model_class

from fhir.care_plan import to_care_plan
from fhir.codes import OWN
from fhir.medication import Printed, to_medication_requests
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.plan_bundle import NotAPlanBundle, from_bundle, to_bundle
from plans.content import Copy, People
from plans.people import Child, Professional
from plans.places import Organisation, OrganisationKind
from plans.plan import Medicine, Plan, Regimen, Slot, Status

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
IDS = [f"9e107d9d-372b-4d28-9b0c-1c0e7d5f000{n}" for n in range(10)]
PRACTICE = Organisation(id=IDS[1], kind=OrganisationKind.PRACTICE, name="Oak House", phone="0121 496 0200")
SCHOOL = Organisation(id=IDS[2], kind=OrganisationKind.SCHOOL, name="Hillside School")
CHILD = Child(IDS[0], "Amina", "Test", date(2018, 5, 1), "9991047077", IDS[1], IDS[2])
PLAN = Plan(
    id=IDS[3],
    child_id=IDS[0],
    regimen=Regimen.PREVENTER_RELIEVER,
    medicines={Slot.RELIEVER: Medicine(product="ventolin-evohaler-100", when_needed=2)},
    language="en",
    review_by=date(2027, 11, 1),
    status=Status.SIGNED,
    author=Professional(id=IDS[4], name="Dr Amara Okoro", job="GP", organisation_id=IDS[1]),
    signed_at=NOON,
)
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Plan</p></div>'


def bundle(copy=Copy.RECORD, *, is_demo=False):
    resources = [
        to_care_plan(PLAN, narrative=DIV),
        *to_medication_requests(PLAN, lambda key: Printed(key)),
        to_patient(CHILD),
        to_organization(PRACTICE),
        to_organization(SCHOOL),
    ]
    kept = [one | {"meta": one.get("meta", {}) | {"versionId": "7"}} for one in resources]
    return to_bundle(kept, copy, at=NOON, is_demo=is_demo)


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_plan_in_a_bundle_reads_back_with_its_people(is_demo):
    read = from_bundle(json.loads(json.dumps(bundle(is_demo=is_demo))))

    assert read.plan == PLAN
    assert read.people == People(child=CHILD, practice=PRACTICE, author=PLAN.author, school=SCHOOL)
    assert (read.copy, read.is_demo) == (Copy.RECORD, is_demo)


def test_the_bundle_is_valid_r4_and_tells_nothing_of_our_versions():
    assert get_fhir_model_class("Bundle").model_validate(bundle())
    assert "versionId" not in json.dumps(bundle())


def test_every_entry_has_an_address_of_its_own_even_where_two_share_an_id():
    both = [to_patient(CHILD), to_organization(replace(PRACTICE, id=CHILD.id))]

    addresses = [one["fullUrl"] for one in to_bundle(both, Copy.RECORD, at=NOON, is_demo=False)["entry"]]

    assert addresses == [f"{OWN}Patient/{CHILD.id}", f"{OWN}Organization/{CHILD.id}"]


def test_a_reference_leads_to_an_entry_or_says_that_it_leads_out_of_the_bundle():
    care_plan = bundle()["entry"][0]["resource"]

    assert care_plan["subject"]["reference"] == f"Patient/{CHILD.id}"
    assert care_plan["author"]["reference"] == f"{OWN}Practitioner/{PLAN.author.id}"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        [],
        {"resourceType": "Bundle", "entry": []},
        bundle() | {"meta": {}},
        bundle() | {"entry": bundle()["entry"][1:]},
        bundle() | {"entry": bundle()["entry"][:2]},
    ],
    ids=["nothing", "a list", "empty", "untagged", "no plan", "no child"],
)
def test_a_file_without_a_whole_plan_is_refused_in_one_sentence(broken):
    with pytest.raises(NotAPlanBundle, match="export"):
        from_bundle(broken)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("title",), 7),
        (("period", "end"), 0),
        (("extension", 0, "extension"), "none"),
        (("extension", 0, "extension", 0, "valueString"), ["x"]),
        (("contributor",), []),
        (("language",), {}),
    ],
)
def test_a_plan_that_somebody_has_spoilt_is_refused_in_one_sentence(place, value):
    spoilt = json.loads(json.dumps(bundle()))
    element = spoilt["entry"][0]["resource"]
    for name in place[:-1]:
        element = element[name]
    element[place[-1]] = value

    with pytest.raises(NotAPlanBundle):
        from_bundle(spoilt)


def test_two_plans_in_one_file_are_refused_rather_than_chosen_from():
    two = bundle()
    other = to_care_plan(replace(PLAN, id=IDS[9]), narrative=DIV)
    two["entry"].append({"fullUrl": f"urn:uuid:{IDS[9]}", "resource": other})

    with pytest.raises(NotAPlanBundle):
        from_bundle(two)
