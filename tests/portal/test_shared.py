"""What each of the circle sees: the children shared with them, in their own copy, and having read it."""

import re
from datetime import timedelta
from functools import partial

import pytest

from fhir import kept_shares
from plans.places import OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.plans import withdraw_plan
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import agreed, make_child, make_organisation, make_plan
from tests.portal.shared_making import READERS, make_shared_child

TITLES = {
    Role.SCHOOL_STAFF: "Asthma emergency card",
    Role.HOSPITAL: "Asthma plan: copy for the record",
    Role.SCHOOL_NURSE: "Asthma plan: copy for the record",
    Role.COMMUNITY_NURSE: "Asthma plan: copy for the record",
    Role.PHARMACIST: "Asthma medicines",
    Role.SOCIAL_WORKER: "Asthma plan</h1>",
}


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def shared_child(store, gp):
    """Make a child whose signed plan is shared with this person's organisation; name what you need."""
    return partial(make_shared_child, store, gp)


@pytest.fixture
def nurse(client_for):
    return client_for(Role.SCHOOL_STAFF)


def audited(store, detail):
    return [one for one in store.search("AuditEvent", action="R") if detail in str(one)]


def test_the_register_lists_the_children_of_the_school_with_a_live_share_and_no_others(
    nurse, shared_child, store, gp
):
    shared_child(nurse.person, given="Amina")
    elsewhere = make_organisation(store, OrganisationKind.SCHOOL, "Hill School")
    make_child(store, gp, given="Bilal", nhs_number="", school_id=elsewhere.id)
    unshared = make_child(store, gp, given="Carys", nhs_number="", school_id=nurse.person.organisation_id)
    make_plan(store, unshared, gp)

    page = nurse.get("/shared").text

    assert "Amina Test" in page
    assert "1 May 2018" in page
    assert "Bilal" not in page
    assert "Carys" not in page


def test_a_school_with_nothing_shared_is_told_so(nurse):
    assert "No plan is shared with you here yet" in nurse.get("/shared").text


@pytest.mark.parametrize("role", READERS)
def test_the_page_and_the_pdf_are_the_readers_own_copy(client_for, shared_child, store, role):
    browser = client_for(role)
    child = shared_child(browser.person)

    page, pdf = browser.get(f"/shared/{child.id}"), browser.get(f"/shared/{child.id}/plan.pdf")

    assert TITLES[role] in page.text
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    assert "Amina" not in pdf.headers["Content-Disposition"]


def test_a_school_never_sees_the_nhs_number_the_preventer_or_the_other_parts_of_the_plan(nurse, shared_child):
    child = shared_child(nurse.person, fields={"child_words": "I like to swim."})

    page = nurse.get(f"/shared/{child.id}").text

    for hidden in ("999 000 0018", "9990000018", "Clenil", "I like to swim.", "The mother and the child"):
        assert hidden not in page
    assert "Ventolin" in page


def test_a_hospital_sees_the_record_copy_with_the_nhs_number(client_for, shared_child):
    ward = client_for(Role.HOSPITAL)
    child = shared_child(ward.person)

    page = ward.get(f"/shared/{child.id}").text

    assert "999 000 0018" in page
    assert "Clenil" in page


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("address", ["", "/plan.pdf"])
def test_what_is_not_shared_any_more_is_not_there(client_for, shared_child, store, gp, role, address):
    browser = client_for(role)
    child = shared_child(browser.person)
    (kept,) = kept_shares.shares_of(store, child.id)
    stop(store, child.id, kept.id, by=gp, at=MONDAY_9AM)

    assert browser.get(f"/shared/{child.id}{address}").status_code == 404
    assert browser.post(f"/shared/{child.id}/read", data={"plan": "any"}).status_code == 404


def test_a_share_that_has_run_out_is_not_there(client_for, shared_child, clock):
    nurse = client_for(Role.SCHOOL_STAFF)
    child = shared_child(nurse.person, until=MONDAY_9AM.date() + timedelta(days=1))
    assert nurse.get(f"/shared/{child.id}").status_code == 200

    clock.let_pass(days=2)
    later = client_for(Role.SCHOOL_STAFF)

    assert later.get(f"/shared/{child.id}").status_code == 404
    assert "Amina" not in later.get("/shared").text


