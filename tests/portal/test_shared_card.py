"""The emergency card in the circle: one tap from the register, for whoever may see it and nobody else."""

import re
from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader

from fhir import kept_shares
from plans.places import Role
from portal.actions.circle.sharing import stop
from portal.actions.plans import withdraw_plan
from portal.views.shared import COPY_FOR
from tests.portal.conftest import MONDAY_9AM
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
