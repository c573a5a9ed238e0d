"""The page of a team: everybody of it sees it and calls for cover; its lead says who covers, and when."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

import run
from fhir import kept_teams
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import teams
from plans.places import Organisation, OrganisationKind, Role
from plans.team import CannotCover, DaysNotRight, NobodyCovers
from plans.team_task import TaskKind
from portal.actions.accounts import account_of, people_of
from portal.actions.inbox.sweep import sweep_inboxes
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.posts import end_post, let_lead
from portal.actions.teams import call_cover, close, name_cover, offered_cover, take_back
from portal.calendar import holidays_for
from tests.portal.conftest import HOMES, MONDAY_9AM

TODAY = MONDAY_9AM.date()
FRIDAY = TODAY + timedelta(days=4)
OAK, ELM = HOMES[Role.SCHOOL_NURSE], Organisation("", OrganisationKind.NURSING_TEAM, "Elm Nurses", "X99041")
SUMMER = {"closed-first-day": "24", "closed-first-month": "7", "closed-first-year": "2027"}
SUMMER |= {"closed-last-day": "3", "closed-last-month": "9", "closed-last-year": "2027"}
SUMMER |= {"closed-reason": "Summer holidays"}
UNTIL_FRIDAY = {
    "now-last-day": "27",
    "now-last-month": "11",
    "now-last-year": "2026",
    "now-reason": "Training",
}


@pytest.fixture
def lead(store, client_for, make_person):
    """The browser of Lena Rowe, who leads Oak's nurses."""
    person = make_person(Role.SCHOOL_NURSE)
    account = account_of(store, person.username)
    home = Organisation(person.organisation_id, OAK.kind, OAK.name, OAK.code)
    let_lead(store, account, Role.SCHOOL_NURSE, home, leads=True, by="system", at=MONDAY_9AM)
    return client_for(Role.SCHOOL_NURSE, people_of(store, account.id)[0])


@pytest.fixture
def colleague(client_for, make_person, lead):
    """The browser of a nurse of Oak who does not lead."""
    return client_for(Role.SCHOOL_NURSE, make_person(Role.SCHOOL_NURSE, username="nurse.ash", name="Ivy Ash"))


@pytest.fixture
def elm(make_person, lead):
    """The id of another team of nurses, in which somebody works."""
    return make_person(Role.SCHOOL_NURSE, username="nurse.elm", organisation=ELM).organisation_id


@pytest.fixture
def covered(store, lead, elm):
    """Elm's nurses cover Oak's."""
    name_cover(store, elm, by=lead.person, at=MONDAY_9AM)


def team(store, browser):
    return kept_teams.team(store, browser.person.organisation_id)


# What the page says


def test_the_page_says_who_is_in_the_team_and_who_leads_it(lead, colleague):
    page = colleague.get("/team").text

    assert "Lena Rowe, School nurse" in page
    assert "Ivy Ash, School nurse" in page
    assert page.count(">Lead<") == 1
    assert "This team has no lead" not in page


def test_who_has_left_is_no_longer_in_the_team(store, lead, colleague):
    account = account_of(store, "nurse.ash")
    home = Organisation(lead.person.organisation_id, OAK.kind, OAK.name, OAK.code)
    end_post(store, account, Role.SCHOOL_NURSE, home, by="system", at=MONDAY_9AM)

    assert "Ivy Ash" not in lead.get("/team").text


def test_a_team_without_a_lead_is_told_so(client_for):
    assert "This team has no lead" in client_for(Role.COMMUNITY_NURSE).get("/team").text


def test_a_team_that_nobody_covers_is_told_so(store, lead, elm):
    assert "Nobody covers this team" in lead.get("/team").text

    name_cover(store, elm, by=lead.person, at=MONDAY_9AM)

    page = lead.get("/team").text
    assert "Nobody covers this team" not in page
    assert "Elm Nurses covers your team when it is closed." in page


def test_the_page_says_when_the_inbox_was_last_opened_and_by_whom(lead, colleague):
    assert "Nobody has opened it yet." in lead.get("/team").text

    colleague.get("/inbox")

    assert "Last opened on 23 November 2026 at 9:00am by Ivy Ash." in lead.get("/team").text


def test_the_lead_finds_here_what_is_late_and_what_they_must_do_about_it(store, lead, colleague):
    before = MONDAY_9AM - timedelta(days=7)
    with store.write(by="system", at=before) as write:
        raise_task(write, NewTask(TaskKind.NO_INHALER, lead.person.organisation_id))
    sweep_inboxes(store, now=MONDAY_9AM, holidays_for=holidays_for)

    page = lead.get("/team").text
    for words in ("For you as lead", "Inbox that nobody opens", "Task that is late", "Family has no inhaler"):
        assert words in page

    page = colleague.get("/team").text
    assert "Family has no inhaler" in page
    assert "For you as lead" not in page
    assert "Inbox that nobody opens" not in page


