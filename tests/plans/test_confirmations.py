"""Words that no source settles are never printed without a clinician having been asked about them."""

import re

import pytest

from plans.confirmations import WORDINGS, needed
from plans.content import Copy
from plans.medicines import read_medicines
from plans.products import Tag
from tests.plans.examples import FULL, MART, ORDINARY, PLANS, TWO_INHALERS, copy_of

MOST_ON_A_ROUTINE_PLAN = 8  # a clinician has five minutes


def keys(plan, age):
    return {wording.key for wording in needed(plan, age, read_medicines())}


@pytest.mark.parametrize("name", PLANS)
def test_every_unsettled_sentence_of_every_copy_is_asked_about(name):
    plan, age = PLANS[name]
    printed = {
        sentence.confirm
        for copy in (Copy.FAMILY, Copy.SCHOOL, Copy.CHILD, Copy.RECORD)
        for part in copy_of(plan, age, copy)
        for sentence in part.sentences()
        if sentence.confirm
    }

    assert printed == keys(plan, age)


@pytest.mark.parametrize("name", PLANS)
def test_a_clinician_reads_the_exact_words(name):
    plan, age = PLANS[name]

    for wording in needed(plan, age, read_medicines()):
        assert wording.sentences
        assert all(sentence.confirm == wording.key for sentence in wording.sentences)


@pytest.mark.parametrize("name", ORDINARY)
def test_a_routine_plan_asks_for_few(name):
    plan, age = PLANS[name]

    assert len(keys(plan, age)) <= MOST_ON_A_ROUTINE_PLAN


@pytest.mark.parametrize("unsettled", WORDINGS.values())
def test_what_is_asked_about_is_tagged_and_says_where_that_is_written(unsettled):
    assert unsettled.tag in {Tag.CONFLICT, Tag.UNCONFIRMED}
    assert unsettled.about
    assert unsettled.source


@pytest.mark.parametrize("unsettled", WORDINGS.values())
def test_a_clinician_is_told_why_in_words_and_not_by_numbers_of_pages(unsettled):
    assert "clinical" not in unsettled.source.replace("Puffin's clinical rules", "")
    assert not re.search(r"\b(safety|hazard|section) \d", unsettled.source)


def test_what_is_asked_about_only_where_it_was_entered():
    assert {"most-a-day", "steroid-card"} <= keys(*FULL["mart"])
    assert "weaning" in keys(*FULL["two inhalers"])
    assert not {"most-a-day", "weaning", "steroid-card"} & keys(MART, 13)


def test_the_conflict_over_reliever_use_is_asked_of_two_inhaler_plans_alone():
    assert "reliever-3-times-a-week" in keys(TWO_INHALERS, 7)
    assert "reliever-3-times-a-week" not in keys(MART, 13)
