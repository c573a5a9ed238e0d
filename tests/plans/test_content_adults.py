"""From 16 a plan speaks to its owner: no copy of it speaks of a child, a school or a parent."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.confirmations import needed
from plans.content import Copy, discharge_sheet
from plans.content.copies import body, copies_for
from plans.content.readers import ADULT_AGE, People, Subject
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import Regimen, SchoolCare
from plans.sections import Band, Phrase
from tests.plans.examples import GP, MART, PLANS, PRACTICE, TODAY, TWO_INHALERS, in_english, said

OWNER = Child("c1", "Rayyan", "Test", date(1992, 3, 14), "9991047077")
PEOPLE = People(OWNER, PRACTICE, GP)
OF_A_CHILD = re.compile(
    r"\b(child(ren)?|school|play(ing)?|grown-ups?|mother|father|parents?|family('s)?|tummy|baby|nappies)\b",
    re.IGNORECASE,
)
TO_A_CHILD = ["Keep giving puffs while you wait.", "Never leave the child alone."]
TO_AN_ADULT = [
    "Any danger sign: call 999 now.",
    "Cannot talk? Show this to somebody who can call.",
    "Keep taking puffs while you wait.",
    "Helping somebody? Never leave them alone.",
]


def about(plan, age):
    return Subject(plan, age, read_medicines())


def copies_without_school(plan, age):
    """Return each section of each copy but those that a sixth form reads."""
    for copy in copies_for(age):
        if copy not in {Copy.SCHOOL, Copy.EMERGENCY}:
            yield from (part for part in body(copy, about(plan, age), PEOPLE) if "school" not in part.code)


@pytest.mark.parametrize("age", [16, 17, 34, 80])
@pytest.mark.parametrize("name", [name for name, (_, age) in PLANS.items() if age >= 5])
def test_no_copy_of_an_adults_plan_speaks_of_a_child(name, age):
    plan = replace(PLANS[name][0], understanding=TWO_INHALERS.understanding.__class__())

    found = [words for words in said(copies_without_school(plan, age)) if OF_A_CHILD.search(words)]

    assert found == []


@pytest.mark.parametrize("age", [3, 7, 13, 15])
def test_under_16_the_child_is_never_left_alone(age):
    words = said(body(Copy.FAMILY, about(TWO_INHALERS, age), PEOPLE))

    assert set(TO_A_CHILD) <= set(words)
    assert not set(TO_AN_ADULT[1:]) & set(words)


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.RECORD, Copy.WALLET])
@pytest.mark.parametrize("age", [ADULT_AGE, 34])
def test_an_adult_reads_above_step_1_what_to_do_without_breath_to_talk(age, copy):
    """Hazard 2: 999 must not wait for puffs, at any age."""
    parts = [part for part in body(copy, about(TWO_INHALERS, age), PEOPLE) if part.band is Band.ATTACK]
    words = said(parts)
    first_puff = next(at for at, one in enumerate(words) if "1 puff every" in one)

    assert set(TO_AN_ADULT) <= set(words[:first_puff])
    assert not set(TO_A_CHILD) & set(words)


@pytest.mark.parametrize(
    ("age", "english"),
    [
        (7, "Asthma attack. A child cannot breathe. Please send an ambulance."),
        (34, "Asthma attack. Cannot breathe. Please send an ambulance."),
    ],
)
def test_the_words_for_999_can_be_said_by_whoever_phones(age, english):
    items = [item for part in body(Copy.FAMILY, about(TWO_INHALERS, age), PEOPLE) for item in part.items]
    phrase = next(item for item in items if isinstance(item, Phrase))

    assert phrase.english.text == english
    assert in_english(phrase.meaning) == english
    assert in_english(phrase.sound) == f"The English sounds like this: {english}"


@pytest.mark.parametrize("regimen", Regimen)
def test_what_an_adult_does_in_an_attack_is_what_a_child_of_13_does(regimen):
    """The numbers of an attack do not depend on whom the sentences speak to."""
    plan = next(plan for plan, _ in PLANS.values() if plan.regimen is regimen)

    assert steps(plan, 34) == steps(plan, 13)


def steps(plan, age):
    attack = next(part for part in body(Copy.FAMILY, about(plan, age), PEOPLE) if part.code == "attack")
    return [item for item in attack.items if item.kind == "step"]


def test_the_person_to_phone_for_an_adult_is_not_called_the_family():
    plan = replace(TWO_INHALERS, school=SchoolCare(contact_name="Alex Test", contact_phone="07700 900123"))

    assert "Contact: Alex Test, 07700 900123." in said(body(Copy.WALLET, about(plan, 34), PEOPLE))
    assert "Family: Alex Test, 07700 900123." in said(body(Copy.WALLET, about(plan, 7), PEOPLE))


@pytest.mark.parametrize("has_plan", [True, False])
def test_the_sheet_after_hospital_of_an_adult_speaks_of_no_child(has_plan):
    sheet = discharge_sheet(
        OWNER,
        PRACTICE,
        due=date(2026, 11, 24),
        discharged_at=datetime(2026, 11, 20, 18, 30, tzinfo=UTC),
        has_plan=has_plan,
        today=TODAY,
    )

    assert [words for words in said(sheet) if OF_A_CHILD.search(words)] == []
    assert set(TO_AN_ADULT) <= set(said(sheet))
    assert OWNER.age_on(TODAY) == 34


def test_an_adult_is_not_asked_to_confirm_words_for_a_school():
    keys = {wording.key for wording in needed(MART, 34, read_medicines())}

    assert "school-blue-inhaler" not in keys
    assert "school-blue-inhaler" in {wording.key for wording in needed(MART, 13, read_medicines())}
