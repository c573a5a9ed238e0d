"""A GP record comes in whole or not at all, and only once."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from fhir.intake.errors import BrokenReference
from fhir.kept_people import child, family, organisation
from fhir.organization import to_organization
from fhir.patient import to_patient
from plans.errors import NhsNumberInvalid, PuffinError
from plans.people import Child
from plans.places import Organisation, OrganisationKind
from portal.actions.importing.keep import AnotherChild
from portal.actions.importing.record import facts_in, import_file, kept_record
from portal.calendar import holidays_for
from tests.portal.conftest import on_both_engines, open_as_commands_do

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SNOMED = "http://snomed.info/sct"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
VENTOLIN = {
    "coding": [{"system": SNOMED, "code": "222311000001102"}],
    "text": "Ventolin 100micrograms/dose Evohaler (GlaxoSmithKline UK Ltd)",
}

engine = on_both_engines()


def patient(**changes):
    return {
        "resourceType": "Patient",
        "id": "child",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9992245387"}],
        "name": [{"use": "official", "family": "Testchild", "given": ["Ravi"]}],
        "birthDate": "2017-05-04",
        "generalPractitioner": [{"reference": "Organization/practice"}],
    } | changes


def record(*more, **changes):
    """A child of Oak House with one blue inhaler on repeat; name only what your test is about."""
    practice = {
        "resourceType": "Organization",
        "id": "practice",
        "identifier": [{"system": ODS, "value": "Y99999"}],
        "type": [
            {
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/organization-type", "code": "prov"}
                ]
            }
        ],
        "name": "Oak House",
        "address": [{"country": "England"}],
    }
    mother = {
        "resourceType": "RelatedPerson",
        "id": "mother",
        "patient": {"reference": "Patient/child"},
        "relationship": [{"text": "mother"}, {"text": "Has parental responsibility"}],
        "name": [{"family": "Testchild", "given": ["Asha"]}],
    }
    repeat = {
        "resourceType": "MedicationRequest",
        "id": "repeat",
        "status": "active",
        "intent": "plan",
        "medicationCodeableConcept": VENTOLIN,
        "subject": {"reference": "Patient/child"},
        "authoredOn": "2026-01-05",
    }
    return [practice, patient(**changes), mother, repeat, *more]


def write_bundle(folder, resources, child_at="Patient/child"):
    """Write resources to a file as a GP system would, and return it."""
    file, places = folder / "record.json", {"Patient/child": child_at}
    addresses = [f"{one['resourceType']}/{one['id']}" for one in resources]
    entries = [
        {"fullUrl": places.get(address, address), "resource": one}
        for address, one in zip(addresses, resources, strict=True)
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    file.write_text(json.dumps(bundle), encoding="utf-8")
    return file


@pytest.fixture
def store(tmp_path):
    opened = open_as_commands_do(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def bring_in(store, tmp_path):
    """Import resources as a file would bring them."""

    def bring(resources, child_at="Patient/child"):
        file = write_bundle(tmp_path, resources, child_at)
        return import_file(store, file, by="system", at=NOON, today=TODAY, holidays_for=holidays_for)

    return bring


def test_a_record_brings_the_child_the_family_and_the_practice(store, bring_in):
    report = bring_in(record())

    kept = child(store, report.child_id)
    (mother,) = family(store, report.child_id)
    assert (kept.name, kept.born) == ("Ravi Testchild", date(2017, 5, 4))
    assert (mother.name, mother.with_parental_responsibility) == ("Asha Testchild", True)
    assert organisation(store, kept.practice_id).kind is OrganisationKind.PRACTICE


def test_the_same_file_again_changes_nothing(store, bring_in):
    first = bring_in(record())
    before = {
        kind: store.count(kind) for kind in ("Patient", "Organization", "MedicationRequest", "RelatedPerson")
    }

    second = bring_in(record())

    assert (first.child_id, second.is_new) == (first.child_id, False)
    assert second.child_id == first.child_id
    assert {kind: store.count(kind) for kind in before} == before
    assert len(store.history("Patient", first.child_id)) == 1


def test_the_child_is_the_same_however_the_nhs_number_is_written(bring_in):
    first = bring_in(record())
    spaced = patient()["identifier"][0] | {"value": "999 224 5387"}

    second = bring_in(record(identifier=[spaced]))

    assert (second.child_id, second.is_new) == (first.child_id, False)


@pytest.mark.parametrize("address", ["urn:uuid:", "https://gp.example/Patient/"])
def test_a_child_without_any_number_is_the_same_by_the_address_that_is_nobody_elses(bring_in, address):
    nameless = record(identifier=[])
    first = bring_in(nameless, child_at=f"{address}5f0c2a52-8a39-4d0e-9d53-0a3c7d0a1b11")

    again = bring_in(nameless, child_at=f"{address}5f0c2a52-8a39-4d0e-9d53-0a3c7d0a1b11")
    other = bring_in(nameless, child_at=f"{address}5f0c2a52-8a39-4d0e-9d53-0a3c7d0a1b22")

    assert (again.child_id, again.is_new) == (first.child_id, False)
    assert other.child_id != first.child_id


def test_a_child_without_any_number_is_not_told_by_an_address_that_others_have_too(bring_in):
    assert bring_in(record(identifier=[])).child_id != bring_in(record(identifier=[])).child_id


def test_a_later_record_of_the_same_child_brings_what_is_new(store, bring_in):
    first = bring_in(record())
    moved = [{"use": "home", "line": ["1 New Street"]}]

    second = bring_in(record(address=moved))

    assert (second.child_id, second.is_new) == (first.child_id, True)
    assert store.read("Patient", first.child_id)["address"] == moved


def test_a_thinner_record_takes_nothing_away_from_the_child(store, bring_in):
    school = {"resourceType": "Organization", "id": "school", "name": "Oak School"}
    at_school = {"relationship": [{"text": "School"}], "organization": {"reference": "Organization/school"}}
    aunt = {"relationship": [{"text": "Aunt"}], "name": {"family": "Testchild"}}
    ward = {"system": "https://ash.example/id", "value": "W1"}
    nhs = patient()["identifier"][0]
    before = child(store, bring_in(record(school, contact=[at_school], identifier=[nhs, ward])).child_id)

    bring_in([patient(generalPractitioner=[], contact=[aunt], identifier=[ward])])

    assert before.school_id
    assert before.practice_id
    assert child(store, before.id) == before


def test_what_was_kept_comes_to_the_same_as_the_file(store, bring_in):
    report = bring_in(record())

    kept = kept_record(store, report.child_id)

    assert kept is not None
    assert facts_in(kept, TODAY, holidays_for) == report.facts


def test_the_record_of_a_child_whose_practice_no_file_brought_names_the_practice_known_here(store, bring_in):
    oak = Organisation(str(uuid4()), OrganisationKind.PRACTICE, "Oak House", "Y99999")
    ravi = Child(str(uuid4()), "Ravi", "Testchild", date(2017, 5, 4), "9992245387", practice_id=oak.id)
    with store.write(by="system", at=NOON) as write:
        write.create(to_organization(oak))
        write.create(to_patient(ravi))
        write.audit("C", f"Patient/{ravi.id}", f"Patient/{ravi.id}", "add the child")

    report = bring_in([patient(generalPractitioner=[])])

    assert report.child_id == ravi.id
    assert kept_record(store, ravi.id).practice.name == "Oak House"


@pytest.mark.parametrize(
    ("resources", "refusal"),
    [
        pytest.param(record(birthDate="2017-05-05"), AnotherChild, id="number of another child"),
        pytest.param(
            record(identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9992245388"}]),
            NhsNumberInvalid,
            id="wrong check digit",
        ),
        pytest.param(
            record(generalPractitioner=[{"reference": "Organization/elsewhere"}]),
            BrokenReference,
            id="broken reference",
        ),
    ],
)
def test_a_record_that_cannot_be_trusted_leaves_nothing_behind(store, bring_in, resources, refusal):
    bring_in(record())
    before = store.count("AuditEvent")

    with pytest.raises(refusal) as refused:
        bring_in(resources)

    assert isinstance(refused.value, PuffinError)
    assert "Ravi" not in str(refused.value)
    assert store.count("AuditEvent") == before


def test_a_record_and_its_audit_land_together(store, bring_in):
    report = bring_in(record())

    (event,) = store.search("AuditEvent", entity=f"Patient/{report.child_id}")
    assert event["action"] == "C"
