"""What somebody may not see is left out by the search itself: found, counted, paged and included."""

import json
from datetime import UTC, datetime

import pytest

from fhir.store.sight import Sight, Witness

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
OURS, THEIRS = "Organization/o1", "Organization/o2"
PRACTICE = Sight(((Witness("Patient", {"general-practitioner": OURS}),),))
SCHOOL = Sight(
    (
        (
            Witness("Patient", {"organization": OURS}),
            Witness("Consent", {"actor": OURS, "status": "active"}),
        ),
    )
)
EITHER = Sight((*PRACTICE.ways, *SCHOOL.ways))
NOBODY = Sight(())


def child(id, **more):
    return {"resourceType": "Patient", "id": id, "name": [{"family": "Sandhu"}], **more}


def of_practice(organisation):
    return {"generalPractitioner": [{"reference": organisation}]}


def at_school(organisation):
    return {"managingOrganization": {"reference": organisation}}


def consent(child_id, organisation, status="active"):
    return {
        "resourceType": "Consent",
        "status": status,
        "scope": {"text": "privacy"},
        "category": [{"text": "privacy"}],
        "policyRule": {"text": "direct care"},
        "patient": {"reference": f"Patient/{child_id}"},
        "provision": {"actor": [{"role": {"text": "reader"}, "reference": {"reference": organisation}}]},
    }


def plan(child_id):
    return {
        "resourceType": "CarePlan",
        "id": f"plan-{child_id}",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": f"Patient/{child_id}"},
    }


@pytest.fixture
def town(keep):
    """Children of two practices and two schools; the first school may see one of its two."""
    keep({"resourceType": "Organization", "id": "o1", "name": "Larkhill"})
    keep(child("mine", **of_practice(OURS)))
    keep(child("theirs", **of_practice(THEIRS)))
    keep(child("pupil", **of_practice(THEIRS), **at_school(OURS)))
    keep(child("hidden-pupil", **of_practice(THEIRS), **at_school(OURS)))
    keep(consent("pupil", OURS))
    keep(consent("hidden-pupil", OURS, status="inactive"))
    keep(consent("theirs", OURS))
    for each in ("mine", "theirs", "pupil", "hidden-pupil"):
        keep(plan(each))


SEEN = [
    pytest.param(None, {"mine", "theirs", "pupil", "hidden-pupil"}, id="no sight is asked for"),
    pytest.param(PRACTICE, {"mine"}, id="a practice sees its own"),
    pytest.param(SCHOOL, {"pupil"}, id="a school sees a pupil whose plan is shared with it"),
    pytest.param(EITHER, {"mine", "pupil"}, id="any way is enough"),
    pytest.param(NOBODY, set(), id="no way shows no child"),
]
QUESTIONS = [{}, {"family": "sandhu"}, {"_id": ["mine", "theirs", "pupil", "hidden-pupil"]}]


@pytest.mark.parametrize(("sight", "ids"), SEEN)
@pytest.mark.parametrize("asked", QUESTIONS, ids=["all", "by name", "by id"])
def test_a_search_finds_and_counts_only_what_may_be_seen(store, town, sight, ids, asked):
    assert {each["id"] for each in store.search("Patient", sight, **asked)} == ids
    assert store.count("Patient", sight, **asked) == len(ids)
    assert len(store.page("Patient", sight, **asked).matches) == len(ids)


@pytest.mark.parametrize(("sight", "ids"), SEEN)
def test_what_is_about_a_child_is_seen_by_whoever_sees_the_child(store, town, sight, ids):
    found = store.search("CarePlan", sight, status="active")

    assert {each["id"] for each in found} == {f"plan-{each}" for each in ids}


def test_pages_are_full_whatever_stands_between(store, keep):
    for number in range(6):
        keep(child(f"c{number}", **of_practice(THEIRS if number % 2 else OURS)))

    first = store.page("Patient", PRACTICE, family="sandhu", _count=2)
    second = store.page("Patient", PRACTICE, first.next, family="sandhu", _count=2)

    assert [json.loads(each)["id"] for each in (*first.matches, *second.matches)] == ["c4", "c2", "c0"]
    assert second.next == ""


def test_what_may_not_be_seen_is_not_included_either(store, town):
    with_plans = store.page("Organization", PRACTICE, _revinclude=["Patient:general-practitioner"])
    of_theirs = store.page("CarePlan", SCHOOL, _include=["CarePlan:subject"])

    assert {json.loads(each)["id"] for each in with_plans.included} == {"mine"}
    assert {json.loads(each)["id"] for each in of_theirs.included} == {"pupil"}


