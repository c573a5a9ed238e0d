"""A discharge starts one review, whichever way and however often it is told; no doubt stops the clock."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fhir import kept_people, kept_questions, kept_reviews
from fhir.encounter import destination_in
from fhir.patient import to_patient
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import accounts, incoming
from plans.diagnosis import Asthma
from plans.discharge_notice import Destination
from plans.discharge_questions import DOUBTS, QUESTIONS, WHERE_TO, QuestionNotOpen
from plans.places import Nation, Organisation, OrganisationKind, Role
from plans.review_events import EventKind, closing_event
from plans.working_days import CalendarEnds
from portal.actions.discharge import matching
from portal.actions.discharge.answers import answer
from portal.actions.discharge.matching import (
    Correction,
    NotMatched,
    ReasonMissing,
    match,
    match_waiting,
    set_aside,
)
from portal.actions.discharge.outcome import SENTENCES as STATE_SENTENCES
from portal.actions.discharge.outcome import State
from portal.actions.discharge.told import News, fields_of, told_from
from portal.actions.discharge.waiting import SENTENCES, Reason, all_waiting, waiting_for
from portal.actions.discharges import ACTS
from portal.actions.posts import end_posts
from portal.calendar import holidays_for
from tests.portal.discharge_making import FRIDAY_1830, SATURDAY, tell, told_about
from tests.portal.making import make_child

UK = ZoneInfo("Europe/London")
MONDAY = SATURDAY + timedelta(days=2)


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def child(store, clinician):
    return make_child(store, clinician)


def reviews(store, child):
    return kept_reviews.reviews_of_child(store, child.id)


def open_codes(store, child):
    asked = [one for one in kept_questions.open_questions(store) if one.child_id == child.id]
    return {one.code for one in asked}


def stays(store, child):
    return store.search("Encounter", subject=f"Patient/{child.id}")


def everything(store):
    return store.db.execute("SELECT type, id, version FROM resources").fetchall()


# Each line can be checked with a calendar; the moments are as a clock in the UK shows them.
@pytest.mark.parametrize(
    ("nation", "discharged", "due", "hours_48"),
    [
        ("england-and-wales", "2026-11-17 23:59", "Thu 19 Nov 2026", "2026-11-19 23:59"),
        ("england-and-wales", "2026-11-20 18:30", "Tue 24 Nov 2026", "2026-11-22 18:30"),
        ("england-and-wales", "2026-11-15 03:40", "Tue 17 Nov 2026", "2026-11-17 03:40"),
        ("england-and-wales", "2026-04-02 10:00", "Wed 8 Apr 2026", "2026-04-04 10:00"),
        ("scotland", "2026-04-02 10:00", "Tue 7 Apr 2026", "2026-04-04 10:00"),
        ("england-and-wales", "2026-12-24 18:00", "Wed 30 Dec 2026", "2026-12-26 18:00"),
        ("england-and-wales", "2026-12-30 12:00", "Mon 4 Jan 2027", "2027-01-01 12:00"),
        ("scotland", "2026-12-30 12:00", "Tue 5 Jan 2027", "2027-01-01 12:00"),
        ("scotland", "2026-06-12 09:00", "Wed 17 Jun 2026", "2026-06-14 09:00"),
        ("northern-ireland", "2026-07-10 09:00", "Wed 15 Jul 2026", "2026-07-12 09:00"),
    ],
)
def test_the_review_is_due_on_the_second_working_day_of_the_practices_nation(
    store, make_person, nation, discharged, due, hours_48
):
    home = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "X99009", nation=Nation(nation))
    child = make_child(store, make_person(organisation=home))
    left = datetime.fromisoformat(discharged).replace(tzinfo=UK)

    told = tell(store, child, discharged_at=left.astimezone(UTC), at=left.astimezone(UTC)).as_json("f")

    assert f"{date.fromisoformat(told['due']):%a %-d %b %Y}" == due
    assert datetime.fromisoformat(told["hours_48"]) == datetime.fromisoformat(hours_48).replace(tzinfo=UK)


def test_a_discharge_keeps_the_stay_the_review_its_questions_and_the_audit(store, child, clinician, nurse):
    outcome = tell(store, child)

    (review,) = reviews(store, child)
    assert outcome.state == State.STARTED
    assert (review.owner_id, review.requester_id) == (clinician.organisation_id, nurse.organisation_id)
    assert review.due == outcome.due == date(2026, 11, 24)
    assert stays(store, child)[0]["id"] == review.encounter_id
    assert open_codes(store, child) == {question.code for question in (*QUESTIONS, WHERE_TO)}
    assert store.count("AuditEvent", entity=f"Task/{review.id}", action="C") == 1


def test_the_outcome_reads_as_the_command_line_prints_it(store, child):
    assert tell(store, child).as_json("friday.json") == {
        "file": "friday.json",
        "child": child.id,
        "discharged": "2026-11-20T18:30:00+00:00",
        "due": "2026-11-24",
        "hours_48": "2026-11-22T18:30:00+00:00",
        "state": "started",
    }


def test_only_what_was_not_said_is_asked_and_the_hospital_owes_it_within_a_day(store, child, nurse):
    tell(store, child, answers={"technique-seen": "yes", "steroid-course": "not-known"})

    owed = kept_questions.open_questions_of(store, nurse.organisation_id)
    assert {one.code for one in owed} == {one.code for one in (*QUESTIONS, WHERE_TO)} - {"technique-seen"}
    assert {one.due_at for one in owed} == {SATURDAY + timedelta(hours=24)}


def test_nothing_is_kept_where_one_part_cannot_be(store, child, monkeypatch):
    before = everything(store)

    def broken(*_):
        raise OSError("full")

    monkeypatch.setattr(kept_questions, "keep", broken)
    with pytest.raises(OSError, match="full"):
        tell(store, child)

    assert everything(store) == before


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="the same message"),
        pytest.param({"discharged_at": FRIDAY_1830 + timedelta(minutes=20)}, id="the same visit"),
        pytest.param({"visit": "other-system-77"}, id="the same moment by another system"),
        pytest.param(
            {"visit": "", "discharged_at": FRIDAY_1830 - timedelta(hours=2)}, id="a form of that day"
        ),
    ],
)
def test_one_discharge_is_one_review(store, child, again):
    first = tell(store, child)

    second = tell(store, child, **again)

    assert (second.state, second.review_id) == (State.ALREADY_KNOWN, first.review_id)
    assert len(reviews(store, child)) == len(stays(store, child)) == 1


def test_a_form_first_and_the_message_after_it_is_one_review_that_the_message_can_cancel(store, child):
    tell(store, child, visit="", discharged_at=FRIDAY_1830 - timedelta(minutes=30))

    assert tell(store, child).state == State.ALREADY_KNOWN
    assert tell(store, child, news=News.CANCELLED, discharged_at=None).state == State.CANCELLED


def test_two_visits_are_two_reviews(store, child):
    tell(store, child)

    tell(store, child, visit="ASH-2", discharged_at=FRIDAY_1830 + timedelta(hours=9))

    assert len(reviews(store, child)) == 2


def test_a_stay_that_the_gp_record_told_of_is_not_kept_twice(store, child):
    stay = {
        "resourceType": "Encounter",
        "identifier": [{"system": "https://ash.example/visit", "value": "ASH-1"}],
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": f"Patient/{child.id}"},
        "period": {"end": "2026-11-20T18:30:00+00:00"},
    }
    with store.write(by="system", at=SATURDAY) as write:
        kept = write.create(stay)
        write.audit("C", f"Encounter/{kept['id']}")

    assert tell(store, child).state == State.STARTED
    assert [review.encounter_id for review in reviews(store, child)] == [kept["id"]]
    assert len(stays(store, child)) == 1


def test_what_a_second_telling_adds_answers_what_the_first_left_open(store, child):
    tell(store, child)

    tell(store, child, answers={"plan-given-and-taught": "no"})

    assert "plan-given-and-taught" not in open_codes(store, child)


HOME = Destination("19", "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland", "Home")


def went_to(store, child):
    (stay,) = stays(store, child)
    return destination_in(stay)


def test_where_the_child_went_is_kept_with_the_stay_if_anybody_says_it(store, child):
    tell(store, child)
    assert went_to(store, child) is None

    tell(store, child, went_to=HOME)
    assert went_to(store, child) == HOME

    tell(store, child, went_to=Destination(text="Elsewhere"))
    assert went_to(store, child) == HOME


def test_a_cancelled_discharge_takes_back_where_the_child_went_until_the_next_one(store, child):
    tell(store, child, went_to=HOME)
    tell(store, child, news=News.CANCELLED, discharged_at=None)
    assert went_to(store, child) is None

    tell(store, child, discharged_at=FRIDAY_1830 + timedelta(days=1), at=MONDAY, went_to=HOME)
    assert went_to(store, child) == HOME


def test_two_times_for_one_visit_are_asked_about_and_the_first_clock_runs(store, child):
    first = tell(store, child)

    again = tell(store, child, discharged_at=FRIDAY_1830 + timedelta(days=3))

    assert "two-times" in open_codes(store, child)
    assert again.due == first.due


def test_a_cancelled_discharge_withdraws_the_clock_with_its_reason_and_is_not_a_review_done(store, child):
    tell(store, child)

    outcome = tell(store, child, news=News.CANCELLED, discharged_at=None)

    (review,) = reviews(store, child)
    closing = closing_event(review.events, review.discharged_at, SATURDAY)
    assert closing.kind == EventKind.DISCHARGE_CANCELLED
    assert closing.reason
    assert store.read("Task", review.id)["status"] == "cancelled"
    assert (outcome.state, outcome.due) == (State.CANCELLED, None)
    assert open_codes(store, child) == set()


def test_the_child_discharged_after_all_has_a_clock_again(store, child):
    tell(store, child)
    tell(store, child, news=News.CANCELLED, discharged_at=None)

    outcome = tell(store, child, discharged_at=FRIDAY_1830 + timedelta(days=1), at=MONDAY)

    assert outcome.state == State.STARTED
    assert len(stays(store, child)) == 1
    assert [review.id for review in kept_reviews.open_reviews(store)] == [outcome.review_id]


def test_a_cancellation_of_nothing_known_is_kept_for_a_person_and_starts_nothing(store, child):
    outcome = tell(store, child, news=News.CANCELLED, discharged_at=None)

    assert (outcome.state, outcome.due) == (State.UNMATCHED, None)
    assert [one.reason for one in all_waiting(store)] == [Reason.NO_SUCH_DISCHARGE]
    assert reviews(store, child) == []


def test_a_cancellation_that_came_first_does_not_hide_the_discharge_that_follows(store, child):
    tell(store, child, nhs_number="", news=News.CANCELLED, discharged_at=None)

    assert tell(store, child, nhs_number="").due == date(2026, 11, 24)


def test_an_update_starts_no_second_clock(store, child):
    tell(store, child)

    outcome = tell(store, child, news=News.UPDATED)

    assert (outcome.state, outcome.due) == (State.ALREADY_KNOWN, None)
    assert len(reviews(store, child)) == 1


def test_an_update_alone_is_no_discharge(store, child):
    outcome = tell(store, child, news=News.UPDATED)

    assert (outcome.state, outcome.due) == (State.UNMATCHED, None)
    assert reviews(store, child) == []


def test_a_discharge_that_was_not_for_asthma_is_known_and_starts_nothing(store, child):
    outcome = tell(store, child, asthma=Asthma.NO)

    assert (outcome.state, outcome.due) == (State.NOT_ASTHMA, None)
    assert reviews(store, child) == []
    both = (f"Patient/{child.id}", f"Encounter/{stays(store, child)[0]['id']}")
    assert store.count("AuditEvent", entity=both)


def test_an_update_that_adds_asthma_starts_the_clock_from_the_original_discharge(store, child):
    tell(store, child, asthma=Asthma.NO)

    outcome = tell(store, child, news=News.UPDATED, at=MONDAY)

    assert (outcome.state, outcome.due) == (State.STARTED, date(2026, 11, 24))


def test_without_a_diagnosis_the_clock_runs_and_somebody_is_asked(store, child):
    outcome = tell(store, child, asthma=Asthma.UNCLEAR)

    assert (outcome.state, outcome.due) == (State.ASKED, date(2026, 11, 24))
    assert "was-asthma" in open_codes(store, child)


def test_a_message_that_takes_the_asthma_back_asks_and_leaves_the_clock_running(store, child):
    tell(store, child)

    assert tell(store, child, asthma=Asthma.NO).state == State.ASKED
    assert len(kept_reviews.open_reviews(store)) == 1


@pytest.mark.parametrize("practice_id", ["", "5f0c1b1e-0000-4000-8000-000000000000"])
def test_without_a_known_practice_the_hospital_keeps_the_review(store, clinician, nurse, practice_id):
    child = make_child(store, clinician, practice_id=practice_id)

    tell(store, child)

    (review,) = reviews(store, child)
    assert (review.owner_id, review.requester_id) == ("", nurse.organisation_id)


def test_a_hospital_that_is_new_here_is_kept_so_that_it_can_own_the_review(store, child):
    tell(store, child, hospital_code="X99088", hospital_name="")

    (review,) = reviews(store, child)
    hospital = kept_people.organisation(store, review.requester_id)
    assert (hospital.kind, hospital.name) == (OrganisationKind.HOSPITAL, "Hospital X99088")


def test_a_hospital_known_by_its_code_gets_its_name_once_it_is_told(store, child):
    tell(store, child, hospital_code="X99088", hospital_name="")

    tell(store, child, visit="X-2", hospital_code="X99088", hospital_name="Beech Hospital", at=MONDAY)

    named = {kept_people.organisation(store, review.requester_id).name for review in reviews(store, child)}
    assert named == {"Beech Hospital"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nhs_number": "9990000026"}, Reason.UNKNOWN_CHILD),
        ({"nhs_number": ""}, Reason.NO_NUMBER),
        ({"born": date(2018, 5, 2)}, Reason.BORN_DIFFERS),
        ({"born": None}, Reason.BORN_DIFFERS),
        ({"discharged_at": None}, Reason.NO_TIME),
    ],
)
def test_what_is_in_doubt_waits_for_the_hospital_with_its_clock_running(store, child, nurse, changes, reason):
    outcome = tell(store, child, **changes)

    (waiting,) = waiting_for(store, nurse.organisation_id)
    assert (outcome.state, outcome.waiting_id) == (State.UNMATCHED, waiting.id)
    assert (waiting.reason, waiting.due) == (reason, date(2026, 11, 24))
    assert reviews(store, child) == []


def test_two_children_with_one_number_are_told_apart_by_a_person(store, child, clinician):
    with store.write(by="system", at=SATURDAY) as write:
        twin = replace(child, id="3c1e8f58-9c1f-4b61-a8e4-1c2f6f1f0001")
        write.create(to_patient(twin))
        write.audit("C", f"Patient/{twin.id}")

    assert tell(store, child).state == State.UNMATCHED


def test_the_same_unknown_discharge_waits_once(store, child):
    first = tell(store, child, nhs_number="9990000026")

    second = tell(store, child, nhs_number="9990000026", discharged_at=FRIDAY_1830 + timedelta(minutes=1))

    assert first.waiting_id == second.waiting_id
    assert len(incoming.open_list(store)) == 1


def test_a_discharge_that_nobody_could_own_still_has_its_clock(store, clinician):
    child = make_child(store, clinician, practice_id="")
    with store.write(by="system", at=SATURDAY) as write:
        end_posts(write, accounts.by_id(write, clinician.account_id))

    outcome = tell(store, child, hospital_code="", hospital_name="", practice_code="S12345")

    (waiting,) = all_waiting(store)
    assert (waiting.owner_id, waiting.owner) == ("", "S12345")
    assert outcome.due == date(2026, 11, 24)


def test_a_discharge_that_names_nobody_known_is_kept_by_a_team_that_is_there(store, clinician):
    child = make_child(store, clinician, practice_id="")

    tell(store, child, hospital_code="", hospital_name="", practice_code="S12345")

    (review,) = reviews(store, child)
    assert (review.owner_id, review.requester_id) == ("", clinician.organisation_id)


def test_a_practice_in_scotland_keeps_the_holidays_of_scotland_before_it_is_known(store, child):
    outcome = tell(
        store,
        child,
        nhs_number="9990000026",
        practice_code="S12345",
        nation=Nation.SCOTLAND,
        discharged_at=datetime(2026, 12, 30, 12, tzinfo=UTC),
        at=datetime(2026, 12, 30, 13, tzinfo=UTC),
    )

    assert outcome.due == date(2027, 1, 5)


@pytest.mark.parametrize("days", [-400, 33])
def test_an_implausible_date_starts_the_clock_and_goes_to_a_person(store, child, days):
    left = FRIDAY_1830 + timedelta(days=days)

    assert tell(store, child, discharged_at=left).state == State.STARTED
    assert "date-in-doubt" in open_codes(store, child)


def test_an_impossible_date_waits_for_a_person_with_a_clock_that_runs_from_now(store, child):
    outcome = tell(store, child, discharged_at=datetime(2062, 11, 20, tzinfo=UTC))

    assert (outcome.state, outcome.due) == (State.UNMATCHED, date(2026, 11, 24))
    assert all_waiting(store)[0].reason == Reason.DATE_PAST_CALENDAR


def test_past_the_end_of_the_calendar_a_believable_date_is_refused_by_name(store, child):
    late = datetime(2028, 12, 27, 12, tzinfo=UTC)
    before = everything(store)

    with pytest.raises(CalendarEnds):
        tell(store, child, discharged_at=late, at=late)

    assert everything(store) == before


@pytest.mark.parametrize(("family", "is_asked"), [("Tést", False), ("Other", True), ("", False)])
def test_another_family_name_is_asked_about(store, child, family, is_asked):
    tell(store, child, family=family)

    assert ("which-child" in open_codes(store, child)) == is_asked


def test_another_practice_than_the_record_names_is_asked_about(store, child):
    tell(store, child, practice_code="X99777")

    assert "which-practice" in open_codes(store, child)


def test_a_discharge_that_cannot_be_matched_keeps_no_other_waiting(store, child, clinician, monkeypatch):
    numbers = ("9990000026", "9990000034")
    first, second = (tell(store, child, nhs_number=number).waiting_id for number in numbers)
    for number in numbers:
        make_child(store, clinician, nhs_number=number)
    match_now = matching._match_now

    def broken(store, waiting_id, *more):
        if waiting_id == first:
            raise ValueError
        return match_now(store, waiting_id, *more)

    monkeypatch.setattr(matching, "_match_now", broken)
    with pytest.raises(ValueError, match="^$"):
        match_waiting(store, by="system", at=MONDAY, holidays_for=holidays_for)

    assert [one.id for one in all_waiting(store)] == [first]
    assert incoming.by_id(store, second).matched_to


def test_a_person_matches_a_waiting_discharge_and_its_review_starts(store, child, nurse):
    waiting = tell(store, child, nhs_number="9990000026").waiting_id
    found = Correction(child.nhs_number, child.born, FRIDAY_1830)

    outcome = match(store, waiting, found, by=nurse, at=MONDAY, holidays_for=holidays_for)

    assert (outcome.state, outcome.due) == (State.STARTED, date(2026, 11, 24))
    assert incoming.by_id(store, waiting).matched_to == f"Task/{outcome.review_id}"
    assert tell(store, child, nhs_number="9990000026").review_id == outcome.review_id


def test_a_match_that_names_nobody_leaves_it_waiting(store, child, nurse):
    waiting = tell(store, child, nhs_number="9990000026").waiting_id
    found = Correction("9990000034", child.born, FRIDAY_1830)

    with pytest.raises(NotMatched):
        match(store, waiting, found, by=nurse, at=MONDAY, holidays_for=holidays_for)

    assert [one.id for one in all_waiting(store)] == [waiting]


def test_the_practice_that_it_names_matches_it_too_and_nobody_else(store, child, clinician, make_person):
    waiting = tell(store, child, nhs_number="9990000026").waiting_id
    found = Correction(child.nhs_number, child.born, FRIDAY_1830)
    home = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "X99009")
    stranger = make_person(username="dr.fir", organisation=home)

    with pytest.raises(ResourceNotFound):
        match(store, waiting, found, by=stranger, at=MONDAY, holidays_for=holidays_for)
    assert match(store, waiting, found, by=clinician, at=MONDAY, holidays_for=holidays_for).review_id


def test_a_discharge_finds_its_child_by_itself_once_the_record_has_come(store, child, clinician):
    tell(store, child, nhs_number="9990000026")
    newcomer = make_child(store, clinician, nhs_number="9990000026")

    (outcome,) = match_waiting(store, by="system", at=MONDAY, holidays_for=holidays_for)

    assert (outcome.child_id, outcome.due) == (newcomer.id, date(2026, 11, 24))
    assert all_waiting(store) == []
    assert match_waiting(store, by="system", at=MONDAY, holidays_for=holidays_for) == []


def test_a_waiting_discharge_is_set_aside_with_a_reason_only(store, child, nurse):
    waiting = tell(store, child, nhs_number="9990000026").waiting_id

    with pytest.raises(ReasonMissing):
        set_aside(store, waiting, "  ", by=nurse, at=MONDAY)
    set_aside(store, waiting, "The child lives abroad; the family was phoned.", by=nurse, at=MONDAY)

    assert all_waiting(store) == []


def test_a_cancellation_ends_the_waiting_of_its_discharge(store, child):
    tell(store, child, nhs_number="9990000026")

    outcome = tell(store, child, nhs_number="9990000026", news=News.CANCELLED, discharged_at=None)

    assert outcome.state == State.CANCELLED
    assert all_waiting(store) == []


def test_the_hospital_answers_what_is_open_once(store, child, nurse, clinician):
    tell(store, child)
    asked = kept_questions.open_questions_of(store, nurse.organisation_id)[0]

    with pytest.raises(ResourceNotFound):
        answer(store, asked.id, "yes", by=clinician, at=MONDAY)
    answer(store, asked.id, "yes", by=nurse, at=MONDAY)

    assert kept_questions.question(store, asked.id).answered_by == nurse.ref
    with pytest.raises(QuestionNotOpen):
        answer(store, asked.id, "no", by=nurse, at=MONDAY)


def test_what_waits_is_kept_whole(store, child):
    told = told_about(child, answers={"technique-seen": "no"}, went_to=HOME)

    assert told_from(json.loads(json.dumps(fields_of(told))), told.text) == told


def test_what_waited_before_anybody_kept_where_a_child_went_is_read_too(store, child):
    fields = fields_of(told_about(child))
    del fields["notice"]["went_to"]

    assert told_from(fields, "").notice.went_to is None


def test_what_waits_is_kept_with_its_gaps(store, child):
    told = told_about(child, born=None, nation=None, discharged_at=None)

    assert told_from(fields_of(told), told.text) == told


def test_the_tables_cover_every_case():
    assert set(ACTS) == set(News)
    assert set(SENTENCES) == set(Reason)
    assert set(STATE_SENTENCES) == set(State)
    assert DOUBTS
