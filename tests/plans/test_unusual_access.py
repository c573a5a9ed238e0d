"""What stands out in the audit is found by a few rules, each a fact."""

import pytest

from plans.unusual_access import (
    LONGEST_NOTE,
    MANY,
    RULES,
    Look,
    NoteMissing,
    Rule,
    checked_note,
    has_same_family_name,
    is_many,
    line_id,
    rules_of,
)


def look(**changes):
    usual = {
        "who": "Practitioner/p1",
        "place": "o1",
        "child_id": "c1",
        "practice_id": "o2",
        "who_name": "Dr Ada Lee",
        "child_family_name": "Quill",
        "has_relation": True,
        "in_emergency": False,
    }
    return Look(**usual | changes)


def test_every_rule_has_its_words():
    assert set(RULES) == set(Rule)


def test_a_look_at_a_child_of_ones_own_place_does_not_stand_out():
    assert list(rules_of(look())) == []


def test_a_look_without_a_relation_stands_out_unless_it_was_an_emergency_which_is_listed_itself():
    assert list(rules_of(look(has_relation=False))) == [Rule.NO_RELATION]
    assert list(rules_of(look(has_relation=False, in_emergency=True))) == []


@pytest.mark.parametrize(
    ("name", "family", "same"),
    [
        ("Dr Ada Lee", "Lee", True),
        ("Dr Ada LEE", "lee", True),
        ("Ana de la Cruz", "De La Cruz", True),
        ("Dr Ada Lee", "Leeson", False),
        ("Lee", "Lee", False),
        ("Dr Ada Lee", "", False),
    ],
)
def test_a_family_name_is_compared_whole(name, family, same):
    assert has_same_family_name(name, family) is same
    assert (Rule.SAME_FAMILY_NAME in rules_of(look(who_name=name, child_family_name=family))) is same


def test_so_many_children_in_an_hour_stand_out():
    assert is_many(MANY)
    assert not is_many(MANY - 1)
    assert is_many(5, most=5)


def test_a_line_has_one_id_for_the_same_facts():
    assert line_id(Rule.EMERGENCY, "a", "b") == line_id(Rule.EMERGENCY, "a", "b")
    assert line_id(Rule.EMERGENCY, "a", "b") != line_id(Rule.NO_RELATION, "a", "b")


@pytest.mark.parametrize("note", ["", "  ", "x" * (LONGEST_NOTE + 1)])
def test_a_line_is_reviewed_with_words(note):
    with pytest.raises(NoteMissing):
        checked_note(note)
