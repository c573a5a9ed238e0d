"""Each inhaler's job is said only where it is known, and steps that a clinician wrote name their inhaler."""

import re
from dataclasses import replace

import pytest

from plans.content import Copy
from plans.content.attack import attack
from plans.content.copies import body
from plans.content.explanations import explanations
from plans.content.readers import People, Subject
from plans.content.school import school_sections
from plans.content.technique import techniques
from plans.medicines import read_medicines
from plans.plan import UNLISTED, AttackSteps, Medicine, Regimen, Slot, Spacer, Unlisted
from plans.products import Device
from plans.seen_by import seen_by
from tests.plans.examples import (
    BACKUP,
    FLIXOTIDE,
    GP,
    MART,
    PRACTICE,
    TERBUTALINE,
    TWO_INHALERS,
    VENTOLIN,
    child,
    said,
)

PEOPLE = People(child(7), PRACTICE, GP)
SERETIDE = Medicine("seretide-evohaler-50", "purple", 2, 2, None, Spacer.MOUTHPIECE)
RELVAR = Medicine("relvar-ellipta-92-22", morning=1)
FLUTIFORM = Medicine("flutiform-50-5", "grey", 2, 2, None, Spacer.MOUTHPIECE)
SYMBICORT = Medicine("symbicort-turbohaler-100-6", "white, red grip", 1, 1, 1)
BY_HAND = Medicine(
    UNLISTED, "blue", 1, 1, 1, unlisted=Unlisted("Breatheasy", "55 microgram", Device.DRY_POWDER)
)
STEPS = AttackSteps(puffs=2, gap_seconds=60, maximum=6, slot=Slot.RELIEVER)
SPACER = ("With the spacer, take 5 breaths for each puff.", "Use a spacer if there is one.")


def other(medicines, slot=Slot.RELIEVER, **changes):
    steps = replace(STEPS, slot=slot)
    return replace(TWO_INHALERS, regimen=Regimen.OTHER, medicines=medicines, attack_steps=steps, **changes)


def about(plan, age=7):
    return Subject(plan, age, read_medicines())


def explained(plan):
    return said(explanations(about(plan)))


def attack_words(plan, age=7):
    return said([attack(about(plan, age))])


@pytest.mark.parametrize("regimen", [Regimen.PREVENTER_RELIEVER, Regimen.OTHER])
@pytest.mark.parametrize(
    ("preventer", "in_an_attack"),
    [
        pytest.param(FLIXOTIDE, "It does not help in an attack.", id="a steroid alone"),
        pytest.param(SERETIDE, "Do not use it in an attack.", id="with salmeterol"),
        pytest.param(RELVAR, "Do not use it in an attack.", id="with vilanterol"),
        pytest.param(FLUTIFORM, "It is not the inhaler for an attack.", id="with formoterol"),
        pytest.param(SYMBICORT, "It is not the inhaler for an attack.", id="one that may do both jobs"),
    ],
)
def test_a_combination_used_as_a_preventer_is_a_preventer(preventer, in_an_attack, regimen):
    words = explained(replace(other({Slot.PREVENTER: preventer, Slot.RELIEVER: VENTOLIN}), regimen=regimen))

    said_of_an_attack = [one for one in words if "attack." in one and "more likely" not in one]
    assert "It calms the swelling in the airways." in words
    assert [one for one in said_of_an_attack if one.startswith(("It ", "Do "))] == [in_an_attack]


def test_a_preventer_written_by_hand_is_not_said_to_be_no_help():
    words = explained(
        replace(other({Slot.PREVENTER: BY_HAND, Slot.RELIEVER: VENTOLIN}), regimen=Regimen.PREVENTER_RELIEVER)
    )

    assert "It is not the inhaler for an attack." in words
    assert "It does not help in an attack." not in words


def test_of_an_inhaler_that_is_in_no_list_no_job_is_said():
    assert (
        explained(other({Slot.PREVENTER: BY_HAND, Slot.RELIEVER: BY_HAND, Slot.COMBINATION: BY_HAND})) == []
    )


