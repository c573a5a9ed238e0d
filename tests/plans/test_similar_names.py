"""Whose plan could be taken for whose: hazard 10 of the safety list."""

from dataclasses import replace
from datetime import date

import pytest

from plans.people import Child
from plans.similar_names import is_named_anew, is_same_name, is_similar, similar_to

AMINA = Child(id="c1", given="Amina", family="Hassan", born=date(2018, 5, 1))


def child(name: str, born: str = "2016-02-03", id: str = "c2") -> Child:
    given, family = name.split("/")
    return Child(id=id, given=given, family=family, born=date.fromisoformat(born))


@pytest.mark.parametrize(
    ("name", "born"),
    [
        pytest.param("Amina/Hassan", "2018-05-01", id="everything the same"),
        pytest.param("Amina/Hassan", "2016-02-03", id="another birthday"),
        pytest.param("Amena/Hassan", "2016-02-03", id="one letter"),
        pytest.param("Aminah/Hassan", "2016-02-03", id="one more letter"),
        pytest.param("AMINA/HASSÁN", "2016-02-03", id="capitals and accents"),
        pytest.param("Hassan/Amina", "2016-02-03", id="names the other way round"),
        pytest.param("Bilal/Hassan", "2018-05-01", id="a twin"),
    ],
)
def test_names_that_could_be_mistaken_are_similar(name, born):
    assert is_similar(AMINA, child(name, born))


@pytest.mark.parametrize(
    ("name", "born"),
    [
        pytest.param("Bilal/Hassan", "2016-02-03", id="a brother"),
        pytest.param("Leo/Marsh", "2018-05-01", id="the same birthday alone"),
        pytest.param("Amina/Okafor", "2016-02-03", id="the same first name alone"),
    ],
)
def test_names_that_differ_enough_are_not_similar(name, born):
    assert not is_similar(AMINA, child(name, born))


def test_a_letter_that_no_accent_makes_is_read_as_its_neighbour():
    assert is_similar(child("Paweł/Małecki"), child("Pawel/Malecki", id="c3"))


def test_nobody_is_similar_to_themselves():
    other = replace(AMINA, id="c2")

    assert similar_to(AMINA, [AMINA, other, child("Leo/Marsh", id="c3")]) == (other,)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("Sean O'Brien", "Sean O\u2019Brien", id="the apostrophe of a phone"),
        pytest.param("Sean O'Brien", "Sean O\u02bcBrien", id="the apostrophe of a register"),
        pytest.param("Sean O'Brien", "Sean O\u00b4Brien", id="an accent in place of an apostrophe"),
        pytest.param("Ann-Marie Lee", "Ann\u2011Marie Lee", id="a hyphen that does not break"),
        pytest.param("Ann-Marie Lee", "Ann \u2013 Marie Lee", id="a dash"),
        pytest.param("Ann Lee", "LEE, Ann", id="a comma"),
        pytest.param("J. Lee", "J Lee", id="a full stop"),
        pytest.param("Ann Lee", "Ann\u200b Lee", id="a letter that nobody sees"),
        pytest.param("Søren Đukić", "Soren Dukic", id="a stroke through a letter"),
    ],
)
def test_two_ways_to_write_a_name_are_one_name(one, two):
    assert is_same_name(one, two)


@pytest.mark.parametrize("name", ["", " ", "-", "'", "\u2019", ".", "\u200b"])
def test_what_has_no_letter_is_nobodys_name(name):
    assert not is_same_name(name, name)


@pytest.mark.parametrize("other", ["Sean Brien", "Sean O", "Shaun O'Brien"])
def test_a_name_with_another_letter_is_another_name(other):
    assert not is_same_name("Sean O'Brien", other)


@pytest.mark.parametrize(
    ("now", "is_another"),
    [
        pytest.param(replace(AMINA, given="AMINA", family="Hassán"), False, id="capitals and accents"),
        pytest.param(replace(AMINA, given="Amena"), True, id="a first name that was misspelt"),
        pytest.param(replace(AMINA, given="Hassan", family="Amina"), True, id="the other way round"),
        pytest.param(replace(AMINA, family="Okafor"), True, id="another family name"),
        pytest.param(replace(AMINA, born=date(2018, 5, 2)), True, id="another birthday"),
        pytest.param(replace(AMINA, nhs_number="9990000018"), False, id="a first NHS number"),
        pytest.param(replace(AMINA, practice_id="p2", school_id="s2"), False, id="another school"),
    ],
)
def test_paper_names_a_child_wrongly_once_name_birthday_or_number_are_others(now, is_another):
    assert is_named_anew(AMINA, now) is is_another


def test_another_nhs_number_makes_paper_wrong():
    numbered = replace(AMINA, nhs_number="9990000018")

    assert is_named_anew(numbered, replace(AMINA, nhs_number="9990000026"))
