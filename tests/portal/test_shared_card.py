"""The emergency card in the circle: one tap from the register, for whoever may see it and nobody else."""

import re
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader

from fhir import kept_shares
from fhir.store.tables import class_lists
from plans.class_list_register import Pupil
from plans.places import Role
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.plans import withdraw_plan
from portal.actions.school.inhaler import check_inhaler
from portal.views.shared import COPY_FOR
from tests.portal.conftest import MONDAY_9AM
from tests.portal.school_making import name_the_team
from tests.portal.shared_making import make_shared_child

A6_WIDTH = 297.6  # points
WITH_A_CARD = [Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE, Role.SOCIAL_WORKER]
SEE_IT = [*WITH_A_CARD, Role.HOSPITAL, Role.SCHOOL_STAFF]
HIDDEN = ("Clenil", "999 000 0018", "9990000018", "I like to swim.", "The mother and the child", "colds")


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def shared_child(store, gp):
    """Make a child whose signed plan is shared with this person's organisation; name what you need."""
    return partial(make_shared_child, store, gp)


@pytest.mark.parametrize("role", WITH_A_CARD)
def test_the_card_is_one_tap_from_the_register(client_for, shared_child, role):
    browser = client_for(role)
    child = shared_child(browser.person)

    register = browser.get("/shared").text
    link = re.search(r'href="([^"]+)">Emergency card', register)[1]

    assert link == f"/shared/{child.id}/card"
    assert "Asthma emergency card" in browser.get(link).text


@pytest.mark.parametrize("role", SEE_IT)
def test_the_card_says_what_to_do_and_nothing_of_the_day(client_for, shared_child, role):
    browser = client_for(role)
    child = shared_child(browser.person, fields={"child_words": "I like to swim."})

    page = browser.get(f"/shared/{child.id}/card").text
    pdf = browser.get(f"/shared/{child.id}/card.pdf")

    assert "Any danger sign: call" in page
    assert "Use Ventolin Evohaler: 1 puff every 30 to 60 seconds" in page
    for hidden in HIDDEN:
        assert hidden not in page
    assert pdf.mimetype == "application/pdf"
    assert PdfReader(BytesIO(pdf.data)).pages[0].mediabox.width == pytest.approx(A6_WIDTH, abs=1)


def test_a_pharmacist_has_no_card(client_for, shared_child):
    pharmacist = client_for(Role.PHARMACIST)
    child = shared_child(pharmacist.person)

    assert pharmacist.get(f"/shared/{child.id}").status_code == 200
    assert pharmacist.get(f"/shared/{child.id}/card").status_code == 404
    assert pharmacist.get(f"/shared/{child.id}/card.pdf").status_code == 404
    assert "Emergency card" not in pharmacist.get("/shared").text


@pytest.mark.parametrize("role", SEE_IT)
@pytest.mark.parametrize("address", ["card", "card.pdf"])
def test_when_the_share_ends_the_card_is_not_there(client_for, shared_child, store, gp, role, address):
    browser = client_for(role)
    child = shared_child(browser.person)
    (kept,) = kept_shares.shares_of(store, child.id)
    stop(store, child.id, kept.id, by=gp, at=MONDAY_9AM)

    assert browser.get(f"/shared/{child.id}/{address}").status_code == 404


def test_the_card_of_a_withdrawn_plan_is_never_handed_out(client_for, shared_child, store, gp):
    nurse = client_for(Role.SCHOOL_NURSE)
    child = shared_child(nurse.person)
    withdraw_plan(
        store, store.search("CarePlan", status="active")[0]["id"], reason="Wrong", by=gp, at=MONDAY_9AM
    )

    page = nurse.get(f"/shared/{child.id}/card").text

    assert "This plan was withdrawn on 23 November 2026" in page
    assert "Ventolin" not in page
    assert nurse.get(f"/shared/{child.id}/card.pdf").status_code == 404


def test_each_reading_and_print_of_the_card_is_recorded(client_for, shared_child, store):
    nurse = client_for(Role.SCHOOL_NURSE)
    child = shared_child(nurse.person)

    nurse.get(f"/shared/{child.id}/card")
    nurse.get(f"/shared/{child.id}/card.pdf")

    said = str(store.search("AuditEvent", action="R"))
    assert "read the plan" in said
    assert "print the emergency copy, en" in said


def test_every_role_with_a_copy_is_told_apart_here():
    assert set(COPY_FOR) == {*SEE_IT, Role.PHARMACIST}


# What school's last check of the inhaler found


@pytest.mark.parametrize("role", [Role.SCHOOL_STAFF, Role.SCHOOL_NURSE])
def test_the_school_reads_on_the_card_what_its_last_check_found(client_for, shared_child, store, role):
    browser = client_for(role)
    child = shared_child(browser.person)
    by = browser.person.ref.partition("/")[2]
    found = SchoolInhaler(child.id, child.school_id, False, Spacer.THERE, by, MONDAY_9AM)
    check_inhaler(store, found, by=browser.person, at=MONDAY_9AM)

    page = browser.get(f"/shared/{child.id}/card").text
    printed = PdfReader(BytesIO(browser.get(f"/shared/{child.id}/card.pdf").data))

    paper = " ".join(" ".join(one.extract_text().split()) for one in printed.pages)
    for read in (page, paper):
        assert "The inhaler was not there when last checked." in read
        assert "Last checked on 23 November 2026." in read


# The class


def enter(store, child, school_id, class_name, **changes):
    """Put the child on a school's register, as its own class list does."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        row = Pupil(
            "", school_id, child.given, child.family, child.born, class_name, child_id=child.id, **changes
        )
        class_lists.add_pupil(write, row)
        write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "put on the register")


def test_the_school_reads_the_class_that_it_entered_itself_and_nobody_else_does(
    client_for, shared_child, store, gp
):
    office, nurse = client_for(Role.SCHOOL_STAFF), client_for(Role.SCHOOL_NURSE)
    child = shared_child(office.person)
    name_the_team(store, child.school_id, nurse.person.organisation_id)
    wanted = Wanted(Reader.SCHOOL_NURSE, nurse.person.organisation_id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
    enter(store, child, "another-school", "Kingfisher")
    enter(store, child, office.person.organisation_id, "2A", left_on=MONDAY_9AM.date() - timedelta(days=1))
    assert "Class:" not in office.get(f"/shared/{child.id}").text

    enter(store, child, office.person.organisation_id, "3B")

    for page in (f"/shared/{child.id}", f"/shared/{child.id}/card"):
        read = re.sub("<[^>]+>", "", office.get(page).text)
        assert "Class: 3B" in read
        assert "Kingfisher" not in read
    assert "Class:" not in nurse.get(f"/shared/{child.id}/card").text


def test_a_class_without_room_makes_no_card_larger(client_for, shared_child, store):
    office = client_for(Role.SCHOOL_STAFF)
    child = shared_child(office.person)
    before = PdfReader(BytesIO(office.get(f"/shared/{child.id}/card.pdf").data))
    enter(store, child, office.person.organisation_id, "Kingfisher " * 150)

    after = PdfReader(BytesIO(office.get(f"/shared/{child.id}/card.pdf").data))

    assert len(after.pages) == len(before.pages)
    assert after.pages[0].mediabox == before.pages[0].mediabox
    assert "Kingfisher" not in after.pages[0].extract_text()
