"""A task of a team: every kind says what to do by when, and it is done once, with what somebody did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plans.team_task import (
    KINDS,
    LONGEST_TEXT,
    OTHERWISE,
    REACHES_SOMEBODY,
    AnswerMissing,
    Attempt,
    DaysOffNotOver,
    OutcomeMissing,
    ReachesNobody,
    TaskDone,
    TaskKind,
    TeamTask,
    answer_of,
    done,
    settled,
    task_id,
    tried,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
TASK = TeamTask(
    id="t1",
    kind=TaskKind.NO_INHALER,
    owner_id="o1",
    raised_by="RelatedPerson/r1",
    raised_at=NOON,
    due_at=NOON + timedelta(hours=4),
)


def test_the_table_says_of_every_kind_what_it_is_called_what_to_do_and_by_when():
    assert set(KINDS) == set(TaskKind)
    for row in KINDS.values():
        assert row.title
        assert row.ask.endswith(".")
        assert timedelta(0) < row.within <= timedelta(days=28)


def test_a_family_without_an_inhaler_waits_hours_and_not_days():
    assert KINDS[TaskKind.NO_INHALER].within <= timedelta(hours=4)


def test_what_school_reports_reaches_the_clinician_the_same_day():
    assert KINDS[TaskKind.USED_AT_SCHOOL].within <= timedelta(hours=8)


def test_a_task_is_late_after_its_deadline_and_not_at_it():
    assert not TASK.is_late(TASK.due_at)
    assert TASK.is_late(TASK.due_at + timedelta(seconds=1))


def test_a_task_that_is_done_is_never_late():
    finished = done(TASK, answer="Phoned the family.", by="Practitioner/p1", at=LATER)

    assert not finished.is_late(NOON + timedelta(days=30))


def test_who_does_a_task_says_what_they_did():
    finished = done(TASK, answer="  Phoned the family.  ", by="Practitioner/p1", at=LATER)

    assert (finished.answer, finished.done_by, finished.done_at) == (
        "Phoned the family.",
        "Practitioner/p1",
        LATER,
    )
    assert not finished.is_open


@pytest.mark.parametrize("answer", ["", " \n ", "x" * (LONGEST_TEXT + 1)])
def test_without_words_or_with_too_many_it_stays_open(answer):
    with pytest.raises(AnswerMissing):
        done(TASK, answer=answer, by="Practitioner/p1", at=LATER)


def test_a_task_is_done_once():
    finished = done(TASK, answer="Phoned.", by="Practitioner/p1", at=LATER)

    with pytest.raises(TaskDone):
        done(finished, answer="Phoned too.", by="Practitioner/p2", at=LATER)


def test_what_asks_about_days_off_is_answered_on_the_day_on_which_it_is_due_and_not_before():
    check = replace(TASK, kind=TaskKind.WEEKEND_CHECK, due_at=datetime(2026, 11, 30, 12, tzinfo=UTC))
    midnight = datetime(2026, 11, 30, tzinfo=UTC)

    with pytest.raises(DaysOffNotOver, match="Answer this on 30 November 2026 or later"):
        done(check, answer="Seen on Friday.", by="Practitioner/p1", at=midnight - timedelta(seconds=1))
    assert not done(check, answer="Seen on Friday.", by="Practitioner/p1", at=midnight).is_open


def test_trying_in_vain_is_kept_in_order_and_leaves_the_task_open_and_due_as_before():
    first, second = (
        Attempt("a1", "Practitioner/p1", NOON),
        Attempt("a2", "Practitioner/p2", LATER, "Voicemail"),
    )

    once = tried(TASK, first)
    twice = tried(tried(once, second), second)  # a form that is sent twice counts once

    assert twice == replace(TASK, attempts=(first, second))
    assert twice.is_open
    assert twice.is_late(TASK.due_at + timedelta(seconds=1))


def test_what_is_not_done_by_reaching_somebody_or_is_done_cannot_be_tried_in_vain():
    attempt = Attempt("a1", "Practitioner/p1", LATER)
    for kind in set(TaskKind) - REACHES_SOMEBODY:
        with pytest.raises(ReachesNobody):
            tried(replace(TASK, kind=kind), attempt)
    with pytest.raises(TaskDone):
        tried(done(TASK, answer="Phoned.", by="Practitioner/p1", at=LATER), attempt)
    with pytest.raises(AnswerMissing):
        tried(TASK, replace(attempt, words="x" * (LONGEST_TEXT + 1)))


@pytest.mark.parametrize("kind", TaskKind)
def test_a_kind_with_outcomes_takes_no_words_for_one_and_otherwise_only_with_words(kind):
    row = KINDS[kind]
    if not row.outcomes:
        assert answer_of(kind, "", "Phoned.") == "Phoned."
        return
    for outcome in ("", "anything"):
        with pytest.raises(OutcomeMissing):
            answer_of(kind, outcome, "Phoned.")
    with pytest.raises(AnswerMissing):
        answer_of(kind, OTHERWISE, " ")
    assert answer_of(kind, OTHERWISE, "They moved.") == "They moved."
    for outcome in row.outcomes:
        assert answer_of(kind, outcome, "Phoned.") == f"{outcome} Phoned."
        if row.needs_words:
            with pytest.raises(AnswerMissing):
                answer_of(kind, outcome, "")


def test_what_happened_since_settles_an_open_task_and_leaves_a_done_one_alone():
    finished = done(TASK, answer="Phoned.", by="Practitioner/p1", at=LATER)

    assert settled(TASK, because="They have one.", by="system", at=LATER).is_settled
    assert settled(finished, because="They have one.", by="system", at=LATER) == finished


def test_a_clock_that_was_set_back_dates_no_end_before_the_task_was_raised():
    before = NOON - timedelta(hours=1)

    assert done(TASK, answer="Phoned.", by="Practitioner/p1", at=before).done_at == NOON
    assert settled(TASK, because="They have one.", by="system", at=before).done_at == NOON


def test_one_kind_about_one_thing_for_one_team_has_one_id():
    mine = task_id(TaskKind.TASK_LATE, "o1", "t1")

    assert mine == task_id(TaskKind.TASK_LATE, "o1", "t1")
    others = {
        task_id(TaskKind.PLAN_NOT_READ, "o1", "t1"),
        task_id(TaskKind.TASK_LATE, "o2", "t1"),
        task_id(TaskKind.TASK_LATE, "o1", "t2"),
    }
    assert mine not in others
    assert len(others) == 3


def test_a_task_knows_nothing_that_it_was_not_told():
    assert replace(TASK, words="No inhaler").words == "No inhaler"
    assert (TASK.child_id, TASK.about, TASK.answer, TASK.done_by) == ("", "", "", "")
