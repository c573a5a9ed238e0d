"""A signed plan on the practice's screen: read, printed, replaced, withdrawn; a refusal says what to do."""

from datetime import date
from io import BytesIO
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from fhir import kept_plans
from plans.content import Copy
from plans.people import Child
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Plan, Status
from portal.actions.exporting import export
from portal.actions.plans import withdraw_plan
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, begin_with, new_person, parts_of_world
from tests.portal.making import make_child, make_plan


class World(NamedTuple):
    """Who and what is in the store."""

    gp: Person
    child: Child
    plan: Plan


def signed_plan(store):
    """Keep a child's signed plan."""
    gp = new_person(store)
    child = make_child(store, gp)
    return World(gp, child, make_plan(store, child, gp))


# Every test of this file begins with a signed plan.
kept_before, new_store_file, world = begin_with(signed_plan)
child, plan = parts_of_world("child", "plan")


@pytest.fixture
def gp(client_for, world):
    return client_for(Role.CLINICIAN, world.gp)


def printed(store, plan):
    events = store.search("AuditEvent", action="R", entity=f"CarePlan/{plan.id}")
    details = [event["subtype"][-1]["display"] for event in events]
    return [detail for detail in details if detail.startswith("print")]


def test_a_plan_reads_on_screen_as_the_family_reads_it(gp, plan):
    page = gp.get(f"/plans/{plan.id}").text

    assert "Use 4 puffs of Ventolin Evohaler." in page
    assert "Version 1, signed on 23 November 2026 by Dr Ada Lee." in page


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        ("family", "What the preventer does"),
        ("school", "Asthma plan for school"),
        ("child", "My asthma plan"),
        ("wallet", "Asthma card"),
        ("record", "For the record"),
    ],
)
def test_each_copy_can_be_read_on_screen(gp, plan, copy, words):
    assert words in gp.get(f"/plans/{plan.id}?copy={copy}").text


def test_a_copy_that_there_is_not_is_not_found(gp, plan):
    assert gp.get(f"/plans/{plan.id}?copy=secret").status_code == 404
    assert gp.get(f"/plans/{plan.id}/pdf?copy=secret").status_code == 404


@pytest.mark.parametrize("copy", ["school", "child"])
def test_a_copy_that_is_not_made_for_an_age_is_not_offered_and_is_refused_with_what_to_do(gp, store, copy):
    grown = make_child(store, gp.person, born=date(1992, 3, 14), nhs_number="9990000026")
    plan = make_plan(store, grown, gp.person)

    page = gp.get(f"/plans/{plan.id}").text
    refused = gp.get(f"/plans/{plan.id}/pdf?copy={copy}")

    assert f"copy={copy}" not in page
    assert "copy=wallet" in page
    assert refused.status_code == 409
    assert f"No {copy} copy is made for this age, so print the family copy instead." in refused.text
    assert "copy=child" not in refused.text
    assert gp.get(f"/plans/{plan.id}?copy={copy}").status_code == 422


def test_a_card_is_not_printed_with_english_beside_it(gp, plan):
    refused = gp.get(f"/plans/{plan.id}/pdf?copy=wallet&lang=en&bilingual=1")

    assert (refused.status_code, "room for 1 language" in refused.text) == (409, True)


def test_a_pdf_is_given_and_recorded(store, gp, plan):
    answer = gp.get(f"/plans/{plan.id}/pdf?copy=school&lang=en")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    assert "Amina" not in answer.headers["Content-Disposition"]
    assert printed(store, plan) == ["print the school copy, en"]


def test_every_language_and_copy_has_its_link(gp, plan):
    page = gp.get(f"/plans/{plan.id}").text

    for language in ("en", "ur", "pl", "bn"):
        for copy in ("family", "school", "child", "wallet", "record"):
            assert f"/plans/{plan.id}/pdf?lang={language}&amp;copy={copy}" in page
    assert "lang=ur&amp;copy=family&amp;bilingual=1" in page


def test_where_the_plan_is_printed_it_says_which_language_the_family_reads(store, gp, child, plan):
    urdu = make_plan(store, child, gp.person, replaces=plan.id, language="ur")

    assert "The family reads Urdu." in gp.get(f"/plans/{urdu.id}").text


def test_an_unknown_language_is_refused_with_what_can_be_had(store, gp, plan):
    answer = gp.get(f"/plans/{plan.id}/pdf?lang=xx")

    assert answer.status_code == 404
    assert "Plans are not printed in" in answer.text
    assert "lang=en&amp;copy=child" in answer.text
    assert "interpreter" in answer.text
    assert printed(store, plan) == []