def test_an_inhaler_for_both_jobs_is_not_said_to_do_nothing_for_the_swelling():
    words = explained(other({Slot.RELIEVER: SYMBICORT}))

    assert words == []


def test_an_inhaler_for_both_jobs_is_explained_as_it_is_taken():
    daily = explained(other({Slot.COMBINATION: SYMBICORT}, Slot.COMBINATION))
    only_needed = explained(
        other({Slot.COMBINATION: replace(SYMBICORT, morning=None, evening=None)}, Slot.COMBINATION)
    )

    assert "What Symbicort Turbohaler does" in daily
    assert "It calms the swelling and opens the tight airways." in daily
    assert "The daily puffs keep the swelling down." in daily
    assert not [words for words in only_needed if "daily" in words]


def test_the_preventer_that_is_used_in_an_attack_is_not_called_no_help_in_one():
    assert "attack" not in " ".join(explained(other({Slot.PREVENTER: FLIXOTIDE}, Slot.PREVENTER)))


@pytest.mark.parametrize("slot", [Slot.RELIEVER, Slot.COMBINATION, Slot.BACKUP])
def test_the_steps_name_their_inhaler_on_the_school_copy_too(slot):
    medicines = {Slot.RELIEVER: VENTOLIN, Slot.COMBINATION: SYMBICORT, Slot.BACKUP: BACKUP}
    plan = other(medicines, slot)
    name = about(plan).printed_name(medicines[slot]).text

    for copy in (Copy.FAMILY, Copy.SCHOOL):
        words = said(body(copy, about(seen_by(copy, plan)), PEOPLE))
        assert f"Use {name}: 2 puffs each time." in words


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD])
def test_puffs_for_symptoms_are_of_the_reliever_although_another_inhaler_is_for_an_attack(copy):
    plan = other({Slot.RELIEVER: VENTOLIN, Slot.COMBINATION: SYMBICORT}, Slot.COMBINATION, exercise_puffs=2)
    words = " ".join(said(body(copy, about(seen_by(copy, plan)), PEOPLE)))

    assert "puffs of Ventolin" in words
    assert not re.search(r"[42] puffs of Symbicort|(Use|take) 1 puff of Symbicort", words.split("In the")[0])


def test_a_young_child_reads_of_daily_puffs_of_whichever_inhaler_has_them():
    plan = other({Slot.COMBINATION: SYMBICORT}, Slot.COMBINATION)

    assert "In the morning I take 1 puff of Symbicort Turbohaler." in said(
        body(Copy.CHILD, about(plan), PEOPLE)
    )


@pytest.mark.parametrize(
    ("medicine", "spacer"),
    [
        pytest.param(VENTOLIN, SPACER[0], id="an aerosol with its spacer"),
        pytest.param(replace(VENTOLIN, spacer=None), SPACER[1], id="an aerosol"),
        pytest.param(SYMBICORT, None, id="a dry powder"),
        pytest.param(replace(SYMBICORT, spacer=Spacer.MOUTHPIECE), None, id="a dry powder and a slip"),
        pytest.param(BY_HAND, None, id="a dry powder in no list"),
        pytest.param(
            replace(BY_HAND, unlisted=Unlisted("Breatheasy", "55 microgram", Device.PMDI)),
            None,
            id="an aerosol in no list",
        ),
    ],
)
def test_a_spacer_is_spoken_of_only_where_one_surely_fits(medicine, spacer):
    words = attack_words(other({Slot.RELIEVER: medicine}))

    assert [one for one in words if "spacer" in one] == ([spacer] if spacer else [])


@pytest.mark.parametrize(
    ("medicine", "sign"),
    [
        (VENTOLIN, "Reliever not helping, or needed again within 4 hours"),
        (SYMBICORT, "Inhaler not helping"),
        (BY_HAND, "Inhaler not helping"),
    ],
)
def test_4_hours_are_said_of_a_reliever_that_is_known(medicine, sign):
    assert sign in attack_words(other({Slot.RELIEVER: medicine}))


