"""Whose plan could be taken for whose: hazard 10 of the safety list."""

from dataclasses import replace
from datetime import date

import pytest

from plans.people import Child
from plans.similar_names import is_similar, similar_to

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
