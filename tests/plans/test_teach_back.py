"""The questions about a plan: what is right follows from the plan, in words that the plan has too."""

from dataclasses import replace

import pytest

from docs.template_plans import TEMPLATES
from plans.content import Copy
from plans.content.copies import body
from plans.content.readers import People, Subject
from plans.content.teach_back import NONE, NOT_SURE, as_section, teach_back
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import Regimen, Slot
from plans.sentences import Sentence
from plans.understanding import Question

WRITTEN = {name: one for name, one in TEMPLATES.items() if one.plan.regimen}
ENGLISH = in_language("en")


def about(name):
    template = TEMPLATES[name]
    return Subject(template.plan, template.age, read_medicines())


def asked(name, question):
    return next(one for one in teach_back(about(name)) if one.question is question)


def shown(one):
    return {ENGLISH.value(choice.words) for choice in one.choices}


def right(one):
    return {ENGLISH.value(choice.words) for choice in one.choices if one.is_right(choice.key)}


RIGHT = [
    ("Two inhalers", Question.EVERY_DAY, {"Flixotide Evohaler 50 microgram"}),
    ("Two inhalers", Question.ATTACK, {"Ventolin Evohaler 100 microgram"}),
    ("Reliever alone", Question.EVERY_DAY, {"No inhaler is for every day"}),
    ("MART", Question.EVERY_DAY, {"Symbicort Turbohaler 200/6"}),
    ("MART", Question.ATTACK, {"Symbicort Turbohaler 200/6"}),
    ("AIR", Question.EVERY_DAY, {"No inhaler is for every day"}),
    ("AIR, all else", Question.ATTACK, {"Symbicort Turbohaler 200/6"}),
    ("Mask", Question.EMERGENCY, {"Too breathless to talk, cry, feed or play"}),
    ("Two inhalers", Question.EMERGENCY, {"Too breathless to talk, eat or drink"}),
]


@pytest.mark.parametrize(("name", "question", "answers"), RIGHT)
def test_what_is_right_follows_from_the_plan(name, question, answers):
    assert right(asked(name, question)) == answers


@pytest.mark.parametrize("name", WRITTEN)
def test_each_question_has_a_right_answer_and_one_for_who_is_not_sure(name):
    for one in teach_back(about(name)):
        assert one.right
        assert one.right <= {choice.key for choice in one.choices}
        assert NOT_SURE in {choice.key for choice in one.choices}
        assert not one.is_right(NOT_SURE)
        assert one.says


@pytest.mark.parametrize("name", WRITTEN)
def test_what_the_plan_says_stands_in_the_familys_copy(name):
    template = TEMPLATES[name]
    people = People(Child("c", "Amina", "Test", template.plan.review_by), None, None)
    printed = {
        sentence.message
        for section in body(Copy.FAMILY, about(name), people)
        for outer in section.sentences()
        for sentence in outer.parts()
    }

    for one in teach_back(about(name)):
        assert {words.message for words in one.says if isinstance(words, Sentence)} <= printed


@pytest.mark.parametrize(
    "name", [name for name, one in WRITTEN.items() if one.plan.regimen in {Regimen.MART, Regimen.AIR}]
)
def test_with_one_inhaler_nothing_is_said_of_a_preventer_or_a_reliever(name):
    questions = teach_back(about(name))
    words = " ".join(ENGLISH.say(sentence) for sentence in as_section(questions).sentences()).lower()

    for wrong in ("preventer", "reliever", "every day, even when well."):
        assert wrong not in words.replace("which inhaler is for every day, even when well?", "")


def test_where_nobody_has_written_attack_steps_nobody_is_asked_about_them():
    written = about("Two inhalers, written steps")
    unwritten = replace(written, plan=replace(written.plan, attack_steps=None))

    assert [one.question for one in teach_back(unwritten)] == [Question.EVERY_DAY, Question.EMERGENCY]


def test_every_inhaler_of_the_plan_can_be_chosen_and_no_other():
    assert shown(asked("MART, backup, add-on", Question.ATTACK)) == {
        "DuoResp Spiromax 160/4.5",
        "Salamol 100 microgram",
        "I am not sure",
    }
    keys = {choice.key for choice in asked("MART, backup, add-on", Question.EVERY_DAY).choices}
    assert keys == {Slot.COMBINATION, Slot.BACKUP, NONE, NOT_SURE}


@pytest.mark.parametrize("language", ["ur", "pl", "bn"])
@pytest.mark.parametrize("name", WRITTEN)
def test_the_questions_are_in_every_language_that_the_plan_is_in(name, language):
    section = as_section(teach_back(about(name)))

    assert in_language(language, [section], demo=True)
