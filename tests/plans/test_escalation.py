from datetime import UTC, date, datetime, timedelta
from string import Formatter

import pytest

from plans.escalation import Climb, Rung, alert_id, answer_by, passed_on, rungs_standing
from plans.follow_up import due_on, working_days_late
from plans.ladder import HOURS, HOURS_TO_ANSWER, IS_STAFFED_TEAM, LADDER, NEXT_OWNER, UNANSWERED_ABOUT, Owner
from plans.places import Nation
from plans.review_events import Event, EventKind
from plans.working_days import UK, CalendarEnds, NaiveDatetime, uk_time

GP = "Practitioner/6a1f"
REVIEW_ID = "3f1c9a52-7b1e-4a57-9a55-0d5d4f1f7c11"
FRIDAY_1830 = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)  # when its review is due
LONG_AFTER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
CODES = [
    "not-accepted",
    "hours-48",
    "not-booked",
    "due-today",
    "overdue",
    "overdue-1-working-day",
    "overdue-2-working-days",
    "still-overdue",
]


def moment(text: str) -> datetime:
    """Read 'Fri 2026-11-20 18:30', as a clock in the UK shows it."""
    read = datetime.strptime(text, "%a %Y-%m-%d %H:%M").replace(tzinfo=UK)
    assert f"{read:%a %Y-%m-%d %H:%M}" == text
    return read


def shown(at: datetime) -> str:
    return f"{uk_time(at):%a %Y-%m-%d %H:%M}"


def event(kind: EventKind, at: datetime, **more: str) -> Event:
    return Event(more.pop("id", kind.value), kind, at, by=GP, reason="-", **more)


@pytest.fixture
def england(holidays_of):
    return holidays_of("england-and-wales")


def climb(holidays, *happened: Event, discharged=FRIDAY_1830, due=TUESDAY, **more) -> Climb:
    return Climb(discharged, due, happened, holidays, **more)


def rungs_passed(climb: Climb, now: datetime) -> list[Rung]:
    return [rung for rung in rungs_standing(climb, now) if rung.falls_at <= now]


def whole_ladder(climb: Climb) -> tuple[Rung, ...]:
    """Return each rung as it first falls, while nothing has happened yet."""
    return rungs_standing(climb, climb.discharged_at)


def codes_passed(england, *happened: Event, now: datetime = LONG_AFTER) -> list[str]:
    return [rung.code for rung in rungs_passed(climb(england, *happened), now)]


def test_every_owner_is_known_to_be_a_staffed_team_or_not():
    assert set(IS_STAFFED_TEAM) == set(Owner)


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.code)
def test_every_step_has_an_owner_and_one_sentence_that_names_nothing_but_the_due_date_and_the_hours(step):
    fields = {field for _, field, _, _ in Formatter().parse(step.about) if field}

    assert step.owner in Owner
    assert fields <= {"due", "hours"}
    assert step.about.endswith(".")
    assert step.about.count(".") == 1


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.code)
def test_no_step_waits_for_a_practice_that_is_closed(step):
    assert IS_STAFFED_TEAM[step.when_closed]


def test_the_last_step_belongs_to_a_staffed_team_at_any_hour():
    last = LADDER[-1]

    assert IS_STAFFED_TEAM[last.owner]
    assert IS_STAFFED_TEAM[last.when_closed]
    assert Owner.PRACTICE_LEAD in last.also


def test_the_steps_have_the_names_that_people_know():
    assert sorted(step.code for step in LADDER) == sorted(CODES)