def test_wording_that_nobody_signed_off_is_not_issued_outside_the_demo(gp, plan):
    answer = gp.get(f"/plans/{plan.id}/pdf?lang=ur")

    assert answer.status_code == 409
    assert "No clinician has signed off the Urdu wording yet." in answer.text


def test_a_language_without_a_sheet_after_hospital_has_none_to_print(gp, plan):
    answer = gp.get(f"/plans/{plan.id}/pdf?copy=discharge")

    assert answer.status_code == 409
    assert "needs a discharge" in answer.text


def test_on_screen_a_refused_language_gives_way_to_english_and_says_so(gp, plan):
    page = gp.get(f"/plans/{plan.id}?lang=ur").text

    assert "No clinician has signed off the Urdu wording yet." in page
    assert "Never leave the child alone." in page


def test_a_replaced_plan_says_so_and_leads_to_the_live_one(store, gp, child, plan):
    newer = make_plan(store, child, gp.person, replaces=plan.id)

    page = gp.get(f"/plans/{plan.id}").text

    assert "Version 1 was replaced on 23 November 2026." in page
    assert f'href="/plans/{newer.id}"' in page
    assert "Withdraw this plan" not in page


def test_a_plan_is_withdrawn_with_a_reason(store, gp, child, plan):
    answer = gp.post(f"/plans/{plan.id}/withdraw", data={"reason": "Signed for her twin"})

    assert answer.location == f"/plans/{plan.id}"
    page = gp.get(answer.location).text
    assert "Version 1 was withdrawn on 23 November 2026." in page
    assert "There is no live plan." in page
    assert "Do not follow it." in page


def test_the_practice_reads_who_withdrew_a_plan_and_why(gp, plan):
    gp.post(f"/plans/{plan.id}/withdraw", data={"reason": "Signed for <b>her twin</b>"})

    page = gp.get(f"/plans/{plan.id}").text

    assert "Withdrawn by Dr Ada Lee. Why:" in page
    assert "<bdi>Signed for &lt;b&gt;her twin&lt;/b&gt;</bdi>" in page


@pytest.mark.parametrize("copy", ["family", "school", "child", "record"])
def test_every_copy_of_a_withdrawn_plan_prints_that_it_is_and_not_why(store, gp, plan, copy):
    withdraw_plan(store, plan.id, reason="Zanzibar", by=gp.person, at=MONDAY_9AM)

    printed = gp.get(f"/plans/{plan.id}/pdf?copy={copy}").data
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)
    words = " ".join(pages.split())

    assert "withdrawn on 23 November 2026" in words
    assert "Zanzibar" not in words


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD])
def test_why_a_plan_was_withdrawn_is_in_no_file_for_family_or_school(store, gp, plan, copy):
    withdraw_plan(store, plan.id, reason="Zanzibar", by=gp.person, at=MONDAY_9AM)

    assert "Zanzibar" not in str(export(store, plan.id, copy, by="system", at=MONDAY_9AM))


def test_a_plan_is_not_withdrawn_without_a_reason(store, gp, child, plan):
    answer = gp.post(f"/plans/{plan.id}/withdraw", data={"reason": ""})

    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert kept_plans.live_plan(store, child.id).status is Status.SIGNED


def test_a_plan_is_withdrawn_once(store, gp, plan):
    withdraw_plan(store, plan.id, reason="Wrong child", by=gp.person, at=MONDAY_9AM)

    assert gp.post(f"/plans/{plan.id}/withdraw", data={"reason": "Again"}).status_code == 409


def test_a_plan_of_another_practice_is_not_there(plan, make_person, client_for):
    home = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99009", "0121 496 0109")
    other = client_for(Role.CLINICIAN, make_person(username="dr.grey", organisation=home))

    for address in ("", "/pdf"):
        assert other.get(f"/plans/{plan.id}{address}").status_code == 404
    assert other.post(f"/plans/{plan.id}/withdraw", data={"reason": "Not mine"}).status_code == 404


def test_what_is_no_plan_of_ours_is_not_there(gp, child):
    assert gp.get("/plans/no-such-plan").status_code == 404
    assert gp.get(f"/plans/{child.id}").status_code == 404


def test_the_list_of_medicines_shows_how_sure_each_fact_is(gp):
    page = gp.get("/medicines").text

    assert "Ventolin Evohaler 100 microgram" in page
    assert "[V]" in page
    assert "sources disagree" in page
