from datetime import UTC, date, datetime, timedelta

import pytest

from plans.follow_up import State, due_at, due_lines, due_on, hours_48, standing
from plans.review_events import Event, EventKind
from plans.working_days import UK, CalendarEnds, NaiveDatetime

GP = "Practitioner/6a1f"
FRIDAY_1830 = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)  # when its review is due


def moment(text: str) -> datetime:
    """Read 'Fri 2026-11-20 18:30', as a clock in the UK shows it."""
    read = datetime.strptime(text, "%a %Y-%m-%d %H:%M").replace(tzinfo=UK)
    assert f"{read:%a %Y-%m-%d %H:%M}" == text
    return read


def events(*happened: tuple[EventKind, str]) -> tuple[Event, ...]:
    """Make events with the ids 0, 1, 2, from kinds and UK times."""
    return tuple(Event(str(n), kind, moment(at), by=GP, reason="-") for n, (kind, at) in enumerate(happened))


def stands(*happened: tuple[EventKind, str], now: str):
    return standing(events(*happened), FRIDAY_1830, TUESDAY, moment(now))


ENGLAND, SCOTLAND, NORTHERN_IRELAND = "england-and-wales", "scotland", "northern-ireland"


@pytest.mark.parametrize(
    ("nation", "discharged", "due"),
    [
        pytest.param(ENGLAND, "Mon 2026-11-16 09:00", "Wed 2026-11-18", id="Monday"),
        pytest.param(ENGLAND, "Thu 2026-11-19 09:00", "Mon 2026-11-23", id="Thursday"),
        pytest.param(ENGLAND, "Fri 2026-11-20 18:30", "Tue 2026-11-24", id="Friday evening"),
        pytest.param(ENGLAND, "Fri 2026-11-20 00:00", "Tue 2026-11-24", id="Friday's first minute"),
        pytest.param(ENGLAND, "Fri 2026-11-20 23:59", "Tue 2026-11-24", id="Friday's last minute"),
        pytest.param(ENGLAND, "Sat 2026-11-21 00:00", "Tue 2026-11-24", id="Saturday"),
        pytest.param(ENGLAND, "Sun 2026-11-22 23:59", "Tue 2026-11-24", id="Sunday"),
        pytest.param(ENGLAND, "Mon 2026-11-23 00:00", "Wed 2026-11-25", id="a minute later is Monday"),
        pytest.param(ENGLAND, "Sun 2026-11-15 03:40", "Tue 2026-11-17", id="emergency department at night"),
        pytest.param(ENGLAND, "Fri 2026-11-27 18:30", "Tue 2026-12-01", id="the end of November"),
        pytest.param(SCOTLAND, "Fri 2026-11-27 18:30", "Wed 2026-12-02", id="over St Andrew's Day"),
        pytest.param(ENGLAND, "Thu 2026-12-24 18:00", "Wed 2026-12-30", id="Christmas Eve"),
        pytest.param(SCOTLAND, "Thu 2026-12-24 18:00", "Wed 2026-12-30", id="Christmas Eve in Scotland"),
        pytest.param(ENGLAND, "Fri 2026-12-25 18:00", "Wed 2026-12-30", id="Christmas Day"),
        pytest.param(ENGLAND, "Wed 2026-12-30 12:00", "Mon 2027-01-04", id="over the year end"),
        pytest.param(SCOTLAND, "Wed 2026-12-30 12:00", "Tue 2027-01-05", id="over the year end in Scotland"),
        pytest.param(ENGLAND, "Thu 2026-12-31 23:59", "Tue 2027-01-05", id="New Year's Eve"),
        pytest.param(SCOTLAND, "Thu 2026-12-31 23:59", "Wed 2027-01-06", id="Hogmanay"),
        pytest.param(ENGLAND, "Thu 2027-03-25 16:00", "Wed 2027-03-31", id="before Easter 2027"),
        pytest.param(SCOTLAND, "Thu 2027-03-25 16:00", "Tue 2027-03-30", id="before Easter in Scotland"),
        pytest.param(NORTHERN_IRELAND, "Thu 2027-03-25 16:00", "Wed 2027-03-31", id="before Easter in NI"),
        pytest.param(NORTHERN_IRELAND, "Tue 2027-03-16 16:00", "Fri 2027-03-19", id="over St Patrick's Day"),
        pytest.param(ENGLAND, "Tue 2027-03-16 16:00", "Thu 2027-03-18", id="17 March in England"),
        pytest.param(NORTHERN_IRELAND, "Fri 2027-07-09 16:00", "Wed 2027-07-14", id="over 12 July"),
        pytest.param(SCOTLAND, "Fri 2026-06-12 16:00", "Wed 2026-06-17", id="over the World Cup holiday"),
        pytest.param(ENGLAND, "Fri 2026-03-27 18:00", "Tue 2026-03-31", id="the clocks go forward"),
        pytest.param(ENGLAND, "Fri 2026-10-23 18:00", "Tue 2026-10-27", id="the clocks go back"),
    ],
)
def test_the_review_is_due_on_the_second_working_day_after_the_day_of_discharge(
    holidays_of, nation, discharged, due
):
    due_day = due_on(moment(discharged), holidays_of(nation))

    assert f"{due_day:%a %Y-%m-%d}" == due


