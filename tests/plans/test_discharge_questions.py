"""What a discharge must say: a table of questions, and answers that are read strictly."""

import pytest

from plans.discharge_questions import (
    BY_CODE,
    DOUBTS,
    QUESTIONS,
    AnswerNotUnderstood,
    Kind,
    read_answer,
)


def test_every_question_has_its_own_code_a_question_mark_and_a_source():
    every = (*QUESTIONS, *DOUBTS)

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