def test_what_is_about_no_child_is_for_nobody_unless_it_is_a_place_or_a_professional(store, town):
    assert store.search("Organization", NOBODY, name="larkhill")
    assert store.search("AuditEvent", PRACTICE, action="C") == store.search(
        "AuditEvent", PRACTICE, entity="Patient/mine"
    )


def test_what_a_child_did_is_seen_by_whoever_sees_the_child(store, town):
    with store.write(by="Patient/mine", at=NOW) as write:
        hers = write.audit("R", "Location/larkhill")

    assert hers in store.search("AuditEvent", PRACTICE)
    assert hers not in store.search("AuditEvent", SCHOOL)


def test_a_signature_is_seen_with_the_plan_that_it_is_on(store, town, keep):
    keep(
        {
            "resourceType": "Provenance",
            "target": [{"reference": "CarePlan/plan-pupil"}],
            "recorded": "2026-11-20T18:30:00Z",
            "agent": [{"who": {"reference": "Practitioner/p1"}}],
        }
    )

    assert store.count("Provenance", SCHOOL, target="CarePlan/plan-pupil") == 1
    assert store.count("Provenance", PRACTICE, target="CarePlan/plan-pupil") == 0


def test_a_child_who_moves_is_seen_by_the_new_practice_at_once(store, town):
    with store.write(by="system", at=NOW) as write:
        moved = write.read("Patient", "mine") | of_practice(THEIRS)
        write.update(moved, if_match="1")
        write.audit("U", "Patient/mine")

    assert store.search("CarePlan", PRACTICE) == []


def signature(*targets):
    return {
        "resourceType": "Provenance",
        "target": [{"reference": target} for target in targets],
        "recorded": "2026-11-20T18:30:00Z",
        "agent": [{"who": {"reference": "Practitioner/p1"}}],
    }


def test_a_signature_is_seen_though_it_came_before_what_it_is_on(store, town, keep):
    keep(signature("CarePlan/later"))
    assert store.search("Provenance", PRACTICE) == []

    keep(plan("mine") | {"id": "later"})

    assert store.count("Provenance", PRACTICE) == 1


def moved(store, plan_id, child_id):
    """Put a plan that was written for one child into the record of another."""
    with store.write(by="system", at=NOW) as write:
        write.update(plan(child_id) | {"id": plan_id}, if_match="1")
        write.audit("U", f"CarePlan/{plan_id}")


def test_a_signature_goes_with_what_it_is_on_to_another_child(store, town, keep):
    keep(signature("CarePlan/plan-mine"))

    moved(store, "plan-mine", "theirs")

    assert store.search("Provenance", PRACTICE) == []


ABOUT_TWO = [
    pytest.param(signature("CarePlan/plan-mine", "CarePlan/plan-theirs"), id="a signature on both"),
    pytest.param(signature("Patient/mine", "CarePlan/plan-theirs"), id="a signature on a child and a plan"),
    pytest.param(
        signature("CarePlan/plan-mine", "CarePlan/plan-nobody"), id="a signature on what is unknown"
    ),
    pytest.param(
        {
            "resourceType": "Appointment",
            "status": "booked",
            "participant": [
                {"actor": {"reference": f"Patient/{each}"}, "status": "accepted"}
                for each in ("mine", "theirs")
            ],
        },
        id="an appointment of both",
    ),
]


@pytest.mark.parametrize("resource", ABOUT_TWO)
def test_what_is_about_two_children_is_not_seen_by_whoever_sees_one_of_them(store, town, keep, resource):
    keep(resource)

    assert store.count(resource["resourceType"]) == 1
    assert store.search(resource["resourceType"], PRACTICE) == []


def test_a_former_version_about_another_child_is_not_included(store, town, keep):
    moved(store, "plan-theirs", "mine")
    for version in (1, 2):
        focus = {"reference": f"CarePlan/plan-theirs/_history/{version}"}
        keep(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "order",
                "for": {"reference": "Patient/mine"},
                "focus": focus,
            }
        )

    (included,) = store.page("Task", PRACTICE, _include=["Task:focus"]).included

    assert json.loads(included)["subject"] == {"reference": "Patient/mine"}
