"""The tables of free text and of hidden notes: each complete, and none leads to a family or a school."""

import pytest

from plans.free_text import AT_HOME, OTHERS, TEXTS, FreeText, who_reads
from plans.hidden_notes import BECAUSE, READS, Hidden
from plans.places import WORKS_IN, Role
from plans.sharing import PLACES, Part, Reader, sees
from plans.team_inbox import READS as IN_THE_INBOX
from plans.team_inbox import STANDS_IN_FOR_PRIVACY_LEAD
from plans.team_task import TaskKind


def test_every_kind_of_free_text_has_its_readers_and_a_sentence_for_the_writer():
    assert set(TEXTS) == set(FreeText)
    assert all(row.read_by and row.says.endswith(".") for row in TEXTS.values())


@pytest.mark.parametrize("kind", [one for one in FreeText if not TEXTS[one].can_be_hidden])
def test_what_is_hidden_always_says_so_beside_the_field(kind):
    assert any(word in who_reads(kind) for word in ("No family", "Only", "hidden"))


def test_what_a_family_or_a_school_may_read_is_these_kinds_and_no_others():
    assert {kind for kind, row in TEXTS.items() if row.can_be_hidden} == {
        FreeText.PLAN,
        FreeText.SCHOOL_LOG,
        FreeText.SCHOOL_LOG_ERROR,
        FreeText.QUESTION,
        FreeText.TASK_ANSWER,
    }
    at_home = {kind for kind, row in TEXTS.items() if AT_HOME in row.read_by}
    assert at_home == {FreeText.PLAN, FreeText.TASK_ANSWER}


def test_why_a_record_was_opened_in_an_emergency_is_read_by_whoever_has_the_task_about_it():
    has_it = {role for role, kinds in IN_THE_INBOX.items() if TaskKind.ACCESS_IN_EMERGENCY in kinds}

    assert TEXTS[FreeText.EMERGENCY_REASON].read_by == has_it | STANDS_IN_FOR_PRIVACY_LEAD
    assert "stands in" in who_reads(FreeText.EMERGENCY_REASON)


def test_every_reason_to_hide_has_words_and_readers_none_of_them_at_home_or_at_a_school():
    assert set(BECAUSE) == set(READS) == set(Hidden)
    assert all(readers and not readers & OTHERS for readers in READS.values())


def test_misuse_is_read_only_where_the_table_of_sharing_gives_that_part():
    given = {PLACES[reader] for reader in Reader if reader in PLACES and sees(reader, Part.MISUSE)}

    others = READS[Hidden.MISUSE] - {Role.CLINICIAN}
    assert {place for role in others for place in WORKS_IN[role]} == given


def test_that_there_is_a_hidden_note_stands_in_no_inbox_of_those_who_may_read_none():
    may_read_one = frozenset().union(*READS.values())

    assert {role for role, kinds in IN_THE_INBOX.items() if TaskKind.HIDDEN_NOTE in kinds} == may_read_one