def test_the_day_of_discharge_is_the_day_in_the_uk(holidays_of):
    after_midnight_in_the_uk = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # Tuesday there

    assert due_on(after_midnight_in_the_uk, holidays_of(ENGLAND)) == date(2026, 6, 4)


def test_a_clock_that_would_run_over_the_end_of_the_calendar_is_refused(holidays_of):
    with pytest.raises(CalendarEnds):
        due_on(moment("Thu 2027-12-30 12:00"), holidays_of(ENGLAND))


def test_a_discharge_without_a_timezone_is_refused(holidays_of):
    naive = datetime(2026, 11, 20, 18, 30)  # noqa: DTZ001

    with pytest.raises(NaiveDatetime):
        due_on(naive, holidays_of(ENGLAND))
    with pytest.raises(NaiveDatetime):
        hours_48(naive)
    with pytest.raises(NaiveDatetime):
        standing((), naive, TUESDAY, FRIDAY_1830)
    with pytest.raises(NaiveDatetime):
        standing((), FRIDAY_1830, TUESDAY, naive)


@pytest.mark.parametrize(
    ("due", "last_second"),
    [
        pytest.param(date(2026, 11, 24), "2026-11-24T23:59:59+00:00", id="winter"),
        pytest.param(date(2026, 6, 4), "2026-06-04T22:59:59+00:00", id="summer"),
        pytest.param(date(2026, 10, 25), "2026-10-25T23:59:59+00:00", id="the day the clocks go back"),
        pytest.param(date(2026, 3, 29), "2026-03-29T22:59:59+00:00", id="the day the clocks go forward"),
    ],
)
def test_due_ends_with_the_day_in_the_uk(due, last_second):
    assert due_at(due).isoformat() == last_second


@pytest.mark.parametrize(
    ("discharged", "due", "after_48_hours"),
    [
        pytest.param("Fri 2026-11-20 18:30", "2026-11-24", "2026-11-22T18:30+00:00", id="Friday"),
        pytest.param("Fri 2026-11-27 18:30", "2026-12-01", "2026-11-29T18:30+00:00", id="next Friday"),
        pytest.param("Thu 2026-12-24 18:00", "2026-12-30", "2026-12-26T18:00+00:00", id="Christmas Eve"),
        pytest.param("Mon 2026-06-01 10:00", "2026-06-03", "2026-06-03T10:00+01:00", id="in summer time"),
        pytest.param("Sat 2026-10-24 18:00", "2026-10-27", "2026-10-26T17:00+00:00", id="clocks go back"),
        pytest.param("Sat 2026-03-28 18:00", "2026-03-31", "2026-03-30T19:00+01:00", id="clocks go forward"),
    ],
)
def test_two_lines_say_the_due_date_and_48_real_hours(holidays_of, discharged, due, after_48_hours):
    assert due_lines(moment(discharged), holidays_of(ENGLAND)) == (due, after_48_hours)