@pytest.mark.parametrize(
    ("nation", "discharged", "falls"),
    [
        pytest.param(
            "england-and-wales",
            "Fri 2026-11-20 18:30",
            {
                "not-accepted": "Sat 2026-11-21 18:30",
                "hours-48": "Sun 2026-11-22 18:30",
                "not-booked": "Mon 2026-11-23 08:00",
                "due-today": "Tue 2026-11-24 08:00",
                "overdue": "Wed 2026-11-25 00:00",
                "overdue-1-working-day": "Thu 2026-11-26 00:00",
                "overdue-2-working-days": "Fri 2026-11-27 00:00",
                "still-overdue": "Fri 2026-11-27 08:00",
            },
            id="Friday",
        ),
        pytest.param(
            "england-and-wales",
            "Mon 2026-11-16 09:00",
            {
                "not-booked": "Tue 2026-11-17 08:00",
                "not-accepted": "Tue 2026-11-17 09:00",
                "due-today": "Wed 2026-11-18 08:00",
                "hours-48": "Wed 2026-11-18 09:00",
                "overdue": "Thu 2026-11-19 00:00",
                "overdue-1-working-day": "Fri 2026-11-20 00:00",
                "overdue-2-working-days": "Sat 2026-11-21 00:00",
                "still-overdue": "Mon 2026-11-23 08:00",
            },
            id="Monday morning: the due day begins before its 48 hours are over",
        ),
        pytest.param(
            "england-and-wales",
            "Thu 2026-12-24 18:00",
            {
                "not-accepted": "Fri 2026-12-25 18:00",
                "hours-48": "Sat 2026-12-26 18:00",
                "not-booked": "Tue 2026-12-29 08:00",
                "due-today": "Wed 2026-12-30 08:00",
                "overdue": "Thu 2026-12-31 00:00",
                "overdue-1-working-day": "Fri 2027-01-01 00:00",
                "overdue-2-working-days": "Tue 2027-01-05 00:00",
                "still-overdue": "Tue 2027-01-05 08:00",
            },
            id="Christmas Eve",
        ),
        pytest.param(
            "scotland",
            "Wed 2026-12-30 12:00",
            {
                "not-booked": "Thu 2026-12-31 08:00",
                "not-accepted": "Thu 2026-12-31 12:00",
                "hours-48": "Fri 2027-01-01 12:00",
                "due-today": "Tue 2027-01-05 08:00",
                "overdue": "Wed 2027-01-06 00:00",
                "overdue-1-working-day": "Thu 2027-01-07 00:00",
                "overdue-2-working-days": "Fri 2027-01-08 00:00",
                "still-overdue": "Fri 2027-01-08 08:00",
            },
            id="New Year in Scotland",
        ),
        pytest.param(
            "england-and-wales",
            "Fri 2026-10-23 18:00",
            {
                "not-accepted": "Sat 2026-10-24 18:00",
                "hours-48": "Sun 2026-10-25 17:00",
                "not-booked": "Mon 2026-10-26 08:00",
                "due-today": "Tue 2026-10-27 08:00",
                "overdue": "Wed 2026-10-28 00:00",
                "overdue-1-working-day": "Thu 2026-10-29 00:00",
                "overdue-2-working-days": "Fri 2026-10-30 00:00",
                "still-overdue": "Fri 2026-10-30 08:00",
            },
            id="the clocks go back",
        ),
    ],
)
def test_the_rungs_fall_when_a_calendar_says(holidays_of, nation, discharged, falls):
    holidays = holidays_of(nation)
    due = due_on(moment(discharged), holidays)

    rungs = whole_ladder(climb(holidays, discharged=moment(discharged), due=due))

    assert [(rung.code, shown(rung.falls_at)) for rung in rungs] == list(falls.items())


