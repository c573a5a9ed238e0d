"""Before a plan is signed, its last page says how hard it is to read, and which typed words are harder."""

import re
from html import unescape

import pytest

from fhir import kept_plans
from plans.places import Role
from tests.portal.making import make_child, make_draft

HARD = "Exercise-induced bronchoconstriction deteriorates rapidly."
EASY = "It feels like an elephant sits on my chest."
LONG = f"{'I run and I jump and ' * 6}then I stop."


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def last_page(store, gp):
    """Give the text of the last page of a draft, its tags taken out; name what was typed."""

    def read(**typed):
        child = make_child(store, gp.person)
        draft = make_draft(store, child, gp.person, **typed)
        page = gp.get(f"/drafts/{draft.id}/answers").text
        part = page[page.index('id="plain-words"') : page.index("You sign as")]
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)))

    return read


def test_the_last_page_shows_the_figures_of_this_plan(last_page):
    page = last_page()

    assert re.search(r"Reading grade \(Flesch-Kincaid\) \d(\.\d)?\. The aim is 5 or lower\.", page)
    assert re.search(r"Reading grade \(SMOG\) \d(\.\d)?\. The aim is 8 or lower\.", page)
    assert re.search(r"Longest sentence \d+ words\. The aim is 20 or fewer\. “[^”]+”", page)
    assert re.search(r"Words of 3 syllables or more [a-z]+ \d+, .*surgery \d+", page)


def test_words_of_this_plan_change_its_figures(last_page):
    assert "deteriorates 1" in last_page(child_words=HARD)
    assert "deteriorates" not in last_page(child_words=EASY)


def test_easy_words_are_not_pointed_out(last_page):
    assert "harder to read than the rest" not in last_page(child_words=EASY)


def test_hard_words_of_a_child_are_pointed_out_with_what_to_do(last_page):
    page = last_page(child_words=HARD)

    assert "These words of yours are harder to read than the rest:" in page
    assert f"“ {HARD} ”" in page
    assert "Try shorter words or sentences." in page
    assert "Hard words: bronchoconstriction, deteriorates, exercise-induced, rapidly." in page
    assert "Change these words" in page
    assert "What a child said may stay as the child said it." in page


def test_a_long_sentence_is_pointed_out(last_page):
    assert "One sentence has 39 words: make it two." in last_page(child_words=LONG)


def test_words_that_are_printed_on_another_copy_than_the_familys_are_pointed_out_too(last_page):
    assert "Reception medication cupboard" in last_page(school_inhaler_place="Reception medication cupboard")


def test_the_link_leads_to_the_field_that_the_words_were_typed_into(store, gp):
    draft = make_draft(store, make_child(store, gp.person), gp.person, child_words=HARD)

    assert f'href="/drafts/{draft.id}#child-words"' in gp.get(f"/drafts/{draft.id}/answers").text


def test_the_name_of_an_allergy_is_not_pointed_out(last_page):
    allergy = {"allergy_1_name": "Brazil nut and pistachio and macadamia", "allergy_1_severe": "yes"}

    page = last_page(**allergy, allergy_plan_confirmed="yes", pens_expire_on="2027-06-30")

    assert "harder to read than the rest" not in page


def test_markup_that_was_typed_is_shown_as_typed(store, gp):
    typed = f"<script>alert(1)</script> {HARD}"
    draft = make_draft(store, make_child(store, gp.person), gp.person, child_words=typed)

    page = gp.get(f"/drafts/{draft.id}/answers").text

    assert "<script>alert(1)" not in page
    assert "“<bdi>&lt;script&gt;alert(1)" in page


def test_hard_words_never_keep_a_plan_from_being_signed(store, gp):
    child = make_child(store, gp.person)
    draft = make_draft(store, child, gp.person, child_words=HARD)

    gp.post(f"/drafts/{draft.id}/sign", data={"version": draft.version})

    assert kept_plans.live_plan(store, child.id).id == draft.id
