"""Who decides about sharing: at each birthday, in each nation, and with each judgement."""

from dataclasses import replace
from datetime import date

import pytest

from plans.competence import (
    DECIDES_ALONE,
    DecisionMissing,
    Finding,
    Ground,
    JudgedInTheFuture,
    Judgement,
    checked,
    ground,
)
from plans.people import Child
from plans.places import Nation

CHILD = Child("c", "Amina", "Test", date(2010, 5, 20))
LEAP = replace(CHILD, born=date(2012, 2, 29))
ENGLAND, SCOTLAND, ULSTER = Nation.ENGLAND_AND_WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND


def judged(finding, on):
    return Judgement("j", CHILD.id, finding, "Whether the school has the plan", "p", "Dr Ada Lee", on)


@pytest.mark.parametrize(
    ("child", "nation", "day", "expected"),
    [
        (CHILD, ENGLAND, date(2022, 5, 20), Ground.NOT_JUDGED),
        (CHILD, SCOTLAND, date(2022, 5, 19), Ground.NOT_JUDGED),
        (CHILD, SCOTLAND, date(2022, 5, 20), Ground.FROM_12_IN_SCOTLAND),
        (CHILD, SCOTLAND, date(2026, 5, 19), Ground.FROM_12_IN_SCOTLAND),
        (CHILD, SCOTLAND, date(2026, 5, 20), Ground.FROM_16),
        (CHILD, ENGLAND, date(2026, 5, 19), Ground.NOT_JUDGED),
        (CHILD, ENGLAND, date(2026, 5, 20), Ground.FROM_16),
        (CHILD, ULSTER, date(2026, 5, 19), Ground.NOT_JUDGED),
        (CHILD, ULSTER, date(2026, 5, 20), Ground.FROM_16),
        (LEAP, SCOTLAND, date(2024, 2, 28), Ground.NOT_JUDGED),
        (LEAP, SCOTLAND, date(2024, 2, 29), Ground.FROM_12_IN_SCOTLAND),
        (replace(LEAP, born=date(2008, 2, 29)), ENGLAND, date(2024, 2, 28), Ground.NOT_JUDGED),
        (replace(LEAP, born=date(2008, 2, 29)), ENGLAND, date(2024, 2, 29), Ground.FROM_16),
    ],
)
def test_what_is_presumed_changes_on_the_birthday(child, nation, day, expected):
    assert ground(child, nation, (), day) is expected


def test_somebody_born_on_29_february_has_their_birthday_on_1_march():
    assert ground(replace(LEAP, born=date(2012, 2, 29)), SCOTLAND, (), date(2025, 2, 28)) is (
        Ground.FROM_12_IN_SCOTLAND
    )
    assert ground(LEAP, ENGLAND, (), date(2028, 2, 28)) is Ground.NOT_JUDGED
    assert ground(LEAP, ENGLAND, (), date(2028, 2, 29)) is Ground.FROM_16


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize(
    ("finding", "expected"),
    [(Finding.UNDERSTANDS, Ground.JUDGED_TO_UNDERSTAND), (Finding.DOES_NOT_YET, Ground.JUDGED_NOT_TO)],
)
def test_below_the_age_a_clinicians_judgement_decides(nation, finding, expected):
    assert ground(CHILD, nation, [judged(finding, date(2021, 9, 1))], date(2021, 9, 1)) is expected


def test_the_latest_judgement_counts_and_none_of_a_day_to_come():
    found = [
        judged(Finding.DOES_NOT_YET, date(2023, 1, 1)),
        judged(Finding.UNDERSTANDS, date(2024, 1, 1)),
    ]

    assert ground(CHILD, ENGLAND, found, date(2023, 6, 1)) is Ground.JUDGED_NOT_TO
    assert ground(CHILD, ENGLAND, found, date(2024, 6, 1)) is Ground.JUDGED_TO_UNDERSTAND


@pytest.mark.parametrize(
    ("nation", "before", "after", "presumed"),
    [
        (SCOTLAND, date(2022, 5, 19), date(2022, 5, 20), Ground.FROM_12_IN_SCOTLAND),
        (SCOTLAND, date(2026, 5, 19), date(2026, 5, 20), Ground.FROM_16),
        (ENGLAND, date(2026, 5, 19), date(2026, 5, 20), Ground.FROM_16),
    ],
)
def test_who_did_not_understand_yet_is_judged_again_from_the_birthday_on(nation, before, after, presumed):
    found = [judged(Finding.DOES_NOT_YET, before)]

    assert ground(CHILD, nation, found, before) is Ground.JUDGED_NOT_TO
    assert ground(CHILD, nation, found, after) is presumed
    assert ground(CHILD, nation, [judged(Finding.DOES_NOT_YET, after)], after) is Ground.JUDGED_NOT_TO


def test_every_ground_says_whether_the_young_person_decides():
    assert set(Ground) - DECIDES_ALONE == {Ground.NOT_JUDGED, Ground.JUDGED_NOT_TO}


def test_a_judgement_says_about_what_and_is_not_of_a_day_to_come():
    one = judged(Finding.UNDERSTANDS, date(2026, 11, 23))

    assert checked(one, date(2026, 11, 23)) is one
    with pytest.raises(JudgedInTheFuture):
        checked(one, date(2026, 11, 22))
    for text in (" ", "a" * 501):
        with pytest.raises(DecisionMissing):
            checked(replace(one, decision=text), date(2026, 11, 23))