@pytest.mark.parametrize("device", [device for device in Device if device is not Device.ORAL])
def test_every_inhaler_has_its_technique_one_in_no_list_by_its_device(device):
    by_hand = Medicine(UNLISTED, when_needed=1, unlisted=Unlisted("Breatheasy", "55 microgram", device))
    parts = list(techniques(about(other({Slot.RELIEVER: by_hand}))))

    assert len(parts) == 1


@pytest.mark.parametrize("product", [product for product in read_medicines() if product.device])
def test_every_product_that_is_inhaled_has_its_technique(product):
    parts = list(techniques(about(other({Slot.RELIEVER: Medicine(product.key)}))))

    assert bool(parts) == (product.device is not Device.ORAL)


@pytest.mark.parametrize(
    "plan", [MART, TERBUTALINE, other({Slot.RELIEVER: VENTOLIN})], ids=["mart", "written", "other"]
)
def test_only_the_wait_between_puffs_of_the_plans_own_script_is_said(plan):
    """A second wait, for shaking an aerosol, would stand against that of the attack steps."""
    with_an_aerosol = replace(plan, medicines={**plan.medicines, Slot.PREVENTER: FLIXOTIDE})

    assert "Wait 30 to 60 seconds. Shake again before the next puff." in said(techniques(about(TWO_INHALERS)))
    assert "30 to 60 seconds" not in " ".join(said(techniques(about(with_an_aerosol))))
    assert "Shake it again before the next puff." in said(techniques(about(with_an_aerosol)))


@pytest.mark.parametrize(
    ("plan", "age", "blue_with_999"),
    [
        pytest.param(TWO_INHALERS, 7, False, id="script A"),
        pytest.param(MART, 13, True, id="script B"),
        pytest.param(TERBUTALINE, 7, True, id="written"),
        pytest.param(other({Slot.RELIEVER: SYMBICORT}), 7, True, id="other"),
    ],
)
def test_the_schools_own_inhaler_stands_in_only_where_its_steps_are_the_plans(plan, age, blue_with_999):
    """The school's inhaler is salbutamol: beside any other steps it comes with 999."""
    words = said(school_sections(about(plan, age), PEOPLE))

    assert ("Use it only if theirs cannot be found or used. Call 999." in words) == blue_with_999
    assert ("Use it if theirs is missing, empty or broken." in words) != blue_with_999


def test_a_school_is_not_sent_for_a_spacer_that_fits_nothing():
    without = replace(MART.school, spacer_at_school=False)

    assert "spacer" not in " ".join(said(school_sections(about(replace(MART, school=without), 13), PEOPLE)))
    assert "There is no spacer at school. Ask the family for one." in said(
        school_sections(about(replace(TWO_INHALERS, school=without)), PEOPLE)
    )


@pytest.mark.parametrize(("puffs", "words"), [(1, "1 puff"), (2, "2 puffs")])
def test_the_school_reads_of_puffs_before_exercise_only_what_was_entered(puffs, words):
    with_puffs = replace(TWO_INHALERS, exercise_puffs=puffs)

    assert f"Before exercise: {words} of Ventolin Evohaler." in said(
        school_sections(about(with_puffs), PEOPLE)
    )
    assert "exercise:" not in " ".join(said(school_sections(about(TWO_INHALERS), PEOPLE)))


@pytest.mark.parametrize(
    ("spoken", "interpreter", "expected"),
    [
        ("Pahari", True, ["The family speaks Pahari.", "They need an interpreter."]),
        ("Pahari", False, ["The family speaks Pahari."]),
        ("", True, ["The family needs an interpreter."]),
        ("", None, []),
    ],
)
def test_the_school_reads_beside_the_phone_what_the_family_speaks(spoken, interpreter, expected):
    plan = replace(TWO_INHALERS, language_spoken=spoken, interpreter=interpreter)
    words = said(school_sections(about(plan), PEOPLE))

    assert [one for one in words if "speaks" in one or "interpreter" in one] == expected
