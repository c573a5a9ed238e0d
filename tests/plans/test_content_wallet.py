"""The card for a wallet: the attack steps of the plan and whom to phone, and nothing of the day."""

import pytest

from plans.content import Copy
from plans.content.attack import attack
from plans.content.readers import Subject
from plans.medicines import read_medicines
from plans.sections import Band, Kind
from tests.plans.examples import FULL, MART, PLANS, TWO_INHALERS, copy_of, said

EVERY = {**PLANS, **{f"full {name}": one for name, one in FULL.items()}}


def card(name):
    plan, age = EVERY[name]
    return copy_of(plan, age, Copy.WALLET)


@pytest.mark.parametrize("name", EVERY)
def test_every_alarm_and_step_of_the_attack_is_on_the_card_and_in_order(name):
    plan, age = EVERY[name]
    here = [item for part in card(name) for item in part.items]
    items = attack(Subject(plan, age, read_medicines())).items
    allergy = [item for item in items if item.kind == Kind.ALARM and item.picture == "pen"]

    wanted = [
        item for item in items if item.kind in {Kind.ALARM, Kind.STEP, Kind.PHRASE} and item not in allergy
    ]
    assert [item for item in here if item in wanted][-len(wanted) :] == wanted
    for alarm in allergy:
        assert (*here[3].words, *here[4].words) == alarm.words  # below name, date of birth and version


@pytest.mark.parametrize("name", EVERY)
def test_999_stands_above_the_steps(name):
    here = [item for part in card(name) for item in part.items]
    called = next(i for i, item in enumerate(here) if item.kind == Kind.ALARM and "999" in str(item.words))
    steps = [i for i, item in enumerate(here) if item.kind == Kind.STEP]

    assert all(called < step for step in steps)


def test_a_severe_allergy_is_the_first_line_below_the_name():
    parts = card("two inhalers")

    assert parts[0].band is Band.HEAD
    assert said(parts[1:2])[1] == "Severe allergy: Peanut and tree nuts, Egg."
    assert "If there is an adrenaline pen, use it first." in said(parts[1:2])


def test_the_card_names_the_child_by_name_date_of_birth_and_version_alone():
    head = copy_of(TWO_INHALERS, 7, Copy.WALLET)[0]

    assert [fact.code for fact in head.items] == ["name", "born", "version"]


def test_the_card_says_whom_to_phone():
    words = said(copy_of(MART, 13, Copy.WALLET))

    assert "Family: Mrs Test, 07700 900123." in words
    assert "GP surgery: 0121 496 0123." in words


@pytest.mark.parametrize(
    "private", ["elephant", "Flixotide", "Dr Amina Lee", "999 104 7077", "170 L/min", "colds"]
)
def test_the_card_says_nothing_of_the_day(private):
    assert private not in repr(copy_of(TWO_INHALERS, 7, Copy.WALLET))
