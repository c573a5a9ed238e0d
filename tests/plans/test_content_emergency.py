"""The emergency card: all that is needed beside a child in an attack, what to do first first, and no more."""

from dataclasses import replace

import pytest

from plans.content import Copy
from plans.content.attack import attack
from plans.content.copies import copies_for, sections
from plans.content.readers import Subject
from plans.medicines import read_medicines
from plans.places import Organisation, OrganisationKind
from plans.sections import Band, Kind
from tests.plans.examples import FULL, MART, PLANS, TODAY, TWO_INHALERS, copy_of, people, said

EVERY = {**PLANS, **{f"full {name}": one for name, one in FULL.items() if one[1] < 19}}
MEDICINES = read_medicines()


def card(name):
    plan, age = EVERY[name]
    return copy_of(plan, age, Copy.EMERGENCY)


def items(parts):
    return [item for part in parts for item in part.items]


def place_of(wanted, here):
    return next(at for at, item in enumerate(here) if wanted(item))


@pytest.mark.parametrize("name", EVERY)
def test_all_that_the_plan_says_of_an_attack_is_on_the_card_but_for_the_meter(name):
    plan, age = EVERY[name]
    without_meter = replace(plan, peak_flow=None)

    wanted = attack(Subject(without_meter, age, MEDICINES)).items

    here = items(part for part in card(name) if part.band is Band.ATTACK)
    assert sorted(map(repr, here)) == sorted(map(repr, wanted))
    steps = [item for item in here if item.kind == Kind.STEP]
    assert steps == [item for item in wanted if item.kind == Kind.STEP]


@pytest.mark.parametrize("name", EVERY)
def test_it_is_read_in_the_order_of_what_to_do(name):
    """Hazards 1 and 2: a severe allergy, then the danger signs and 999, then the steps."""
    here = items(card(name))
    danger = place_of(lambda item: item.kind == Kind.DANGER, here)
    call_999 = place_of(lambda item: item.kind == Kind.ALARM and "Any danger sign" in str(item), here)
    after = [at for at, item in enumerate(here) if item.kind in {Kind.SIGN, Kind.STEP, Kind.PHRASE}]

    assert danger < call_999 < min(after)
    pens = [at for at, item in enumerate(here) if getattr(item, "picture", "") == "pen" and at < danger]
    assert len(pens) == any(allergy.severe for allergy in EVERY[name][0].allergies)


def test_the_card_says_who_the_child_is_by_name_birth_school_and_version():
    school = Organisation("s1", OrganisationKind.SCHOOL, "Larkhill Green Primary School")
    parts = sections(TWO_INHALERS, replace(people(7), school=school), Copy.EMERGENCY, MEDICINES, TODAY)

    assert [fact.code for fact in parts[0].items] == ["name", "born", "school", "version"]
    assert "Larkhill Green Primary School" in repr(parts[0])


def test_the_card_says_where_the_inhaler_is_what_may_stand_in_for_it_and_whom_to_tell():
    parts = copy_of(TWO_INHALERS, 7, Copy.EMERGENCY)
    words = said(parts)

    assert "In the school office" in repr(parts)
    for sentence in (
        "There is a spacer at school.",
        "The family agrees: the school's own inhaler may be used.",
        "The adrenaline pens run out on 2027-06-30.",
        "Family: Mrs Test, 07700 900123.",
        "GP surgery: 0121 496 0123.",
    ):
        assert sentence in words


def test_on_one_inhaler_the_schools_own_blue_one_comes_with_999():
    """Hazard 5."""
    words = said(copy_of(MART, 13, Copy.EMERGENCY))

    assert "Use it only if theirs cannot be found or used. Call 999." in words


@pytest.mark.parametrize(
    "private",
    [
        "elephant",
        "Flixotide",
        "Dr Amina Lee",
        "999 104 7077",
        "9991047077",
        "L/min",
        "colds",
        "in the morning",
        "It is on order.",
        "rednisolone",
        "Grass pollen",
        "Pahari",
    ],
)
def test_the_card_has_no_daily_dose_no_number_and_no_reason(private):
    assert private not in repr(copy_of(TWO_INHALERS, 7, Copy.EMERGENCY))
    assert private not in repr(copy_of(*FULL["two inhalers"], Copy.EMERGENCY))


@pytest.mark.parametrize(("age", "there"), [(0, True), (18, True), (19, False)])
def test_the_card_is_made_for_everybody_of_an_age_at_school_and_below(age, there):
    assert (Copy.EMERGENCY in copies_for(age)) == there
