"""A document for a GP practice: how it stands, what is missing of it and when, and what MESH can carry."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plans.gp_document import (
    ANSWERS,
    SAYS,
    TITLES,
    WAITS,
    DocumentKind,
    GpDocument,
    Level,
    Missing,
    Standing,
    answer_of,
    answered,
    in_a_header,
    next_missing,
    report_of,
    standing,
    why_not_by_mesh,
)
from plans.people import Child
from plans.places import Nation, Organisation, OrganisationKind
from plans.working_days import Holidays

FRIDAY = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
NOT_SENT = GpDocument("d", DocumentKind.PLAN, "CarePlan/p", "c", "gp", "h", "h", 1, FRIDAY)
SENT = replace(NOT_SENT, sent_at=FRIDAY)
KNOWN = Holidays(Nation.ENGLAND_AND_WALES, frozenset(), date(2026, 1, 1), date(2026, 12, 31))
PRACTICE = Organisation("gp", OrganisationKind.PRACTICE, "Elm Surgery", "X99001")
CHILD = Child("c", "Amina", "Test", date(2018, 5, 1), "9990000018", "gp")


def test_the_tables_are_complete():
    assert set(SAYS) == set(Missing)
    assert set(TITLES) == set(DocumentKind)
    assert {code for code, answer in ANSWERS.items() if answer.is_good} == {
        "20007",
        "20008",
        "20013",
        "30001",
    }
    assert {code[0] == "3" for code, answer in ANSWERS.items() if answer.level is Level.ACCEPTED} == {True}
    assert {code[0] == "3" for code, answer in ANSWERS.items() if answer.level is Level.RECEIVED} == {False}


def test_what_is_not_known_is_never_good():
    assert not answer_of("30099").is_good
    assert (answer_of("30099").level, answer_of("9").level) == (Level.ACCEPTED, Level.RECEIVED)
    assert report_of("EPL-999") == "MESH could not deliver it."


def test_what_is_missing_next_waits_for_its_time():
    received = replace(SENT, received_at=FRIDAY)
    tuesday_night = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)

    assert next_missing(NOT_SENT, WAITS, KNOWN) == (Missing.NOT_SENT, FRIDAY + timedelta(hours=3))
    assert next_missing(SENT, WAITS, KNOWN) == (Missing.NOT_RECEIVED, FRIDAY + timedelta(hours=24))
    assert next_missing(received, WAITS, KNOWN) == (Missing.NOT_ACCEPTED, tuesday_night)
    assert next_missing(replace(received, accepted_at=FRIDAY), WAITS, KNOWN) is None
    assert next_missing(replace(NOT_SENT, is_stopped=True), WAITS, KNOWN) is None
    assert next_missing(replace(SENT, is_stopped=True), WAITS, KNOWN) == (Missing.TAKEN_BACK, FRIDAY)


def test_past_the_bank_holidays_that_are_known_it_is_told_sooner_and_never_later():
    ends = replace(KNOWN, known_until=date(2026, 11, 21))

    found = next_missing(replace(SENT, received_at=FRIDAY), WAITS, ends)

    assert found == (Missing.NOT_ACCEPTED, FRIDAY + timedelta(hours=48))


def test_answers_count_once_in_whatever_order_they_come_and_a_no_stays_a_no():
    accepted = answered(SENT, answer_of("30001"), FRIDAY)
    again = answered(
        answered(accepted, answer_of("20013"), FRIDAY), answer_of("30001"), FRIDAY + timedelta(1)
    )
    refused = answered(again, answer_of("30003"), FRIDAY)

    assert (standing(accepted), again.accepted_at) == (Standing.ACCEPTED, FRIDAY)
    assert standing(answered(refused, answer_of("30001"), FRIDAY)) is Standing.FAILED
    assert standing(replace(NOT_SENT, cannot_go="MESH does not know the inbox.")) is Standing.FAILED


@pytest.mark.parametrize(
    ("child", "practice", "sender", "says"),
    [
        pytest.param(CHILD, PRACTICE, PRACTICE, "", id="nothing"),
        pytest.param(replace(CHILD, nhs_number=""), PRACTICE, PRACTICE, "NHS number", id="number"),
        pytest.param(CHILD, None, PRACTICE, "practice", id="practice"),
        pytest.param(CHILD, PRACTICE, replace(PRACTICE, code=""), "ODS code", id="code"),
        pytest.param(CHILD, replace(PRACTICE, nation=Nation.SCOTLAND), PRACTICE, "nation", id="nation"),
        pytest.param(replace(CHILD, family="Łęcka"), PRACTICE, PRACTICE, "letters", id="letters"),
    ],
)
def test_what_keeps_a_document_from_mesh_is_named(child, practice, sender, says):
    assert says in why_not_by_mesh(child, practice, sender)
    assert bool(says) == bool(why_not_by_mesh(child, practice, sender))


def test_a_header_carries_letters_without_their_accents_and_nothing_that_would_part_an_address():
    assert [in_a_header(name) for name in ("José O\u2019Neill-Ö", "A_B", "\u0627\u0644", "A\nB")] == [
        "Jose O'Neill-O",
        "",
        "",
        "A B",
    ]
