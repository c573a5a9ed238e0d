"""What each regimen, age and answer makes a family's plan say, and what it must never say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.content import Copy
from plans.plan import PeakFlow, Regimen, Slot, Status
from plans.sections import Band
from plans.triggers import TRIGGERS
from tests.plans.examples import (
    AIR,
    MART,
    MART_WITH_BACKUP,
    MASK,
    PLANS,
    TWO_INHALERS,
    copy_of,
    said,
)


def text_of(plan, age, copy=Copy.FAMILY, today=date(2026, 11, 22)):
    return "\n".join(said(copy_of(plan, age, copy, today)))


@pytest.mark.parametrize(
    ("plan", "age", "sentence"),
    [
        (TWO_INHALERS, 7, "It calms the swelling in the airways."),
        (TWO_INHALERS, 7, "It does not help in an attack."),
        (TWO_INHALERS, 7, "It opens tight airways within minutes."),
        (TWO_INHALERS, 7, "Using only the reliever? The swelling grows."),
        (TWO_INHALERS, 7, "Missed it? The swelling comes back."),
        (TWO_INHALERS, 7, "You can use it again after 4 hours."),
        (MART, 13, "It calms the swelling and opens the tight airways."),
        (MART, 13, "Missed the daily puffs? The swelling comes back."),
        (AIR, 15, "Use it when symptoms come, and only then."),
        (AIR, 15, "No symptoms? Then no puffs."),
        (MASK, 3, "Then wipe the face and clean the teeth."),
        (MASK, 3, "Press once. Wait for 5 breaths, or count slowly to 10."),
        (MART_WITH_BACKUP, 13, "It can change sleep or mood."),
        (MART_WITH_BACKUP, 13, "1 tablet in the evening"),
    ],
)
def test_a_plan_explains_its_own_medicines(plan, age, sentence):
    assert sentence in said(copy_of(plan, age))


def test_on_air_rinsing_follows_the_puff_and_not_that_there_is_none():
    sentences = said(copy_of(AIR, 15))

    assert sentences.index("Then rinse the mouth or clean the teeth.") < sentences.index(
        "No symptoms? Then no puffs."
    )


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD])
@pytest.mark.parametrize(
    ("plan", "age", "forbidden"),
    [
        (MART, 13, ("does not help in an attack", "blue inhaler", "reventer", "eliever")),
        (AIR, 15, ("does not help in an attack", "blue inhaler", "very day", "daily", "reliever")),
    ],
)
def test_one_inhaler_plans_have_sentences_of_their_own(plan, age, forbidden, copy):
    without_consent = replace(plan, school=replace(plan.school, emergency_inhaler_consent=None))
    text = text_of(without_consent, age, copy)

    assert [words for words in forbidden if words in text] == []


@pytest.mark.parametrize("name", PLANS)
def test_no_general_wording_makes_severe_illness_at_home_look_normal(name):
    plan, age = PLANS[name]
    text = text_of(plan, age, Copy.RECORD)

    assert "4-hourly" not in text
    assert "6 to 10 puffs" not in text


@pytest.mark.parametrize("name", PLANS)
def test_ranges_are_words_and_strengths_are_in_full(name):
    plan, age = PLANS[name]

    for sentence in said(copy_of(plan, age)):
        assert "–" not in sentence
        assert " mcg" not in sentence


def test_peak_flow_is_printed_as_typed_and_never_as_a_percentage():
    text = text_of(TWO_INHALERS, 7)

    assert "Peak flow 130 L/min or more" in text
    assert "Peak flow below 130 L/min" in text
    assert "Peak flow below 85 L/min" in text
    assert "%" not in text


def test_a_plan_by_symptoms_prints_no_litres():
    assert "L/min" not in text_of(replace(TWO_INHALERS, peak_flow=None), 7)
    assert "L/min" not in text_of(replace(TWO_INHALERS, peak_flow=PeakFlow(best=170)), 7)


def test_nhs_111_online_is_not_for_under_5s():
    assert "Surgery closed? Call 111, or use 111 online." in said(copy_of(TWO_INHALERS, 7))
    assert "Call 111. Do not use 111 online" in text_of(MASK, 3)


def test_a_signed_plan_says_the_same_when_its_child_turns_5():
    plan = replace(MASK, review_by=date(2028, 6, 1))

    assert said(copy_of(plan, 3, today=date(2028, 3, 14))) == said(copy_of(plan, 3))


def test_a_plan_without_a_preventer_does_not_speak_of_one():
    alone = replace(TWO_INHALERS, medicines={Slot.RELIEVER: TWO_INHALERS.medicines[Slot.RELIEVER]})

    assert "preventer" not in text_of(alone, 7).lower()
    assert "Using only the reliever?" not in text_of(alone, 7)


def test_an_inhaler_in_use_is_explained_once_and_named_where_there_are_two_kinds():
    codes = [part.code for part in copy_of(MART_WITH_BACKUP, 13)]

    assert codes.count("turbohaler") == 1
    assert codes.count("spacer-mouthpiece") == 1
    assert "How to use Symbicort Turbohaler" in said(copy_of(MART_WITH_BACKUP, 13))
    assert "How to use the inhaler" in said(copy_of(MART, 13))


def test_the_backup_inhaler_has_no_second_set_of_doses():
    row = next(part for part in copy_of(MART_WITH_BACKUP, 13) if part.code == "everyday").items[-2]

    assert row.name.text == "Salamol 100 microgram"
    assert row.doses == ()


def test_air_pollution_is_named_on_every_plan():
    assert "Smoke and dirty air make asthma worse, indoors and out." in said(
        copy_of(replace(TWO_INHALERS, triggers=()), 7)
    )


def test_every_trigger_has_words():
    plan = replace(TWO_INHALERS, triggers=tuple(TRIGGERS))

    assert {trigger.words.message for trigger in TRIGGERS.values()} <= set(said(copy_of(plan, 7)))


def test_every_page_can_name_the_child_the_birth_date_and_the_version():
    for copy in (Copy.FAMILY, Copy.SCHOOL, Copy.CHILD, Copy.RECORD):
        head = next(part for part in copy_of(TWO_INHALERS, 7, copy) if part.band is Band.HEAD)

        assert {"name", "born", "version"} <= {fact.code for fact in head.items}


ENDED = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "today", "notice"),
    [
        ({"status": Status.REPLACED, "ended_at": ENDED}, None, "This plan was replaced on 2026-12-01."),
        (
            {"status": Status.WITHDRAWN, "ended_at": ENDED},
            None,
            "This plan was withdrawn on 2026-12-01. Do not follow it.",
        ),
        ({"status": Status.DRAFT, "signed_at": None}, None, "This is a draft. Nobody has signed it yet."),
        ({}, date(2027, 11, 2), "This plan was to be reviewed by 2027-11-01."),
    ],
)
def test_paper_that_is_not_the_living_plan_says_so_first_and_keeps_its_steps(changes, today, notice):
    parts = copy_of(replace(TWO_INHALERS, **changes), 7, today=today or date(2026, 11, 22))

    assert parts[0].band is Band.NOTICE
    assert notice in said(parts[:1])
    assert any(part.code == "attack" for part in parts)


def test_on_the_day_of_review_there_is_no_banner():
    assert copy_of(TWO_INHALERS, 7, today=date(2027, 11, 1))[0].band is Band.HEAD


def test_every_regimen_is_explained():
    for regimen in Regimen:
        plan = next(plan for plan, _ in PLANS.values() if plan.regimen is regimen)

        assert any(part.code in {"preventer", "one-inhaler"} for part in copy_of(plan, 13))
