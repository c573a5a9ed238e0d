"""What a discharge must say: a table of questions, and answers that are read strictly."""

from datetime import date, datetime

import pytest

from plans.discharge_questions import (
    BY_CODE,
    DOUBTS,
    HOW_LEFT,
    QUESTIONS,
    WHERE_TO,
    AnswerNotUnderstood,
    Kind,
    is_before_closed_days,
    read_answer,
)
from plans.places import Nation
from plans.working_days import Holidays


def test_every_question_has_its_own_code_a_question_mark_and_a_source():
    every = (*QUESTIONS, WHERE_TO, HOW_LEFT, *DOUBTS)

    assert len(BY_CODE) == len(every)
    assert all("?" in question.sentence and question.source for question in every)


def test_the_questions_that_the_safeguarding_review_asks_for_are_there():
    asked = {question.code for question in QUESTIONS}

    assert asked >= {"plan-given-and-taught", "who-follows-up", "other-agencies"}


@pytest.mark.parametrize("text", ["", "  ", "not-known"])
def test_what_nobody_knows_is_no_answer(text):
    assert read_answer("technique-seen", text) == ""


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_each_question_takes_its_own_kind_of_answer(question):
    words = "the asthma nurse"

    if question.kind is Kind.WORDS:
        assert read_answer(question.code, f" {words}\n") == words
    else:
        assert read_answer(question.code, "yes") == "yes"
        with pytest.raises(AnswerNotUnderstood):
            read_answer(question.code, words)


def test_an_answer_is_not_longer_than_somebody_will_read():
    with pytest.raises(AnswerNotUnderstood):
        read_answer("other-agencies", "x" * 501)


def test_a_question_that_is_in_no_table_is_refused():
    with pytest.raises(AnswerNotUnderstood):
        read_answer("favourite-colour", "yes")


@pytest.mark.parametrize(
    ("left", "is_asked"),
    [
        ("2026-11-19T18:30+00:00", False),  # a Thursday
        ("2026-11-20T08:00+00:00", True),  # a Friday
        ("2026-11-21T23:59+00:00", True),
        ("2026-11-22T00:30+00:00", False),  # a Sunday: the surgery opens the next day
        ("2026-12-24T18:00+00:00", True),
        ("2026-12-27T12:00+00:00", True),  # a Sunday before a bank holiday
        ("2029-11-20T08:00+00:00", True),  # nobody knows the holidays yet
    ],
)
def test_whether_it_is_safe_to_go_home_is_asked_before_the_surgery_is_closed(left, is_asked):
    christmas = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
    holidays = Holidays(Nation.ENGLAND_AND_WALES, christmas, date(2026, 1, 1), date(2027, 12, 31))

    assert is_before_closed_days(datetime.fromisoformat(left), holidays) is is_asked
