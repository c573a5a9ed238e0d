"""The pharmacist's copy: every medicine as it is used, the allergies and the languages, and no more."""

import pytest

from plans.content import Copy
from plans.content.language_words import NAMES
from plans.content.medicines import DEVICES
from plans.products import Device
from plans.sections import Kind
from tests.plans.examples import FULL, PLANS, TWO_INHALERS, copy_of, said

EVERY = {**PLANS, **{f"full {name}": one for name, one in FULL.items()}}


def copy(name):
    plan, age = EVERY[name]
    return copy_of(plan, age, Copy.MEDICINES)


def test_every_kind_of_device_has_its_words():
    assert set(DEVICES) == set(Device)


@pytest.mark.parametrize("name", EVERY)
def test_every_medicine_has_its_row_as_it_has_on_the_plan_itself(name):
    plan, age = EVERY[name]
    family = [item for part in copy_of(plan, age) for item in part.items if item.kind == Kind.MEDICINE]
    here = [item for part in copy(name) for item in part.items if item.kind == Kind.MEDICINE]

    assert [(one.job, one.name, one.doses) for one in here] == [
        (one.job, one.name, one.doses) for one in family
    ]
    for mine, theirs in zip(here, family, strict=True):
        assert all(words in mine.words for words in theirs.words)


def test_a_medicine_says_its_device_spacer_and_doses():
    words = said(copy("two inhalers"))

    for sentence in (
        "2 puffs in the morning",
        "Device: aerosol inhaler.",
        "Use it with the spacer.",
        "2 puffs for cough, wheeze or a tight chest",
        "This is not the whole plan.",
        "GP surgery: 0121 496 0123.",
    ):
        assert sentence in words


def test_allergies_stand_there_and_that_none_is_written_is_said():
    assert "Egg" in repr(copy("two inhalers"))
    assert "Grass pollen" in repr(copy("full two inhalers"))
    assert "No allergy is written on this plan. Ask about allergies." in said(copy("mart"))


def test_what_the_family_reads_and_speaks_is_there_for_counselling():
    parts = copy("full two inhalers")

    assert "Pahari" in repr(parts)
    assert (
        next(fact.value for part in parts for fact in part.items if getattr(fact, "code", "") == "reads")
        == NAMES["ur"]
    )
    assert "They need an interpreter." in said(parts)


def test_the_head_is_name_birth_and_version():
    assert [fact.code for fact in copy_of(TWO_INHALERS, 7, Copy.MEDICINES)[0].items] == [
        "name",
        "born",
        "version",
    ]


@pytest.mark.parametrize(
    "private",
    [
        "elephant",
        "Dr Amina Lee",
        "999 104 7077",
        "school office",
        "07700 900123",
        "Colds",
        "Mother",
        "on order",
        "Dr Grey",
        "clinic has not seen",
        "Asthma attack",
        "GP record",
    ],
)
def test_nothing_else_of_the_plan_is_on_it(private):
    for name in ("two inhalers", "full two inhalers", "full mart"):
        assert private not in repr(copy(name))