@pytest.mark.parametrize("nation", Nation)
def test_on_any_day_the_whole_ladder_falls_in_order_and_ends_with_the_last_step(holidays_of, nation):
    holidays = holidays_of(nation)
    first = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)

    for discharged in (first + timedelta(hours=7 * n) for n in range(715 * 24 // 7)):
        due = due_on(discharged, holidays)
        rungs = whole_ladder(climb(holidays, discharged=discharged, due=due))
        moments = [rung.falls_at for rung in rungs]
        assert moments == sorted(moments)
        assert sorted(rung.code for rung in rungs) == sorted(CODES)
        assert [rung.code for rung in rungs][4:] == CODES[4:]
        assert moments[0] > discharged


def test_a_friday_does_not_wait_until_monday(england):
    weekend = rungs_passed(climb(england), moment("Sun 2026-11-22 18:30"))

    assert [(rung.code, rung.owner, rung.told) for rung in weekend] == [
        ("not-accepted", Owner.DISCHARGING_TEAM, (Owner.PRACTICE,)),
        ("hours-48", Owner.DISCHARGING_TEAM, (Owner.PRACTICE,)),
    ]


def test_on_working_days_the_practice_owns_its_rungs_until_its_lead_and_then_the_hospital(england):
    rungs = rungs_passed(climb(england), LONG_AFTER)

    assert [(rung.code, rung.owner) for rung in rungs[2:]] == [
        ("not-booked", Owner.PRACTICE),
        ("due-today", Owner.PRACTICE),
        ("overdue", Owner.PRACTICE),
        ("overdue-1-working-day", Owner.PRACTICE_LEAD),
        ("overdue-2-working-days", Owner.HOSPITAL_TEAM),
        ("still-overdue", Owner.HOSPITAL_TEAM),
    ]
    assert all(rung.owner not in rung.told and len(set(rung.told)) == len(rung.told) for rung in rungs)


def test_a_review_that_goes_late_on_a_friday_night_is_the_hospitals_that_night(england):
    wednesday = moment("Wed 2026-11-18 09:00")

    late = climb(england, discharged=wednesday, due=date(2026, 11, 20))
    rungs = rungs_passed(late, moment("Sat 2026-11-21 00:00"))

    assert (rungs[-1].code, rungs[-1].owner, rungs[-1].told) == (
        "overdue",
        Owner.DISCHARGING_TEAM,
        (Owner.PRACTICE,),
    )


def test_a_rung_passes_at_its_moment_and_not_before(england):
    midnight = moment("Wed 2026-11-25 00:00")

    assert codes_passed(england, now=midnight - timedelta(seconds=1)) == CODES[:4]
    assert codes_passed(england, now=midnight) == CODES[:5]


def test_a_late_sweep_raises_all_that_passed(england):
    assert codes_passed(england) == CODES


def test_no_sweep_takes_back_what_an_earlier_one_raised(england):
    hours = [FRIDAY_1830 + timedelta(hours=n) for n in range(200)]

    passed = [codes_passed(england, now=hour) for hour in hours]

    assert all(later[: len(earlier)] == earlier for earlier, later in zip(passed, passed[1:], strict=False))


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.CONTACT_ATTEMPTED,
        EventKind.MESSAGE_LEFT,
        EventKind.WAS_NOT_BROUGHT,
    ],
)
def test_trying_and_not_being_brought_stop_no_rung(england, kind):
    assert codes_passed(england, event(kind, FRIDAY_1830 + timedelta(hours=1))) == CODES


def test_a_booking_settles_only_that_nothing_is_booked_until_the_child_is_not_brought(england):
    booked = event(EventKind.BOOKED, moment("Fri 2026-11-20 19:00"))
    not_brought = event(EventKind.WAS_NOT_BROUGHT, moment("Mon 2026-11-23 10:00"))
    booked_again = event(EventKind.BOOKED, moment("Mon 2026-11-23 11:00"), id="again")

    without = [code for code in CODES if code != "not-booked"]
    assert codes_passed(england, booked) == without
    assert codes_passed(england, booked, not_brought) == CODES
    assert codes_passed(england, booked, not_brought, booked_again) == without


