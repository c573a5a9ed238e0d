"""What a copy prints of a plan its reader sees, and what it does not print is hidden from that reader."""

from dataclasses import fields, replace

import pytest

from plans.content import Copy, sections
from plans.content.copies import copies_for
from plans.medicines import read_medicines
from plans.plan import Plan, Slot, Spacer
from plans.seen_by import HIDDEN, seen_by
from tests.plans.examples import BACKUP, FULL, PLANS, TODAY, people

# Without these no plan can be kept, handed over or told apart; the code on paper needs the status.
ALWAYS = {"id", "child_id", "regimen", "version", "status", "author", "signed_at", "ended_at", "review_by"}
# A family may have every copy made from its own.
MADE_FROM = {copy: {copy} for copy in Copy} | {Copy.FAMILY: set(Copy) - {Copy.RECORD, Copy.DISCHARGE}}
# The language that a family reads, in which whoever has their bundle may print the plan.
TO_PRINT = {Copy.FAMILY: {"language"}, Copy.SCHOOL: {"language"}}
SEEN_IN_PART = [copy for copy in Copy if copy not in {Copy.RECORD, Copy.DISCHARGE}]
AGES = (3, 7, 13, 34)
# What is said of an inhaler may turn on which of them is for an attack.
BACKUP_IN_AN_ATTACK = replace(
    PLANS["other"][0],
    medicines={Slot.BACKUP: BACKUP},
    attack_steps=replace(PLANS["other"][0].attack_steps, slot=Slot.BACKUP),
)
RICH = [*FULL.values(), *PLANS.values(), (BACKUP_IN_AN_ATTACK, 7)]
OLD_AND_YOUNG = [(plan, age) for plan, usual in RICH for age in dict.fromkeys((usual, *AGES))]
NAMED = [field.name for field in fields(Plan) if field.name not in ALWAYS]


def printed(copy, plan, age):
    return sections(plan, people(age), copy, read_medicines(), TODAY)


def shows(copy, name):
    """Whether a copy of any plan here says something else without what this field holds."""
    for plan, age in OLD_AND_YOUNG:
        bare = replace(plan, **{name: getattr(Plan("", ""), name)})
        if copy in copies_for(age) and bare != plan and printed(copy, bare, age) != printed(copy, plan, age):
            return True
    return False


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("copy", SEEN_IN_PART)
def test_a_field_is_hidden_from_a_reader_just_when_no_copy_of_theirs_prints_it(copy, name):
    shown = any(shows(one, name) for one in MADE_FROM[copy]) or name in TO_PRINT.get(copy, ())

    assert (name in HIDDEN[copy]) == (not shown)


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("name", FULL)
def test_a_copy_made_from_what_its_reader_sees_says_the_same_of_a_full_plan(name, age):
    plan, _age = FULL[name]

    for copy in copies_for(age):
        assert printed(copy, seen_by(copy, plan), age) == printed(copy, plan, age)


@pytest.mark.parametrize("copy", [Copy.SCHOOL, Copy.WALLET, Copy.EMERGENCY])
def test_the_inhaler_of_the_attack_stays_wherever_it_stands_on_the_plan(copy):
    plan, age = PLANS["other"]
    odd = replace(
        plan,
        medicines=dict.fromkeys((Slot.PREVENTER, Slot.RELIEVER), plan.medicines[Slot.RELIEVER]),
        attack_steps=replace(plan.attack_steps, slot=Slot.PREVENTER),
    )

    assert printed(copy, seen_by(copy, odd), age) == printed(copy, odd, age)


def test_a_wallet_card_is_handed_no_dose_of_a_day_and_of_the_school_whom_to_phone_alone():
    seen = seen_by(Copy.WALLET, FULL["mart"][0])

    assert set(seen.medicines) == {Slot.COMBINATION, Slot.BACKUP}
    assert all(
        (one.morning, one.evening, one.when_needed, one.most_a_day, one.colour) == (None,) * 4 + ("",)
        for one in seen.medicines.values()
    )
    assert seen.medicines[Slot.BACKUP].spacer is Spacer.MOUTHPIECE
    assert (seen.school.contact_name, seen.school.inhaler_place) == ("Mrs Test", "")


@pytest.mark.parametrize("copy", [Copy.SCHOOL, Copy.CHILD, Copy.WALLET, Copy.EMERGENCY])
def test_an_allergy_that_could_not_be_mistaken_for_asthma_is_the_familys_alone(copy):
    seen = seen_by(copy, FULL["two inhalers"][0])

    assert [allergy.name for allergy in seen.allergies] == ["Peanut"]
