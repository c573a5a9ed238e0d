"""What a plan leads to when it is signed: the child's asthma, an open review, the stay before it."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from fhir import kept_plans, kept_receipts, kept_reviews
from fhir.care_plan import around_in
from fhir.codes import concept
from fhir.plan_bundle import from_bundle
from fhir.store import open_store
from plans.content import Copy
from plans.places import Role
from plans.regimens import STANDARD_STEPS, Script
from plans.review_events import EventKind
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.exporting import export
from portal.actions.importing.record import import_file
from portal.actions.plans import withdraw_plan
from portal.actions.receipts.asked import acknowledge
from portal.actions.receipts.reading import has_read
from portal.actions.reviews import Entry, record, version_of
from portal.calendar import holidays_for
from tests.portal.conftest import MONDAY_9AM
from tests.portal.discharge_making import FRIDAY_1830, a_discharge, tell
from tests.portal.making import agreed, make_child, make_family_member, make_organisation, make_plan

ASTHMA, CHILDHOOD_ASTHMA, ATTACK = "195967001", "233678006", "708038006"
LATER = MONDAY_9AM + timedelta(hours=1)


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, doctor):
    return make_child(store, doctor)


def around(store, plan):
    return around_in(store.read("CarePlan", plan.id))


def of_hl7(system, code):
    return concept(f"http://terminology.hl7.org/CodeSystem/{system}", code)


def keep_condition(store, child, code=ASTHMA, **changes):
    """Keep a Condition as a GP record brings it; return its id."""
    condition = {
        "resourceType": "Condition",
        "clinicalStatus": of_hl7("condition-clinical", "active"),
        "verificationStatus": of_hl7("condition-ver-status", "confirmed"),
        "category": [of_hl7("condition-category", "problem-list-item")],
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code}]},
        "subject": {"reference": f"Patient/{child.id}"},
    }
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.create(condition | changes)
        write.audit("C", f"Condition/{kept['id']}", f"Patient/{child.id}")
    return kept["id"]


# The child's asthma


def test_a_plan_addresses_the_asthma_that_the_gp_record_brought(store, child, doctor):
    id = keep_condition(store, child)

    assert around(store, make_plan(store, child, doctor)).condition == id


@pytest.mark.parametrize(
    "changes",
    [
        {"code": ATTACK},
        {"code": "73211009"},
        {"clinicalStatus": of_hl7("condition-clinical", "resolved")},
        {"verificationStatus": of_hl7("condition-ver-status", "refuted")},
        {"verificationStatus": of_hl7("condition-ver-status", "provisional")},
        {"category": [of_hl7("condition-category", "encounter-diagnosis")]},
        {"subject": {"reference": f"Patient/{uuid4()}"}},
    ],
    ids=["an attack", "not asthma", "over", "refuted", "doubted", "of one visit", "of another child"],
)
def test_a_plan_addresses_nothing_that_is_not_surely_this_childs_asthma(store, child, doctor, changes):
    keep_condition(store, child, **changes)

    assert "addresses" not in store.read("CarePlan", make_plan(store, child, doctor).id)


def test_the_plainest_code_counts_where_a_record_brought_several(store, child, doctor):
    id = keep_condition(store, child)
    keep_condition(store, child, code=CHILDHOOD_ASTHMA)

    assert around(store, make_plan(store, child, doctor)).condition == id


# The review and the stay


def test_a_plan_signed_while_a_review_is_open_leads_to_it_and_to_the_stay(store, doctor):
    child, discharge = a_discharge(store, doctor)

    plan = make_plan(store, child, doctor)

    review = kept_reviews.review(store, discharge.review_id)
    found = around(store, plan)
    assert (found.reviews, found.encounter) == ((review.id,), review.encounter_id)
    assert len(store.read("CarePlan", plan.id)["activity"]) == 4
    kinds = [one["resourceType"] for one in kept_plans.resources_of(store, plan.id)]
    assert {"Task", "Encounter"} <= set(kinds)


def test_a_record_copy_with_circle_review_and_stay_comes_in_elsewhere(store, doctor, tmp_path):
    child, _ = a_discharge(store, doctor)
    father = make_family_member(store, child)
    keep_condition(store, child)
    plan = make_plan(store, child, doctor)
    wanted = Wanted(Reader.FAMILY, father.id, Basis.CONSENT, consent=agreed(store, child.id))
    share(store, child.id, [wanted], by=doctor, at=MONDAY_9AM)
    bundle = export(store, plan.id, Copy.RECORD, by="system", at=MONDAY_9AM)
    file = tmp_path / "export.json"
    file.write_text(json.dumps(bundle))
    elsewhere = open_store(tmp_path / "elsewhere")

    report = import_file(
        elsewhere, file, by="system", at=LATER, today=LATER.date(), holidays_for=holidays_for
    )

    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert kinds >= {"CareTeam", "Task", "Encounter", "Condition"}
    assert from_bundle(bundle).plan == plan
    assert kept_plans.plans_of(elsewhere, report.child_id) == ()
    elsewhere.close()


def test_without_an_open_review_a_plan_leads_to_no_review_and_no_stay(store, doctor):
    child, discharge = a_discharge(store, doctor)
    version = version_of(store, discharge.review_id)
    entry = Entry(EventKind.REVIEW_RECORDED, FRIDAY_1830 + timedelta(hours=20))
    record(store, discharge.review_id, entry, version=version, by=doctor, at=MONDAY_9AM)

    kept = store.read("CarePlan", make_plan(store, child, doctor).id)

    assert "encounter" not in kept
    assert len(kept["activity"]) == 3


def test_of_two_stays_none_is_guessed_and_both_reviews_are_named(store, doctor):
    child, first = a_discharge(store, doctor)
    second = tell(store, child, visit="ASH-2", discharged_at=FRIDAY_1830 - timedelta(days=4))

    found = around(store, make_plan(store, child, doctor))

    assert found.encounter == ""
    assert set(found.reviews) == {first.review_id, second.review_id}


def test_a_review_is_about_the_plan_that_was_live_when_the_child_left(store, child, doctor):
    plan = make_plan(store, child, doctor, at=FRIDAY_1830 - timedelta(days=1))

    discharge = tell(store, child)

    assert kept_reviews.review(store, discharge.review_id).plan_id == plan.id
    assert store.search("Task", focus=f"CarePlan/{plan.id}")


@pytest.mark.parametrize("end", ["replaced", "withdrawn"])
def test_a_review_still_runs_after_its_plan_has_ended(store, child, doctor, end):
    plan = make_plan(store, child, doctor, at=FRIDAY_1830 - timedelta(days=1))
    discharge = tell(store, child)
    if end == "replaced":
        make_plan(store, child, doctor, replaces=plan.id)
    else:
        withdraw_plan(store, plan.id, reason="Wrong dose", by=doctor, at=MONDAY_9AM)

    entry = Entry(EventKind.REVIEW_RECORDED, MONDAY_9AM)
    version = version_of(store, discharge.review_id)
    reviewed = record(store, discharge.review_id, entry, version=version, by=doctor, at=LATER)

    assert reviewed.plan_id == plan.id
    assert store.read("Task", discharge.review_id)["status"] == "completed"


# The one inhaler

ONE_INHALER = {
    "regimen": "mart",
    "combination_product": "symbicort-turbohaler-200-6",
    "combination_morning": "1",
    "combination_evening": "1",
    "combination_when_needed": "1",
    "combination_most_a_day": "8",
    **{f"preventer_{part}": "" for part in ("product", "morning", "evening", "spacer")},
    **{f"reliever_{part}": "" for part in ("product", "when_needed", "spacer")},
    **{f"worse_{part}": "" for part in ("puffs", "hours")},
}


def test_mart_is_kept_as_one_request_with_the_maximum_that_the_standard_steps_print(store, doctor):
    child = make_child(store, doctor, born=date(2013, 2, 8))

    plan = make_plan(store, child, doctor, **ONE_INHALER)

    (request,) = store.search("MedicationRequest", subject=f"Patient/{child.id}")
    every_day, when_needed = request["dosageInstruction"]
    assert "asNeededBoolean" not in every_day
    assert when_needed["maxDosePerPeriod"]["numerator"]["value"] == 8
    assert when_needed["maxDosePerAdministration"]["value"] == STANDARD_STEPS[Script.B].maximum
    assert kept_plans.plan(store, plan.id) == plan
    zones = [one for one in kept_plans.resources_of(store, plan.id) if one["resourceType"] == "RequestGroup"]
    assert len([zone for zone in zones if request["id"] in str(zone)]) == 3


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL])
def test_a_copy_of_a_mart_plan_holds_the_maximum_that_it_prints(store, doctor, copy):
    child = make_child(store, doctor, born=date(2013, 2, 8))
    plan = make_plan(store, child, doctor, **ONE_INHALER)

    exported = export(store, plan.id, copy, by=doctor.ref, at=MONDAY_9AM)

    found = [entry["resource"] for entry in exported["entry"]]
    (request,) = [one for one in found if one["resourceType"] == "MedicationRequest"]
    maximum = request["dosageInstruction"][-1]["maxDosePerAdministration"]["value"]
    assert maximum == STANDARD_STEPS[Script.B].maximum


# Who is asked to read it


@pytest.fixture
def school(store):
    return make_organisation(store)


@pytest.fixture
def plan(store, doctor, school):
    child = make_child(store, doctor, school_id=school.id)
    plan = make_plan(store, child, doctor)
    wanted = Wanted(Reader.SCHOOL, school.id, Basis.CONSENT, consent=agreed(store, child.id))
    share(store, child.id, [wanted], by=doctor, at=MONDAY_9AM)
    return plan


def test_each_reader_is_asked_for_the_very_version_that_stands(store, plan, school):
    (receipt,) = kept_receipts.receipts_of(store, plan.id)

    version = store.read("CarePlan", plan.id)["meta"]["versionId"]
    assert receipt.version == f"CarePlan/{plan.id}/_history/{version}"
    assert receipt.reader == f"Organization/{school.id}"


def test_a_task_of_an_earlier_version_of_this_program_is_acknowledged_too(store, plan, school):
    (receipt,) = kept_receipts.receipts_of(store, plan.id)
    task = store.read("Task", receipt.id)
    older = task | {"focus": {"reference": f"CarePlan/{plan.id}"}}
    del older["businessStatus"]
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(older, if_match=task["meta"]["versionId"])
        write.audit("U", f"Task/{task['id']}")

    acknowledge(store, plan, school.id, by="Practitioner/nurse", at=LATER)

    assert has_read(store, plan.id, school.id)