def test_each_time_the_child_is_not_brought_that_nothing_is_booked_falls_anew_for_whoever_is_there(england):
    booked = event(EventKind.BOOKED, moment("Mon 2026-11-23 09:00"))
    not_brought = event(EventKind.WAS_NOT_BROUGHT, moment("Mon 2026-11-23 15:00"), id="first")
    in_error = event(EventKind.WITHDRAWN, moment("Mon 2026-11-23 15:05"), withdraws="first")
    at_night = event(EventKind.WAS_NOT_BROUGHT, moment("Mon 2026-11-23 19:00"), id="second")
    happened = [(), (booked, not_brought), (booked, not_brought, in_error, at_night)]

    ladders = [rungs_standing(climb(england, *events), LONG_AFTER) for events in happened]
    not_booked = [next(rung for rung in ladder if rung.code == "not-booked") for ladder in ladders]

    assert len({alert_id(REVIEW_ID, rung, (), LONG_AFTER) for rung in not_booked}) == len(happened)
    assert [(shown(rung.falls_at), rung.owner) for rung in not_booked] == [
        ("Mon 2026-11-23 08:00", Owner.PRACTICE),
        ("Mon 2026-11-23 15:00", Owner.PRACTICE),
        ("Mon 2026-11-23 19:00", Owner.DISCHARGING_TEAM),
    ]


@pytest.mark.parametrize(
    ("kind", "code"), [(EventKind.ACCEPTED, "not-accepted"), (EventKind.BOOKED, "not-booked")]
)
def test_what_had_settled_a_rung_and_is_withdrawn_lets_it_fall_anew_with_an_alert_of_its_own(
    england, kind, code
):
    settles = event(kind, moment("Mon 2026-11-23 09:00"), id="settles")
    in_error = event(EventKind.WITHDRAWN, moment("Mon 2026-11-23 15:00"), withdraws="settles")
    happened = [(), (settles, in_error)]

    ladders = [rungs_standing(climb(england, *events), LONG_AFTER) for events in happened]
    first, anew = (next(rung for rung in ladder if rung.code == code) for ladder in ladders)

    assert shown(anew.falls_at) == "Mon 2026-11-23 15:00"
    assert alert_id(REVIEW_ID, first, (), LONG_AFTER) != alert_id(REVIEW_ID, anew, (), LONG_AFTER)


def test_acceptance_settles_only_the_first_rung(england):
    assert codes_passed(england, event(EventKind.ACCEPTED, FRIDAY_1830)) == CODES[1:]


@pytest.mark.parametrize(
    "kind", [EventKind.REVIEW_RECORDED, EventKind.NOT_NEEDED, EventKind.DISCHARGE_CANCELLED]
)
def test_no_rung_stands_once_the_review_is_closed(england, kind):
    assert codes_passed(england, event(kind, moment("Thu 2026-11-26 09:00"))) == []


def test_a_reopened_review_stands_on_all_its_rungs_again(england):
    review = event(EventKind.REVIEW_RECORDED, moment("Mon 2026-11-23 09:00"))
    withdrawn = event(EventKind.WITHDRAWN, moment("Thu 2026-11-26 09:00"), withdraws=review.id)

    assert codes_passed(england, review, withdrawn) == CODES


def test_two_sweeps_make_one_alert_of_a_rung(england):
    sweeps = [
        {alert_id(REVIEW_ID, rung, (), now) for rung in rungs_passed(climb(england), now)}
        for now in (LONG_AFTER, LONG_AFTER + timedelta(minutes=5))
    ]

    assert sweeps[0] == sweeps[1]
    assert len(sweeps[0]) == len(CODES)


def test_other_reviews_and_a_reopened_review_have_alerts_of_their_own(england):
    rung = rungs_passed(climb(england), LONG_AFTER)[0]
    review = event(EventKind.REVIEW_RECORDED, moment("Mon 2026-11-23 09:00"))
    withdrawn = event(EventKind.WITHDRAWN, moment("Thu 2026-11-26 09:00"), withdraws=review.id)
    other_review = REVIEW_ID.replace("3f", "4f")

    ids = {
        alert_id(REVIEW_ID, rung, (), LONG_AFTER),
        alert_id(REVIEW_ID, rung, (review, withdrawn), LONG_AFTER),
        alert_id(other_review, rung, (), LONG_AFTER),
    }

    assert len(ids) == 3


