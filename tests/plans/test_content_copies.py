"""Each copy is built from its reader's view, and in the order in which that reader needs it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.content import Copy, discharge_sheet
from plans.content.copies import COPIES, sections
from plans.errors import CopyNeedsDischarge
from plans.medicines import read_medicines
from plans.plan import Reason
from plans.sections import Band
from plans.triggers import TRIGGERS
from tests.plans.examples import (
    AIR,
    MART,
    PLANS,
    PRACTICE,
    TODAY,
    TWO_INHALERS,
    child,
    copy_of,
    people,
    said,
)


def text_of(plan, age, copy):
    return "\n".join(said(copy_of(plan, age, copy)))


def test_every_copy_of_a_plan_has_its_row():
    assert set(COPIES) == set(Copy) - {Copy.DISCHARGE}


def test_the_sheet_after_hospital_is_not_made_from_a_plan():
    with pytest.raises(CopyNeedsDischarge):
        sections(TWO_INHALERS, people(7), Copy.DISCHARGE, read_medicines(), TODAY)


def test_the_school_reads_the_attack_first():
    assert [part.code for part in copy_of(TWO_INHALERS, 7, Copy.SCHOOL)][:2] == ["head", "attack"]


@pytest.mark.parametrize(
    "private",
    [
        "999 104 7077",
        "elephant",
        "Tobacco smoke",
        TRIGGERS["feelings"].words.message,
        "Flixotide",
        "Mother",
        "170 L/min",
    ],
)
def test_the_school_does_not_read_what_is_the_familys_alone(private):
    plan = replace(TWO_INHALERS, reasons=(Reason("no-preventer", "Mother"),))
    parts = copy_of(plan, 7, Copy.SCHOOL)

    assert private not in repr(parts)


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        (True, "The family agrees: the school's own inhaler may be used."),
        (False, "The family has not agreed to the use of the school's own inhaler."),
        (None, "Nobody has said yet if the school's own inhaler may be used. Ask the family."),
    ],
)
def test_the_school_reads_whether_its_own_inhaler_may_be_used(consent, sentence):
    plan = replace(TWO_INHALERS, school=replace(TWO_INHALERS.school, emergency_inhaler_consent=consent))

    assert sentence in said(copy_of(plan, 7, Copy.SCHOOL))


@pytest.mark.parametrize(("plan", "age"), [(MART, 13), (AIR, 15)])
def test_on_one_inhaler_the_schools_own_blue_one_comes_with_999(plan, age):
    text = text_of(plan, age, Copy.SCHOOL)

    assert "Use it only if theirs cannot be found or used. Call 999." in text


def test_the_school_reads_where_the_inhaler_is_and_whom_to_tell():
    parts = copy_of(TWO_INHALERS, 7, Copy.SCHOOL)

    assert "In the school office" in repr(parts)
    assert "Family: Mrs Test, 07700 900123." in said(parts)
    assert "GP surgery: 0121 496 0123." in said(parts)


def test_the_childs_own_copy_says_i_and_nothing_of_the_making_of_the_plan():
    parts = copy_of(TWO_INHALERS, 7, Copy.CHILD)

    assert "I can run and play." in said(parts)
    assert "In the morning I take 2 puffs of Flixotide Evohaler." in said(parts)
    assert "999 104 7077" not in repr(parts)
    assert "Dr Amina Lee" not in repr(parts)


def test_on_air_the_childs_own_copy_has_no_daily_puffs():
    text = text_of(AIR, 15, Copy.CHILD)

    assert "In the morning" not in text
    assert "I keep my inhaler with me." in text


def test_the_record_keeps_why_and_what_was_confirmed():
    plan = replace(
        TWO_INHALERS, reasons=(Reason("no-preventer", "Trial ended"),), wordings_confirmed=("danger-signs",)
    )
    record = next(part for part in copy_of(plan, 7, Copy.RECORD) if part.code == "record")

    for words in ("Trial ended", "danger-signs", "170 L/min", "Mother", "EU"):
        assert words in repr(record)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("copy", COPIES)
def test_every_copy_of_every_plan_can_be_made(name, copy):
    plan, age = PLANS[name]

    assert any(part.band is Band.HEAD for part in copy_of(plan, age, copy))


FRIDAY_EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


def sheet(practice=PRACTICE, age=7, **changes):
    return discharge_sheet(
        child(age),
        practice,
        due=date(2026, 11, 24),
        discharged_at=FRIDAY_EVENING,
        **{"today": date(2026, 11, 24), **changes},
    )


def test_a_family_without_a_plan_is_sent_to_no_steps_that_they_do_not_have():
    sentences = said(sheet(has_plan=False))

    assert not [sentence for sentence in sentences if "plan" in sentence or "attack steps" in sentence]
    assert (
        "Worse before then, or relief lasts less than 4 hours? Call 111 now. Any danger sign? Call 999."
        in sentences
    )


def test_the_sheet_after_hospital_speaks_to_the_family():
    sentences = said(sheet())

    for sentence in (
        "Phone the surgery when it next opens.",
        "Phone number: 0121 496 0123.",
        "Asthma review after hospital, within 2 working days.",
        "Do not wait for a call.",
        "Worse before then, or relief lasts less than 4 hours? Follow the attack steps on the plan.",
        "Unsure? Call 111, day or night. You can ask for an interpreter.",
        "Any danger sign: call 999 now.",
    ):
        assert sentence in sentences


def test_the_sheet_names_the_day_of_the_review_with_its_weekday():
    due = next(part for part in sheet() if part.band is Band.DATE).items[0]

    assert due.code == "due"
    assert due.value.day == date(2026, 11, 24)
    assert due.value.with_weekday


@pytest.mark.parametrize(
    ("has_plan", "attack", "worse"),
    [
        (
            True,
            "In an attack, still follow the attack steps on the plan.",
            "Follow the attack steps on the plan.",
        ),
        (False, "Any danger sign: call 999 now.", "Call 111 now. Any danger sign? Call 999."),
    ],
)
def test_once_the_day_has_passed_the_sheet_says_so_and_what_to_do_now(has_plan, attack, worse):
    """Hazard 8. An attack comes first, and no day that is over is asked for again."""
    sentences = said(sheet(has_plan=has_plan, today=date(2026, 11, 25)))

    passed = sentences.index("That day has passed, and no review is written down.")
    assert sentences.index(attack) < passed < sentences.index("Phone the surgery now, or when it next opens.")
    assert "Asthma review after hospital." in sentences
    assert f"Worse before the review, or relief lasts less than 4 hours? {worse}" in sentences
    assert "Unsure? Call 111, day or night. You can ask for an interpreter." in sentences
    for over in ("By the end of this day", "48 hours after leaving hospital", "within 2 working days"):
        assert not [sentence for sentence in sentences if over in sentence]


def test_without_a_surgery_the_hospital_keeps_the_review():
    assert "No GP surgery yet? The hospital arranges the review. Phone the ward." in said(
        sheet(practice=None)
    )


def test_the_sheet_of_a_child_under_5_has_the_signs_of_that_age():
    assert any("ribs" in sentence for sentence in said(sheet(age=3)))
    assert not any("ribs" in sentence for sentence in said(sheet(age=7)))
