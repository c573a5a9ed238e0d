"""What people at home write is kept as FHIR, reads back whole, and each household's own stays its own."""

from datetime import UTC, datetime

import pytest

from fhir import kept_said_at_home as kept
from fhir.questionnaire_response import from_answers, from_childs_words, to_answers, to_childs_words
from fhir.related_person import from_related_person, to_related_person, with_contacts
from fhir.store.validation.checking import check
from plans.people import FamilyMember
from plans.said_at_home import Answered, AnswerSheet, ChildsWords, WordsMissing, WordsTooMany, childs_words
from plans.understanding import Question

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHILD, PLAN = "6f0c4d1e-0000-4000-8000-000000000001", "6f0c4d1e-0000-4000-8000-000000000002"
MOTHER, FATHER = "6f0c4d1e-0000-4000-8000-000000000003", "6f0c4d1e-0000-4000-8000-000000000004"
SHEET = AnswerSheet(
    "6f0c4d1e-0000-4000-8000-000000000005",
    CHILD,
    PLAN,
    MOTHER,
    NOW,
    (
        Answered(Question.EVERY_DAY, "Which inhaler is for every day?", "Clenil", is_as_plan=True),
        Answered(Question.ATTACK, "Which inhaler is for an attack?", "Clenil", is_as_plan=False),
    ),
)


def words_by(person, text="It is like a belt."):
    return ChildsWords(kept.words_id(CHILD, person), CHILD, person, NOW, text)


def test_answers_read_back_as_they_were_given():
    check(to_answers(SHEET))

    assert from_answers(to_answers(SHEET)) == SHEET
    assert SHEET.as_plan == 1


def test_the_childs_words_read_back_line_by_line_and_are_restricted():
    words = words_by(MOTHER, "It is like a belt.\nI am scared.")
    check(to_childs_words(words))

    assert from_childs_words(to_childs_words(words)) == words
    assert to_childs_words(words)["meta"]["security"][0]["code"] == "R"


def test_each_person_at_home_has_their_own_words_and_the_last_of_each_counts(store):
    for words in (words_by(MOTHER), words_by(FATHER, "Like running."), words_by(MOTHER, "Like a fish.")):
        with store.write(by="system", at=NOW) as write:
            kept.keep_childs_words(write, words)
            write.audit("U", f"QuestionnaireResponse/{words.id}", f"Patient/{CHILD}", "write")

    assert kept.childs_words_by(store, CHILD, MOTHER).text == "Like a fish."
    assert kept.childs_words_by(store, CHILD, FATHER).text == "Like running."
    assert {one.text for one in kept.childs_words_of(store, CHILD)} == {"Like a fish.", "Like running."}
    assert len(store.history("QuestionnaireResponse", words_by(MOTHER).id)) == 2


def test_answers_of_another_version_are_not_those_of_this_one(store):
    with store.write(by="system", at=NOW) as write:
        kept.keep_answers(write, SHEET)
        write.audit("C", f"QuestionnaireResponse/{SHEET.id}", f"Patient/{CHILD}", "answer")

    assert kept.answers_about(store, CHILD, PLAN) == [SHEET]
    assert kept.answers_about(store, CHILD, MOTHER) == []


def test_words_are_plain_text_with_their_lines_and_joiners():
    assert (
        childs_words("  It is\tlike \u202ea belt.\r\n\r\n<b>bad</b>  ") == "It is like a belt.\n\n<b>bad</b>"
    )
    assert childs_words("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("typed", ["", "  \n ", "\u202e\u0000"])
def test_no_words_are_refused(typed):
    with pytest.raises(WordsMissing):
        childs_words(typed)


def test_more_words_than_fit_are_refused_and_never_cut():
    assert len(childs_words("a" * 500)) == 500
    with pytest.raises(WordsTooMany):
        childs_words("a" * 501)


# How somebody at home is reached

MEMBER = FamilyMember(
    MOTHER, CHILD, "Sana Test", "mother", phone="07700 900111", email="sana@example.com", email_is_safe=True
)


def test_a_contact_reads_back_with_whether_it_is_safe():
    resource = to_related_person(MEMBER)
    check(resource)

    assert from_related_person(resource) == MEMBER
    assert "safe-to-message" in str(resource["telecom"][1])
    assert "safe-to-message" not in str(resource["telecom"][0])


def test_a_contact_that_a_record_brings_is_not_safe_until_somebody_says_so():
    brought = to_related_person(MEMBER) | {"telecom": [{"system": "phone", "value": "07700 900111"}]}

    assert not from_related_person(brought).phone_is_safe


def test_changed_contacts_leave_all_else_as_it_stands():
    telecom = [
        {"system": "phone", "value": "07700 900000", "use": "mobile"},
        {"system": "phone", "value": "0121 496 0199", "use": "home"},
        {"system": "fax", "value": "0121 496 0198"},
    ]
    brought = to_related_person(MEMBER) | {"telecom": telecom, "birthDate": "1990-01-01"}

    changed = with_contacts(brought, MEMBER)

    assert from_related_person(changed) == MEMBER
    assert changed["birthDate"] == "1990-01-01"
    assert [one["value"] for one in changed["telecom"][2:]] == ["0121 496 0199", "0121 496 0198"]
