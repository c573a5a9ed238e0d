"""What a plan says in an attack: the one script that fits, 999 before step 1, allergy before the inhaler."""

from dataclasses import replace

import pytest

from plans.content import Copy
from plans.content.attack_steps import SCRIPTS
from plans.plan import Allergy, Slot
from plans.regimens import Script
from plans.sections import Kind, Line
from tests.plans.examples import (
    AIR,
    DRAFT,
    MART,
    MART_WITH_BACKUP,
    MASK,
    PLANS,
    TERBUTALINE,
    TWO_INHALERS,
    WRITTEN,
    copy_of,
    in_english,
    said,
)

SCRIPT_A = "Use Ventolin Evohaler: 1 puff every 30 to 60 seconds, up to 10 puffs."
SCRIPT_B = "Use Symbicort Turbohaler: 1 puff every 1 to 3 minutes, up to 6 puffs."
DANGER_FIRST = "Any danger sign: call 999 now. Keep giving puffs while you wait. Never leave the child alone."


def attack_of(plan, age, copy=Copy.FAMILY):
    return next(part for part in copy_of(plan, age, copy) if part.code == "attack")


def lines(section, *kinds):
    items = (item for item in section.items if isinstance(item, Line) and item.kind in kinds)
    return [" ".join(in_english(words) for words in item.words) for item in items]


def test_each_script_has_its_steps():
    assert set(SCRIPTS) == set(Script) - {Script.NONE}


@pytest.mark.parametrize(
    ("plan", "age", "use"),
    [
        pytest.param(TWO_INHALERS, 7, SCRIPT_A, id="A: a separate blue inhaler"),
        pytest.param(MASK, 3, SCRIPT_A.replace("Ventolin Evohaler", "Salamol"), id="A under 5"),
        pytest.param(MART, 13, SCRIPT_B, id="B: MART"),
        pytest.param(AIR, 15, SCRIPT_B, id="B: AIR"),
        pytest.param(
            WRITTEN, 7, "Use Symbicort Turbohaler 200/6: 1 puff each time.", id="written for MART at 7"
        ),
        pytest.param(
            TERBUTALINE, 7, "Use Bricanyl Turbohaler 500 microgram: 2 puffs each time.", id="written"
        ),
    ],
)
def test_the_steps_are_those_of_the_one_script_that_fits(plan, age, use):
    second = lines(attack_of(plan, age), Kind.STEP)[1]

    assert second.startswith(use)


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15), (WRITTEN, 7), (TERBUTALINE, 7)])
def test_scripts_are_never_mixed(plan, age):
    text = " ".join(said([attack_of(plan, age)]))

    assert "30 to 60 seconds" not in text
    assert "10 puffs" not in text


def test_written_steps_print_as_fields_around_sentences():
    second, third = lines(attack_of(TERBUTALINE, 7), Kind.STEP)[1:3]

    assert "Wait 45 seconds between times." in second
    assert "Use up to 8 puffs in all." in second
    assert "No better after 8 puffs? Call 999." in third


def test_a_gap_of_whole_minutes_is_said_in_minutes():
    assert "Wait 2 minutes between times." in lines(attack_of(WRITTEN, 7), Kind.STEP)[1]


def test_a_plan_without_steps_says_so_and_sends_to_999():
    attack = attack_of(DRAFT, 7)

    assert lines(attack, Kind.STEP) == []
    assert "In an attack, call 999." in " ".join(lines(attack, Kind.ALARM))


@pytest.mark.parametrize("name", PLANS)
def test_999_does_not_wait_for_puffs(name):
    plan, age = PLANS[name]
    items = attack_of(plan, age).items
    texts = [" ".join(in_english(w) for w in item.words) for item in items if isinstance(item, Line)]
    first_step = next((at for at, item in enumerate(items) if item.kind == Kind.STEP), len(texts))

    assert texts.index(DANGER_FIRST) < first_step


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_script_b_says_when_to_call_above_step_1(plan, age):
    assert (
        "No inhaler to hand, worse at any point, or no better after 6 puffs: call 999."
        in lines(attack_of(plan, age), Kind.ALARM)[1]
    )


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.RECORD])
def test_a_severe_allergy_opens_the_attack_before_the_inhaler(copy):
    first = attack_of(TWO_INHALERS, 7, copy).items[0]

    assert first.kind == Kind.ALARM
    assert " ".join(in_english(words) for words in first.words) == (
        "Severe allergy: Peanut and tree nuts, Egg. "
        "Sudden trouble breathing may be a severe allergic reaction. "
        "If there is an adrenaline pen, use it first. Call 999 and say anaphylaxis. Then use the inhaler."
    )


def test_an_allergy_that_is_not_severe_does_not_delay_the_inhaler():
    plan = replace(TWO_INHALERS, allergies=(Allergy("Grass pollen", severe=False),))

    assert "adrenaline" not in " ".join(said([attack_of(plan, 7)]))


def test_a_backup_inhaler_is_explained_on_the_family_and_school_copy():
    line = "Cannot find or use it? Use any blue inhaler and call 999."

    for copy in (Copy.FAMILY, Copy.SCHOOL):
        assert line in lines(attack_of(MART_WITH_BACKUP, 13, copy), Kind.ALARM)
    assert line not in said([attack_of(MART, 13)])


def test_a_child_under_5_has_danger_signs_of_its_own():
    signs = lines(attack_of(MASK, 3), Kind.DANGER)

    assert "Skin pulls in at the ribs or neck, or the tummy pumps" in signs
    assert "Skin pulls in at the ribs or neck, or the tummy pumps" not in lines(
        attack_of(TWO_INHALERS, 7), Kind.DANGER
    )


def test_colour_of_the_lips_is_said_for_every_skin_and_never_waited_for():
    signs = lines(attack_of(TWO_INHALERS, 7), Kind.DANGER)

    assert "Lips, tongue or gums blue, grey or pale. Do not wait for a colour change." in signs


def test_the_attack_inhaler_is_the_relievers_slot_or_the_one_inhaler():
    without = replace(TWO_INHALERS, medicines={Slot.PREVENTER: TWO_INHALERS.medicines[Slot.PREVENTER]})

    assert lines(attack_of(without, 7), Kind.STEP) == []
