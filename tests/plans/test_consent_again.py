"""When a young person is asked what a parent may see: once from 11 to 13, and once from 16."""

from dataclasses import replace
from datetime import date

import pytest

from plans.consent import How, Word, again_at, is_any_to_be_asked, is_to_be_asked, own_ref
from plans.people import Child

CHILD = Child("c", "Amina", "Test", date(2010, 5, 20))
LEAP = replace(CHILD, born=date(2012, 2, 29))
MOTHER = Word("RelatedPerson/m", "Sana Test", How.IN_PERSON, date(2026, 6, 1))


def own(on):
    return Word(own_ref(CHILD.id), CHILD.name, How.IN_PERSON, on)


@pytest.mark.parametrize(
    ("child", "day", "key"),
    [
        (CHILD, date(2021, 5, 19), None),
        (CHILD, date(2021, 5, 20), "11-to-13"),
        (CHILD, date(2024, 5, 19), "11-to-13"),
        (CHILD, date(2024, 5, 20), None),
        (CHILD, date(2026, 5, 19), None),
        (CHILD, date(2026, 5, 20), "16"),
        (CHILD, date(2030, 1, 1), "16"),
        (LEAP, date(2023, 2, 28), None),
        (LEAP, date(2023, 3, 1), "11-to-13"),
        (LEAP, date(2026, 2, 28), "11-to-13"),
        (LEAP, date(2026, 3, 1), None),
        (LEAP, date(2028, 2, 28), None),
        (LEAP, date(2028, 2, 29), "16"),
    ],
)
def test_the_ages_begin_and_end_on_birthdays(child, day, key):
    found = again_at(child, day)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("word", "day", "expected"),
    [
        (None, date(2021, 5, 19), False),
        (None, date(2021, 5, 20), True),
        (MOTHER, date(2026, 6, 1), True),
        (own(date(2021, 5, 20)), date(2024, 1, 1), False),
        (own(date(2021, 5, 19)), date(2021, 5, 20), True),
        (own(date(2021, 5, 20)), date(2026, 5, 20), True),
        (own(date(2026, 5, 20)), date(2027, 1, 1), False),
    ],
)
def test_only_the_young_persons_own_word_at_that_age_is_an_answer(word, day, expected):
    assert is_to_be_asked(CHILD, word, day) is expected


def test_one_share_without_their_word_is_enough_and_none_asks_nothing():
    day = date(2026, 6, 1)

    assert is_any_to_be_asked(CHILD, [own(day), MOTHER], day)
    assert not is_any_to_be_asked(CHILD, [own(day)], day)
    assert not is_any_to_be_asked(CHILD, [], day)
