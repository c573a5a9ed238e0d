"""What is kept of a file: under stable keys, pointing only at what is kept too."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from fhir.codes import NHS_NUMBER, OWN, PLAN_SERIES, RESTRICTED, UK_CORE, VISIT
from fhir.intake.addresses import references_in
from fhir.intake.bundle import bundle_of, parse_bundle
from fhir.intake.gp_record import read_and_keep, read_record, resources_to_keep
from tests.fhir.gp_records import (
    BROWN,
    CHILD,
    MOTHER,
    PRACTICE,
    about_the_child,
    address,
    allergy,
    bundle,
    concept,
    condition,
    consent,
    encounter,
    entry,
    issue,
    observation,
    raw,
    related_person,
    repeat,
    visit_number,
)

ASTHMA = condition(concept("195967001"))
CALLED = {"reference": CHILD, "display": "Robin Kit Example"}


def keep(*entries, **patient):
    return resources_to_keep(parse_bundle(raw(bundle(*entries, **patient))))


def only(kind, *entries):
    return next(one for one in keep(*entries) if one.kind == kind)


def placed(kept):
    """Return the resources as a store would hold them."""
    ids = {one.key: str(uuid5(NAMESPACE_URL, one.key)) for one in kept}
    return [one.placed(ids[one.key], ids) for one in kept]


def test_people_and_places_come_first_and_the_rest_follows():
    assert [one.kind for one in keep(entry(ASTHMA))] == [
        "Organization",
        "Organization",
        "Patient",
        "Condition",
    ]


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("Patient", "Patient|https://fhir.nhs.uk/Id/nhs-number|9991230041"),
        ("Organization", "Organization|https://fhir.nhs.uk/Id/ods-organization-code|Y99909"),
        ("MedicationRequest", "MedicationRequest|https://gp.example.org/Id/issue|17"),
        ("Encounter", "Encounter|https://hospital.example.org/Id/visit|V-1|IMP"),
        ("Condition", f"Condition|{address('asthma')}"),
    ],
)
def test_a_key_is_the_identifier_or_else_the_address(kind, key):
    stay = encounter("IMP", "2026-11-17", "2026-11-20", concept("708038006"), **visit_number("V-1"))
    entries = (entry(issue("2026-10-01", number="17")), entry(stay), entry(ASTHMA, "asthma"))

    assert only(kind, *entries).key == key


def test_the_same_file_gives_the_same_keys():
    entries = (entry(ASTHMA), entry(issue("2026-10-01")))

    assert [one.key for one in keep(*entries)] == [one.key for one in keep(*entries)]


def test_what_was_not_used_is_not_kept():
    kept = keep(entry(condition(concept(text="Atopic eczema"))), entry({"resourceType": "Claim"}))

    assert {one.kind for one in kept} == {"Organization", "Patient"}


def test_whom_a_used_resource_points_to_is_kept_with_it():
    doctor = {"resourceType": "Practitioner", "name": [{"family": "Example"}]}
    line = repeat(BROWN, requester={"reference": address("doctor")})

    kept = keep(entry(line), entry(doctor, "doctor"), entry(doctor | {"active": True}, "another"))

    assert [one.key for one in kept if one.kind == "Practitioner"] == [f"Practitioner|{address('doctor')}"]


def test_references_lead_to_the_new_ids_or_are_taken_out():
    note = observation(concept("18491006"), encounter={"reference": address("not kept")})
    away = encounter("AMB", "2026-10-01")

    resources = placed(keep(entry(note | {"valueInteger": 1}), entry(away, "not kept")))

    ids = {f"{one['resourceType']}/{one['id']}" for one in resources}
    assert {reference for one in resources for reference in references_in(one)} <= ids
    assert "encounter" not in next(one for one in resources if one["resourceType"] == "Observation")


def test_no_reference_to_the_child_says_a_name_that_may_be_another_one_day():
    (condition,) = (one for one in keep(entry(ASTHMA | {"subject": CALLED})) if one.kind == "Condition")

    assert set(condition.resource["subject"]) == {"reference"}


@pytest.mark.parametrize(
    "called",
    [
        pytest.param({"reference": "https://gp.example.org/fhir/Patient/17"}, id="leads nowhere"),
        pytest.param({"reference": "Patient?identifier=17"}, id="a search"),
        pytest.param({"type": "Patient", "identifier": {"value": "17"}}, id="by type"),
        pytest.param({"identifier": {"system": NHS_NUMBER, "value": "9991230041"}}, id="by NHS number"),
        pytest.param({"reference": "#me"}, id="contained"),
    ],
)
def test_nor_does_a_reference_to_the_child_that_is_not_to_the_entry_of_the_file(called):
    inside = [{"resourceType": "Patient", "id": "me"}]
    said = ASTHMA | {"contained": inside, "asserter": called | {"display": "Robin Kit Example"}}

    assert "Robin" not in str(only("Condition", entry(said)).resource)


def test_what_a_reference_shows_stays_when_it_leads_nowhere():
    line = repeat(
        BROWN, requester={"reference": "https://example.org/fhir/Practitioner/1", "display": "Dr Example"}
    )

    assert only("MedicationRequest", entry(line)).resource["requester"] == {"display": "Dr Example"}


def test_a_medicine_in_an_entry_of_its_own_moves_inside():
    medicine = {"resourceType": "Medication", "code": concept(*BROWN)}
    line = about_the_child(
        "MedicationRequest",
        status="active",
        intent="plan",
        medicationReference={"reference": address("medicine")},
    )

    kept = keep(entry(medicine, "medicine"), entry(line))

    assert "Medication" not in {one.kind for one in kept}
    assert kept[-1].resource["medicationCodeableConcept"] == concept(*BROWN)
    assert "medicationReference" not in kept[-1].resource


def test_markup_and_versions_of_elsewhere_are_not_kept():
    written = ASTHMA | {
        "id": "17",
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'},
        "meta": {"versionId": "3", "profile": [UK_CORE + "Condition", "https://example.org/profile"]},
    }

    resource = only("Condition", entry(written)).resource

    assert not {"id", "text"} & resource.keys()
    assert resource["meta"] == {"profile": [UK_CORE + "Condition"]}


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(about_the_child("Flag", status="active", code={"text": "Ask first"}), id="a flag"),
        pytest.param(consent("deny", MOTHER), id="a denial"),
        pytest.param(observation(concept(text="Vaping"), valueString="Vapes"), id="a secret"),
        pytest.param(observation(concept("764841000000100")), id="looked after"),
    ],
)
def test_what_families_and_schools_must_not_see_is_labelled(resource):
    mother = {"fullUrl": MOTHER, "resource": related_person("Sam", "mother")}

    kept = only(resource["resourceType"], entry(resource), mother)

    assert [label["code"] for label in kept.resource["meta"]["security"]] == ["R"]
    assert "meta" not in only("RelatedPerson", entry(resource), mother).resource


NOPAT = {"system": "http://hl7.org/fhir/v3/ActCode", "code": "NOPAT"}  # as GP Connect says it


def test_what_a_gp_record_keeps_from_the_patient_is_labelled_here_too_with_all_of_a_visit():
    hidden = allergy("Peanut") | {"meta": {"security": [NOPAT]}}
    visit = encounter("AMB", "2026-06-01") | {"meta": {"security": [NOPAT]}}
    of_it = condition(concept("195967001")) | {"encounter": {"reference": address("visit")}}
    read, resources = read_and_keep(
        parse_bundle(raw(bundle(entry(hidden), entry(visit, "visit"), entry(of_it), entry(allergy("Egg")))))
    )

    labels = {
        one.resource["code"].get("text", "asthma"): [
            label["code"] for label in one.resource.get("meta", {}).get("security", ())
        ]
        for one in resources
        if one.kind in ("AllergyIntolerance", "Condition")
    }
    assert labels == {"Peanut": ["NOPAT", "R"], "asthma": ["R"], "Egg": []}
    assert [one.name for one in read.record.allergies] == ["Peanut", "Egg"]  # nothing is dropped
    assert any("marks an allergy as not for the patient" in said for said in read.doubtful)
    assert any("marks a problem as not for the patient" in said for said in read.doubtful)


def test_what_came_with_our_label_has_it_once():
    labelled = about_the_child("Flag", status="active", code={"text": "Ask first"})

    kept = only("Flag", entry(labelled | {"meta": {"security": [RESTRICTED | {"display": "R"}]}}))

    assert kept.resource["meta"]["security"] == [RESTRICTED]


def test_nothing_of_elsewhere_is_kept_under_an_address_that_only_we_may_give():
    ours, theirs = {"system": OWN + "CodeSystem/slot", "code": "reliever"}, concept("195967001")["coding"][0]
    problem = condition({"coding": [ours, theirs]}) | {
        "asserter": {"display": "Dr Lee", "extension": [{"url": OWN + "job", "valueString": "GP"}]},
        "identifier": [{"system": PLAN_SERIES, "value": "1"}, {"system": "https://gp.example", "value": "2"}],
        "extension": [
            {"url": OWN + "StructureDefinition/share-reader", "valueCode": "school"},
            {"url": "https://gp.example/extension", "valueString": "theirs"},
        ],
    }
    numbered = {"identifier": [{"system": VISIT, "value": "V1"}]}
    stay = encounter("IMP", "2026-11-17", "2026-11-20", concept("708038006"), **numbered)

    kept = keep(entry(problem), entry(stay))

    assert OWN not in str([one.resource for one in kept])
    (same,) = [one.resource for one in kept if one.kind == "Condition"]
    assert same["identifier"] == [{"system": "https://gp.example", "value": "2"}]
    assert same["code"]["coding"] == [theirs]
    assert same["asserter"] == {"display": "Dr Lee"}
    assert [one["valueString"] for one in same["extension"]] == ["theirs"]


def test_what_is_kept_reads_as_the_file_did():
    entries = (
        entry(ASTHMA),
        entry(repeat(BROWN)),
        entry(issue("2026-10-01", number="17")),
        {"fullUrl": MOTHER, "resource": related_person("Sam", "mother", "Has parental responsibility")},
    )
    before = read_record(parse_bundle(raw(bundle(*entries)))).record

    after = read_record(bundle_of({"resource": one} for one in placed(keep(*entries)))).record

    assert (after.lines, after.supplies, after.asthma) == (before.lines, before.supplies, before.asthma)
    assert [one.name for one in after.family] == ["Sam Example"]
    assert after.practice.name == before.practice.name
    assert PRACTICE not in after.child.practice_id
