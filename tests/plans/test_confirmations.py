"""Words that no source settles are never printed without a clinician having been asked about them."""

import pytest

from plans.confirmations import WORDINGS, needed
from plans.content import Copy
from plans.medicines import read_medicines
from plans.products import Tag
from tests.plans.examples import AIR, MART, PLANS, TWO_INHALERS, copy_of

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


@pytest.mark.parametrize(("plan", "age"), [(TWO_INHALERS, 7), (MART, 13), (AIR, 15)])
def test_a_routine_plan_asks_for_few(plan, age):
    assert len(keys(plan, age)) <= MOST_ON_A_ROUTINE_PLAN


@pytest.mark.parametrize("unsettled", WORDINGS.values())
def test_what_is_asked_about_is_tagged_and_says_where_that_is_written(unsettled):
    assert unsettled.tag in {Tag.CONFLICT, Tag.UNCONFIRMED}
    assert unsettled.about
    assert unsettled.source


def test_the_conflict_over_reliever_use_is_asked_of_two_inhaler_plans_alone():
    assert "reliever-3-times-a-week" in keys(TWO_INHALERS, 7)
    assert "reliever-3-times-a-week" not in keys(MART, 13)