def test_a_child_of_another_school_is_not_there_even_when_shared(nurse, shared_child, store, gp):
    elsewhere = make_organisation(store, OrganisationKind.SCHOOL, "Hill School")
    child = make_child(store, gp, school_id=elsewhere.id)
    make_plan(store, child, gp)
    wanted = Wanted(Reader.SCHOOL, elsewhere.id, Basis.CONSENT, consent=agreed(store, child.id))
    share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)

    assert nurse.get(f"/shared/{child.id}").status_code == 404


def test_a_new_version_is_to_be_read_again(nurse, shared_child, store, gp):
    child = shared_child(nurse.person)
    press = re.compile(r'name="plan" value="([^"]+)"')

    first = press.search(nurse.get(f"/shared/{child.id}").text)[1]
    assert "To read" in nurse.get("/shared").text
    nurse.post(f"/shared/{child.id}/read", data={"plan": first})
    assert "To read" not in nurse.get("/shared").text
    assert "has read this version" in nurse.get(f"/shared/{child.id}").text

    make_plan(store, child, gp, at=MONDAY_9AM + timedelta(hours=1), replaces=first)

    assert "To read" in nurse.get("/shared").text
    assert press.search(nurse.get(f"/shared/{child.id}").text)[1] != first


def test_saying_that_an_older_version_was_read_says_nothing_of_the_new_one(nurse, shared_child, store, gp):
    child = shared_child(nurse.person)
    first = re.search(r'name="plan" value="([^"]+)"', nurse.get(f"/shared/{child.id}").text)[1]
    make_plan(store, child, gp, at=MONDAY_9AM + timedelta(hours=1), replaces=first)

    nurse.post(f"/shared/{child.id}/read", data={"plan": first})

    assert "To read" in nurse.get("/shared").text


def test_a_review_date_that_has_passed_is_said_on_the_list_and_on_the_plan(nurse, shared_child, clock):
    child = shared_child(
        nurse.person, at=MONDAY_9AM - timedelta(days=300), fields={"review_by": "2026-11-22"}
    )

    assert "Date has passed" in nurse.get("/shared").text
    page = nurse.get(f"/shared/{child.id}").text
    assert "This plan was to be reviewed by 22 November 2026." in page
    assert "Use Ventolin" in page


def test_a_withdrawn_plan_is_said_to_be_so_and_is_not_handed_out(nurse, shared_child, store, gp):
    child = shared_child(nurse.person)
    plan_id = store.search("CarePlan", status="active")[0]["id"]
    withdraw_plan(store, plan_id, reason="Wrong inhaler", by=gp, at=MONDAY_9AM)

    page = nurse.get(f"/shared/{child.id}").text

    assert "This plan was withdrawn on 23 November 2026" in page
    assert "Wrong inhaler" not in page
    assert "Ventolin" not in page
    assert "Withdrawn" in nurse.get("/shared").text
    assert nurse.get(f"/shared/{child.id}/plan.pdf").status_code == 404


def test_each_reading_and_each_print_is_recorded(nurse, shared_child, store):
    child = shared_child(nurse.person)

    nurse.get(f"/shared/{child.id}")
    nurse.get(f"/shared/{child.id}/plan.pdf")

    assert audited(store, "read the plan")
    assert audited(store, "print the emergency copy, en")


def test_a_social_worker_reads_the_plan_and_nothing_of_supply_worries_or_its_making(client_for, shared_child):
    social_worker = client_for(Role.SOCIAL_WORKER)
    child = shared_child(social_worker.person, fields={"child_words": "I like to swim."})

    page = social_worker.get(f"/shared/{child.id}").text

    assert "Clenil" in page
    assert "I like to swim." in page
    for hidden in ("The mother and the child", "Inhalers supplied", "misuse", "over-reliance", "signal"):
        assert hidden not in page
