"""Names that are alike are pointed out at each step at which one child could be taken for another."""

import pytest

from plans.places import OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.plans import withdraw_plan
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import (
    make_child,
    make_draft,
    make_family_member,
    make_organisation,
    make_plan,
    word_for,
)

BANNER = "Others here have a similar name:"


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def twins(store, gp):
    """Two children of one practice who are told apart by two letters."""
    one = make_child(store, gp.person, given="Amina")
    return one, make_child(store, gp.person, given="Amira", nhs_number="9991047077")


def assert_pointed_out(page, other="Amira Test"):
    assert BANNER in page
    assert other in page


@pytest.mark.parametrize("step", ["reading", "changing", "printing", "sharing", "refused", "record"])
def test_each_step_of_the_practice_points_them_out(gp, store, twins, step):
    child = twins[0]
    first = make_plan(store, child, gp.person)
    plan = make_plan(store, child, gp.person, replaces=first.id)
    address = {
        "reading": f"/plans/{plan.id}",
        "printing": f"/plans/{plan.id}",
        "changing": f"/plans/{plan.id}/changes?since={first.id}",
        "sharing": f"/children/{child.id}/share",
        "refused": f"/plans/{plan.id}/pdf?lang=ur",
        "record": f"/children/{child.id}",
    }[step]

    assert_pointed_out(gp.get(address).text)


@pytest.mark.parametrize("step", ["", "/answers"])
def test_writing_and_signing_point_them_out(gp, store, twins, step):
    draft = make_draft(store, twins[0], gp.person)

    assert_pointed_out(gp.get(f"/drafts/{draft.id}{step}").text)


def test_where_a_familys_link_is_made_they_are_pointed_out(gp, store, twins):
    child = twins[0]
    make_plan(store, child, gp.person)
    mother = make_family_member(store, child)

    ticked = f"family.{mother.id}"
    page = gp.post(
        f"/children/{child.id}/share",
        data={"reader": ticked, f"basis-{ticked}": "direct-care"},
        follow_redirects=True,
    ).text

    assert "Give it to Sana Test only" in page
    assert_pointed_out(page)


@pytest.fixture
def shared(store, gp):
    """Share a new plan of each child with an organisation."""

    def make(person, **changes):
        child = make_child(store, gp.person, **changes)
        plan = make_plan(store, child, gp.person)
        is_school = person.role is Role.SCHOOL_STAFF
        reader, basis = (Reader.SCHOOL, Basis.CONSENT) if is_school else (Reader.HOSPITAL, Basis.DIRECT_CARE)
        wanted = [Wanted(reader, person.organisation_id, basis, consent=word_for(store, child.id, basis))]
        share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
        return child, plan

    return make


def test_a_schools_register_marks_them_and_nobody_else(client_for, shared):
    nurse = client_for(Role.SCHOOL_STAFF)
    school = {"school_id": nurse.person.organisation_id}
    for given, number in [("Amina", ""), ("Amira", "9991047077")]:
        shared(nurse.person, given=given, nhs_number=number, **school)
    shared(nurse.person, given="Zoltan", family="Elm", nhs_number="", **school)

    rows = nurse.get("/shared").text.split("<tr")

    marked = {
        name: "Similar name" in row for name in ("Amina", "Amira", "Zoltan") for row in rows if name in row
    }
    assert marked == {"Amina": True, "Amira": True, "Zoltan": False}


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_schools_page_of_one_child_points_them_out_without_their_numbers(
    client_for, shared, store, gp, withdrawn
):
    nurse = client_for(Role.SCHOOL_STAFF)
    school = {"school_id": nurse.person.organisation_id}
    child, plan = shared(nurse.person, given="Amina", nhs_number="", **school)
    shared(nurse.person, given="Amira", nhs_number="9991047077", **school)
    if withdrawn:
        withdraw_plan(store, plan.id, reason="Wrong child", by=gp.person, at=MONDAY_9AM)

    page = nurse.get(f"/shared/{child.id}").text

    assert_pointed_out(page)
    assert "999 104 7077" not in page


def test_a_school_is_told_of_nobody_whose_plan_it_does_not_have(client_for, shared, store, gp):
    nurse = client_for(Role.SCHOOL_STAFF)
    school = {"school_id": nurse.person.organisation_id}
    child, _plan = shared(nurse.person, given="Amina", nhs_number="", **school)
    elsewhere = make_organisation(store, OrganisationKind.SCHOOL, "Hill School")
    make_child(store, gp.person, given="Amira", nhs_number="9991047077", school_id=elsewhere.id)
    make_child(store, gp.person, given="Amina", nhs_number="9990000018", **school)

    assert BANNER not in nurse.get(f"/shared/{child.id}").text
    assert "Similar name" not in nurse.get("/shared").text
