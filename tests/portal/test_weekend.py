"""Before a weekend or holidays: who is at risk and unseen, and what a named person decides."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from fhir import kept_team_tasks, kept_weekend
from fhir.store.errors import StoreBusy
from fhir.store.tables import teams
from plans.places import Nation, Organisation, OrganisationKind, Role
from plans.team_task import TaskKind
from plans.weekend import Way
from portal.actions.facts import about, counting
from portal.actions.inbox.sweep import sweep_inboxes
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.concern_making import make_concern
from tests.portal.discharge_making import tell
from tests.portal.making import OF_RECORDS, bring_in, make_child
from tests.portal.shared_making import make_shared_child

FRIDAY_3PM = datetime(2026, 11, 27, 15, tzinfo=UTC)
LEFT_ELSEWHERE = {
    "discharged_at": datetime(2026, 11, 27, 9, tzinfo=UTC),
    "at": FRIDAY_3PM,
    "hospital_code": "",
    "hospital_name": "",
}
UNDECIDED, DECIDED = "Nobody has decided yet", ">Decided<"


@pytest.fixture
def clock(clock):
    clock.now = FRIDAY_3PM
    return clock


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def after_hospital(store, gp):
    """A child who left hospital that morning."""
    child = make_child(store, gp.person, given="Zephyrine", family="Quill")
    tell(store, child, **LEFT_ELSEWHERE)
    return child


def test_the_page_of_a_child_repeats_why_the_list_names_them(store, gp, after_hospital, clock):
    clock.now = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, on which nothing prompts
    concern = make_concern(store, after_hospital, gp.person, at=clock.now)

    page = gp.get(f"/before/child/{after_hospital.id}").text

    assert "Nothing prompts this now" not in page
    assert UNDECIDED in page
    assert f'href="/concerns/{concern.id}"' in page
    other = make_child(store, gp.person, given="Una", family="Well", nhs_number="9990000026")
    assert "Nothing prompts this now; that is not low risk" in gp.get(f"/before/child/{other.id}").text


def test_who_is_at_risk_and_unseen_stands_on_the_list_until_somebody_decides(
    store, gp, after_hospital, client_for
):
    make_child(store, gp.person, given="Una", family="Well", nhs_number="9990000026")
    page = gp.get("/before").text

    assert "Closed from Saturday 28 November 2026. People work again on Monday 30 November 2026." in page
    assert "Zephyrine Quill" in page
    assert "Una Well" not in page
    assert UNDECIDED in page
    assert "2 children were looked at" in page

    here = f"/before/child/{after_hospital.id}"
    page = gp.get(here).text
    assert "Who looks after the child until Monday 30 November 2026?" in page
    assert "Admissions for asthma in 12 months: 1." in page  # what prompts
    assert gp.post(here, data={}).status_code == 422
    both = {"on-call": "Rose Hill", "not-needed": "Seen"}
    assert gp.post(here, data=both).status_code == 422
    assert gp.post(here, data={"on-call": "Rose Hill sees her on Saturday."}).status_code == 303

    page = gp.get("/before").text
    assert UNDECIDED not in page
    assert DECIDED in page
    assert "Rose Hill sees her on Saturday." in page
    (decision,) = kept_weekend.decisions_for(store, after_hospital.id)
    assert (decision.by, decision.back_on) == (gp.person.ref, date(2026, 11, 30))


def test_a_fact_prompts_from_the_moment_it_is_known_and_the_list_says_whom_it_has_not_looked_at(
    store, client_for, make_person, tmp_path, monkeypatch
):
    gp = client_for(Role.CLINICIAN, make_person(organisation=OF_RECORDS))
    relievers = [gp_records.issue(f"2026-11-{day:02}") for day in range(1, 15)]
    child_id = bring_in(store, tmp_path, *relievers, at=FRIDAY_3PM)
    said = "Blue inhalers in 6 months: 14 (more than 6 is urgent to assess)."

    assert said in gp.get("/before").text
    assert said in gp.get(f"/before/child/{child_id}").text

    monkeypatch.setattr(counting, "COUNTED_NOW", 0)  # as with thousands who came before
    page = gp.get("/before").text
    assert said not in page
    assert "1 child has changed and is being counted again." in page
    assert "0 children were looked at" in page


def test_a_child_whose_facts_cannot_be_counted_takes_no_page_away_and_is_on_each_list_for_somebody_to_look(
    store, gp, after_hospital, monkeypatch, caplog
):
    told_of = make_child(store, gp.person, given="Una", family="Well", nhs_number="9990000026")
    quiet = make_child(store, gp.person, given="Ivo", family="Hush", nhs_number="9990000034")
    concern = make_concern(store, told_of, gp.person, at=FRIDAY_3PM)
    known = about.known_here

    def breaks(reader, child, today):
        if child.id != after_hospital.id:
            raise faults[-1](child.name)
        return known(reader, child, today)

    monkeypatch.setattr(about, "known_here", breaks)
    faults = [KeyError]
    lists = ("/before", "/facts")
    for page in (
        *lists,
        *(f"/{room}/{quiet.id}" for room in ("before/child", "facts", "children")),
        f"/concerns/{concern.id}",
    ):
        answer = gp.get(page)
        assert answer.status_code == 200, page
        assert "The facts about this child could not be counted" in answer.text, page
    for page in lists:
        text = gp.get(page).text
        assert all(name in text for name in ("Una Well", "Ivo Hush", "Zephyrine Quill")), page
    assert "1 child was looked at" in gp.get("/before").text
    assert "KeyError" in caplog.text
    assert not [word for word in ("Una", "Ivo", quiet.id) if word in caplog.text]

    with pytest.raises(KeyError):
        counting.count_some(store, now=FRIDAY_3PM, holidays_for=holidays_for)  # the worker says so each round
    faults.append(lambda _name: StoreBusy())
    assert [gp.get(page).status_code for page in lists] == [503, 503]


def test_whether_the_child_was_seen_is_a_task_that_escalates_by_itself(store, gp, after_hospital):
    gp.post(f"/before/child/{after_hospital.id}", data={"family-plan": "With her aunt."})
    mine = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    (check,) = [one for one in mine if one.kind is TaskKind.WEEKEND_CHECK]

    assert check.due_at == datetime(2026, 11, 30, 12, tzinfo=UTC)
    late = datetime(2026, 11, 30, 13, tzinfo=UTC)
    raised = sweep_inboxes(store, now=late, holidays_for=holidays_for)
    assert f"Task/{check.id}" in {one.about for one in raised if one.kind is TaskKind.TASK_LATE}


def test_the_check_is_on_the_first_working_day_of_the_childs_practice_however_long_a_team_is_away(
    store, gp, clock, client_for, make_person
):
    nurse = client_for(Role.SCHOOL_NURSE)
    child = make_shared_child(store, gp.person, nurse.person)
    with store.write(by="system", at=FRIDAY_3PM) as write:
        away = nurse.person.organisation_id, date(2026, 12, 5), date(2027, 1, 17)
        teams.close(write, teams.NewClosedDays("days", *away, "Holidays"))
    assert "People work again on Monday 18 January 2027." in nurse.get("/before?before=holidays").text

    nurse.post(f"/before/child/{child.id}", data={"family-plan": "With her aunt.", "before": "holidays"})

    (decision,) = kept_weekend.decisions_for(store, child.id)
    assert decision.back_on == date(2027, 1, 18)  # so long it stands on the list of the nurse
    (check,) = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    assert check.due_at == datetime(2026, 12, 7, 12, tzinfo=UTC)


def test_the_check_of_a_practice_that_works_on_the_teams_holiday_is_not_due_before_the_decision(
    store, clock, client_for, make_person
):
    clock.now = datetime(2027, 3, 29, 13, tzinfo=UTC)  # Easter Monday, which Scotland does not keep
    glen = Organisation("", OrganisationKind.PRACTICE, "Glen Surgery", "S99009", nation=Nation.SCOTLAND)
    scot, nurse = make_person(organisation=glen), client_for(Role.SCHOOL_NURSE)
    child = make_shared_child(store, scot, nurse.person)

    sent = nurse.post(f"/before/child/{child.id}", data={"on-call": "Rose Hill", "before": "weekend"})

    assert sent.status_code == 303
    (check,) = kept_team_tasks.open_tasks_of(store, scot.organisation_id)
    assert check.due_at == datetime(2027, 3, 30, 11, tzinfo=UTC)


def test_the_same_form_is_one_decision_and_in_other_words_it_is_refused_and_not_called_kept(
    store, gp, after_hospital
):
    here, once = f"/before/child/{after_hospital.id}", str(uuid4())
    first = {"once": once, "family-plan": "With her aunt."}

    assert [gp.post(here, data=first).status_code for _ in range(2)] == [303, 303]
    page = gp.post(here, data={"once": once, "on-call": "Rose Hill sees her."})
    assert page.status_code == 422
    assert "This form was sent before with other words" in page.text
    assert "Rose Hill sees her." in page.text  # what was typed stands in the form, to be sent as a new one
    (task,) = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    assert gp.post(here, data=first | {"once": task.id}).status_code == 422  # that is another thing's

    assert [one.ways for one in kept_weekend.decisions_for(store, after_hospital.id)] == [
        {Way.FAMILY_PLAN: "With her aunt."}
    ]


def test_the_list_has_each_fact_in_words_and_no_score_and_says_what_absence_means(store, gp, after_hospital):
    page = gp.get("/before").text

    assert "Review after hospital, left on" in page
    assert "Discharged after an attack" in page
    assert "NICE QS25, statement 4" in page
    assert "There is no score" in page
    assert "that is not low risk" in page
    concern_only = make_child(store, gp.person, given="Ada", family="Fern", nhs_number="9990000034")
    make_concern(store, concern_only, gp.person, at=FRIDAY_3PM, how_safe=1)
    page = gp.get("/before").text
    assert "No facts found, as no dated GP record was brought in; that is not low risk." in page
    assert "Look in Puffin for why this child is here." in page  # on paper there is nothing of a concern


def test_the_holidays_are_bank_holidays_and_those_of_the_teams_own_calendar(
    store, gp, clock, client_for, after_hospital
):
    assert "No bank holiday comes in the next 14 days" in gp.get("/before?before=holidays").text

    with store.write(by="system", at=FRIDAY_3PM) as write:
        first, last = date(2026, 12, 7), date(2026, 12, 11)
        days = teams.NewClosedDays("days", gp.person.organisation_id, first, last, "Training")
        teams.close(write, days)
    page = gp.get("/before?before=holidays").text
    assert "Closed from Monday 7 December 2026. People work again on Monday 14 December 2026." in page
    assert UNDECIDED in page
    gp.post(f"/before/child/{after_hospital.id}", data={"on-call": "Rose Hill", "before": "holidays"})
    assert UNDECIDED not in gp.get("/before?before=holidays").text
    assert UNDECIDED in gp.get("/before").text  # what holds in December says nothing of this weekend

    clock.now = datetime(2026, 12, 21, 9, tzinfo=UTC)
    page = client_for(Role.CLINICIAN, gp.person).get("/before?before=holidays").text
    assert "Closed from Friday 25 December 2026. People work again on Tuesday 29 December 2026." in page


@pytest.mark.parametrize("role", [Role.SCHOOL_NURSE, Role.HOSPITAL, Role.COMMUNITY_NURSE])
def test_each_who_has_the_list_finds_the_children_that_they_see_and_no_other(
    store, gp, client_for, make_person, role, after_hospital
):
    person = make_person(role)
    child = make_shared_child(store, gp.person, person, given="Ada", family="Fern", nhs_number="9990000034")
    tell(store, child, visit="YEW-2", **LEFT_ELSEWHERE)
    browser = client_for(role, person)

    page = browser.get("/before").text

    assert "Ada Fern" in page
    assert "Admissions for asthma in 12 months: 1." in page
    assert "Zephyrine Quill" not in page
    assert browser.get(f"/before/child/{after_hospital.id}").status_code == 404


def test_a_child_whose_record_somebody_does_not_see_is_listed_only_where_they_may_act_on_a_concern(
    store, gp, client_for, after_hospital
):
    nurse, ward = client_for(Role.SCHOOL_NURSE), client_for(Role.HOSPITAL)
    other = make_child(store, gp.person, given="Ada", family="Fern", nhs_number="9990000034")
    make_concern(store, other, nurse.person, at=FRIDAY_3PM, how_safe=1)  # the nurse only follows it
    concern = make_concern(store, after_hospital, gp.person, at=FRIDAY_3PM, how_safe=1)  # the ward may act
    gp.post(f"/before/child/{after_hospital.id}", data={"family-plan": "With her aunt in Elm Road."})

    assert "Ada Fern" not in nurse.get("/before").text
    page = ward.get("/before").text
    assert "Zephyrine Quill" in page
    assert "Elm Road" not in page  # what was decided by others about her record is theirs
    assert "Nobody has decided about this concern yet" in page

    gp.post(f"/concerns/{concern.id}/weekend", data={"on-call": "Rose Hill sees her tonight."})
    page = ward.get("/before").text
    assert "Rose Hill sees her tonight." in page
    assert "Elm Road" not in page
