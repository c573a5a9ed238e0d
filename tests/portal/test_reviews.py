"""A review after hospital: only a recorded review, or a named decision, stops its clock."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_reviews
from fhir.store.errors import ResourceNotFound, StaleVersion
from plans.follow_up import State, standing
from plans.places import Organisation, OrganisationKind, Role
from plans.review_checklist import CHECKLIST, NothingReviewed, what_was_reviewed
from plans.review_events import CLOSES, EventKind, EventNotAllowed
from portal.actions.reviews import CLOSED_BY, MAY_RECORD, Entry, Hand, record, version_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.discharge_making import FRIDAY_1830, a_discharge, tell
from tests.portal.making import make_child

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
WITH_REASON = {EventKind.NOT_NEEDED, EventKind.WITHDRAWN, EventKind.DISCHARGE_CANCELLED}


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def review(store, clinician, nurse):
    """A review that the practice owns, from Friday evening, due on Tuesday 24 November."""
    _child, outcome = a_discharge(store, clinician)
    return kept_reviews.review(store, outcome.review_id)


@pytest.fixture
def enter(store, review, clinician):
    """Record something about the review, as the practice on Monday morning; say only what matters."""

    def make(kind, *, by=clinician, at=MONDAY, version=None, **entry):
        entry = {"happened_at": at, "reason": "Because" if kind in WITH_REASON else ""} | entry
        version = version or version_of(store, review.id)
        return record(store, review.id, Entry(kind, **entry), version=version, by=by, at=at)

    return make


def state(review, at=MONDAY):
    return standing(review.events, review.discharged_at, review.due, at).state


STAY_OPEN = [kind for kind in EventKind if not CLOSES[kind] and kind is not EventKind.WITHDRAWN]


@pytest.mark.parametrize("kind", STAY_OPEN)
def test_what_is_no_review_leaves_the_clock_running(store, enter, kind):
    review = enter(kind)

    assert state(review) == State.HOURS_48_PASSED
    assert [one.id for one in kept_reviews.open_reviews(store)] == [review.id]


def test_a_recorded_review_closes_it_with_what_was_reviewed(store, enter):
    review = enter(EventKind.REVIEW_RECORDED, reason=what_was_reviewed(["technique", "plan"], "Went well."))

    assert state(review) == State.REVIEWED_IN_TIME
    assert store.read("Task", review.id)["status"] == "completed"
    assert kept_reviews.review(store, review.id).events[-1].reason == (
        "Plan updated; Inhaler technique seen. Went well."
    )


def test_a_named_clinician_may_decide_that_none_is_needed_with_a_reason(enter):
    with pytest.raises(EventNotAllowed):
        enter(EventKind.NOT_NEEDED, reason=" ")

    assert state(enter(EventKind.NOT_NEEDED)) == State.NOT_NEEDED


def test_a_withdrawn_review_reopens_at_its_original_due_time(store, enter):
    recorded = enter(EventKind.REVIEW_RECORDED).events[-1]

    review = enter(EventKind.WITHDRAWN, withdraws=recorded.id, at=THURSDAY, reason="Wrong child")

    assert (review.due, state(review, THURSDAY)) == (date(2026, 11, 24), State.OVERDUE)
    assert store.read("Task", review.id)["status"] == "requested"


def test_booking_a_review_accepts_it_once(enter):
    booked = enter(EventKind.BOOKED, reason="Tuesday at 10, with the asthma nurse")
    again = enter(EventKind.BOOKED, reason="Tuesday at 11")

    assert [event.kind for event in booked.events] == [EventKind.ACCEPTED, EventKind.BOOKED]
    assert [event.kind for event in again.events].count(EventKind.ACCEPTED) == 1


def test_every_event_has_its_audit(store, review, enter, clinician):
    enter(EventKind.CONTACT_ATTEMPTED)

    (event,) = store.search("AuditEvent", entity=f"Task/{review.id}", agent=clinician.ref, action="U")
    assert f"Patient/{review.child_id}" in str(event["entity"])


def test_nothing_is_kept_without_its_audit(store, review, enter, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError("full")

    monkeypatch.setattr("fhir.store.store.to_audit_event", broken)
    with pytest.raises(OSError, match="full"):
        enter(EventKind.REVIEW_RECORDED)

    assert kept_reviews.review(store, review.id).events == ()


def test_an_entry_from_a_page_that_is_out_of_date_is_refused(store, review, enter):
    seen = version_of(store, review.id)
    enter(EventKind.ACCEPTED)

    with pytest.raises(StaleVersion):
        enter(EventKind.REVIEW_RECORDED, version=seen)


def test_a_form_that_is_sent_twice_records_once(store, review, enter):
    seen, id = version_of(store, review.id), str(uuid4())

    enter(EventKind.WAS_NOT_BROUGHT, version=seen, id=id)
    enter(EventKind.WAS_NOT_BROUGHT, version=seen, id=id)

    assert len(kept_reviews.review(store, review.id).events) == 1


def test_children_not_brought_are_counted(enter):
    enter(EventKind.WAS_NOT_BROUGHT)

    review = enter(EventKind.WAS_NOT_BROUGHT)

    assert standing(review.events, review.discharged_at, review.due, MONDAY).times_not_brought == 2


def test_the_hospital_phones_too_but_cannot_say_that_the_practice_has_reviewed(enter, nurse):
    assert enter(EventKind.CONTACT_ATTEMPTED, by=nurse)

    for kind in set(EventKind) - MAY_RECORD[Hand.DISCHARGING_TEAM]:
        with pytest.raises(EventNotAllowed):
            enter(kind, by=nurse)


def test_the_hospital_takes_back_its_own_records_only(enter, nurse):
    by_practice = enter(EventKind.CONTACT_ATTEMPTED).events[-1]
    by_hospital = enter(EventKind.DISCHARGE_CANCELLED, by=nurse).events[-1]

    with pytest.raises(EventNotAllowed):
        enter(EventKind.WITHDRAWN, withdraws=by_practice.id, by=nurse)
    assert state(enter(EventKind.WITHDRAWN, withdraws=by_hospital.id, by=nurse)) == State.HOURS_48_PASSED


def test_a_hospital_that_keeps_the_review_records_it(store, clinician, nurse):
    child = make_child(store, clinician, practice_id="")
    id = tell(store, child).review_id

    entry = Entry(EventKind.REVIEW_RECORDED, MONDAY)
    review = record(store, id, entry, version=version_of(store, id), by=nurse, at=MONDAY)

    assert state(review) == State.REVIEWED_IN_TIME


def test_for_another_practice_the_review_does_not_exist(enter, make_person):
    home = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "X99009")
    stranger = make_person(username="dr.fir", organisation=home)

    with pytest.raises(ResourceNotFound):
        enter(EventKind.REVIEW_RECORDED, by=stranger)


def test_a_review_cannot_be_before_the_discharge_nor_in_the_future(enter):
    for moment in (FRIDAY_1830 - timedelta(hours=1), MONDAY + timedelta(hours=1)):
        with pytest.raises(EventNotAllowed):
            enter(EventKind.REVIEW_RECORDED, happened_at=moment)


def test_recording_the_review_closes_its_alerts(store, review, enter):
    sweep(store, now=MONDAY, holidays_for=holidays_for)
    assert kept_reviews.open_alerts(store, review.child_id)

    enter(EventKind.REVIEW_RECORDED)

    assert kept_reviews.open_alerts(store, review.child_id) == []


def test_a_failed_contact_and_a_child_not_brought_close_no_alert(store, review, enter):
    raised = sweep(store, now=MONDAY, holidays_for=holidays_for)

    enter(EventKind.CONTACT_ATTEMPTED)
    enter(EventKind.WAS_NOT_BROUGHT)

    assert len(kept_reviews.open_alerts(store, review.child_id)) == len(raised)


def test_accepting_closes_only_the_alert_that_asked_for_it(store, review, enter):
    sweep(store, now=MONDAY, holidays_for=holidays_for)

    enter(EventKind.ACCEPTED)

    assert {alert.rung for alert in kept_reviews.open_alerts(store, review.child_id)} == {
        "hours-48",
        "not-booked",
    }


def test_a_review_that_says_nothing_is_not_recorded():
    with pytest.raises(NothingReviewed):
        what_was_reviewed([], "  ")


def test_the_tables_are_complete():
    assert set().union(*MAY_RECORD.values()) == set(EventKind) - {EventKind.DIED}  # two people, elsewhere
    assert set(MAY_RECORD) == set(Hand)
    assert {kind for kind in EventKind if CLOSES[kind]} <= set(CLOSED_BY)
    assert len({one.code for one in CHECKLIST}) == len(CHECKLIST)


def test_a_review_looks_at_all_that_a_review_after_hospital_must_look_at():
    assert {one.code for one in CHECKLIST} == {
        "cause",
        "plan",
        "technique",
        "adherence",
        "triggers",
        "smoking",
        "preventer-supply",
        "follow-up",
    }