def test_48_real_hours_pass_whatever_the_clocks_do():
    second_half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=UK, fold=1)  # shown twice that night

    assert hours_48(second_half_past_one) == datetime(2026, 10, 27, 1, 30, tzinfo=UTC)
    assert hours_48(second_half_past_one.replace(fold=0)) == datetime(2026, 10, 27, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param("Fri 2026-11-20 18:31", State.RUNNING, id="just discharged"),
        pytest.param("Fri 2026-11-20 18:00", State.RUNNING, id="a clock that was set back"),
        pytest.param("Sun 2026-11-22 18:29", State.RUNNING, id="a minute before 48 hours"),
        pytest.param("Sun 2026-11-22 18:30", State.HOURS_48_PASSED, id="48 hours"),
        pytest.param("Mon 2026-11-23 23:59", State.HOURS_48_PASSED, id="the night before it is due"),
        pytest.param("Tue 2026-11-24 00:00", State.DUE_TODAY, id="the due day begins"),
        pytest.param("Tue 2026-11-24 23:59", State.DUE_TODAY, id="the due day ends"),
        pytest.param("Wed 2026-11-25 00:00", State.OVERDUE, id="a minute later"),
        pytest.param("Fri 2026-12-04 09:00", State.OVERDUE, id="ten days later"),
    ],
)
def test_an_open_review_stands_where_the_hour_puts_it(now, state):
    at_now = stands(now=now)

    assert (at_now.state, at_now.is_closed) == (state, False)


@pytest.mark.parametrize(
    ("reviewed", "state"),
    [
        ("Tue 2026-11-24 23:59", State.REVIEWED_IN_TIME),
        ("Wed 2026-11-25 00:00", State.REVIEWED_LATE),
        ("Fri 2026-11-27 09:00", State.REVIEWED_LATE),
    ],
)
def test_a_recorded_review_closes_and_the_day_it_happened_says_whether_in_time(reviewed, state):
    closed = stands((EventKind.REVIEW_RECORDED, reviewed), now="Fri 2027-01-01 09:00")

    assert (closed.state, closed.closed_by.by) == (state, GP)


def test_a_review_in_the_last_second_of_the_due_day_is_in_time_and_the_next_is_late():
    last = Event("0", EventKind.REVIEW_RECORDED, due_at(TUESDAY) + timedelta(milliseconds=999), by=GP)
    late = Event("0", EventKind.REVIEW_RECORDED, due_at(TUESDAY) + timedelta(seconds=1), by=GP)
    later = moment("Mon 2026-11-30 09:00")

    assert standing((last,), FRIDAY_1830, TUESDAY, later).state is State.REVIEWED_IN_TIME
    assert standing((late,), FRIDAY_1830, TUESDAY, later).state is State.REVIEWED_LATE


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.ACCEPTED,
        EventKind.CONTACT_ATTEMPTED,
        EventKind.MESSAGE_LEFT,
        EventKind.BOOKED,
        EventKind.WAS_NOT_BROUGHT,
    ],
)
def test_nothing_short_of_a_review_or_a_decision_closes(kind):
    tried = stands(*[(kind, "Mon 2026-11-23 09:00")] * 20, now="Thu 2026-11-26 09:00")

    assert (tried.state, tried.closed_by) == (State.OVERDUE, None)


def test_failed_contacts_and_not_brought_are_counted():
    counted = stands(
        (EventKind.CONTACT_ATTEMPTED, "Mon 2026-11-23 09:00"),
        (EventKind.MESSAGE_LEFT, "Mon 2026-11-23 15:00"),
        (EventKind.BOOKED, "Mon 2026-11-23 16:00"),
        (EventKind.WAS_NOT_BROUGHT, "Tue 2026-11-24 10:00"),
        (EventKind.WAS_NOT_BROUGHT, "Wed 2026-11-25 10:00"),
        now="Wed 2026-11-25 12:00",
    )

    assert (counted.contact_attempts, counted.times_not_brought) == (2, 2)


def test_a_decision_by_name_closes_and_is_not_a_review():
    decided = stands((EventKind.NOT_NEEDED, "Wed 2026-11-25 09:00"), now="Mon 2026-11-30 09:00")

    assert (decided.state, decided.is_closed) == (State.NOT_NEEDED, True)


