"""Attack scripts can never be mixed up: every product, regimen and age, against a table typed by hand."""

import re
from dataclasses import replace

import pytest

from plans.content.attack import attack
from plans.content.copies import body, copies_for
from plans.content.readers import People, Subject
from plans.medicines import read_medicines
from plans.plan import UNLISTED, AttackSteps, Medicine, Regimen, Slot, Unlisted
from plans.products import Device
from plans.regimens import Script
from plans.sections import Kind, Line
from plans.seen_by import seen_by
from tests.plans.examples import BACKUP, FLIXOTIDE, GP, MART, PRACTICE, TWO_INHALERS, child, in_english

AGES = (3, 7, 11, 12, 13, 17, 34)  # years
ONE_OF_EACH_AGE = (7, 13, 34)  # of a child, an older child and an adult: what is typed knows no other
MEDICINES = read_medicines()
# The regimen of one inhaler: product, and the age from which the standard steps surely fit it, typed from
# clinical reference 1.6. Half-size puffs, an age in conflict and a licence in conflict are not in it.
SURELY = {
    Regimen.AIR: {"symbicort-turbohaler-200-6": 12},
    Regimen.MART: {
        "symbicort-turbohaler-200-6": 12,
        "symbicort-turbohaler-100-6": 12,
        "duoresp-spiromax-160-4-5": 12,
        "fobumix-easyhaler-160-4-5": 12,
        "fostair-100-6": 18,
        "fostair-nexthaler-100-6": 18,
        "luforbec-100-6": 18,
    },
}
# The relievers for which the steps of 10 puffs are written, typed from clinical reference 5.1.
SALBUTAMOL_100_AEROSOLS = {
    "ventolin-evohaler-100",
    "salamol-100",
    "airomir-100",
    "salbutamol-cfc-free-inhaler-100",
}
TYPED = AttackSteps(puffs=3, gap_seconds=90, maximum=7)
WRITTEN_BY_HAND = [
    Medicine(UNLISTED, when_needed=1, unlisted=Unlisted("Breatheasy", "55 microgram", device))
    for device in Device
]
INHALERS = [*(Medicine(product.key, when_needed=1) for product in MEDICINES), *WRITTEN_BY_HAND]
PLACE = {
    Regimen.PREVENTER_RELIEVER: Slot.RELIEVER,
    Regimen.MART: Slot.COMBINATION,
    Regimen.AIR: Slot.COMBINATION,
    Regimen.OTHER: Slot.COMBINATION,
}
# What only one script says.
A = "1 puff every 30 to 60 seconds, up to 10 puffs."
B = "1 puff every 1 to 3 minutes, up to 6 puffs."
TYPED_STEPS = "3 puffs each time."
NUMBERS = re.compile(r"\d+")
# 10 is the minutes to wait for the ambulance, 2 the step to do again, 5 the breaths of a spacer.
NUMBERS_OF = {
    A: {"1", "30", "60", "10", "2", "5", "999"},
    B: {"1", "3", "10", "6", "2", "5", "999"},
    TYPED_STEPS: {"3", "90", "7", "10", "5", "999"},
}


def plan_of(regimen, inhaler, steps=None):
    beside = {Slot.PREVENTER: FLIXOTIDE} if regimen is Regimen.PREVENTER_RELIEVER else {}
    if steps and regimen is Regimen.OTHER:
        steps = replace(steps, slot=PLACE[regimen])
    base = TWO_INHALERS if regimen is Regimen.PREVENTER_RELIEVER else MART
    medicines = {**beside, PLACE[regimen]: inhaler}
    return replace(base, regimen=regimen, medicines=medicines, attack_steps=steps, peak_flow=None)


def steps_of(plan, age):
    """Return the words of the numbered steps, without the names of inhalers, which hold numbers too."""
    about = Subject(plan, age, MEDICINES)
    lines = [item for item in attack(about).items if isinstance(item, Line) and item.kind is Kind.STEP]
    words = [in_english(sentence) for line in lines for sentence in line.words]
    name = about.attack_medicine
    names = (about.printed_name(name).text, about.brand(name).text) if name else ()
    for text in names:
        words = [sentence.replace(text, "it") for sentence in words]
    return " ".join(words)


def standard(regimen, key, age):
    """Return the standard script that surely fits, None where a clinician writes the steps."""
    if regimen is Regimen.PREVENTER_RELIEVER:
        return A if key in SALBUTAMOL_100_AEROSOLS else None
    return B if age >= SURELY.get(regimen, {}).get(key, 200) else None


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("regimen", Regimen)
def test_the_standard_steps_print_for_the_products_and_ages_they_are_written_for_and_no_other(regimen, age):
    """Hazard 3: by the exact product and the signed regimen, never by the class of the drug."""
    for inhaler in INHALERS:
        printed = steps_of(plan_of(regimen, inhaler), age)

        expected = standard(regimen, inhaler.product, age)
        assert [script for script in (A, B) if script in printed] == ([expected] if expected else [])
        assert bool(printed) == bool(expected), inhaler.product


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("regimen", Regimen)
def test_steps_that_a_clinician_typed_are_printed_alone(regimen, age):
    for inhaler in INHALERS:
        printed = steps_of(plan_of(regimen, inhaler, TYPED), age)

        assert [script for script in NUMBERS_OF if script in printed] == [TYPED_STEPS], inhaler.product
        assert "Wait 90 seconds between times. Use up to 7 puffs in all." in printed
        assert "No better after 7 puffs? Call 999." in printed


