"""Every rung that has passed is raised once, whole or not at all, and closed by what was done about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fhir import kept_reviews
from fhir.codes import id_in
from fhir.store.errors import NotADemoStore, ResourceNotFound
from fhir.store.tables import marks, outbox, teams
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import EventKind
from portal.actions.alerts import (
    ActionMissing,
    AlertAnswered,
    AlertOfAnother,
    acknowledge,
    may_be_now,
)
from portal.actions.discharge.matching import match_waiting
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.conftest import on_both_engines
from tests.portal.discharge_making import FRIDAY_1830, a_discharge, tell
from tests.portal.making import make_child

SUNDAY_NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
LADDER = [
    "not-accepted",
    "hours-48",
    "not-booked",
    "due-today",
    "overdue",
    "overdue-1-working-day",
    "overdue-2-working-days",
    "still-overdue",
]

engine = on_both_engines()


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def discharge(store, clinician, nurse):
    """A discharge on Friday evening; its review is due on Tuesday 24 November."""
    return a_discharge(store, clinician)[1]


@pytest.fixture
def sweep_at(store):
    return lambda now, **more: sweep(store, now=now, holidays_for=holidays_for, **more)


def rungs(raised):
    return [one.rung for one in raised]


@pytest.mark.parametrize(
    ("moment", "passed"),
    [
        ("Sat 2026-11-21 18:29", 0),
        ("Sat 2026-11-21 18:30", 1),
        ("Sun 2026-11-22 18:30", 2),
        ("Mon 2026-11-23 07:59", 2),
        ("Mon 2026-11-23 08:00", 3),
        ("Tue 2026-11-24 07:59", 3),
        ("Tue 2026-11-24 08:00", 4),
        ("Tue 2026-11-24 23:59", 4),
        ("Wed 2026-11-25 00:00", 5),
        ("Thu 2026-11-26 00:00", 6),
        ("Fri 2026-11-27 00:00", 7),
        ("Fri 2026-11-27 08:00", 8),
    ],
)
def test_a_sweep_raises_every_rung_that_has_passed(discharge, sweep_at, moment, passed):
    now = datetime.strptime(moment, "%a %Y-%m-%d %H:%M").replace(tzinfo=UTC)

    assert rungs(sweep_at(now)) == LADDER[:passed]


def test_each_rung_is_raised_once_however_often_somebody_sweeps(discharge, sweep_at):
    hours = [FRIDAY_1830 + timedelta(hours=hour) for hour in range(0, 24 * 7, 6)]

    raised = [one for now in (*hours, *reversed(hours)) for one in sweep_at(now)]

    assert [rung for rung in rungs(raised) if "unanswered" not in rung] == LADDER
    assert len({one.id for one in raised}) == len(raised)


def test_the_last_rung_comes_again_each_working_day_until_the_review_is_closed(
    store, discharge, sweep_at, clinician, nurse
):
    friday, week = datetime(2026, 11, 27, 9, tzinfo=UTC), []
    for day in range(7):
        for one in sweep_at(friday + timedelta(days=day)):
            week += [(friday + timedelta(days=day)).strftime("%a")] if one.rung == LADDER[-1] else []
            if one.rung == LADDER[-1]:
                acknowledge(store, one.id, "Phoned.", by=nurse, at=friday + timedelta(days=day))
    assert week == ["Fri", "Mon", "Tue", "Wed", "Thu"]

    _record(store, discharge, clinician, EventKind.REVIEW_RECORDED)

    assert sweep_at(friday + timedelta(days=30)) == []


def test_after_a_long_silence_the_last_rung_is_told_once_and_not_for_each_day(discharge, sweep_at):
    assert rungs(sweep_at(DECEMBER + timedelta(days=60))) == LADDER


def owners(store, raised):
    return [(one.rung, kept_reviews.alert(store, one.id).owner) for one in raised]


def test_what_nobody_acknowledges_in_its_time_is_passed_on_up_to_a_staffed_team_each_once(
    store, discharge, sweep_at, clinician
):
    _accept(store, discharge, clinician)
    tuesday = datetime(2026, 11, 24, 8, tzinfo=UTC)
    sweep_at(tuesday - timedelta(minutes=1))

    told = [
        (f"{now:%H:%M}", *one)
        for now in (tuesday + timedelta(minutes=20 * n) for n in range(36))
        for one in owners(store, sweep_at(now))
        if one[0].startswith("due-today")
    ]

    assert told == [
        ("08:00", "due-today", "practice"),
        ("10:00", "due-today-unanswered", "practice-lead"),
        ("12:00", "due-today-unanswered", "hospital-team"),
    ]


def test_after_a_long_silence_only_the_newest_alert_of_each_team_is_passed_on(discharge, sweep_at):
    sweep_at(DECEMBER)

    later = sweep_at(DECEMBER + timedelta(hours=4))

    assert rungs(later) == ["hours-48-unanswered", "overdue-unanswered", "overdue-1-working-day-unanswered"]


def test_what_was_passed_on_spoke_for_the_earlier_alerts_which_are_not_passed_on_after_it(
    discharge, sweep_at
):
    sweep_at(DECEMBER)
    later = DECEMBER + timedelta(hours=4)
    sweep_at(later)

    assert rungs(sweep_at(later)) == []


def test_what_a_closed_practice_would_have_next_goes_to_the_team_that_is_there(store, clinician, nurse):
    child = make_child(store, clinician)
    tell(
        store, child, discharged_at=datetime(2026, 11, 18, 17, tzinfo=UTC)
    )  # its 48 hours end on Friday at 5
    friday = datetime(2026, 11, 20, 17, tzinfo=UTC)

    def told(now):
        raised = sweep(store, now=now, holidays_for=holidays_for)
        return [one for one in owners(store, raised) if one[0].startswith("hours-48")]

    assert told(friday) == [("hours-48", "practice")]
    assert told(friday + timedelta(hours=2)) == [("hours-48-unanswered", "hospital-team")]


def test_an_alert_that_was_acknowledged_in_time_is_not_passed_on(store, discharge, sweep_at, nurse):
    for one in sweep_at(SUNDAY_NIGHT):
        if kept_reviews.alert(store, one.id).acknowledged_at is None:
            acknowledge(store, one.id, "Phoned.", by=nurse, at=SUNDAY_NIGHT)

    assert sweep_at(SUNDAY_NIGHT + timedelta(hours=12)) == []


def test_whoever_acknowledges_an_alert_on_its_way_acknowledges_it_for_all(
    store, discharge, sweep_at, clinician, nurse
):
    _accept(store, discharge, clinician)
    tuesday = datetime(2026, 11, 24, 8, tzinfo=UTC)
    for hours in (0, 2, 4):
        (*_, last) = sweep_at(tuesday + timedelta(hours=hours))

    acknowledge(store, last.id, "Phoned; they come at 3pm.", by=nurse, at=tuesday + timedelta(hours=5))

    told = kept_reviews.alerts_of(store, clinician.organisation_id)
    of_tuesday = sorted((one for one in told if "due-today" in one.rung), key=lambda one: one.raised_at)
    assert [(one.owner, one.is_settled) for one in of_tuesday] == [
        ("practice", True),
        ("practice-lead", True),
        ("hospital-team", False),
    ]
    assert all(one.acknowledged_at for one in of_tuesday)
    assert not any("due-today" in rung for rung in rungs(sweep_at(tuesday + timedelta(hours=8))))


def test_an_alert_of_an_earlier_version_without_a_deadline_is_passed_on_too(store, discharge, sweep_at):
    (first, *_) = sweep_at(datetime(2026, 11, 21, 19, tzinfo=UTC))
    kept = store.read("Communication", first.id)
    with store.write(by="system", at=SUNDAY_NIGHT) as write:
        older = {name: value for name, value in kept.items() if name != "extension"}
        write.update(older, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Communication/{first.id}")

    raised = sweep_at(datetime(2026, 11, 21, 23, tzinfo=UTC))

    assert rungs(raised) == ["not-accepted-unanswered"]


def test_a_practice_that_is_away_owns_nothing_that_day(store, discharge, sweep_at, clinician, nurse):
    _accept(store, discharge, clinician)
    with store.write(by=clinician.ref, at=FRIDAY_1830) as write:
        monday = date(2026, 11, 23)
        days = teams.NewClosedDays("d1", clinician.organisation_id, monday, monday, "Training")
        teams.close(write, days)
        write.audit("U", f"Organization/{clinician.organisation_id}")

    raised = sweep_at(datetime(2026, 11, 23, 9, tzinfo=UTC))

    assert ("not-booked", "discharging-team") in owners(store, raised)


def test_a_booking_settles_that_nothing_is_booked_unless_the_child_is_not_brought(
    store, discharge, sweep_at, clinician
):
    _record(store, discharge, clinician, EventKind.BOOKED, happened_at=FRIDAY_1830)
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert "not-booked" not in rungs(sweep_at(monday))

    _record(store, discharge, clinician, EventKind.WAS_NOT_BROUGHT, happened_at=monday)

    assert "not-booked" in rungs(sweep_at(monday + timedelta(minutes=1)))


def test_a_child_who_is_not_brought_is_chased_though_it_was_told_before_that_nothing_was_booked(
    store, discharge, sweep_at, clinician
):
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert "not-booked" in rungs(sweep_at(monday))
    _record(store, discharge, clinician, EventKind.BOOKED, happened_at=monday + timedelta(hours=1))
    assert "not-booked" not in [one.rung for one in kept_reviews.open_alerts(store, discharge.child_id)]

    afternoon = monday + timedelta(hours=7)
    _record(store, discharge, clinician, EventKind.WAS_NOT_BROUGHT, happened_at=afternoon)

    assert "not-booked" in rungs(sweep_at(afternoon + timedelta(minutes=1)))
    assert "not-booked" not in rungs(sweep_at(afternoon + timedelta(minutes=2)))


def test_a_fault_with_one_review_keeps_no_other_from_being_told(store, clinician, discharge):
    other = make_child(store, clinician, given="Bea", nhs_number="9990000034")
    tell(store, other)
    asked = []

    def fails_once(nation):
        asked.append(nation)
        if len(asked) == 1:
            raise OSError("a fault")
        return holidays_for(nation)

    with pytest.raises(OSError, match="a fault"):
        sweep(store, now=SUNDAY_NIGHT, holidays_for=fails_once)

    told = [kept_reviews.open_alerts(store, child_id) for child_id in (discharge.child_id, other.id)]
    assert sorted(len(alerts) for alerts in told) == [0, 2]


def test_an_alert_its_message_and_its_audit_land_together(store, discharge, sweep_at):
    (first, _second) = sweep_at(SUNDAY_NIGHT)

    alert = kept_reviews.alert(store, first.id)
    (message,) = [one for one in outbox.unsent(store) if one.key == first.id]
    assert (alert.child_id, alert.review_id) == (discharge.child_id, discharge.review_id)
    assert message.communication_id == first.id
    assert store.count("AuditEvent", entity=f"Communication/{first.id}", action="C") == 1


def test_a_sweep_that_is_killed_midway_leaves_neither_and_the_next_one_raises_it(
    store, discharge, sweep_at, monkeypatch
):
    def broken(*_):
        raise OSError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "enqueue", broken)
        with pytest.raises(OSError, match="killed"):
            sweep_at(SUNDAY_NIGHT)
    assert store.count("Communication") == store.count("CommunicationRequest") == 0
    assert outbox.unsent(store) == []

    assert rungs(sweep_at(SUNDAY_NIGHT)) == LADDER[:2]


def told(store, alert_id):
    """Return what was to be told of an alert, and that it was told."""
    communication = store.read("Communication", alert_id)
    return store.read("CommunicationRequest", id_in(communication["basedOn"][0])), communication


def statuses(store, alert_id):
    return [one["status"] for one in told(store, alert_id)]


def test_each_alert_is_based_on_what_was_to_be_told_and_from_when(store, discharge, sweep_at):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    request, communication = told(store, first.id)
    assert request["occurrenceDateTime"] == "2026-11-21T18:30:00+00:00"
    assert request["recipient"] == communication["recipient"]
    assert statuses(store, first.id) == ["active", "in-progress"]


def test_however_often_somebody_sweeps_a_rung_is_asked_for_once(store, discharge, sweep_at):
    for _ in range(3):
        sweep_at(DECEMBER)

    asked = store.search("CommunicationRequest", category="alert")
    assert len(asked) == len(LADDER) == store.count("Communication", category="alert")


def test_an_acknowledged_alert_completes_what_was_to_be_told(store, discharge, sweep_at, nurse):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    acknowledge(store, first.id, "Phoned.", by=nurse, at=SUNDAY_NIGHT)

    assert statuses(store, first.id) == ["completed", "completed"]


def test_an_alert_that_a_review_has_settled_is_stopped_and_says_why(store, discharge, sweep_at, clinician):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    _record(store, discharge, clinician, EventKind.REVIEW_RECORDED)

    assert statuses(store, first.id) == ["revoked", "stopped"]
    assert {one["statusReason"]["text"] for one in told(store, first.id)} == {"The review was recorded."}
    assert kept_reviews.alert(store, first.id).is_settled
    assert kept_reviews.open_alerts(store) == []


def test_an_alert_of_an_earlier_version_of_this_program_is_answered_too(store, discharge, sweep_at, nurse):
    (first, *_) = sweep_at(SUNDAY_NIGHT)
    kept = store.read("Communication", first.id)
    with store.write(by="system", at=SUNDAY_NIGHT) as write:
        older = {name: value for name, value in kept.items() if name != "basedOn"}
        write.update(older, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Communication/{first.id}")

    acknowledge(store, first.id, "Phoned.", by=nurse, at=SUNDAY_NIGHT)

    assert kept_reviews.alert(store, first.id).action == "Phoned."
    assert "basedOn" not in store.read("Communication", first.id)


def test_an_alert_says_whose_it_is_and_what_to_do_and_nothing_about_the_child(store, discharge, sweep_at):
    sweep_at(DECEMBER)

    for message in outbox.unsent(store):
        assert set(message.body) == {"id", "rung", "owner", "due", "about"}
        assert message.body["owner"]
        assert not {"Amina", "Test", "9990000018", discharge.child_id} & set(message.body.values())
        assert "Amina" not in str(message.body)


def test_at_a_weekend_the_hospital_owns_what_the_practice_would(store, discharge, sweep_at, clinician, nurse):
    _saturday, sunday = sweep_at(SUNDAY_NIGHT)

    alert = kept_reviews.alert(store, sunday.id)
    assert (alert.owner_id, alert.told_ids) == (nurse.organisation_id, (clinician.organisation_id,))


def test_the_line_for_the_command_has_its_keys(discharge, sweep_at):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    said = first.as_json()
    assert list(said) == ["id", "child", "rung", "owner", "due", "about"]
    assert (said["child"], said["due"], said["owner"]) == (discharge.child_id, "2026-11-24", "Ash Hospital")


def test_a_closed_review_raises_nothing_more(store, discharge, sweep_at, clinician):
    entry = Entry(EventKind.REVIEW_RECORDED, SUNDAY_NIGHT)
    version = version_of(store, discharge.review_id)
    record(store, discharge.review_id, entry, version=version, by=clinician, at=SUNDAY_NIGHT)

    assert sweep_at(DECEMBER) == []


def test_a_reopened_review_climbs_its_ladder_anew(store, discharge, sweep_at, clinician):
    before = sweep_at(DECEMBER)
    review = _record(store, discharge, clinician, EventKind.REVIEW_RECORDED)
    _record(
        store, discharge, clinician, EventKind.WITHDRAWN, withdraws=review.events[-1].id, reason="Wrong child"
    )

    again = sweep_at(DECEMBER)

    assert rungs(again) == rungs(before)
    assert not {one.id for one in again} & {one.id for one in before}


def test_accepted_in_time_the_first_rung_is_never_raised(store, discharge, sweep_at, clinician):
    early = FRIDAY_1830 + timedelta(hours=1)
    version = version_of(store, discharge.review_id)
    record(
        store,
        discharge.review_id,
        Entry(EventKind.ACCEPTED, early),
        version=version,
        by=clinician,
        at=SUNDAY_NIGHT,
    )

    assert rungs(sweep_at(SUNDAY_NIGHT)) == ["hours-48"]


def test_a_discharge_that_waits_for_its_child_climbs_the_same_ladder(store, clinician, nurse, sweep_at):
    tell(store, make_child(store, clinician), nhs_number="9990000026")

    raised = sweep_at(DECEMBER)

    owners = {one.rung: kept_reviews.alert(store, one.id).owner_id for one in raised}
    assert list(owners) == LADDER
    assert {one.child for one in raised} == {None}
    assert owners["hours-48"] == nurse.organisation_id
    assert owners["due-today"] == clinician.organisation_id
    assert sweep_at(DECEMBER) == []


def test_a_discharge_that_names_nobody_here_is_told_to_a_team_that_is_staffed(store, clinician, sweep_at):
    child = make_child(store, clinician, practice_id="")
    tell(store, child, hospital_code="", hospital_name="", practice_code="S12345")

    assert {one.owner for one in sweep_at(DECEMBER)} == {"Elm Surgery"}


def test_matching_a_discharge_closes_the_alerts_about_it(store, clinician, nurse, sweep_at):
    tell(store, make_child(store, clinician), nhs_number="9990000026")
    sweep_at(SUNDAY_NIGHT)
    make_child(store, clinician, nhs_number="9990000026")

    match_waiting(store, by="system", at=SUNDAY_NIGHT, holidays_for=holidays_for)

    assert kept_reviews.open_alerts(store) == []


def test_a_date_in_the_future_is_told_at_once_and_not_when_it_has_come(store, clinician, nurse, sweep_at):
    a_discharge(store, clinician, discharged_at=DECEMBER)

    assert rungs(sweep_at(SUNDAY_NIGHT)) == ["date-in-doubt"]


def test_such_a_date_is_told_at_once_though_the_discharge_waits_for_its_child(
    store, clinician, nurse, sweep_at
):
    tell(store, make_child(store, clinician), nhs_number="9990000026", discharged_at=DECEMBER)

    (told,) = sweep_at(SUNDAY_NIGHT)

    assert (told.rung, told.owner, told.child) == ("date-in-doubt", "Ash Hospital", None)


def test_without_a_known_practice_the_hospital_owns_every_rung(store, clinician, nurse, sweep_at):
    tell(store, make_child(store, clinician, practice_id=""))

    raised = sweep_at(DECEMBER)

    assert {one.owner for one in raised} == {"Ash Hospital"}
    assert rungs(raised) == LADDER


def test_the_owner_acknowledges_with_what_was_done(store, discharge, sweep_at, nurse):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    acknowledge(store, first.id, "Phoned the mother; she comes on Monday.", by=nurse, at=SUNDAY_NIGHT)

    alert = kept_reviews.alert(store, first.id)
    assert (alert.acknowledged_by, alert.action) == (
        nurse.practitioner_id,
        "Phoned the mother; she comes on Monday.",
    )
    assert store.count("AuditEvent", entity=f"Communication/{first.id}", action="U") == 1


def test_an_acknowledgement_says_what_was_done_and_is_given_once(store, discharge, sweep_at, nurse):
    (first, *_) = sweep_at(SUNDAY_NIGHT)

    with pytest.raises(ActionMissing):
        acknowledge(store, first.id, "  ", by=nurse, at=SUNDAY_NIGHT)
    acknowledge(store, first.id, "Phoned.", by=nurse, at=SUNDAY_NIGHT)
    with pytest.raises(AlertAnswered):
        acknowledge(store, first.id, "Phoned again.", by=nurse, at=SUNDAY_NIGHT)


def test_whoever_was_only_told_does_not_acknowledge_and_for_others_it_is_not_there(
    store, discharge, sweep_at, clinician, make_person
):
    (first, *_) = sweep_at(SUNDAY_NIGHT)
    home = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "X99009")
    stranger = make_person(username="dr.fir", organisation=home)

    with pytest.raises(AlertOfAnother):
        acknowledge(store, first.id, "Phoned.", by=clinician, at=SUNDAY_NIGHT)
    with pytest.raises(ResourceNotFound):
        acknowledge(store, first.id, "Phoned.", by=stranger, at=SUNDAY_NIGHT)


def test_a_moment_that_has_not_come_is_for_the_demo_only(store):
    may_be_now(store, SUNDAY_NIGHT, clock=SUNDAY_NIGHT)
    with pytest.raises(NotADemoStore):
        may_be_now(store, DECEMBER, clock=SUNDAY_NIGHT)

    with store.write(by="system", at=SUNDAY_NIGHT) as write:
        marks.put(write, marks.DEMO, "yes")
    may_be_now(store, DECEMBER, clock=SUNDAY_NIGHT)


def test_a_sweep_of_another_day_is_written_today(store, discharge, sweep_at):
    (first, *_) = sweep_at(DECEMBER, at=SUNDAY_NIGHT)

    assert kept_reviews.alert(store, first.id).raised_at == SUNDAY_NIGHT


def _record(store, discharge, person, kind, **entry):
    version = version_of(store, discharge.review_id)
    made = replace(Entry(kind, DECEMBER), **entry)
    return record(store, discharge.review_id, made, version=version, by=person, at=DECEMBER)


def _accept(store, discharge, person):
    return _record(store, discharge, person, EventKind.ACCEPTED, happened_at=FRIDAY_1830)
