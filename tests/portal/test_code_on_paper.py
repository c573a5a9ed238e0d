"""The code on paper: what to do in an attack, then whether the copy stands; never a word about the child."""

import re
from dataclasses import fields
from datetime import timedelta
from html import unescape

import pytest

from fhir.store.tables import marks
from plans.leaflet.languages import languages
from plans.leaflet.wording import in_language
from plans.places import Role
from portal import family_words
from portal.actions.code_on_paper import Answer
from portal.actions.plans import withdraw_plan
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_draft, make_plan

NEXT_DAY = MONDAY_9AM + timedelta(days=1)
FIRST = "Attack now? Call 999."
ALWAYS = "Questions about the plan? Phone the GP surgery."
IS_IT = "Is this copy the newest?"
NOT_THE_ANSWER = re.compile(r'<nav.*?</nav>|<a class="nhsuk-skip-link".*?</a>', re.DOTALL)


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp)


@pytest.fixture
def plan(store, child, gp):
    return make_plan(store, child, gp, child_words="I like to swim.", school_contact_name="Hodan Test")


def read(browser, code, query=""):
    """Return what the page of a code says, without the ways past its head and into another language."""
    page = browser.get(f"/c/{code}{query}").text
    body = NOT_THE_ANSWER.sub("", page[page.index("<body") :])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_current_copy_is_told_so_in_these_words(stranger, plan):
    assert read(stranger, plan.id) == f"{FIRST} {IS_IT} Yes. This copy is the newest. {ALWAYS}"


def test_a_replaced_copy_is_told_so_in_these_words(stranger, store, child, gp, plan):
    make_plan(store, child, gp, at=NEXT_DAY, replaces=plan.id)

    assert read(stranger, plan.id) == (
        f"{FIRST} {IS_IT} No. This plan was replaced on 24 November 2026. Use the newest plan. {ALWAYS}"
    )


def test_a_withdrawn_copy_is_told_so_in_these_words(stranger, store, gp, plan):
    withdraw_plan(store, plan.id, reason="Written for her twin", by=gp, at=NEXT_DAY)

    assert read(stranger, plan.id) == (
        f"{FIRST} {IS_IT} This plan was withdrawn on 24 November 2026. Do not follow it. "
        f"In an attack, call 999. Phone the surgery for a new plan. {ALWAYS}"
    )


def test_a_code_of_no_plan_is_told_so_in_these_words_and_all_such_codes_look_alike(
    stranger, store, child, gp
):
    draft = make_draft(store, child, gp)
    codes = ["unknown", "00000000-0000-4000-8000-000000000000", child.id, gp.practitioner_id, draft.id]

    answers = {read(stranger, code) for code in codes}

    assert answers == {
        f"{FIRST} {IS_IT} We do not know this code. Ask the GP surgery if the plan is the newest. {ALWAYS}"
    }


def test_a_copy_past_its_review_date_is_told_so_and_its_attack_steps_stay(stranger, clock, store, child, gp):
    plan = make_plan(store, child, gp, review_by=MONDAY_9AM.date().isoformat())
    assert "passed" not in read(stranger, plan.id)

    clock.let_pass(days=1)

    assert read(stranger, plan.id) == (
        f"{FIRST} {IS_IT} Yes. This copy is the newest. The review date of this plan has passed. "
        f"Phone the surgery to book a review. In an attack, still follow the attack steps. {ALWAYS}"
    )


def test_that_a_review_date_has_passed_is_said_without_the_date(stranger, clock, store, child, gp):
    """When a child is seen is nobody else's business."""
    plan = make_plan(store, child, gp)
    clock.let_pass(days=400)

    page = stranger.get(f"/c/{plan.id}").text
    assert "has passed" in page
    assert "2027" not in page


def test_of_a_copy_that_was_replaced_the_review_date_is_not_said(stranger, clock, store, child, gp, plan):
    make_plan(store, child, gp, at=NEXT_DAY, replaces=plan.id)
    clock.let_pass(days=400)

    assert "passed" not in read(stranger, plan.id)


@pytest.mark.parametrize("end", ["current", "replaced", "withdrawn"])
def test_nothing_of_the_child_the_plan_or_its_people_is_on_the_page(stranger, store, child, gp, plan, end):
    if end == "replaced":
        make_plan(store, child, gp, at=NEXT_DAY, replaces=plan.id)
    if end == "withdrawn":
        withdraw_plan(store, plan.id, reason="Written for her twin", by=gp, at=NEXT_DAY)
    answer = stranger.get(f"/c/{plan.id}")

    told = answer.text + str(answer.headers)
    hidden = [
        *(child.given, child.family, child.nhs_number, "999 000 0018", child.id, "2018"),
        *(gp.name, gp.organisation_name, plan.surgery_phone, "Hodan", "swim", "twin"),
        *("Ventolin", "Clenil", " puffs", "Version", "2027", plan.review_by.isoformat()),
    ]
    assert [word for word in hidden if word in told] == []


def test_an_answer_has_no_place_for_anything_about_the_child():
    assert {field.name for field in fields(Answer)} == {"state", "next", "is_current", "is_known"}


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_each_language_that_has_the_words_answers_in_it_and_says_999_first(stranger, store, plan, code):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")
    say = in_language(code, demo=True).say
    wanted = [
        unescape(re.sub(r"<[^>]+>", "", say(one))) for one in (family_words.ATTACK_NOW, family_words.CURRENT)
    ]

    page = read(stranger, plan.id, f"?lang={code}")

    assert page.startswith(wanted[0])
    assert wanted[1] in page
