"""Who reads which task of a team's inbox, and when an inbox that nobody opened is told to its lead."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.places import Role
from plans.team_inbox import (
    AT_SCHOOL,
    FOR_LEADS,
    FOR_PRIVACY_LEAD,
    OF_THE_TEAM,
    READS,
    a_working_day_after,
    waiting_since,
)
from plans.team_task import TaskKind, TeamTask

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def uk(text):
    """Read 'Fri 2026-11-20 16:00', UK winter time, and refuse it when that was no Friday."""
    read = datetime.strptime(text, "%a %Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert f"{read:%a %Y-%m-%d %H:%M}" == text
    return read


def a_task(raised_at):
    return TeamTask("t1", TaskKind.NO_INHALER, "o1", "system", raised_at, raised_at + HOUR)


def test_the_table_says_for_every_role_what_it_reads():
    assert set(READS) == set(Role)
    assert all(READS.values())


def test_every_kind_is_the_teams_the_leads_or_the_privacy_leads():
    assert set(TaskKind) == OF_THE_TEAM | FOR_LEADS | FOR_PRIVACY_LEAD
    assert not OF_THE_TEAM & FOR_LEADS
    assert not OF_THE_TEAM & FOR_PRIVACY_LEAD


def test_every_kind_is_read_by_somebody_who_works_in_a_practice():
    assert READS[Role.CLINICIAN] | READS[Role.PRIVACY_LEAD] == set(TaskKind)


@pytest.mark.parametrize(
    "kind",
    [
        TaskKind.CONCERN,
        TaskKind.NO_INHALER,
        TaskKind.NOT_CALLED,
        TaskKind.QUESTION_ABOUT_PLAN,
        TaskKind.USED_AT_SCHOOL,
        TaskKind.ACCESS_IN_EMERGENCY,
        TaskKind.WHO_LOOKED,
        TaskKind.ASK_CONSENT_AGAIN,
        TaskKind.WEEKEND_CHECK,
    ],
)
def test_a_school_reads_nothing_about_illness_or_home(kind):
    assert kind not in AT_SCHOOL
    assert READS[Role.SCHOOL_STAFF] == AT_SCHOOL


def test_a_concern_is_not_for_a_pharmacist():
    assert TaskKind.CONCERN not in READS[Role.PHARMACIST]


def test_whoever_looked_does_not_judge_whether_they_might():
    assert all(not READS[role] & FOR_PRIVACY_LEAD for role in Role if role is not Role.PRIVACY_LEAD)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        pytest.param("Mon 2026-11-23 16:00", "Tue 2026-11-24 16:00", id="midweek"),
        pytest.param("Fri 2026-11-20 16:00", "Mon 2026-11-23 16:00", id="over a weekend"),
        pytest.param("Sat 2026-11-21 16:00", "Tue 2026-11-24 00:00", id="from a Saturday: all of Monday"),
        pytest.param("Sun 2026-11-22 00:00", "Tue 2026-11-24 00:00", id="from a Sunday: all of Monday"),
        pytest.param("Thu 2026-12-24 10:00", "Tue 2026-12-29 10:00", id="over Christmas"),
    ],
)
def test_a_working_day_has_gone_by_at_the_same_time_on_the_next_one(holidays_of, moment, told):
    assert a_working_day_after(uk(moment), holidays_of("england-and-wales")) == uk(told)


def test_the_working_days_are_those_of_the_teams_nation(holidays_of):
    friday = uk("Fri 2026-11-27 10:00")

    assert a_working_day_after(friday, holidays_of("england-and-wales")) == uk("Mon 2026-11-30 10:00")
    assert a_working_day_after(friday, holidays_of("scotland")) == uk("Tue 2026-12-01 10:00")


def test_where_bank_holidays_are_not_known_somebody_is_told_the_next_day(holidays_of):
    new_years_eve = uk("Fri 2027-12-31 10:00")

    assert a_working_day_after(new_years_eve, holidays_of("england-and-wales")) == uk("Sat 2028-01-01 10:00")


def test_the_time_is_the_one_that_clocks_show_when_they_have_changed(holidays_of):
    friday_in_summer_time = datetime(2026, 10, 23, 9, tzinfo=UTC)  # 10:00 in the UK

    told = a_working_day_after(friday_in_summer_time, holidays_of("england-and-wales"))

    assert told == datetime(2026, 10, 26, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raised", "opened", "answered", "since"),
    [
        pytest.param((), NOON, None, None, id="an empty inbox waits for nobody"),
        pytest.param((NOON, NOON + HOUR), None, None, NOON, id="never opened: since the first task"),
        pytest.param((NOON,), NOON + HOUR, None, NOON + HOUR, id="opened since"),
        pytest.param((NOON + HOUR,), NOON, None, NOON + HOUR, id="opened while it was empty"),
        pytest.param(
            (NOON,), NOON + HOUR, NOON + 2 * HOUR, NOON + 2 * HOUR, id="answered by the lead, not opened"
        ),
    ],
)
def test_the_wait_begins_with_the_first_task_the_last_opening_or_the_leads_answer(
    raised, opened, answered, since
):
    assert waiting_since([a_task(at) for at in raised], opened, answered) == since
