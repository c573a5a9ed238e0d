"""Which puffs of a recorded dose are copied, and which wait for a clinician to type them."""

import pytest

from plans.gp_record import Instruction, TimeOfDay
from plans.recorded_dose import Puffs, dose_words, recorded_puffs
from tests.plans.records import AS_MART, BROWN, line

MORNING, EVENING, OTHER = TimeOfDay.MORNING, TimeOfDay.EVENING, TimeOfDay.OTHER


def dose(text="", amount=2, times_a_day=2, times=(), **changes):
    return Instruction(text, amount=amount, times_a_day=times_a_day, times=times, **changes)


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        pytest.param(dose("2 puffs in the morning and 2 puffs at night"), (2, 2), id="twice a day"),
        pytest.param(dose("2 puffs twice a day"), (2, 2), id="twice in words too"),
        pytest.param(dose("Two puffs twice daily"), (2, 2), id="a number in letters"),
        pytest.param(
            dose("2 puffs morning and night. Trial of 8 to 12 weeks"), (2, 2), id="a range of weeks"
        ),
        pytest.param(dose("Inhale two, twice a day, every 12 hours"), (2, 2), id="a number without its unit"),
        pytest.param(dose("Take two times a day"), (2, 2), id="a number of times is no number of puffs"),
        pytest.param(dose("2 puffs morning and night for 10 days"), (2, 2), id="a number of days"),
        pytest.param(dose(), (2, 2), id="no words"),
        pytest.param(dose("One in the evening", 1, 1), (None, 1), id="once, in the evening"),
        pytest.param(dose("One at breakfast", 1, 1), (1, None), id="once, in the morning"),
        pytest.param(dose("", 2, None, (MORNING, EVENING)), (2, 2), id="times in codes"),
        pytest.param(dose("", 1, 1, (EVENING,)), (None, 1), id="one time in codes"),
    ],
)
def test_a_clear_daily_dose_is_copied(instruction, expected):
    puffs = recorded_puffs(line(BROWN, instruction))

    assert (puffs.morning, puffs.evening, puffs.when_needed) == (*expected, None)


@pytest.mark.parametrize(
    "instruction",
    [
        pytest.param(dose("1 puff once a day", 1, 1), id="once, nobody says when"),
        pytest.param(dose("One morning or night", 1, 1), id="once, morning or night"),
        pytest.param(dose("2 puffs", 2, 4), id="four times a day"),
        pytest.param(dose("2 puffs", 2, None), id="no timing"),
        pytest.param(dose("2 puffs twice a day", None, 2), id="no number"),
        pytest.param(dose("4 puffs twice a day"), id="words say another number"),
        pytest.param(dose("1 to 2 puffs twice a day"), id="words give a range"),
        pytest.param(dose("2 puffs once a day"), id="words say another timing"),
        pytest.param(dose("2 puffs, up to 10 puffs when ill"), id="words give two numbers"),
        pytest.param(dose("2 puffs in the morning and 1 at night"), id="words give fewer at night"),
        pytest.param(dose("1-2p bd"), id="words give a range in short"),
        pytest.param(dose("Inhale one twice a day"), id="words say another number without its unit"),
        pytest.param(dose("Take ONE morning and night"), id="words say another number in capitals"),
        pytest.param(dose("", 2, 2, (MORNING, OTHER)), id="a time that is neither"),
        pytest.param(dose("", 2, 3, (MORNING, EVENING)), id="times and count differ"),
    ],
)
def test_a_daily_dose_that_is_not_clear_is_left_empty(instruction):
    assert recorded_puffs(line(BROWN, instruction)) == Puffs()


def test_different_puffs_in_the_morning_and_at_night_are_both_copied():
    puffs = recorded_puffs(line(BROWN, dose("", 2, 1, (MORNING,)), dose("", 1, 1, (EVENING,))))

    assert (puffs.morning, puffs.evening) == (2, 1)


def test_two_doses_for_one_time_are_none():
    assert recorded_puffs(line(BROWN, dose(), dose("", 1, 1, (EVENING,)))) == Puffs()


def test_mart_has_daily_puffs_and_puffs_when_needed():
    assert recorded_puffs(line(BROWN, *AS_MART)) == Puffs(1, 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 puffs when needed", 2),
        ("2 to 4 puffs when needed", None),
        ("2-4 puffs when needed", None),
        ("two or four puffs when needed", None),
        ("4 puffs when needed", None),
        ("2-4p prn", None),
        ("2 puffs every 4 to 6 hours if needed", 2),
    ],
)
def test_puffs_when_needed_are_copied_if_the_words_agree(text, expected):
    needed = Instruction(text, as_needed=True, amount=2)

    assert recorded_puffs(line(BROWN, needed)).when_needed == expected


def test_two_doses_when_needed_are_none():
    needed = Instruction("2 puffs when needed", as_needed=True, amount=2)
    before_sport = Instruction("1 puff before sport", as_needed=True, amount=1)

    assert recorded_puffs(line(BROWN, needed, before_sport)).when_needed is None


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        pytest.param(dose("2 puffs twice a day"), "2 puffs twice a day", id="the words show the number"),
        pytest.param(dose("Two puffs twice a day"), "Two puffs twice a day", id="the number in letters"),
        pytest.param(
            dose("As directed", unit="puff"),
            "As directed (in numbers: 2 puffs, 2 times a day)",
            id="words hide it",
        ),
        pytest.param(dose("", 1, 1, unit="tablet"), "1 tablet, once a day", id="numbers only"),
        pytest.param(dose("", 2, None, as_needed=True), "2 when needed", id="numbers only, when needed"),
        pytest.param(dose("", None, None), "", id="nothing"),
        pytest.param(dose("When needed", None, None), "When needed", id="words only"),
    ],
)
def test_the_dose_in_words_shows_every_number_that_may_be_copied(instruction, expected):
    assert dose_words(line(BROWN, instruction)) == expected


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("1 puff when needed", (8, None), 8),
        ("1 puff when needed", (8, 8), 8),
        ("1 puff when needed", (8, 6), None),
        ("1 puff when needed, max 12 a day", (8, None), None),
        ("1 puff when needed", (None, None), None),
    ],
)
def test_the_most_in_a_day_is_copied_where_the_record_gives_it_once(text, most, expected):
    doses = [Instruction(text, as_needed=one == 0, amount=1, most_a_day=most[one]) for one in (0, 1)]

    assert recorded_puffs(line(BROWN, *doses)).most_a_day == expected


def test_the_most_in_a_day_stands_in_the_words():
    dose = Instruction("1 puff when needed", as_needed=True, amount=1, most_a_day=8)

    assert dose_words(line(BROWN, dose)) == "1 puff when needed (at most 8 in a day)"


def test_the_doses_of_one_line_are_said_after_each_other():
    assert dose_words(line(BROWN, *AS_MART)) == (
        "1 puff in the morning and 1 at night; 1 puff when needed (MART)"
    )