@pytest.mark.parametrize("nobody", ["", "  ", "system"])
def test_a_decision_that_nobody_signed_closes_nothing(nobody):
    unsigned = Event("0", EventKind.NOT_NEEDED, FRIDAY_1830, by=nobody, reason="-")

    assert not standing((unsigned,), FRIDAY_1830, TUESDAY, moment("Mon 2026-11-23 09:00")).is_closed


def test_the_earliest_closing_event_counts():
    closed = stands(
        (EventKind.REVIEW_RECORDED, "Thu 2026-11-26 09:00"),
        (EventKind.REVIEW_RECORDED, "Tue 2026-11-24 09:00"),
        (EventKind.NOT_NEEDED, "Wed 2026-11-25 09:00"),
        now="Mon 2026-11-30 09:00",
    )

    assert (closed.state, closed.closed_by.id) == (State.REVIEWED_IN_TIME, "1")


def test_a_cancelled_discharge_closes_and_is_never_counted_as_a_review():
    cancelled = stands(
        (EventKind.REVIEW_RECORDED, "Mon 2026-11-23 09:00"),
        (EventKind.DISCHARGE_CANCELLED, "Thu 2026-11-26 09:00"),
        now="Mon 2026-11-30 09:00",
    )

    assert (cancelled.state, cancelled.is_closed) == (State.CANCELLED, True)


def test_a_review_before_the_discharge_or_in_the_future_closes_nothing():
    that_morning = stands((EventKind.REVIEW_RECORDED, "Fri 2026-11-20 09:00"), now="Mon 2026-11-23 09:00")
    next_week = stands((EventKind.REVIEW_RECORDED, "Mon 2026-11-30 09:00"), now="Mon 2026-11-23 09:00")

    assert not that_morning.is_closed
    assert not next_week.is_closed


@pytest.mark.parametrize(
    "kind", [EventKind.REVIEW_RECORDED, EventKind.NOT_NEEDED, EventKind.DISCHARGE_CANCELLED]
)
def test_what_closed_in_error_reopens_at_the_original_due_time(kind):
    closed = events((kind, "Mon 2026-11-23 09:00"))
    taken_back = Event("1", EventKind.WITHDRAWN, moment("Thu 2026-11-26 09:00"), GP, "wrong child", "0")

    before = standing((*closed, taken_back), FRIDAY_1830, TUESDAY, moment("Wed 2026-11-25 09:00"))
    after = standing((*closed, taken_back), FRIDAY_1830, TUESDAY, moment("Thu 2026-11-26 09:00"))

    assert (before.is_closed, before.times_reopened) == (True, 0)
    assert (after.state, after.times_reopened) == (State.OVERDUE, 1)


def test_a_review_entered_after_a_withdrawal_closes_though_it_happened_before_it():
    wrong, true = events(
        (EventKind.REVIEW_RECORDED, "Mon 2026-11-23 09:00"),
        (EventKind.REVIEW_RECORDED, "Tue 2026-11-24 16:00"),
    )
    taken_back = Event("2", EventKind.WITHDRAWN, moment("Wed 2026-11-25 09:00"), GP, "wrong child", "0")

    now = standing((wrong, taken_back, true), FRIDAY_1830, TUESDAY, moment("Thu 2026-11-26 09:00"))

    assert (now.state, now.closed_by) == (State.REVIEWED_IN_TIME, true)


def test_48_hours_are_said_beside_the_state():
    monday_morning, due = moment("Mon 2026-11-16 09:00"), date(2026, 11, 18)

    before = standing((), monday_morning, due, moment("Wed 2026-11-18 08:59"))
    after = standing((), monday_morning, due, moment("Wed 2026-11-18 09:00"))

    assert (before.state, before.hours_48_passed) == (State.DUE_TODAY, False)
    assert (after.state, after.hours_48_passed) == (State.DUE_TODAY, True)


def test_the_hour_that_a_night_shows_twice_is_told_apart():
    discharged = datetime(2026, 10, 25, 1, 50, tzinfo=UK, fold=0)
    forty_minutes_later = datetime(2026, 10, 25, 1, 30, tzinfo=UK, fold=1)  # the clock shows an earlier time
    review = Event("0", EventKind.REVIEW_RECORDED, forty_minutes_later, by=GP)

    assert standing((review,), discharged, date(2026, 10, 27), FRIDAY_1830).is_closed
