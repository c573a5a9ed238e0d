"""The pages of one child at school: what may be written down, by whom, and where it is read."""

from dataclasses import replace

import pytest

from fhir import kept_school_log, kept_shares
from fhir.kept_school_checks import inhaler
from fhir.kept_school_register import emergency_consents
from fhir.store.tables import teams
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.accounts import account_of
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.posts import let_lead
from portal.actions.teams import call_cover
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import agreed
from tests.portal.school_making import make_pupil, move_to_school, name_the_team

ENTRY = "00000000-0000-4000-8000-000000000001"
CHECK = {
    "there": "yes",
    "place": "Green box in the office",
    "expires-month": "11",
    "expires-year": "2027",
    "doses-left": "120",
    "spacer": "there",
}
RELIEVER = {
    "entry": ENTRY,
    "puffs": "2",
    "inhaler": "emergency",
    "why": "symptoms",
    "given-by": "The teacher",
    "words": "Better after ten minutes.",
    "told-by": "The office, by phone",
}
TOMORROW = {"day-day": "24", "day-month": "11", "day-year": "2026"}
ANSWER = {"answer": "yes", "is-written": "yes", "answered-by": "Sana Test"} | {
    "answered-day": "1",
    "answered-month": "9",
    "answered-year": "2026",
}
CONCERN = {"words": "He looks thin and tired.", "how-safe": "4", "when": "today"}
_HOME = (HOMES[Role.SCHOOL_STAFF].kind, HOMES[Role.SCHOOL_STAFF].name, HOMES[Role.SCHOOL_STAFF].code)
PAGES = ("", "/inhaler", "/consent", "/log/reliever", "/log/attack", "/log/missed-pe", "/absence")


@pytest.fixture
def office(client_for):
    return client_for(Role.SCHOOL_STAFF)


@pytest.fixture
def nurse(client_for, store, office):
    browser = client_for(Role.SCHOOL_NURSE)
    name_the_team(store, office.person.organisation_id, browser.person.organisation_id)
    return browser


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp, office, nurse):
    child, _plan = make_pupil(store, gp.person, office.person, nurse.person)
    return child


@pytest.mark.parametrize("who", ["office", "nurse"])
def test_school_and_its_nurses_write_down_and_read_again_what_they_wrote(request, store, child, who):
    browser, here = request.getfixturevalue(who), f"/school/{child.id}"

    assert browser.post(f"{here}/inhaler", data=CHECK).status_code == 303
    assert browser.post(f"{here}/consent", data=ANSWER).status_code == 303
    assert browser.post(f"{here}/log/reliever", data=RELIEVER).status_code == 303
    figures = {"term": "2026-autumn", "missed": "14", "possible": "120"}
    assert browser.post(f"{here}/absence", data=figures).status_code == 303

    page = browser.get(here).text
    for words in (
        "Kept: Green box in the office. Expires at the end of November 2027. Doses left then: 120.",
        "Sana Test answered yes to school on 1 September 2026.",
        "2 puffs, the school's emergency inhaler, for symptoms, given by The teacher.",
        "Who told a parent: The office, by phone.",
        "Autumn term 2026: 14 of 120 sessions missed",
    ):
        assert words in page, words


def test_the_practice_reads_what_school_wrote_as_facts_with_their_source(gp, office, child):
    here = f"/school/{child.id}"
    office.post(f"{here}/log/reliever", data=RELIEVER | {"hidden": "yes"})
    office.post(f"{here}/absence", data={"term": "2026-autumn", "missed": "14", "possible": "120"})
    office.post(f"{here}/inhaler", data={"there": "no", "spacer": "there"})

    page = gp.get(f"/children/{child.id}").text

    assert "Better after ten minutes." in page
    assert "Not shown to the family" in page
    assert "School has no inhaler for this child." in page
    assert "Persistent absence: 10% or more of sessions missed." in page
    assert "Department for Education. Not confirmed yet by a clinician." in page


def test_below_the_published_figure_absence_is_a_number_alone(office, child):
    office.post(
        f"/school/{child.id}/absence", data={"term": "2026-autumn", "missed": "11", "possible": "120"}
    )

    page = office.get(f"/school/{child.id}").text

    assert "11 of 120 sessions missed" in page
    assert "absence: " not in page


