"""A concern: who is told when until it is answered, as tables that are complete."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plans.concern import (
    AGAIN,
    DISAGREED,
    HOURS,
    ORDER,
    READS,
    STEPS,
    UP_FROM,
    URGENT,
    USUAL,
    AnswerMissing,
    Concern,
    DisagreedBefore,
    Event,
    Happened,
    NothingToDisagreeWith,
    NotOpen,
    Place,
    ReasonMissing,
    State,
    Team,
    When,
    acknowledged,
    act_by_now,
    answered,
    checked,
    disagreed,
    end_of,
    rungs,
    withdrawn,
)
from plans.places import Nation, Role
from plans.school_form import NotWhole
from plans.working_days import Holidays

FRIDAY_3PM = datetime(2026, 11, 27, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOLIDAYS = Holidays(
    Nation.ENGLAND_AND_WALES, frozenset({date(2026, 12, 25)}), date(2026, 1, 1), date(2027, 12, 31)
)
CONCERN = Concern(
    id="00000000-0000-4000-8000-000000000001",
    child_id="child",
    words="He is afraid to go home.",
    how_safe=5,
    when=When.BY,
    asked_by=datetime(2026, 11, 30, 10, tzinfo=UTC),
    raised_by="Practitioner/nurse",
    raised_as=Role.SCHOOL_NURSE,
    raised_at_id="oak",
    raised_at=FRIDAY_3PM,
)
NOT_SAFE = replace(CONCERN, how_safe=1)


def event(kind, at, words="Phoned the family."):
    return Event(f"{kind} {at}", kind, at, "Practitioner/gp", "elm", words)


def fall(concern, until):
    """Return what has fallen by a moment: its step, who must act, and how many hours after it was raised."""
    found = rungs(concern, HOURS, until)
    return [
        (one.code.removeprefix("concern-"), one.owner, (one.falls_at - concern.raised_at) / HOUR)
        for one in found
        if one.falls_at <= until
    ]


def test_the_tables_are_complete():
    assert set(ORDER) == set(Role) - {Role.PRIVACY_LEAD}
    assert all(sorted(places) == sorted(Place) for places in ORDER.values())
    assert set(Role) > READS
    assert set(UP_FROM) == set(Team)
    for ladder in (URGENT, USUAL, DISAGREED):
        assert ladder[-1].owner is Team.STAFFED
    assert AGAIN.owner is Team.STAFFED
    assert set(STEPS) == {step.code for step in (*URGENT, *USUAL, *DISAGREED, AGAIN)}
    assert not any("{" in step.about for step in STEPS.values())


@pytest.mark.parametrize(
    ("when", "raised", "until"),
    [
        (When.TONIGHT, "2026-11-27T15:00+00:00", "2026-11-27T20:00+00:00"),
        (When.TONIGHT, "2026-11-27T21:00+00:00", "2026-11-27T23:00+00:00"),
        (When.TONIGHT, "2026-11-28T01:00+00:00", "2026-11-28T03:00+00:00"),
        (When.TONIGHT, "2026-12-31T23:30+00:00", "2027-01-01T01:30+00:00"),
        (When.TONIGHT, "2026-10-24T15:00+01:00", "2026-10-24T20:00+01:00"),
        (When.TONIGHT, "2026-10-25T00:30+01:00", "2026-10-25T02:30+01:00"),  # the clocks go back that night
        (When.TODAY, "2026-10-25T09:00+00:00", "2026-10-25T18:00+00:00"),
        (When.TODAY, "2026-11-27T17:30+00:00", "2026-11-27T19:30+00:00"),
    ],
)
def test_tonight_and_today_end_by_the_clock_here_and_leave_two_hours(when, raised, until):
    assert end_of(when, datetime.fromisoformat(raised)) == datetime.fromisoformat(until)


def test_a_child_who_is_not_safe_reaches_a_staffed_team_that_evening_and_each_day_until_answered():
    assert fall(NOT_SAFE, FRIDAY_3PM + 53 * HOUR) == [
        ("raised", Team.FIRST, 0),
        ("not-acknowledged", Team.LEAD, 1),
        ("not-taken", Team.STAFFED, 2),
        ("not-answered", Team.STAFFED, 5),
        ("told-again", Team.STAFFED, 53),  # it was told at 29 too; after a silence only the last one is
    ]
    assert fall(NOT_SAFE, FRIDAY_3PM + 52 * HOUR)[-1] == ("told-again", Team.STAFFED, 29)
    assert all(Team.STAFFED in (one.owner, *one.told) for one in rungs(NOT_SAFE, HOURS, FRIDAY_3PM))


@pytest.mark.parametrize("minutes", [30, 90, 150, 300])
def test_once_a_staffed_team_must_act_it_is_never_given_back_to_one_that_may_be_closed(minutes):
    urgent = replace(NOT_SAFE, asked_by=FRIDAY_3PM + timedelta(minutes=minutes))
    told = fall(urgent, FRIDAY_3PM + DAY)

    owners = [owner for _code, owner, _hours in told]
    staffed = owners.index(Team.STAFFED)
    assert set(owners[staffed:]) == {Team.STAFFED}
    assert told[staffed][2] <= min(minutes / 60, HOURS["take-urgent"])


@pytest.mark.parametrize(
    "concern",
    [replace(CONCERN, how_safe=2), replace(CONCERN, how_safe=None), replace(CONCERN, when=When.TONIGHT)],
)
def test_a_score_of_2_or_tonight_or_no_score_is_acted_on_tonight_whatever_day_was_named(concern):
    assert concern.is_urgent
    assert concern.act_by <= FRIDAY_3PM + 5 * HOUR
    assert not replace(concern, how_safe=3, when=When.BY).is_urgent


def test_any_other_concern_goes_to_the_lead_the_next_team_and_a_staffed_team():
    assert fall(CONCERN, CONCERN.asked_by + 26 * HOUR) == [
        ("raised", Team.FIRST, 0),
        ("not-acknowledged", Team.LEAD, 4),
        ("not-answered", Team.NEXT, 67),
        ("staffed", Team.STAFFED, 69),
        ("told-again", Team.STAFFED, 93),
    ]


def test_a_team_is_told_once_of_two_steps_that_fall_at_the_same_moment():
    urgent = replace(NOT_SAFE, asked_by=FRIDAY_3PM + 2 * HOUR)

    assert fall(urgent, FRIDAY_3PM + 3 * HOUR) == [
        ("raised", Team.FIRST, 0),
        ("not-acknowledged", Team.LEAD, 1),
        ("not-answered", Team.STAFFED, 2),
    ]


def test_who_says_that_they_have_seen_it_settles_only_that_nobody_had():
    seen = acknowledged(NOT_SAFE, event(Happened.ACKNOWLEDGED, FRIDAY_3PM + HOUR / 2))

    assert [one.code for one in rungs(seen, HOURS, FRIDAY_3PM + 0.6 * HOUR)] == [
        "concern-raised",
        "concern-not-answered",
    ]
    assert acknowledged(seen, event(Happened.ACKNOWLEDGED, FRIDAY_3PM + HOUR)) == seen


def test_who_was_only_told_settles_nothing_by_having_seen_it_and_says_so_once_more_when_they_must_act():
    told = replace(event(Happened.READ, FRIDAY_3PM + HOUR / 2), organisation_id="ash")
    read = acknowledged(NOT_SAFE, told)

    assert read.state is State.SENT
    assert rungs(read, HOURS, FRIDAY_3PM + DAY) == rungs(NOT_SAFE, HOURS, FRIDAY_3PM + DAY)
    assert acknowledged(read, told) == read
    assert acknowledged(read, replace(told, kind=Happened.ACKNOWLEDGED)).state is State.ACKNOWLEDGED
    both = acknowledged(read, event(Happened.ACKNOWLEDGED, FRIDAY_3PM + HOUR))
    assert (both.state, both.seen_by) == (State.ACKNOWLEDGED, ("ash", "elm"))


def test_an_answer_or_a_withdrawal_ends_it():
    for end, kind in ((answered, Happened.ANSWERED), (withdrawn, Happened.WITHDRAWN)):
        ended = end(NOT_SAFE, event(kind, FRIDAY_3PM + HOUR))
        assert rungs(ended, HOURS, FRIDAY_3PM + 9 * DAY) == ()
        with pytest.raises(NotOpen):
            acknowledged(ended, event(Happened.ACKNOWLEDGED, FRIDAY_3PM + 2 * HOUR))


def test_who_disagrees_moves_it_up_with_a_new_clock_once():
    monday = CONCERN.asked_by
    again = monday + HOUR
    for answer_at, up in ((FRIDAY_3PM + HOUR, Team.NEXT), (monday, Team.STAFFED)):
        done = answered(CONCERN, event(Happened.ANSWERED, answer_at))
        open_again = disagreed(done, event(Happened.DISAGREED, again))
        told = rungs(open_again, HOURS, again + 4 * HOUR)

        assert open_again.state is State.SENT
        assert act_by_now(open_again, HOURS) == again + 4 * HOUR
        assert (told[0].not_by, told[1].not_by) == ("elm", "")  # the last step is a staffed team's always
        assert [(one.owner, one.falls_at) for one in told[:2]] == [
            (up, again),
            (Team.STAFFED, again + 4 * HOUR),
        ]

    final = answered(open_again, event(Happened.ANSWERED, again + HOUR))
    with pytest.raises(DisagreedBefore):
        disagreed(final, event(Happened.DISAGREED, again + 2 * HOUR))
    urgent = disagreed(answered(NOT_SAFE, event(Happened.ANSWERED, again)), event(Happened.DISAGREED, again))
    assert rungs(urgent, HOURS, again)[0].owner is Team.STAFFED


def test_each_rung_of_each_round_has_one_id_of_its_own():
    done = answered(NOT_SAFE, event(Happened.ANSWERED, FRIDAY_3PM))
    again = disagreed(done, event(Happened.DISAGREED, FRIDAY_3PM + HOUR))
    both = [
        dict.fromkeys(rung for days in range(9) for rung in rungs(one, HOURS, FRIDAY_3PM + days * DAY))
        for one in (NOT_SAFE, again)
    ]
    ids = [rung.id for ladder in both for rung in ladder]

    assert len(ids) == len(set(ids)) > 10


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 1501}, "words"),
        ({"how_safe": None}, "how-safe"),
        ({"how_safe": 11}, "how-safe"),
        ({"asked_by": FRIDAY_3PM}, "by-day"),
        ({"asked_by": FRIDAY_3PM + 20 * HOUR}, "by-day"),  # a Saturday
        ({"asked_by": FRIDAY_3PM + 8 * DAY}, "by-day"),
    ],
)
def test_a_concern_that_leaves_out_what_matters_is_refused(changes, field):
    with pytest.raises(NotWhole) as refusal:
        checked(replace(CONCERN, **changes), HOLIDAYS)

    assert refusal.value.field == field
    assert checked(CONCERN, HOLIDAYS) == CONCERN


def test_what_is_said_needs_words_and_its_time():
    with pytest.raises(AnswerMissing):
        answered(CONCERN, event(Happened.ANSWERED, FRIDAY_3PM, " "))
    with pytest.raises(ReasonMissing):
        withdrawn(CONCERN, event(Happened.WITHDRAWN, FRIDAY_3PM, ""))
    with pytest.raises(NothingToDisagreeWith):
        disagreed(CONCERN, event(Happened.DISAGREED, FRIDAY_3PM))