def test_the_words_say_the_due_date_as_people_read_it(england):
    overdue = rungs_passed(climb(england), LONG_AFTER)[4]

    assert overdue.about == (
        "The review was due by the end of Tuesday 24 November 2026 and none is recorded: "
        "phone the family now, review the child today, and record it."
    )


def test_a_clock_that_runs_is_chased_sooner_where_the_calendar_ends(england):
    discharged = moment("Tue 2027-12-28 12:00")
    due = due_on(discharged, england)

    rungs = {rung.code: rung for rung in whole_ladder(climb(england, discharged=discharged, due=due))}

    assert due == date(2027, 12, 30)
    assert shown(rungs["overdue-1-working-day"].falls_at) == "Sat 2028-01-01 00:00"
    assert shown(rungs["overdue-2-working-days"].falls_at) == "Sun 2028-01-02 00:00"
    assert rungs["overdue-1-working-day"].owner is Owner.HOSPITAL_TEAM
    with pytest.raises(CalendarEnds):
        due_on(discharged + timedelta(days=2), england)


def test_a_sweep_without_a_timezone_is_refused(england):
    with pytest.raises(NaiveDatetime):
        codes_passed(england, now=datetime(2026, 12, 7, 9, 0))  # noqa: DTZ001


def test_every_owner_passes_on_to_another_up_to_a_team_that_is_staffed():
    assert set(NEXT_OWNER) == set(Owner)
    for owner in Owner:
        chain = [owner]
        while NEXT_OWNER[chain[-1]]:
            chain.append(NEXT_OWNER[chain[-1]])
        assert len(set(chain)) == len(chain)
        assert IS_STAFFED_TEAM[chain[-1]]


def test_what_is_passed_on_is_addressed_to_the_lead_or_the_team_that_must_act_which_may_have_had_it_before(
    england,
):
    assert set(UNANSWERED_ABOUT) == set(NEXT_OWNER.values()) - {None}
    rung, tuesday = rungs_passed(climb(england), LONG_AFTER)[3], moment("Tue 2026-11-24 10:00")

    to_lead = passed_on(rung, Owner.PRACTICE, climb(england), tuesday)
    to_team = passed_on(rung, Owner.PRACTICE_LEAD, climb(england), tuesday)

    said = "Nobody has acknowledged this alert in its time:"
    assert to_lead.about == f"{said} the lead of your team names who acts now. {rung.about}"
    assert to_team.about == f"{said} your team must act now. {rung.about}"


def test_every_rung_says_in_how_many_hours_it_must_be_acknowledged():
    assert set(HOURS_TO_ANSWER) == {*CODES, "date-in-doubt"}


@pytest.mark.parametrize(
    ("owner", "raised", "by"),
    [
        (Owner.PRACTICE, "Tue 2026-11-24 08:00", "Tue 2026-11-24 10:00"),
        (Owner.PRACTICE, "Wed 2026-11-25 00:00", "Wed 2026-11-25 10:00"),
        (Owner.HOSPITAL_TEAM, "Wed 2026-11-25 00:00", "Wed 2026-11-25 02:00"),
        (Owner.HOSPITAL_TEAM, "Sun 2026-10-25 00:30", "Sun 2026-10-25 01:30"),  # the clocks go back at 2
    ],
)
def test_the_hours_of_a_practice_count_from_the_morning_and_those_of_a_ward_at_night_too(owner, raised, by):
    assert shown(answer_by("overdue", owner, moment(raised), HOURS)) == by
    assert shown(answer_by("overdue-unanswered", owner, moment(raised), HOURS)) == by


