"""The pages of alerts: one thing to look at for each child, with an owner, answered with what was done."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_reviews
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import EventKind
from portal.actions.reviews import Entry, record, version_of
from portal.actions.steps import next_step_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.review_words import RUNGS
from tests.portal.discharge_making import a_discharge, tell
from tests.portal.making import make_child


@pytest.fixture
def practice(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def ward(client_for):
    return client_for(Role.HOSPITAL)


@pytest.fixture
def raised(store, practice, ward, clock):
    """Every rung of a review that is now a week late."""
    a_discharge(store, practice.person)
    late = clock() + timedelta(days=9)
    return {one.rung: one.id for one in sweep(store, now=late, holidays_for=holidays_for, at=clock())}


def next_said(page):
    return re.search(r"Next: [^<]+", page)[0]


def test_eight_rungs_are_one_thing_to_look_at(raised, practice):
    page = practice.get("/alerts").text

    assert page.count("Amina Test, ") == 1
    assert "8 alerts" in page
    assert "still not seen" in page


def test_a_group_says_first_what_is_for_the_readers_own_team(raised, practice, ward):
    for browser in (practice, ward):
        page = " ".join(browser.get("/alerts").text.split())
        assert page.index("Your team must act:") < page.index(", the newest raised on")
    ours = practice.get("/alerts").text
    assert re.search(r"Your team must act: \d open alerts\.", ours)
    assert "The newest is for Ash Hospital." in ours
    assert (
        len(re.findall(r"Told on \d+ \w+ 2026 at", ours)) == 1
    )  # what it said then is not how late it is now
    assert "Who must act:" not in ours


def test_the_team_that_was_told_reads_the_alert_and_the_owner_answers_it(store, raised, practice, ward):
    address = f"/alerts/{raised['overdue-2-working-days']}"

    assert 'name="action"' not in practice.get(address).text
    assert practice.post(f"{address}/acknowledge", data={"action": "Phoned"}).status_code == 422
    assert 'name="action"' in ward.get(address).text
    assert ward.post(f"{address}/acknowledge", data={"action": ""}).status_code == 422
    assert ward.post(f"{address}/acknowledge", data={"action": "Phoned the family"}).status_code == 303

    page = practice.get(address).text
    assert "Phoned the family" in page
    assert "Rose Hill" in page


def test_one_answer_is_for_the_earlier_alerts_of_the_same_team_too(store, raised, practice, ward):
    ward.post(f"/alerts/{raised['overdue-2-working-days']}/acknowledge", data={"action": "Phoned"})

    assert {one.owner_id for one in kept_reviews.open_alerts(store)} == {practice.person.organisation_id}


def test_the_page_says_by_when_to_answer_until_somebody_has(raised, ward):
    address = f"/alerts/{raised['overdue-2-working-days']}"
    said = "Answer by "

    assert said in ward.get("/alerts").text
    assert said in ward.get(address).text
    ward.post(f"{address}/acknowledge", data={"action": "Phoned the family"})
    assert said not in ward.get(address).text


def test_the_review_names_each_step_that_was_told_and_what_the_worker_tells_next(
    store, practice, ward, clock
):
    _child, outcome = a_discharge(store, practice.person)
    sweep(store, now=clock(), holidays_for=holidays_for)
    page = f"/reviews/{outcome.review_id}"

    said = next_said(ward.get(page).text)

    for browser in (practice, ward):
        told = {one.id for one in kept_reviews.alerts_of(store, browser.person.organisation_id)}
        assert told
        assert set(re.findall(r'href="/alerts/([0-9a-f-]{36})"', browser.get(page).text)) == told
    step = next_step_of(store, outcome.review_id, clock(), holidays_for)
    assert sweep(store, now=step.at - timedelta(seconds=1), holidays_for=holidays_for, at=clock()) == []
    told = sweep(store, now=step.at, holidays_for=holidays_for, at=clock())
    assert (step.code, RUNGS[step.code] in said) == (told[0].rung, True)
    assert told[0].owner in said


def test_what_is_due_and_not_told_yet_is_not_called_to_come(store, practice, ward, clock, client_for):
    _child, outcome = a_discharge(store, practice.person)
    sweep(store, now=clock(), holidays_for=holidays_for)
    step = next_step_of(store, outcome.review_id, clock(), holidays_for)
    clock.let_pass(days=1)

    said = client_for(Role.HOSPITAL, ward.person).get(f"/reviews/{outcome.review_id}").text

    assert next_step_of(store, outcome.review_id, clock(), holidays_for) == replace(step, is_due=True)
    assert "and not told yet." in next_said(said)
    assert "is told on" not in said
    assert "What your team was told, and who is next" in said


def test_nothing_is_next_once_the_review_is_closed(store, practice, clock):
    _child, outcome = a_discharge(store, practice.person)
    done = Entry(EventKind.REVIEW_RECORDED, clock(), reason="Well.")
    version = version_of(store, outcome.review_id)
    record(store, outcome.review_id, done, version=version, by=practice.person, at=clock())

    assert next_step_of(store, outcome.review_id, clock(), holidays_for) is None
    assert "Next: " not in practice.get(f"/reviews/{outcome.review_id}").text


def test_an_answer_stops_no_clock(store, raised, ward):
    ward.post(f"/alerts/{raised['not-accepted']}/acknowledge", data={"action": "Phoned"})

    assert len(kept_reviews.open_reviews(store)) == 1


def test_an_alert_that_my_team_was_not_told_is_not_there(raised, make_person, client_for):
    beech = Organisation("", OrganisationKind.HOSPITAL, "Beech Hospital", "X99088")
    stranger = client_for(Role.HOSPITAL, make_person(Role.HOSPITAL, username="nurse.fir", organisation=beech))

    address = f"/alerts/{raised['overdue']}"
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/acknowledge", data={"action": "Phoned"}).status_code == 404
    assert "There are no alerts" in stranger.get("/alerts").text


def test_a_discharge_without_a_child_leads_to_the_page_that_matches_it(store, practice, ward, clock):
    tell(store, make_child(store, practice.person), nhs_number="9990000026")
    sweep(store, now=clock(), holidays_for=holidays_for)

    page = ward.get("/alerts").text
    assert "not matched to a child yet" in page
    alert = ward.get(re.search(r"/alerts/[0-9a-f-]{36}", page)[0]).text
    assert "/waiting/" in alert
