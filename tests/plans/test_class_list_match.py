"""Which child a pupil is: sure only where number, birth date and name fit; all else is for a person."""

from datetime import date

import pytest

from plans.class_list import Row
from plans.class_list_match import SENTENCES, Known, Why, match
from plans.class_list_register import Pupil, compare
from plans.class_list_years import (
    LAST_YEARS,
    LastYearMissing,
    NotInSummer,
    Place,
    may_be_undone,
    must_be_summer,
    next_name,
    year_end,
    year_of,
)
from plans.moves import MoveRefused, must_be_possible
from plans.people import Child

BORN = date(2018, 5, 4)
NUMBER, OTHER_NUMBER = "9990000018", "9990000026"


def child(id="c1", given="Ada", family="Test", born=BORN, nhs_number=""):
    return Child(id, given, family, born, nhs_number)


def row(number=2, given="Ada", family="Test", born=BORN, nhs_number="", **more):
    return Row(number, given, family, born, nhs_number=nhs_number, **more)


def pupil(id="p1", **changes):
    return Pupil(**{"id": id, "school_id": "s", "given": "Ada", "family": "Test", "born": BORN} | changes)


def found(wanted, *children):
    return match(wanted, Known(children).beside(wanted))


def reasons(wanted, *children):
    return [why for _, why in found(wanted, *children).why]


class TestWho:
    def test_number_birth_date_and_name_are_sure(self):
        assert found(row(nhs_number=NUMBER), child(nhs_number=NUMBER)).sure

    @pytest.mark.parametrize("given", ["ADA", "Áda"])
    def test_capitals_and_accents_make_no_other_name(self, given):
        assert found(row(given=given, nhs_number=NUMBER), child(nhs_number=NUMBER)).sure

    def test_a_twin_with_a_number_of_its_own_is_no_doubt(self):
        ada, ben = child(nhs_number=NUMBER), child("c2", "Ben", nhs_number=OTHER_NUMBER)

        assert found(row(nhs_number=NUMBER), ada, ben).sure == ada

    def test_the_number_of_the_other_twin_is_a_doubt(self):
        ada, ben = child(nhs_number=NUMBER), child("c2", "Ben", nhs_number=OTHER_NUMBER)
        both = found(row(nhs_number=OTHER_NUMBER), ada, ben)

        assert both.sure is None
        assert {one.id: why for one, why in both.why} == {
            "c1": Why.OTHER_NUMBER,
            "c2": Why.NUMBER_ONLY,
        }

    def test_a_name_and_birth_date_are_never_sure_by_themselves(self):
        one = found(row(), child())

        assert (one.sure, one.is_doubtful) == (None, True)

    @pytest.mark.parametrize(
        ("other", "why"),
        [
            (child(), Why.NAME),
            (child(given="Ben"), Why.TWIN),
            (child(given="Adda"), Why.NEAR_NAME),
            (child(born=date(2018, 4, 5)), Why.OTHER_BIRTH_DATE),
            (child(born=date(2017, 5, 4)), Why.OTHER_BIRTH_DATE),
        ],
    )
    def test_each_doubt_has_its_reason(self, other, why):
        assert reasons(row(), other) == [why]

    def test_two_children_of_one_name_and_birth_date_are_a_doubt(self):
        assert reasons(row(), child(), child("c2")) == [Why.SAME_AS_ANOTHER] * 2

    @pytest.mark.parametrize(
        "other",
        [
            child(born=date(2012, 1, 9)),
            child(given="Zoe", family="Quill"),
            child(given="Zoe", born=date(2012, 1, 9)),
        ],
    )
    def test_a_child_who_only_shares_a_name_or_a_birthday_is_nobody(self, other):
        assert reasons(row(), other) == []

    def test_the_same_number_under_two_records_is_a_doubt(self):
        assert (
            found(
                row(nhs_number=NUMBER), child(nhs_number=NUMBER), child("c2", "Ben", nhs_number=NUMBER)
            ).sure
            is None
        )

    def test_every_reason_has_its_sentence(self):
        assert set(SENTENCES) == set(Why)


