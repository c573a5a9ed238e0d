from datetime import UTC, datetime, timedelta

import pytest

from plans.review_events import (
    CLOSES,
    NEEDS_REASON,
    Event,
    EventKind,
    EventNotAllowed,
    add_event,
    times_reopened,
)

GP = "Practitioner/6a1f"
DISCHARGED = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
MONDAY_9AM = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REVIEW = Event("r", EventKind.REVIEW_RECORDED, MONDAY_9AM, by=GP)
WITHDRAWAL = Event("w", EventKind.WITHDRAWN, MONDAY_9AM, by=GP, reason="wrong child", withdraws="r")


def added(event: Event, *, to: tuple[Event, ...] = (), now: datetime = MONDAY_9AM) -> tuple[Event, ...]:
    return add_event(to, event, discharged_at=DISCHARGED, now=now)


def test_every_kind_of_event_says_whether_it_closes():
    assert set(CLOSES) == set(EventKind)


def test_only_a_review_a_decision_and_a_cancelled_discharge_close():
    assert {kind.value for kind, closes in CLOSES.items() if closes} == {
        "review-recorded",
        "not-needed",
        "discharge-cancelled",
        "died",
    }


@pytest.mark.parametrize("kind", sorted(set(EventKind) - {EventKind.WITHDRAWN}))
def test_each_kind_can_be_recorded_as_it_happens(kind):
    event = Event("e", kind, MONDAY_9AM, by=GP, reason="moved to a ward")

    assert added(event) == (event,)


def test_the_same_event_twice_is_one():
    assert added(REVIEW, to=(REVIEW,)) == (REVIEW,)


@pytest.mark.parametrize(
    ("event", "says"),
    [
        pytest.param(
            Event("e", EventKind.REVIEW_RECORDED, MONDAY_9AM + timedelta(minutes=1), by=GP),
            "This time has not come yet. Check the date and the time.",
            id="in the future",
        ),
        pytest.param(
            Event("e", EventKind.REVIEW_RECORDED, DISCHARGED - timedelta(minutes=1), by=GP),
            "A review after hospital cannot be before the discharge. Check the date and the time.",
            id="a review before the discharge",
        ),
        pytest.param(
            Event("e", EventKind.MESSAGE_LEFT, MONDAY_9AM, by=" "),
            "Say who is recording this.",
            id="by nobody",
        ),
        pytest.param(
            Event("e", EventKind.NOT_NEEDED, MONDAY_9AM, by="system", reason="moved away"),
            "Only a named clinician can decide that no review is needed. Give their name.",
            id="a decision that no person made",
        ),
        pytest.param(
            Event("r", EventKind.REVIEW_RECORDED, DISCHARGED, by=GP),
            "This is already recorded in other words. Withdraw that record first.",
            id="other facts under the same id",
        ),
        pytest.param(
            Event("e", EventKind.WITHDRAWN, MONDAY_9AM, by=GP, reason="wrong child", withdraws="nothing"),
            "There is no such record to withdraw. Open the review and choose one from its list.",
            id="withdraws what is not there",
        ),
    ],
)
def test_what_cannot_be_true_is_refused_and_says_what_to_do(event, says):
    with pytest.raises(EventNotAllowed) as refused:
        added(event, to=(REVIEW,))

    assert str(refused.value) == says


@pytest.mark.parametrize("kind", sorted(NEEDS_REASON))
def test_what_takes_a_child_off_the_list_or_puts_one_back_needs_a_reason(kind):
    with pytest.raises(EventNotAllowed, match=r"Give the reason\."):
        added(Event("e", kind, MONDAY_9AM, by=GP, reason=" ", withdraws="r"), to=(REVIEW,))


def test_nothing_is_withdrawn_twice_nor_a_withdrawal_itself():
    again = Event("w2", EventKind.WITHDRAWN, MONDAY_9AM, by=GP, reason="again", withdraws="r")
    undo = Event("w3", EventKind.WITHDRAWN, MONDAY_9AM, by=GP, reason="undo", withdraws="w")

    for refused in (again, undo):
        with pytest.raises(EventNotAllowed, match="no such record to withdraw"):
            added(refused, to=(REVIEW, WITHDRAWAL))


def test_only_a_withdrawn_closing_reopens():
    booked = Event("b", EventKind.BOOKED, MONDAY_9AM, by=GP)
    unbooked = Event("u", EventKind.WITHDRAWN, MONDAY_9AM, by=GP, reason="wrong day", withdraws="b")

    assert times_reopened((booked, unbooked), MONDAY_9AM) == 0
    assert times_reopened((REVIEW, WITHDRAWAL), MONDAY_9AM) == 1
    assert times_reopened((REVIEW, WITHDRAWAL), MONDAY_9AM - timedelta(seconds=1)) == 0
