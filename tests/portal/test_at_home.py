"""Somebody at home, for the practice: where a code may be sent, how their link stands, a code in hand."""

import re

import pytest

from fhir import kept_people
from plans.people import FamilyMember, safe_contact
from plans.places import Role
from portal.actions.family.contacts import why_no_code
from portal.actions.family.link import TRIES
from tests.portal.conftest import HOMES
from tests.portal.family_making import BORN, past_the_name, share_with
from tests.portal.making import make_child, make_family_member, make_plan

CONTACTS = {"phone": "07700 900333", "phone-safe": "yes", "email": "sana@example.com"}


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child, phone_is_safe=False)


@pytest.fixture
def home(child, mother):
    return f"/children/{child.id}/at-home/{mother.id}"


@pytest.fixture
def link(store, child, mother, gp):
    make_plan(store, child, gp.person)
    return share_with(store, mother, gp.person)


def test_the_practice_sees_that_no_code_can_be_sent_and_what_to_do(gp, home):
    assert (
        "No phone or e-mail that is safe to write to is recorded for Sana Test. Add one, or hand over a code."
        in gp.get(home).text
    )


def test_a_contact_is_safe_only_where_somebody_said_so(gp, home, store, child):
    answer = gp.post(home, data=CONTACTS)

    assert answer.location == home
    (mother,) = kept_people.family(store, child.id)
    assert (mother.phone, mother.phone_is_safe) == ("07700 900333", True)
    assert (mother.email, mother.email_is_safe) == ("sana@example.com", False)
    assert "No phone or e-mail that is safe" not in gp.get(home).text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": "ask her sister"}, "Write the phone number in digits"),
        ({"phone": "12"}, "Write the phone number in digits"),
        ({"email": "sana at example"}, "Write the e-mail address with an @"),
        ({"email": "a@b.example, c@d.example"}, "Write the e-mail address with an @"),
    ],
)
def test_what_is_no_contact_is_refused_at_its_field_and_nothing_is_kept(
    gp, home, store, child, changes, says
):
    answer = gp.post(home, data=CONTACTS | changes)

    assert answer.status_code == 422
    assert says in answer.text
    assert kept_people.family(store, child.id)[0].phone == "07700 900111"


def test_a_code_to_hand_over_is_shown_once_and_opens_the_link(gp, home, link, portal, child):
    shown = re.search(r"<strong>(\d{3} \d{3})</strong>", gp.post(f"{home}/code").text)[1]
    browser = portal.test_client()
    past_the_name(browser, link)

    assert browser.post(f"{link}/code", data={"code": shown}).location == f"{link}/plan"
    assert shown not in gp.get(home).text


def test_without_a_link_there_is_no_code_to_hand_over(gp, home):
    answer = gp.post(f"{home}/code")

    assert answer.status_code == 422
    assert "There is no link that works for this person. Share the plan with them first." in answer.text


def test_the_practice_sees_that_a_link_rests_and_how_to_renew_it(gp, home, link, portal, mother):
    stranger = portal.test_client()
    for _ in range(TRIES):
        stranger.post(link, data=BORN | {"born-day": "2"})

    assert "It rests until 23 November 2026 at 9:15am" in gp.get(home).text
    assert "a wrong date of birth or a wrong code was typed too often" in gp.get(home).text
    assert "A phone on which they typed a code before still opens it." in gp.get(home).text
    assert "To renew it now, share the plan with them again." in gp.get(home).text
    shares = gp.get(f"/children/{mother.child_id}/share").text
    assert "Their link rests until 23 November 2026 at 9:15am: share again to renew it." in shares


def test_for_another_practice_nobody_at_home_exists(client_for, make_person, home):
    other = make_person(
        Role.CLINICIAN,
        username="far",
        organisation=HOMES[Role.CLINICIAN].__class__("", HOMES[Role.CLINICIAN].kind, "Far Surgery", "X99099"),
    )
    browser = client_for(Role.CLINICIAN, other)

    for answer in (browser.get(home), browser.post(home, data=CONTACTS), browser.post(f"{home}/code")):
        assert answer.status_code == 404


def test_somebody_of_another_child_is_not_found_here(gp, store, child, mother):
    other = make_child(store, gp.person, given="Bilal", nhs_number="")

    assert gp.get(f"/children/{other.id}/at-home/{mother.id}").status_code == 404


# Where a message may go


def at_home(id, **changes):
    return FamilyMember(id, "c", f"Person {id}", "parent", **changes)


SAFE = at_home("a", phone="07700 900111", phone_is_safe=True, email="a@example.com", email_is_safe=True)


@pytest.mark.parametrize("written", ["07700 900111", "+44 7700 900111", "0044 (0)7700-900111", "07700900111"])
def test_a_number_that_somebody_else_has_too_is_not_their_own(written):
    other = at_home("b", phone=written, barred=True)

    assert safe_contact(SAFE, [SAFE, other]).way == "email"


def test_with_no_contact_of_their_own_nothing_is_sent_and_the_practice_is_told_why():
    other = at_home("b", phone="07700 900111", email="A@Example.com ")

    assert safe_contact(SAFE, [SAFE, other]) is None
    assert "Somebody else at home has the same phone or e-mail as Person a" in why_no_code(
        SAFE, [SAFE, other]
    )


def test_a_phone_comes_before_an_e_mail_and_only_if_safe():
    assert safe_contact(SAFE, [SAFE]).address == "07700 900111"
    unsafe = at_home("a", phone="07700 900111", email="a@example.com", email_is_safe=True)
    assert safe_contact(unsafe, [unsafe]).address == "a@example.com"
    assert safe_contact(at_home("a", phone="07700 900111"), []) is None


# When sharing


def test_where_a_plan_is_shared_the_practice_sees_who_can_be_sent_no_code(gp, store, child, mother, home):
    make_plan(store, child, gp.person)
    father = make_family_member(store, child, name="Omar Test", phone="07700 900222")
    ticked = {
        "reader": [f"family.{mother.id}", f"family.{father.id}"],
        f"basis-family.{mother.id}": "direct-care",
        f"basis-family.{father.id}": "direct-care",
    }

    page = gp.post(f"/children/{child.id}/share", data=ticked, follow_redirects=True).text

    assert "No phone or e-mail that is safe to write to is recorded for Sana Test." in page
    assert "recorded for Omar Test" not in page
    assert f'href="{home}"' in page