class TestRegister:
    def test_a_list_beside_an_empty_register_is_all_new(self):
        assert compare([row()], []).new == (row(),)

    def test_the_same_list_again_changes_nothing(self):
        changes = compare([row(class_name="3B")], [pupil(class_name="3B")])

        assert (len(changes.same), changes.new, changes.changed, changes.near) == (1, (), (), ())

    def test_another_class_is_a_change(self):
        assert len(compare([row(class_name="4B")], [pupil(class_name="3B")]).changed) == 1

    def test_a_near_name_waits_for_a_person(self):
        changes = compare([row(given="Adda")], [pupil()])

        assert [(one.number, beside.id) for one, beside in changes.near] == [(2, "p1")]
        assert (changes.new, changes.missing) == ((), ())

    def test_twins_of_whom_one_is_on_the_register_are_two_pupils(self):
        changes = compare([row(), row(3, "Ben")], [pupil()])

        assert ([one.number for one in changes.new], len(changes.same)) == ([3], 1)

    def test_who_is_not_on_the_list_is_named_and_left_alone(self):
        assert compare([row()], [pupil(), pupil("p2", given="Zoe", family="Quill")]).missing[0].id == "p2"

    def test_a_number_that_the_list_leaves_out_stays(self):
        assert len(compare([row()], [pupil(nhs_number=NUMBER)]).same) == 1


class TestYears:
    @pytest.mark.parametrize(
        ("now", "then"),
        [
            ("3B", "4B"),
            ("Year 3", "Year 4"),
            ("P3", "P4"),
            ("Year 9 Oak", "Year 10 Oak"),
            ("Reception", "Year 1"),
            ("Nursery", "Reception"),
            ("R", "1"),
        ],
    )
    def test_a_class_moves_up_by_one_year(self, now, then):
        assert next_name(now) == then

    @pytest.mark.parametrize("name", ["Kingfisher", "3/4 mixed", "", "Year 33", "RB"])
    def test_a_class_without_one_year_stays_as_it_is(self, name):
        assert year_of(name) is None
        assert next_name(name) == name

    def test_the_last_year_leaves_and_what_cannot_be_read_is_by_hand(self):
        end = year_end(
            [
                pupil("up", class_name="5B", year="5"),
                pupil("leaver", class_name="6B"),
                pupil("unclear", class_name="Kingfisher"),
                pupil("named", class_name="Kingfisher", year="Year 5"),
            ],
            last_year=6,
        )

        assert end.up == {"up": Place("6B", "6"), "named": Place("Kingfisher", "Year 6")}
        assert (end.leaving, end.by_hand) == (("leaver",), ("unclear",))

    def test_the_last_year_is_said_and_never_guessed(self):
        with pytest.raises(LastYearMissing):
            year_end([], last_year=0)
        assert 0 not in LAST_YEARS

    @pytest.mark.parametrize("today", [date(2026, 5, 31), date(2026, 9, 1), date(2025, 7, 1)])
    def test_classes_move_up_in_summer_only(self, today):
        with pytest.raises(NotInSummer):
            must_be_summer(date(2026, 7, 17), today=today)

    def test_it_may_be_undone_until_the_end_of_august(self):
        assert may_be_undone(date(2026, 7, 17), today=date(2026, 8, 31))
        assert not may_be_undone(date(2026, 7, 17), today=date(2026, 9, 1))


class TestMoves:
    @pytest.mark.parametrize(("to", "day"), [("a", BORN), ("b", date(2010, 1, 1)), ("b", date(2020, 1, 1))])
    def test_a_move_that_must_be_a_slip_is_refused(self, to, day):
        with pytest.raises(MoveRefused):
            must_be_possible(from_id="a", to_id=to, on_day=day, today=BORN)