@pytest.mark.parametrize("steps", [None, TYPED])
@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("regimen", Regimen)
def test_every_number_of_the_steps_comes_from_their_one_script_or_was_typed(regimen, age, steps):
    for inhaler in INHALERS:
        printed = steps_of(plan_of(regimen, inhaler, steps), age)
        script = next((script for script in NUMBERS_OF if script in printed), None)

        assert set(NUMBERS.findall(printed)) <= (NUMBERS_OF[script] if script else set()), inhaler.product


@pytest.mark.parametrize("missing", ["puffs", "gap_seconds", "maximum"])
def test_steps_that_are_not_typed_in_full_are_none_and_send_to_999(missing):
    plan = plan_of(Regimen.OTHER, BACKUP, replace(TYPED, **{missing: None}))

    assert steps_of(plan, 7) == ""
    assert "The attack steps are not written yet. In an attack, call 999." in [
        in_english(sentence) for sentence in attack(Subject(plan, 7, MEDICINES)).sentences()
    ]


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("regimen", Regimen)
def test_no_copy_has_another_script_than_the_plan(regimen, age):
    """Each copy is built from what its reader sees: to leave something out must not change the steps."""
    nobody = People(child(7), PRACTICE, GP)
    for inhaler in INHALERS:
        for steps in (None, TYPED) if age in ONE_OF_EACH_AGE else (None,):
            plan = plan_of(regimen, inhaler, steps)
            whole = script_words(attack(Subject(plan, age, MEDICINES)).sentences())
            for copy in copies_for(age):
                about = Subject(seen_by(copy, plan), age, MEDICINES)
                for part in body(copy, about, nobody):
                    assert script_words(part.sentences()) <= whole, (copy, inhaler.product)


def script_words(sentences):
    words = "\n".join(map(in_english, sentences))
    return {script for script in NUMBERS_OF if script in words}


THREE = {Slot.RELIEVER: "salamol-100", Slot.BACKUP: "ventolin-evohaler-100", Slot.COMBINATION: "airomir-100"}


@pytest.mark.parametrize("slot", THREE)
def test_of_several_relievers_the_attack_names_one(slot):
    medicines = {place: Medicine(key, when_needed=2) for place, key in THREE.items()}
    plan = replace(
        TWO_INHALERS, regimen=Regimen.OTHER, medicines=medicines, attack_steps=replace(TYPED, slot=slot)
    )
    text = " ".join(in_english(one) for one in attack(Subject(plan, 7, MEDICINES)).sentences())

    brands = {MEDICINES.by_key(key).brand for key in THREE.values()}
    assert {brand for brand in brands if brand in text} == {MEDICINES.by_key(THREE[slot]).brand}


def test_two_inhalers_of_one_brand_are_told_apart_by_their_strength():
    medicines = {
        Slot.PREVENTER: Medicine("symbicort-turbohaler-400-12", morning=1),
        Slot.COMBINATION: Medicine("symbicort-turbohaler-100-6", when_needed=1),
    }
    steps = replace(TYPED, slot=Slot.COMBINATION)
    plan = replace(MART, regimen=Regimen.OTHER, medicines=medicines, attack_steps=steps)
    words = [in_english(one) for one in attack(Subject(plan, 13, MEDICINES)).sentences()]

    assert "Use Symbicort Turbohaler 100/6: 3 puffs each time." in words


@pytest.mark.parametrize("regimen", [Regimen.MART, Regimen.AIR])
def test_a_reliever_left_in_its_place_beside_mart_or_air_stops_the_standard_steps(regimen):
    """Hazard 5: only a backup may stand beside them, and it has its own line."""
    plan = plan_of(regimen, Medicine("symbicort-turbohaler-200-6", when_needed=1))
    beside = replace(plan, medicines={**plan.medicines, Slot.RELIEVER: BACKUP})
    backed_up = replace(plan, medicines={**plan.medicines, Slot.BACKUP: BACKUP})

    assert Subject(beside, 13, MEDICINES).script is Script.WRITTEN
    assert Subject(backed_up, 13, MEDICINES).script is Script.B


def one_inhaler_cases():
    for regimen in (Regimen.MART, Regimen.AIR):
        for inhaler in INHALERS:
            yield regimen, inhaler


CONVENTIONAL = (
    "does not help in an attack",
    "Do not use it in an attack",
    "does nothing for the swelling",
    "It lasts for about 4 hours",
    "Using only the reliever",
    "30 to 60 seconds",
    "10 puffs",
    "preventer",
    "reliever",
)
# Blue is said only of an inhaler that is not the plan's own, with 999, and a clinician confirms it.
ABOUT_A_BLUE_INHALER = {"backup-inhaler", "school-blue-inhaler"}
BY_THE_DAY = ("every day", "daily", "in the morning", "in the evening")


@pytest.mark.parametrize("age", ONE_OF_EACH_AGE)
def test_no_copy_of_a_mart_or_air_plan_speaks_of_a_preventer_and_a_reliever(age):
    """Hazard 4: MART and AIR have their own sentences, in every copy and with every product."""
    nobody = People(child(7), PRACTICE, GP)
    for regimen, inhaler in one_inhaler_cases():
        plan = plan_of(regimen, inhaler, TYPED)
        forbidden = [one.lower() for one in CONVENTIONAL + (BY_THE_DAY if regimen is Regimen.AIR else ())]
        for copy in copies_for(age):
            for part in body(copy, Subject(plan, age, MEDICINES), nobody):
                for sentence in part.sentences():
                    words = in_english(sentence)
                    lower = words.lower()
                    assert not [one for one in forbidden if one in lower], (copy, words)
                    assert "blue" not in words.split() or sentence.confirm in ABOUT_A_BLUE_INHALER, words