@pytest.mark.parametrize(
    ("form", "typed", "field"),
    [
        ("inhaler", CHECK | {"there": ""}, "there"),
        ("inhaler", CHECK | {"spacer": "perhaps"}, "spacer"),
        ("inhaler", CHECK | {"place": " "}, "place"),
        ("inhaler", CHECK | {"expires-month": "13"}, "expires-month"),
        ("inhaler", CHECK | {"expires-year": "27"}, "expires-month"),
        ("inhaler", CHECK | {"expires-month": "", "expires-year": ""}, "expires-month"),
        ("inhaler", CHECK | {"doses-left": "many"}, "doses-left"),
        ("consent", ANSWER | {"is-written": ""}, "is-written"),
        ("consent", ANSWER | {"answered-by": ""}, "answered-by"),
        ("consent", ANSWER | {"answered-year": "2030"}, "answered-day"),
        ("consent", ANSWER | {"answered-day": ""}, "answered-day"),
        ("consent", ANSWER | {"answer": ""}, "answer"),
        ("log/reliever", RELIEVER | {"puffs": "-2"}, "puffs"),
        ("log/reliever", RELIEVER | {"inhaler": ""}, "inhaler"),
        ("log/reliever", RELIEVER | {"why": ""}, "why"),
        ("log/reliever", RELIEVER | TOMORROW | {"time": "10:00"}, "day"),
        ("log/reliever", RELIEVER | TOMORROW, "day"),
        ("log/attack", {"words": " "}, "words"),
        ("log/missed-pe", {"words": "x" * 1001}, "words"),
        ("absence", {"term": "2026-autumn", "missed": "5", "possible": "4"}, "missed"),
        ("absence", {"term": "2026-autumn", "missed": "5", "possible": "0"}, "possible"),
        ("absence", {"term": "1999-autumn", "missed": "5", "possible": "10"}, "term"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_box_and_what_was_typed_stays(
    office, store, child, form, typed, field
):
    before = store.count("Task")

    answer = office.post(f"/school/{child.id}/{form}", data=typed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert store.count("Task") == before
    assert kept_school_log.entries_of(store, child.id) == []
    assert inhaler(store, child.id) is None
    assert emergency_consents(store, [child.id]) == {}


def test_a_no_counts_however_it_was_given_and_a_yes_only_in_writing(office, store, child):
    office.post(f"/school/{child.id}/consent", data=ANSWER | {"answer": "no", "is-written": ""})

    assert not emergency_consents(store, [child.id])[child.id].is_given


def test_where_plan_and_form_differ_the_page_says_so(gp, office, nurse, store):
    child, _plan = make_pupil(
        store, gp.person, office.person, nurse.person, plan={"school_emergency_consent": "yes"}
    )
    office.post(f"/school/{child.id}/consent", data=ANSWER | {"answer": "no"})

    page = office.get(f"/school/{child.id}").text

    assert "Emergency inhaler: answers differ" in page
    assert "The answers differ. Ask a parent again." in page


def test_an_entry_is_put_right_by_saying_so_and_never_disappears(office, store, child):
    here = f"/school/{child.id}"
    office.post(f"{here}/log/reliever", data=RELIEVER | {"told-by": ""})

    assert "No parent has been told yet." in office.get(here).text
    assert office.post(f"{here}/entries/{ENTRY}/told", data={"told-by": ""}).status_code == 422
    office.post(f"{here}/entries/{ENTRY}/told", data={"told-by": "The office"})
    office.post(f"{here}/entries/{ENTRY}/withdraw", data={"reason": "It was her twin"})

    page = office.get(here).text
    assert "Who told a parent: The office." in page
    assert "Do not count this: It was her twin" in page
    assert office.get("/register?status=reliever-used").text.count("<article") == 0


def test_a_concern_is_seen_as_sent_by_whoever_raised_it_and_by_nobody_else_at_school(nurse, office, child):
    nurse.post(f"/concerns/new/{child.id}", data=CONCERN)

    assert "Sent, nobody has seen it yet" in nurse.get(f"/school/{child.id}").text
    assert "thin and tired" not in nurse.get(f"/school/{child.id}").text
    assert "You raised a concern" not in office.get(f"/school/{child.id}").text


def test_where_a_concern_of_a_nurse_stands_is_seen_by_her_team_and_her_cover_and_by_no_school(
    nurse, office, child, client_for, make_person, store
):
    colleague = client_for(
        Role.SCHOOL_NURSE, make_person(Role.SCHOOL_NURSE, username="nurse.b", name="Una Bee")
    )
    elm = Organisation("", OrganisationKind.NURSING_TEAM, "Elm School Nurses", "X99041")
    cover = make_person(Role.SCHOOL_NURSE, username="nurse.elm", organisation=elm)
    here = f"/school/{child.id}"
    nurse.post(f"/concerns/new/{child.id}", data=CONCERN)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, cover.organisation_id)
    assert client_for(Role.SCHOOL_NURSE, cover).get(here).status_code == 404
    call_cover(store, MONDAY_9AM.date(), "Ill", by=nurse.person, at=MONDAY_9AM)

    for browser in (colleague, client_for(Role.SCHOOL_NURSE, cover)):
        page = browser.get(here).text
        assert "Lena Rowe raised a concern on 23 November 2026" in page
        assert "Sent, nobody has seen it yet" in page
        assert "thin and tired" not in page
        assert browser.get("/register?status=concern-open").text.count("<article") == 1
    assert "raised a concern" not in office.get(here).text
    assert "<article" not in office.get("/register?status=concern-open").text


def test_where_a_concern_of_school_staff_stands_is_seen_by_them_and_the_lead_of_the_school(
    nurse, office, child, client_for, make_person, store
):
    here = f"/school/{child.id}"
    office.post(f"/concerns/new/{child.id}", data=CONCERN)
    teacher = make_person(Role.SCHOOL_STAFF, username="teacher.b", name="Tim Bow")

    def seen():
        return "May Brook raised a concern" in client_for(Role.SCHOOL_STAFF, teacher).get(here).text

    assert not seen()
    place, account = Organisation(teacher.organisation_id, *_HOME), account_of(store, teacher.username)
    let_lead(store, account, teacher.role, place, leads=True, by="system", at=MONDAY_9AM)
    assert seen()
    assert "raised a concern" not in nurse.get(here).text


def test_a_child_who_changes_school_brings_nothing_of_the_old_one_to_the_staff_of_the_new(
    gp, office, nurse, store, child, client_for, make_person
):
    elm = replace(HOMES[Role.SCHOOL_STAFF], name="Elm School", code="X99077")
    elm_office = client_for(
        Role.SCHOOL_STAFF, make_person(Role.SCHOOL_STAFF, username="office.elm", organisation=elm)
    )
    old, new = office.person.organisation_id, elm_office.person.organisation_id
    name_the_team(store, new, nurse.person.organisation_id, elm)
    here, figures = f"/school/{child.id}", {"term": "2026-autumn", "possible": "120"}
    office.post(f"{here}/inhaler", data=CHECK)
    office.post(f"{here}/consent", data=ANSWER)
    office.post(f"{here}/log/attack", data={"entry": ENTRY, "words": "Very short of breath."})
    office.post(f"{here}/absence", data=figures | {"missed": "14"})

    move_to_school(store, child, new)
    to_elm = [Wanted(Reader.SCHOOL, new, Basis.CONSENT, consent=agreed(store, child.id))]
    share(store, child.id, to_elm, by=gp.person, at=MONDAY_9AM)
    elm_office.post(f"{here}/absence", data=figures | {"missed": "3"})

    of_staff = [elm_office.get(one).text for one in (here, f"{here}/inhaler", "/register")]
    of_others = nurse.get(here).text, gp.get(f"/children/{child.id}").text
    for old_words in (
        "Green box",
        "Sana Test",
        "short of breath",
        "14 of 120",
        "Earlier checks",
        "Oak School",
    ):
        assert not [page for page in of_staff if old_words in page], old_words
    assert "3 of 120" in of_staff[0]
    assert ">Attack this term" not in of_staff[2].split("<article")[1]
    for page in of_others:
        for words in (
            "14 of 120",
            "Counted by Oak School",
            "3 of 120",
            "Counted by Elm School",
            ", at Oak School",
        ):
            assert words in page, words
    register = nurse.get("/register").text
    assert "Attack this term: at Oak School." in register
    assert "with an attack this term at the school before" in register
    assert "with an attack here this term" not in register
    assert (
        register.count("<article")
        == nurse.get(f"/register?school={new}&status=attack").text.count("<article")
        == 1
    )
    assert "<article" not in nurse.get(f"/register?school={old}&status=attack").text


def test_a_share_that_ended_between_page_and_click_keeps_nothing(gp, office, store, child):
    assert office.get(f"/school/{child.id}/inhaler").status_code == 200
    shares = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    [ours] = [one for one in shares if one.reader is Reader.SCHOOL]
    stop(store, child.id, ours.id, by=gp.person, at=MONDAY_9AM)

    for page in PAGES:
        assert office.get(f"/school/{child.id}{page}").status_code == 404, page
    assert office.post(f"/school/{child.id}/inhaler", data=CHECK).status_code == 404
    assert inhaler(store, child.id) is None


def test_another_school_and_its_nurses_find_nothing_there(client_for, make_person, child):
    kinds = {
        Role.SCHOOL_STAFF: OrganisationKind.SCHOOL,
        Role.SCHOOL_NURSE: OrganisationKind.NURSING_TEAM,
    }
    for number, (role, kind) in enumerate(kinds.items()):
        far = Organisation("", kind, "Far away", f"X9909{number}")
        browser = client_for(role, make_person(role, organisation=far, username=f"far{number}"))
        for page in PAGES:
            assert browser.get(f"/school/{child.id}{page}").status_code == 404, page


def test_a_child_of_whom_no_school_is_known_cannot_be_checked_there(gp, nurse, office, store):
    child, _plan = make_pupil(store, gp.person, office.person, nurse.person, with_school=False)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        without = {name: value for name, value in kept.items() if name != "contact"}
        write.update(without, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "leave school")

    assert nurse.get(f"/school/{child.id}").status_code == 200
    assert nurse.get(f"/school/{child.id}/inhaler").status_code == 404


def without_a_practice(store, child):
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        left = {name: value for name, value in kept.items() if name != "generalPractitioner"}
        write.update(left, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "leave the practice")


def test_school_reads_the_name_of_the_place_that_was_told(store, office, nurse, child):
    here, missing = f"/school/{child.id}", {"there": "no", "spacer": "there"}
    assert "Elm Surgery is told at once." in office.get(f"{here}/log/attack").text
    office.post(f"{here}/inhaler", data=missing)
    page = office.get(here).text
    assert "Elm Surgery is told what is missing. Tell the family yourself." in page
    office.post(f"{here}/log/reliever", data=RELIEVER)
    assert "It is written down, and Elm Surgery is told." in office.get(here).text
    office.post(f"{here}/entries/{ENTRY}/withdraw", data={"reason": "Her twin"})
    assert "It is marked as an error, and Elm Surgery is told." in office.get(here).text

    without_a_practice(store, child)
    office.post(f"{here}/log/attack", data={"words": "Wheezy"})
    assert f"It is written down, and {nurse.person.organisation_name} is told." in office.get(here).text


def test_where_nobody_acts_school_is_told_to_phone_the_surgery(store, office, nurse, child):
    without_a_practice(store, child)
    here, missing = f"/school/{child.id}", {"there": "no", "spacer": "there"}

    for path, data in (("/inhaler", missing), ("/log/reliever", RELIEVER)):
        nurse.post(f"{here}{path}", data=data)
        page = nurse.get(here).text
        assert "Nobody could be told. Phone the child&#39;s GP surgery." in page
        assert "GP practice is told" not in page
    for path in ("/inhaler", "/log/attack"):
        assert "Nobody can be told from here" in nurse.get(f"{here}{path}").text