@pytest.mark.parametrize(
    ("owner", "now", "after"),
    [
        (Owner.PRACTICE, "Tue 2026-11-24 10:00", Owner.PRACTICE_LEAD),
        (Owner.PRACTICE, "Tue 2026-11-24 18:30", Owner.HOSPITAL_TEAM),
        (Owner.PRACTICE, "Sat 2026-11-28 10:00", Owner.HOSPITAL_TEAM),
        (Owner.PRACTICE_LEAD, "Tue 2026-11-24 10:00", Owner.HOSPITAL_TEAM),
        (Owner.DISCHARGING_TEAM, "Sat 2026-11-28 03:00", Owner.HOSPITAL_TEAM),
    ],
)
def test_what_nobody_acknowledged_goes_to_whoever_is_next_and_there(england, owner, now, after):
    rung = rungs_passed(climb(england), moment("Tue 2026-11-24 08:00"))[-1]

    passed = passed_on(rung, owner, climb(england), moment(now))

    assert (passed.owner, passed.code) == (after, "due-today-unanswered")
    assert owner in passed.told
    assert after not in passed.told
    assert passed.about.endswith(rung.about)


def test_the_last_team_has_nobody_after_it(england):
    rung = rungs_passed(climb(england), LONG_AFTER)[-1]

    assert passed_on(rung, Owner.HOSPITAL_TEAM, climb(england), LONG_AFTER) is None


@pytest.mark.parametrize(
    ("now", "occasions"),
    [
        ("Fri 2026-11-27 07:59", ["2026-11-27"]),
        ("Fri 2026-11-27 08:00", ["2026-11-27", "2026-11-30"]),
        ("Mon 2026-11-30 07:59", ["2026-11-27", "2026-11-30"]),
        ("Mon 2026-11-30 08:00", ["2026-11-30", "2026-12-01"]),
        ("Sun 2026-12-27 12:00", ["2026-12-24", "2026-12-29"]),
    ],
)
def test_the_last_rung_comes_again_on_each_working_day(england, now, occasions):
    again = [rung for rung in rungs_standing(climb(england), moment(now)) if rung.code == "still-overdue"]

    assert [rung.occasion for rung in again] == occasions
    assert len({alert_id(REVIEW_ID, rung, (), LONG_AFTER) for rung in again}) == len(occasions)
    assert {rung.owner for rung in again} == {Owner.HOSPITAL_TEAM}


@pytest.mark.parametrize(
    ("discharged", "owner"),
    [
        ("Mon 2026-11-16 09:00", Owner.PRACTICE),
        ("Mon 2026-11-16 18:29", Owner.PRACTICE),
        ("Mon 2026-11-16 18:30", Owner.DISCHARGING_TEAM),
        ("Mon 2026-11-16 03:00", Owner.DISCHARGING_TEAM),
    ],
)
def test_at_night_who_is_there_owns_what_falls(england, discharged, owner):
    rungs = {rung.code: rung for rung in whole_ladder(climb(england, discharged=moment(discharged)))}

    assert rungs["hours-48"].owner is owner


def test_shorter_local_hours_are_those_of_the_ladder(england):
    sooner = climb(england, hours={**HOURS, "accept": 6})

    first = rungs_passed(sooner, moment("Sat 2026-11-21 00:30"))[0]

    assert (first.code, shown(first.falls_at)) == ("not-accepted", "Sat 2026-11-21 00:30")
    assert "in 6 hours" in first.about


@pytest.mark.parametrize("due", [TUESDAY, date(2026, 11, 27), date(2026, 12, 24)])
def test_a_review_is_late_by_as_many_working_days_as_the_step_of_its_ladder_says(england, due):
    said = {"overdue": 0, "overdue-1-working-day": 1, "overdue-2-working-days": 2}
    late = [one for one in whole_ladder(climb(england, due=due)) if one.code in said]

    assert len(late) == len(said)
    for rung in late:
        assert working_days_late(due, uk_time(rung.falls_at).date(), england) == said[rung.code]