def test_a_team_knows_whom_it_covers(client_for, make_person, lead, covered):
    browser = client_for(
        Role.SCHOOL_NURSE, make_person(Role.SCHOOL_NURSE, username="nurse.fir", organisation=ELM)
    )

    assert "Your team covers for: Oak School Nurses" in browser.get("/team").text


# Who covers


def test_the_lead_names_the_team_that_covers_and_takes_it_back(store, lead, elm):
    assert lead.post("/team/cover", data={"cover": elm}).status_code == 303
    assert team(store, lead).covered_by == elm

    assert lead.post("/team/cover", data={"cover": ""}).status_code == 303
    assert team(store, lead).covered_by == ""


def test_a_team_in_which_nobody_works_is_not_offered(store, lead, elm):
    places = {place.id: place.name for place in offered_cover(store, team(store, lead))}
    assert places == {elm: "Elm Nurses"}

    account = account_of(store, "nurse.elm")
    home = Organisation(elm, ELM.kind, ELM.name, ELM.code)
    end_post(store, account, Role.SCHOOL_NURSE, home, by="system", at=MONDAY_9AM)

    assert offered_cover(store, team(store, lead)) == []
    with pytest.raises(CannotCover):
        name_cover(store, elm, by=lead.person, at=MONDAY_9AM)


@pytest.mark.parametrize("wanted", ["own", "school", "nowhere"])
def test_a_team_that_cannot_cover_is_refused_and_nothing_changes(store, lead, make_person, wanted):
    ids = {"own": lead.person.organisation_id, "nowhere": "nowhere"}
    ids["school"] = make_person(Role.SCHOOL_STAFF).organisation_id

    answer = lead.post("/team/cover", data={"cover": ids[wanted]})

    assert answer.status_code == 422
    assert "This team cannot cover yours." in answer.text
    assert team(store, lead).covered_by == ""


def test_cover_is_not_given_up_while_the_team_is_away(store, lead, elm, covered):
    call_cover(store, FRIDAY, "", by=lead.person, at=MONDAY_9AM)

    assert lead.post("/team/cover", data={"cover": ""}).status_code == 422
    assert team(store, lead).covered_by == elm


# Closed days


