"""Further treatment is printed as it was typed, and only where it was typed; nothing is computed from it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.content import Copy
from plans.content.further import START_RULES
from plans.further_treatment import (
    Diagnosis,
    Increase,
    Nebuliser,
    StartRule,
    SteroidPack,
    Trial,
    Weaning,
)
from plans.plan import UNLISTED, AttackSteps, Medicine, Regimen, Slot, Status, Unlisted
from plans.products import Device
from plans.sections import Band
from tests.plans.examples import (
    AIR,
    BY_HAND,
    FULL,
    MART,
    MART_WITH_BACKUP,
    MASK,
    SYMBICORT_MART,
    TWO_INHALERS,
    copy_of,
    in_english,
    said,
)

PACK = SteroidPack(True, "prednisolone-soluble-tablets-5mg", 20, 4, 3, StartRule.TOLD)
TRIAL = replace(MASK, trial=Trial(Diagnosis.SUSPECTED, date(2027, 1, 31)))


def part(plan, age, code, copy=Copy.FAMILY):
    return next(section for section in copy_of(plan, age, copy) if section.code == code)


def with_most(plan, most):
    combination = replace(plan.medicines[Slot.COMBINATION], most_a_day=most)
    return replace(plan, medicines={**plan.medicines, Slot.COMBINATION: combination})


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_the_most_puffs_in_a_day_is_the_clinicians_number(plan, age):
    words = "More than 12 puffs in 1 day? Phone the surgery the same day."

    assert words in said([part(with_most(plan, 12), age, "worse")])


def test_montelukast_written_by_hand_has_its_warning_too():
    by_hand = Medicine(UNLISTED, evening=1, unlisted=Unlisted("Singulair", "5mg", Device.ORAL))
    plan = replace(MART, medicines={**MART.medicines, Slot.ADD_ON: by_hand})

    assert "It can change sleep or mood." in said([part(plan, 13, "everyday")])


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_without_a_number_nothing_is_said_of_the_most_puffs(plan, age):
    assert "in 1 day" not in " ".join(said(copy_of(plan, age)))


def test_on_another_regimen_the_most_puffs_name_their_inhaler():
    medicines = {Slot.COMBINATION: replace(SYMBICORT_MART, most_a_day=6), Slot.RELIEVER: BY_HAND}
    plan = replace(TWO_INHALERS, regimen=Regimen.OTHER, medicines=medicines)

    assert "More than 6 puffs of Symbicort Turbohaler in 1 day? Phone the surgery the same day." in said(
        [part(plan, 13, "worse")]
    )


@pytest.mark.parametrize(
    ("increase", "first"),
    [
        (Increase(4, 6, 7), "Take 4 puffs of Flixotide Evohaler in the morning and 6 in the evening."),
        (Increase(4, None, 7), "Take 4 puffs of Flixotide Evohaler in the morning."),
        (Increase(None, 6, 7), "Take 6 puffs of Flixotide Evohaler in the evening."),
    ],
)
def test_an_increase_stands_in_place_of_the_usual_puffs_and_ends(increase, first):
    sentences = said([part(replace(TWO_INHALERS, increase=increase), 34, "worse")])
    at = sentences.index(first)

    assert sentences[at + 1 : at + 3] == [
        "Do this for 7 days, instead of the usual puffs.",
        "Then go back to the usual puffs.",
    ]


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15), (MART_WITH_BACKUP, 13)])
def test_one_inhaler_never_gets_an_increase(plan, age):
    assert said(copy_of(replace(plan, increase=Increase(4, 4, 7)), age)) == said(copy_of(plan, age))


def test_steroids_at_home_say_how_much_when_and_whom_to_tell():
    row = next(
        item
        for item in part(replace(TWO_INHALERS, steroids=PACK), 7, "worse").items
        if getattr(item, "name", None)
    )

    assert row.name.text == "Prednisolone soluble tablets 5mg"
    assert [in_english(dose.sentence) for dose in row.doses] == ["4 tablets once a day"]
    assert [in_english(words) for words in row.words] == [
        "That is 20mg a day.",
        "Take them for 3 days.",
        "Start only when the surgery or the hospital tells you to.",
        "Phone the surgery on the day you start them.",
    ]


def test_a_liquid_is_measured_in_millilitres():
    pack = replace(PACK, product="prednisolone-oral-solution-sugar-free-10mg-ml", amount=3)

    assert "Take 3ml once a day." in said([part(replace(MASK, steroids=pack), 3, "worse")])
    assert "3 tablets once a day" not in said([part(replace(MASK, steroids=pack), 3, "worse")])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": StartRule.PEAK_FLOW, "below": 100}, "Start if peak flow is below 100 L/min."),
        (
            {"start": StartRule.WRITTEN, "start_words": "When the nurse says."},
            "When to start: When the nurse says.",
        ),
    ],
)
def test_the_clinician_says_when_to_start_steroids(changes, words):
    plan = replace(TWO_INHALERS, steroids=replace(PACK, **changes))

    assert words in said([part(plan, 7, "worse")])


def test_every_rule_for_starting_steroids_has_words():
    assert set(START_RULES) == set(StartRule)


def test_steroids_that_were_not_given_are_not_printed():
    plan = replace(TWO_INHALERS, steroids=replace(PACK, supplied=False))

    assert copy_of(plan, 7) == copy_of(TWO_INHALERS, 7)


def test_a_nebuliser_does_not_stand_in_for_the_attack_steps():
    plan = replace(TWO_INHALERS, nebuliser=Nebuliser(True, "Dr Grey", "Northfield Hospital"))
    section = part(plan, 7, "nebuliser")

    assert "It can hide that asthma gets worse, and delay help." in said([section])
    assert "In an attack, follow the attack steps." in said([section])
    assert "Dr Grey" in repr(section)
    assert "Northfield Hospital" in repr(section)


@pytest.mark.parametrize("at_home", [False, None])
def test_no_nebuliser_at_home_prints_nothing(at_home):
    plan = replace(TWO_INHALERS, nebuliser=Nebuliser(at_home, "Dr Grey"))

    assert copy_of(plan, 7) == copy_of(TWO_INHALERS, 7)


def test_a_trial_says_that_it_is_one_until_when_and_that_nothing_is_sure():
    assert said(copy_of(TRIAL, 3)[:1])[1:] == [
        "We think it is asthma, but are not sure yet.",
        "We are trying the preventer.",
        "By 2027-01-31 we decide whether to go on with it.",
        "Keep taking it until then.",
    ]


def test_a_trial_that_is_over_sends_the_family_to_the_surgery():
    notice = said(copy_of(TRIAL, 3, today=date(2027, 2, 1))[:1])

    assert "The trial was to end on 2027-01-31." in notice
    assert "Phone the surgery." in notice
    assert "Keep taking it until then." not in notice


def test_on_the_last_day_of_a_trial_it_still_runs():
    assert "Keep taking it until then." in said(copy_of(TRIAL, 3, today=date(2027, 1, 31))[:1])


def test_a_confirmed_diagnosis_is_no_news_for_the_family():
    plan = replace(MASK, trial=Trial(Diagnosis.CONFIRMED))

    assert copy_of(plan, 3) == copy_of(MASK, 3)
    assert "Asthma is confirmed" in said(copy_of(plan, 3, Copy.RECORD))


@pytest.mark.parametrize("status", [Status.REPLACED, Status.WITHDRAWN])
def test_paper_that_ended_does_not_ask_to_keep_taking_anything(status):
    ended = replace(TRIAL, status=status, ended_at=datetime(2026, 12, 1, 10, tzinfo=UTC))

    assert "Keep taking it until then." not in said(copy_of(ended, 3))


@pytest.mark.parametrize("copy", [Copy.SCHOOL, Copy.CHILD])
def test_a_trial_is_not_told_at_school_or_to_the_child(copy):
    assert copy_of(TRIAL, 3, copy) == copy_of(MASK, 3, copy)


def test_the_reliever_by_the_clock_is_for_one_attack_and_as_typed():
    plan = replace(TWO_INHALERS, weaning=Weaning(puffs=4, hours=4, days=2))

    assert said([part(plan, 7, "after")])[-5:] == [
        "After this attack, take 4 puffs of Ventolin Evohaler at a time.",
        "Take them every 4 hours.",
        "Do this for 2 days.",
        "Do not do this after other attacks.",
        "Needed sooner? That is an attack. Follow the attack steps.",
    ]


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15), (MART_WITH_BACKUP, 13)])
def test_on_one_inhaler_nothing_is_taken_by_the_clock(plan, age):
    weaning = Weaning(puffs=4, hours=4, days=2)

    assert copy_of(replace(plan, weaning=weaning), age) == copy_of(plan, age)


@pytest.mark.parametrize("hours", [3, 4])
def test_needed_within_4_hours_is_an_attack(hours):
    plan = replace(TWO_INHALERS, worse_hours=hours)

    assert "Needed sooner? That is an attack. Follow the attack steps." in said([part(plan, 7, "worse")])


def test_needed_before_a_longer_wait_is_over_is_an_attack_only_within_4_hours():
    sentences = said([part(replace(TWO_INHALERS, worse_hours=6), 7, "worse")])
    at = sentences.index("You can use it again after 6 hours.")

    assert sentences[at + 1 : at + 3] == [
        "Needed again within 4 hours? That is an attack. Follow the attack steps.",
        "Needed again within 6 hours? See a GP or nurse within 24 hours.",
    ]
    assert "Needed sooner? That is an attack. Follow the attack steps." not in sentences


@pytest.mark.parametrize(
    ("plan", "age", "title"), [(TWO_INHALERS, 7, "Reliever"), (AIR, 15, "One inhaler for both jobs")]
)
def test_puffs_before_exercise_stand_with_the_inhaler_that_relieves(plan, age, title):
    rows = part(replace(plan, exercise_puffs=2), age, "everyday").items
    found = [
        row.title.message
        for row in rows
        for dose in getattr(row, "doses", ())
        if in_english(dose.sentence) == "2 puffs before exercise"
    ]

    assert found == [title]


def test_the_ward_that_may_be_phoned_stands_below_999():
    sentences = said([part(replace(TWO_INHALERS, open_access_phone="0161 496 0124"), 7, "who-to-phone")])

    assert sentences.index("You can phone the ward yourself: 0161 496 0124.") > sentences.index(
        "Any danger sign: call 999 now."
    )


def test_a_steroid_card_that_is_not_needed_is_for_the_record_alone():
    plan = replace(TWO_INHALERS, steroid_card=False)

    assert copy_of(plan, 7) == copy_of(TWO_INHALERS, 7)
    assert "Not needed" in said(copy_of(plan, 7, Copy.RECORD))


def test_a_medicine_written_by_hand_prints_like_any_other_and_the_record_says_so():
    plan, age = FULL["air"]
    row = part(plan, age, "everyday").items[-2]

    assert row.name.text == "Breathewell Mist 2.5 microgram"
    assert "Breathewell Mist 2.5 microgram is not in Puffin's list of medicines." in said(
        copy_of(plan, age, Copy.RECORD)
    )
    assert "list of medicines" not in " ".join(said(copy_of(plan, age)))


def test_of_a_medicine_by_hand_nobody_guesses_a_tablet_or_a_puff():
    unlisted = replace(BY_HAND.unlisted, device=None)
    plan = replace(AIR, medicines={**AIR.medicines, Slot.ADD_ON: replace(BY_HAND, unlisted=unlisted)})

    assert "1 dose in the morning" in said([part(plan, 15, "everyday")])


def test_another_regimen_has_a_row_for_each_medicine_and_says_no_more_than_its_place():
    medicines = {
        **TWO_INHALERS.medicines,
        Slot.COMBINATION: SYMBICORT_MART,
        Slot.BACKUP: Medicine("salamol-100", "blue", None, None, 2),
    }
    plan = replace(
        TWO_INHALERS,
        regimen=Regimen.OTHER,
        medicines=medicines,
        attack_steps=AttackSteps(1, 60, 6, Slot.COMBINATION),
    )
    rows = [item for item in part(plan, 13, "everyday").items if getattr(item, "doses", None)]

    assert [row.title.message for row in rows] == ["Preventer", "Inhaler", "Reliever", "Backup inhaler"]
    assert "One inhaler for both jobs" not in said(copy_of(plan, 13))
    assert "Keep it with you all the time." in [in_english(words) for words in rows[1].words]


@pytest.mark.parametrize("name", FULL)
def test_the_record_says_all_that_the_family_reads(name):
    plan, age = FULL[name]
    of_family = [part for part in copy_of(plan, age) if part.band is not Band.HEAD]
    record = copy_of(plan, age, Copy.RECORD)

    assert [part.code for part in of_family if part not in record] == []
