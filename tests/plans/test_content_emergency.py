"""The emergency card: all that is needed beside a child in an attack, what to do first first, and no more."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from plans.content import Copy
from plans.content.attack import attack
from plans.content.copies import copies_for, sections
from plans.content.readers import Subject
from plans.medicines import read_medicines
from plans.month_year import MonthYear
from plans.places import Organisation, OrganisationKind
from plans.school_inhaler import SchoolInhaler, Spacer, as_checked
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
    """Hazards 1 and 2: a severe allergy, then 999, then the steps; the signs come after."""
    here = items(card(name))
    call_999 = place_of(lambda item: item.kind == Kind.ALARM and "Any danger sign" in str(item), here)
    steps = [at for at, item in enumerate(here) if item.kind in {Kind.STEP, Kind.PHRASE}]
    signs = [at for at, item in enumerate(here) if item.kind in {Kind.DANGER, Kind.SIGN}]

    assert call_999 < min(steps) <= max(steps) < min(signs)
    pens = [at for at, item in enumerate(here) if getattr(item, "picture", "") == "pen" and at < call_999]
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


LAST_CHECK = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHECKED = SchoolInhaler(
    "c1", "s1", True, Spacer.THERE, "role", LAST_CHECK, place="Room 4", expires=MonthYear(2026, 10)
)


@pytest.mark.parametrize(
    ("found", "consent", "warned", "instead"),
    [
        ({}, True, "This inhaler expired on 2026-10-31.", "The family agrees"),
        (
            {"is_there": False, "place": ""},
            True,
            "The inhaler was not there when last checked.",
            "The family",
        ),
        (
            {"doses_left": 0},
            False,
            "The inhaler was empty when last checked.",
            "Call 999 if there is no inhaler",
        ),
        ({"expires": MonthYear(2027, 10)}, None, "", ""),
    ],
)
@pytest.mark.parametrize("copy", [Copy.EMERGENCY, Copy.SCHOOL])
def test_beside_the_place_stands_what_the_last_check_found_and_when(copy, found, consent, warned, instead):
    """Nobody is sent to an inhaler that school knows to be missing, empty or past its date."""
    care = replace(TWO_INHALERS.school, emergency_inhaler_consent=consent)
    checked = as_checked(replace(CHECKED, **found), "s1", TODAY)
    plan, around = replace(TWO_INHALERS, school=care), replace(people(7), inhaler=checked)

    parts = sections(plan, around, copy, MEDICINES, TODAY)

    here = repr(next(part for part in parts if part.code in {"emergency-inhaler", "inhaler-at-school"}))
    words = said(parts)
    assert "Last checked on 2026-11-02." in words
    assert ("Room 4" in here) == bool(checked.place)
    assert bool(warned) == checked.is_lacking
    if warned and copy is Copy.EMERGENCY:
        place = here.index("Room 4" if bool(checked.place) else "In the school office")
        assert here.index(warned[:20]) < here.index(instead) < place


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
