"""Every copy of every template plan is plain, and so is each sentence alone."""

from dataclasses import fields

import pytest

from docs.reading_age_page import measured_plans, measured_sheets, reading_age_page, sentence_bank
from docs.template_plans import TEMPLATES
from plans.content.copies import copies_for
from plans.leaflet.reading_figures import HARDEST_GRADE, HARDEST_SMOG, MOST_WORDS, reading_of
from plans.medicines import read_medicines
from plans.plan import Plan, Regimen, Slot
from plans.regimens import Script, attack_script

MEASURED = [*measured_plans(), *measured_sheets()]
NAMED = [pytest.param(one, id=f"{one.plan}, {one.copy}") for one in MEASURED]

EMPTY = Plan("", "")
# What comes with signing, or after it, and what names no words.
NOT_BEFORE_IT_IS_SIGNED = {"fired", "version", "replaces", "ended_at"}


@pytest.mark.parametrize("one", NAMED)
def test_a_copy_keeps_to_grade_5(one):
    assert one.figures.grade <= HARDEST_GRADE


@pytest.mark.parametrize("one", NAMED)
def test_a_copy_keeps_to_smog_8(one):
    assert one.figures.smog is not None
    assert one.figures.smog <= HARDEST_SMOG


@pytest.mark.parametrize("one", NAMED)
def test_a_copy_has_no_sentence_of_more_than_20_words(one):
    assert one.figures.longest_words <= MOST_WORDS, one.figures.longest


def test_no_sentence_alone_has_more_than_20_words():
    read = [reading_of([text]) for text in sentence_bank()]

    assert [one.longest for one in read if one.longest_words > MOST_WORDS] == []


def test_the_limits_are_those_that_were_set():
    assert (HARDEST_GRADE, HARDEST_SMOG, MOST_WORDS) == (5, 8, 20)


def test_the_templates_cover_every_regimen_age_place_and_script():
    plans = [(one.plan, one.age) for one in TEMPLATES.values()]

    assert {plan.regimen for plan, _age in plans} >= set(Regimen)
    assert {age for _plan, age in plans} == {3, 7, 13, 34}
    assert {slot for plan, _age in plans for slot in plan.medicines} == set(Slot)
    assert {attack_script(*one, read_medicines()) for one in plans} == set(Script)


def test_the_templates_say_everything_that_a_plan_can_hold():
    unsaid = {
        field.name
        for field in fields(Plan)
        if all(getattr(one.plan, field.name) == getattr(EMPTY, field.name) for one in TEMPLATES.values())
    }

    assert unsaid == NOT_BEFORE_IT_IS_SIGNED


def test_every_copy_of_every_template_is_measured():
    assert {(one.plan, one.copy) for one in measured_plans()} == {
        (f"{name}, age {template.age}", copy.value)
        for name, template in TEMPLATES.items()
        for copy in copies_for(template.age)
    }


def test_the_page_prints_the_figures_of_each():
    page = reading_age_page()

    for one in MEASURED:
        figures = one.figures
        assert f"| {one.plan} | {one.copy} | {figures.grade:g} | {figures.smog:g} |" in page