def test_the_lead_enters_the_holidays_beforehand(store, lead, covered):
    assert lead.post("/team/closed", data=SUMMER).status_code == 303

    (days,) = team(store, lead).closed
    assert (days.first, days.last, days.reason) == (date(2027, 7, 24), date(2027, 9, 3), "Summer holidays")
    page = lead.get("/team").text
    assert "24 July 2027 to 3 September 2027: Summer holidays" in page
    assert "Entered by Lena Rowe" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"closed-first-day": ""}, "Enter the first day", id="half a day"),
        pytest.param({"closed-last-month": "13"}, "Enter the last day", id="no such month"),
        pytest.param({"closed-last-year": "2026"}, "The last day comes before", id="the wrong way round"),
        pytest.param({"closed-last-year": "2207"}, "more than a year away", id="a slip of the year"),
        pytest.param({"closed-reason": "x" * 201}, "up to 200 characters", id="too many words"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_at_their_field(store, lead, covered, typed, said):
    answer = lead.post("/team/closed", data=SUMMER | typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert team(store, lead).closed == ()


def test_without_cover_no_days_are_entered_as_the_tasks_would_wait(store, lead):
    answer = lead.post("/team/closed", data=SUMMER)

    assert answer.status_code == 422
    assert "Your tasks would wait" in answer.text
    assert team(store, lead).closed == ()


def test_anybody_of_the_team_calls_for_cover_from_today(store, colleague, covered):
    assert colleague.post("/team/cover-now", data=UNTIL_FRIDAY).status_code == 303

    (days,) = team(store, colleague).closed
    assert (days.first, days.last, days.said_by) == (TODAY, FRIDAY, colleague.person.ref)
    assert "Its open tasks are shown to Elm Nurses too." in colleague.get("/team").text


def test_who_calls_for_cover_where_there_is_none_is_told_what_to_do(colleague):
    answer = colleague.post("/team/cover-now", data=UNTIL_FRIDAY)

    assert answer.status_code == 422
    assert "The lead of your team names one" in answer.text


def test_whoever_is_back_ends_the_cover(store, lead, colleague, covered):
    call_cover(store, FRIDAY, "Training", by=lead.person, at=MONDAY_9AM)
    (days,) = team(store, lead).closed

    assert colleague.post(f"/team/closed/{days.id}/take-back").status_code == 303

    assert team(store, lead).closed == ()


def test_days_to_come_are_the_leads_to_take_back(store, lead, colleague, covered):
    close(store, FRIDAY, FRIDAY, "Training", by=lead.person, at=MONDAY_9AM)
    (days,) = team(store, lead).closed

    assert colleague.post(f"/team/closed/{days.id}/take-back").status_code == 404
    assert lead.post(f"/team/closed/{days.id}/take-back").status_code == 303


def test_days_that_are_over_stay_as_they_were(store, lead, covered):
    call_cover(store, TODAY, "", by=lead.person, at=MONDAY_9AM)
    (days,) = team(store, lead).closed

    with pytest.raises(ResourceNotFound):
        take_back(store, days.id, by=lead.person, at=MONDAY_9AM + timedelta(days=1))


def test_days_that_have_passed_are_not_entered(store, lead, covered):
    with pytest.raises(DaysNotRight):
        call_cover(store, TODAY - timedelta(days=1), "", by=lead.person, at=MONDAY_9AM)


# The commands


@pytest.fixture
def run_command(store, tmp_path, monkeypatch):
    """Run a command on this test's store; return what it said, and how it ended."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
    monkeypatch.setattr(run, "now", lambda: MONDAY_9AM)

    def call(*words):
        answer = CliRunner().invoke(run.door, ["team", *words])
        return answer.output, answer.exit_code

    return call


def test_whoever_runs_puffin_sees_which_team_has_no_lead_and_no_cover(run_command, lead, elm, make_person):
    said, _status = run_command("list")

    lines = {line.partition(":")[0]: line for line in said.splitlines()}
    assert (
        "led by Lena Rowe, NOBODY COVERS IT, inbox never opened, 0 open, 0 late"
        in (lines["X99004 Oak School Nurses"])
    )
    assert "NOBODY LEADS IT" in lines["X99041 Elm Nurses"]


def test_with_json_a_team_is_one_object_a_line(run_command, lead, covered):
    said, _status = run_command("list", "--json")

    (oak,) = (one for one in map(json.loads, said.splitlines()) if one["code"] == "X99004")
    assert oak == {
        "code": "X99004",
        "name": "Oak School Nurses",
        "leads": ["Lena Rowe"],
        "covered_by": "Elm Nurses",
        "opened_at": None,
        "open": 0,
        "late": 0,
    }


def test_whoever_runs_puffin_names_cover_for_a_team_that_nobody_leads(store, run_command, lead, elm):
    assert run_command("cover", "x99004", "--by", "x99041") == ("Elm Nurses covers Oak School Nurses.\n", 0)
    assert team(store, lead).covered_by == elm

    assert run_command("cover", "X99004") == ("Nobody covers Oak School Nurses any more.\n", 0)
    assert team(store, lead).covered_by == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("X99004", "--by", "X99004"), "cannot cover yours", id="itself"),
        pytest.param(("X99004", "--by", "X99999"), "No organisation with this code", id="unknown"),
        pytest.param(("x 1",), "Use the organisation's", id="no code"),
    ],
)
def test_a_command_that_cannot_be_meant_changes_nothing(store, run_command, lead, elm, words, said):
    output, status = run_command("cover", *words)

    assert (said in output, status) == (True, 1)
    assert team(store, lead).covered_by == ""


# Who may


@pytest.mark.parametrize("address", ["/team/cover", "/team/closed"])
def test_for_who_does_not_lead_there_is_nothing_to_change(store, colleague, elm, covered, address):
    before = team(store, colleague)

    assert colleague.post(address, data=SUMMER | {"cover": ""}).status_code == 404

    assert team(store, colleague) == before
    page = colleague.get("/team").text
    assert "Which team covers yours?" not in page
    assert "Add closed days" not in page


def test_another_teams_days_are_not_there(store, lead, covered, client_for):
    call_cover(store, FRIDAY, "", by=lead.person, at=MONDAY_9AM)
    (days,) = team(store, lead).closed

    answer = client_for(Role.COMMUNITY_NURSE).post(f"/team/closed/{days.id}/take-back")

    assert answer.status_code == 404
    assert team(store, lead).closed == (days,)


def test_a_privacy_lead_is_of_no_team(client_for):
    assert client_for(Role.PRIVACY_LEAD).get("/team").status_code == 404


@pytest.mark.parametrize("act", ["cover", "close", "call", "take back"])
def test_each_change_is_audited_with_who_made_it(store, lead, elm, covered, act):
    by, at = lead.person, MONDAY_9AM + timedelta(minutes=1)
    call_cover(store, FRIDAY, "", by=by, at=MONDAY_9AM)
    (days,) = team(store, lead).closed
    acts = {
        "cover": lambda: name_cover(store, elm, by=by, at=at),
        "close": lambda: close(store, FRIDAY, FRIDAY, "", by=by, at=at),
        "call": lambda: call_cover(store, FRIDAY, "", by=by, at=at),
        "take back": lambda: take_back(store, days.id, by=by, at=at),
    }
    ours = f"Organization/{by.organisation_id}"
    before = store.count("AuditEvent", entity=ours, action="U")

    acts[act]()

    assert store.count("AuditEvent", entity=ours, action="U") == before + 1


def test_nothing_is_given_up_where_nobody_covers(store, lead):
    with pytest.raises(NobodyCovers):
        close(store, FRIDAY, FRIDAY, "", by=lead.person, at=MONDAY_9AM)
    assert teams.closed_days(store, lead.person.organisation_id) == []
