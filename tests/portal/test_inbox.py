"""The inbox of a team: read and answered by the team and by who covers it, and by nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_plans, kept_reviews, kept_team_tasks
from fhir.audit_event import from_audit_event
from fhir.store.errors import ResourceNotFound
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.sealing import seal_waiting
from fhir.store.tables import teams
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.team_inbox import READS
from plans.team_task import KINDS, LONGEST_TEXT, OTHERWISE, AnswerMissing, TaskDone, TaskKind
from portal.actions.accounts import account_of
from portal.actions.audit import unusual as audit_unusual
from portal.actions.circle.sharing import Wanted, share
from portal.actions.inbox.sight import open_for
from portal.actions.inbox.tasks import NewTask, WordsTooLong, answer_task, raise_task, settle
from portal.actions.posts import let_lead
from portal.actions.receipts.reading import has_read
from portal.actions.teams import call_cover, close
from portal.team_words import due_words
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.making import make_child, make_family_member, make_plan

PHONED = {"outcome": OTHERWISE, "answer": "Phoned the mother."}
FRIDAY = (MONDAY_9AM + timedelta(days=4)).date()
ELM_NURSES = Organisation("", OrganisationKind.NURSING_TEAM, "Elm School Nurses", "X99041", "0121 496 0141")


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def nurse(client_for):
    return client_for(Role.SCHOOL_NURSE)


@pytest.fixture
def elm_nurse(client_for, make_person):
    """A nurse of another team."""
    person = make_person(Role.SCHOOL_NURSE, username="nurse.elm", name="Ivy Elm", organisation=ELM_NURSES)
    return client_for(Role.SCHOOL_NURSE, person)


@pytest.fixture
def raised(store):
    """Raise a task for somebody's team, on Monday at nine; name only what your test is about."""

    def make(person, kind=TaskKind.NO_INHALER, by="system", at=MONDAY_9AM, **changes):
        with store.write(by=by, at=at) as write:
            return raise_task(write, NewTask(kind, person.organisation_id, **changes))

    return make


@pytest.fixture
def lead(store):
    """Let somebody lead their team."""

    def make(person, home):
        with_id = Organisation(person.organisation_id, home.kind, home.name, home.code)
        account = account_of(store, person.username)
        let_lead(store, account, person.role, with_id, leads=True, by="system", at=MONDAY_9AM)

    return make


@pytest.fixture
def covered(store, nurse, elm_nurse):
    """Oak's nurses are away until Friday, and Elm's cover them."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, elm_nurse.person.organisation_id)
    call_cover(store, FRIDAY, "Training", by=nurse.person, at=MONDAY_9AM)


@pytest.fixture
def shared_child(store, gp, nurse, make_person):
    """A child whose plan is shared with Oak's nurses."""
    school = make_person(Role.SCHOOL_STAFF).organisation_id
    place = store.read("Organization", school)
    team = {"reference": f"Organization/{nurse.person.organisation_id}"}
    nursed = {"url": "https://puffin.example/fhir/StructureDefinition/nursing-team", "valueReference": team}
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(place | {"extension": [nursed]}, if_match=place["meta"]["versionId"])
        write.audit("U", f"Organization/{school}")
    child = make_child(store, gp.person, given="Zephyrine", family="Quill", school_id=school)
    make_plan(store, child, gp.person)
    wanted = [Wanted(Reader.SCHOOL_NURSE, nurse.person.organisation_id, Basis.DIRECT_CARE)]
    share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    return child


def audited(store, detail):
    """Return what was written down under these words."""
    entries = [from_audit_event(one) for one in store.search("AuditEvent")]
    return [one for one in entries if one.detail == detail]


# Raising


def test_a_task_is_due_when_its_kind_says_and_its_raising_is_audited(store, gp, raised):
    child = make_child(store, gp.person)

    task = raised(gp.person, child_id=child.id, words=" No inhaler ")

    assert task.due_at == MONDAY_9AM + KINDS[TaskKind.NO_INHALER].within
    assert task.words == "No inhaler"
    assert kept_team_tasks.open_tasks_of(store, gp.person.organisation_id) == [task]
    (entry,) = audited(store, "raise a task: no-inhaler")
    assert (entry.what, entry.child) == (f"Task/{task.id}", f"Patient/{child.id}")


def test_what_is_raised_once_is_never_raised_again_whatever_became_of_it(store, gp, raised):
    first = raised(gp.person, once="plan-1")
    assert raised(gp.person, once="plan-1") == first

    done = answer_task(store, first.id, "Phoned.", by=gp.person, at=MONDAY_9AM)

    assert raised(gp.person, once="plan-1") == done
    assert kept_team_tasks.tasks_of(store, gp.person.organisation_id) == [done]


def test_what_is_raised_without_that_is_raised_each_time(store, gp, raised):
    raised(gp.person)
    raised(gp.person)

    assert len(kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)) == 2


def test_too_many_words_are_refused_and_nothing_is_kept(store, gp, raised):
    with pytest.raises(WordsTooLong):
        raised(gp.person, words="x" * (LONGEST_TEXT + 1))

    assert kept_team_tasks.open_tasks_of(store, gp.person.organisation_id) == []


# Answering


def test_who_answers_a_task_does_it_with_their_name(store, gp, raised):
    task = raised(gp.person)

    done = answer_task(store, task.id, "Phoned the mother.", by=gp.person, at=MONDAY_9AM)

    assert (done.answer, done.done_by) == ("Phoned the mother.", gp.person.ref)
    assert kept_team_tasks.task(store, task.id) == done
    assert len(audited(store, "do a task: no-inhaler")) == 1


def test_another_teams_task_is_not_found(store, gp, nurse, raised):
    task = raised(gp.person)

    with pytest.raises(ResourceNotFound):
        answer_task(store, task.id, "Phoned.", by=nurse.person, at=MONDAY_9AM)
    assert kept_team_tasks.task(store, task.id) == task


def test_a_task_that_is_done_stays_as_it_is(store, gp, raised):
    task = raised(gp.person)
    done = answer_task(store, task.id, "Phoned.", by=gp.person, at=MONDAY_9AM)

    with pytest.raises(TaskDone):
        answer_task(store, task.id, "Phoned too.", by=gp.person, at=MONDAY_9AM)
    with store.write(by="system", at=MONDAY_9AM) as write:
        settle(write, done, "They have one.")
    assert kept_team_tasks.task(store, task.id) == done


def test_an_answer_without_words_is_refused_and_the_task_stays_open(store, gp, raised):
    task = raised(gp.person)

    with pytest.raises(AnswerMissing):
        answer_task(store, task.id, " ", by=gp.person, at=MONDAY_9AM)
    assert kept_team_tasks.task(store, task.id).is_open


# The pages


def test_the_inbox_lists_open_tasks_the_soonest_due_first_and_marks_the_late_ones(store, gp, raised):
    child = make_child(store, gp.person, given="Zephyrine", family="Quill")
    raised(gp.person, TaskKind.CHECK_CHILD)
    raised(gp.person, TaskKind.NO_INHALER, at=MONDAY_9AM - timedelta(hours=5), child_id=child.id)

    page = gp.get("/inbox").text

    assert page.index("Family has no inhaler") < page.index("Child to check")
    assert "Zephyrine Quill" in page
    assert page.count(">Late<") == 1
    assert "It was due by 8:00am today." in page
    assert "Do it by 9:00am on 30 November 2026." in page


@pytest.mark.parametrize(
    ("due", "words"),
    [
        pytest.param(datetime(2026, 7, 6, 11, 30, tzinfo=UTC), "12:30pm today", id="summer time"),
        pytest.param(datetime(2026, 7, 6, 23, 5, tzinfo=UTC), "12:05am tomorrow", id="midnight in the UK"),
        pytest.param(datetime(2026, 7, 5, 8, tzinfo=UTC), "9:00am yesterday", id="yesterday"),
        pytest.param(datetime(2026, 7, 8, 8, tzinfo=UTC), "9:00am on 8 July 2026", id="later"),
        pytest.param(datetime(2026, 7, 4, 8, tzinfo=UTC), "9:00am on 4 July 2026", id="before"),
    ],
)
def test_a_deadline_is_said_as_clocks_in_the_uk_show_it(due, words):
    assert due_words(due, datetime(2026, 7, 6, 10, tzinfo=UTC)) == words


def test_the_menu_says_how_many_tasks_are_open(gp, raised):
    assert "Inbox (" not in gp.get("/children").text

    raised(gp.person)
    raised(gp.person)

    assert "Inbox (2)" in gp.get("/children").text


def test_opening_the_inbox_is_kept_with_who_and_when_and_looking_elsewhere_is_not(store, gp, raised):
    task, home = raised(gp.person), gp.person.organisation_id
    for address in ("/inbox/done", f"/inbox/{task.id}", "/children", "/team"):
        gp.get(address)
    assert teams.last_opening(store, home) is None

    gp.get("/inbox")

    assert teams.last_opening(store, home) == teams.Opening(gp.person.ref, MONDAY_9AM)
    assert [one.what for one in audited(store, "open the inbox")] == [f"Organization/{home}"]


def test_a_task_says_what_to_do_and_whom_to_phone(store, gp, raised):
    child = make_child(store, gp.person)
    mother = make_family_member(store, child, phone="07700 900111")
    task = raised(
        gp.person, by=f"RelatedPerson/{mother.id}", child_id=child.id, words="The last one is empty"
    )

    page = gp.get(f"/inbox/{task.id}").text

    for words in ("Sana Test, mother", "07700 900111", "The last one is empty", "Phone the family", "1:00pm"):
        assert words in page
    assert [one.child for one in audited(store, "read a task")] == [f"Patient/{child.id}"]


def test_a_colleague_who_raised_a_task_is_named_with_the_phone_of_their_place(gp, nurse, raised):
    task = raised(gp.person, TaskKind.CONCERN, by=nurse.person.ref)

    page = gp.get(f"/inbox/{task.id}").text

    assert "Lena Rowe, Oak School Nurses" in page
    assert HOMES[Role.SCHOOL_NURSE].phone in page


def test_somebody_barred_is_neither_named_nor_given_a_number(store, gp, raised):
    child = make_child(store, gp.person)
    father = make_family_member(store, child, name="Rafi Test", phone="07700 900222", barred=True)
    task = raised(gp.person, by=f"RelatedPerson/{father.id}", child_id=child.id)

    page = gp.get(f"/inbox/{task.id}").text

    assert "Rafi" not in page
    assert "900222" not in page
    assert "somebody at home" in page


def test_what_was_done_leaves_the_inbox_for_the_second_tab(gp, raised):
    task = raised(gp.person)

    assert gp.post(f"/inbox/{task.id}/answer", data={"answer": ""}).status_code == 422
    assert gp.post(f"/inbox/{task.id}/answer", data=PHONED).status_code == 303

    assert "Family has no inhaler" not in gp.get("/inbox").text
    page = gp.get("/inbox/done").text
    assert "Phoned the mother." in page
    assert "Dr Ada Lee" in page


def test_who_reached_nobody_says_so_and_the_task_stays_open_and_says_how_often(store, gp, raised):
    task = raised(gp.person)
    page = f"/inbox/{task.id}/tried"

    assert gp.post(page, data={"once": str(uuid4())}).location == f"/inbox/{task.id}"
    second = {"once": str(uuid4()), "answer": "Left a voicemail"}
    for _ in range(2):  # a double press
        gp.post(page, data=second)

    kept = kept_team_tasks.task(store, task.id)
    assert (kept.is_open, kept.due_at) == (True, task.due_at)
    assert "Tried 2 times, not reached yet." in gp.get("/inbox").text
    shown = gp.get(f"/inbox/{task.id}").text
    assert 'Dr Ada Lee: <span class="puffin-as-typed">Left a voicemail</span>' in shown
    assert "Do it by 1:00pm today." in shown
    assert len(audited(store, "not reached yet: no-inhaler")) == 2


def test_what_became_of_it_is_chosen_and_something_else_is_said_in_words(store, gp, raised):
    task = raised(gp.person)
    page = f"/inbox/{task.id}/answer"

    for said, field in (({"answer": "ok"}, "#outcome"), ({"outcome": OTHERWISE}, "#answer")):
        refused = gp.post(page, data=said)
        assert refused.status_code == 422
        assert f'href="{field}' in refused.text
    chosen = KINDS[TaskKind.NO_INHALER].outcomes[0]
    assert gp.post(page, data={"outcome": chosen}).status_code == 303

    assert kept_team_tasks.task(store, task.id).answer == chosen


def test_who_comes_second_is_told_that_it_is_done(gp, raised):
    task = raised(gp.person)
    gp.post(f"/inbox/{task.id}/answer", data=PHONED)

    answer = gp.post(f"/inbox/{task.id}/answer", data={"answer": "Phoned too."})

    assert answer.status_code == 422
    assert "Somebody has done this task already" in answer.text


def test_a_child_who_is_not_this_readers_to_see_has_no_name_here(store, gp, nurse, raised):
    child = make_child(store, gp.person, given="Zephyrine", family="Quill")
    task = raised(nurse.person, child_id=child.id)

    for address in ("/inbox", f"/inbox/{task.id}"):
        page = nurse.get(address).text
        assert "a child" in page
        assert "Zephyrine" not in page


@pytest.mark.parametrize("role", Role)
def test_for_other_teams_a_task_does_not_exist(store, gp, client_for, make_person, raised, role):
    task = raised(gp.person, TaskKind.CHECK_CHILD)
    other = Organisation("", HOMES[role].kind, "Far away", "X99077")
    browser = client_for(role, make_person(role, username="far.away", organisation=other))

    assert browser.get(f"/inbox/{task.id}").status_code == 404
    assert browser.post(f"/inbox/{task.id}/answer", data={"answer": "x"}).status_code == 404
    assert "Child to check" not in browser.get("/inbox").text


@pytest.mark.parametrize("kind", TaskKind)
def test_school_staff_find_what_they_may_read_and_nothing_else(client_for, raised, kind):
    school = client_for(Role.SCHOOL_STAFF)
    task = raised(school.person, kind, about="Organization/x", words="wheezing")

    is_there = kind in READS[Role.SCHOOL_STAFF]

    assert school.get(f"/inbox/{task.id}").status_code == (200 if is_there else 404)
    assert ("wheezing" in school.get("/inbox").text + school.get("/inbox/done").text) is False
    assert (KINDS[kind].title in school.get("/inbox").text) is is_there


def test_a_school_is_not_told_who_at_home_raised_a_task(store, gp, client_for, raised):
    school, child = client_for(Role.SCHOOL_STAFF), make_child(store, gp.person)
    mother = make_family_member(store, child, phone="07700 900111")
    by = f"RelatedPerson/{mother.id}"
    task = raised(school.person, TaskKind.CHECK_CHILD, by=by, child_id=child.id)

    page = school.get(f"/inbox/{task.id}").text

    assert "somebody at home" in page
    assert "Sana" not in page
    assert "900111" not in page


def test_the_childs_page_says_first_what_is_still_to_do_of_what_its_reader_may_see(store, gp, nurse, raised):
    child = make_child(store, gp.person)
    task = raised(gp.person, child_id=child.id)
    raised(gp.person, TaskKind.ACCESS_IN_EMERGENCY, by=gp.person.ref, child_id=child.id)
    raised(nurse.person, TaskKind.CONCERN, child_id=child.id)

    page = gp.get(f"/children/{child.id}").text
    assert page.index("To do for this child") < page.index("Asthma plan")
    assert f'href="/inbox/{task.id}"' in page
    assert "For Elm Surgery, by 1:00pm today." in page
    assert page.count('href="/inbox/') == 1

    answer_task(store, task.id, "Phoned.", by=gp.person, at=MONDAY_9AM)
    assert "To do for this child" not in gp.get(f"/children/{child.id}").text


# The privacy lead


def test_whether_somebody_looked_rightly_is_asked_of_the_privacy_lead_alone(gp, client_for, raised):
    privacy = client_for(Role.PRIVACY_LEAD)
    task, other = raised(gp.person, TaskKind.ACCESS_IN_EMERGENCY), raised(gp.person)

    assert gp.get(f"/inbox/{task.id}").status_code == 404
    assert privacy.get(f"/inbox/{task.id}").status_code == 200
    assert privacy.get(f"/inbox/{other.id}").status_code == 404


def test_no_words_close_that_a_family_waits_for_the_list_and_without_a_privacy_lead_it_says_to_have_one(
    store, gp, client_for, raised
):
    task = raised(gp.person, TaskKind.WHO_LOOKED)

    page = gp.get(f"/inbox/{task.id}").text
    assert "ask whoever set up Puffin to add one: a user with the role privacy-lead" in page
    assert "It is done" not in page
    for come_in in (lambda: gp, lambda: client_for(Role.PRIVACY_LEAD)):
        answer = come_in().post(f"/inbox/{task.id}/answer", data={"answer": "Phoned."})
        assert (answer.status_code, "ask your privacy lead to give it" in answer.text) == (422, True)
    assert kept_team_tasks.task(store, task.id).is_open


def test_a_privacy_lead_opens_the_inbox_for_nobody(store, gp, client_for, raised):
    client_for(Role.PRIVACY_LEAD).get("/inbox")

    assert teams.last_opening(store, gp.person.organisation_id) is None


def test_where_there_is_no_privacy_lead_the_lead_of_the_team_is_asked(gp, make_person, lead, raised):
    raised(gp.person, TaskKind.WHO_LOOKED)
    make_person(username="dr.fir")
    assert "Family asks who looked" in gp.get("/inbox").text

    lead(gp.person, HOMES[Role.CLINICIAN])

    assert "Family asks who looked" in gp.get("/inbox").text


def test_who_does_not_lead_is_not_asked_where_somebody_does(store, gp, make_person, lead, raised):
    raised(gp.person, TaskKind.WHO_LOOKED)
    other = make_person(username="dr.fir")
    lead(gp.person, HOMES[Role.CLINICIAN])

    assert open_for(store, other, MONDAY_9AM) == []


# Cover


def test_while_a_team_is_away_its_tasks_are_in_the_inbox_of_the_team_that_covers(
    nurse, elm_nurse, covered, raised
):
    task = raised(nurse.person, by=nurse.person.ref, words="Inhaler lost")

    assert "Covering for Oak School Nurses" in elm_nurse.get("/inbox").text
    page = elm_nurse.get(f"/inbox/{task.id}").text
    assert "Inhaler lost" in page
    assert HOMES[Role.SCHOOL_NURSE].phone in page
    assert "Family has no inhaler" in nurse.get("/inbox").text  # and stays in their own


def test_who_covers_answers_for_the_team(store, nurse, elm_nurse, covered, raised):
    task = raised(nurse.person)

    assert elm_nurse.post(f"/inbox/{task.id}/answer", data=PHONED).status_code == 303

    page = nurse.get("/inbox/done").text
    assert "Phoned the mother." in page
    assert "Ivy Elm" in page


def test_when_the_team_is_back_its_tasks_are_its_own_again(
    nurse, elm_nurse, client_for, clock, covered, raised
):
    task = raised(nurse.person)

    clock.let_pass(days=7)  # Monday again
    elm_nurse = client_for(Role.SCHOOL_NURSE, elm_nurse.person)  # the session of last week is over

    assert "Oak School Nurses" not in elm_nurse.get("/inbox").text
    assert elm_nurse.get(f"/inbox/{task.id}").status_code == 404
    assert elm_nurse.post(f"/inbox/{task.id}/answer", data={"answer": "x"}).status_code == 404


def test_in_the_school_holidays_what_is_raised_for_the_nurses_is_with_their_cover_and_the_pages_say_so(
    store, nurse, elm_nurse, client_for, clock, raised, lead, shared_child
):
    lead(nurse.person, HOMES[Role.SCHOOL_NURSE])
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, elm_nurse.person.organisation_id)
    leader, holidays = replace(nurse.person, leads=True), (date(2026, 12, 21), date(2027, 1, 3))
    close(store, *holidays, "Christmas holidays", by=leader, at=MONDAY_9AM)
    assert "Oak School Nurses" not in elm_nurse.get("/inbox").text

    clock.let_pass(days=30)  # the Wednesday before Christmas
    nurse, elm_nurse = (client_for(Role.SCHOOL_NURSE, one.person) for one in (nurse, elm_nurse))
    at = MONDAY_9AM + timedelta(days=30)
    task = raised(nurse.person, TaskKind.CHILD_MOVED, at=at, child_id=shared_child.id, words="To Oak School")

    inbox = elm_nurse.get("/inbox").text
    assert "Your team covers for Oak School Nurses." in inbox
    assert "Covering for Oak School Nurses" in inbox
    page = elm_nurse.get(f"/inbox/{task.id}").text
    assert ("To Oak School" in page, "Zephyrine Quill" in page) == (True, True)
    assert "Elm School Nurses" in nurse.get("/team").text
    assert "closed" in nurse.get("/team").text.lower()


def test_at_a_weekend_the_tasks_of_a_closed_team_are_shown_to_who_covers_it(
    store, gp, client_for, clock, raised
):
    ward = client_for(Role.HOSPITAL)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, gp.person.organisation_id, ward.person.organisation_id)
    raised(gp.person)
    assert open_for(store, ward.person, MONDAY_9AM) == []

    saturday = MONDAY_9AM + timedelta(days=5)

    assert len(open_for(store, ward.person, saturday)) == 1


def test_who_opens_the_inbox_opens_those_that_they_cover_too(store, nurse, elm_nurse, covered):
    elm_nurse.get("/inbox")

    for browser in (nurse, elm_nurse):
        opening = teams.last_opening(store, browser.person.organisation_id)
        assert opening == teams.Opening(elm_nurse.person.ref, MONDAY_9AM)


@pytest.mark.parametrize("kind", [TaskKind.TASK_LATE, TaskKind.ACCESS_IN_EMERGENCY])
def test_who_covers_reads_nothing_that_is_for_the_leads_of_the_team(nurse, elm_nurse, covered, raised, kind):
    late = raised(nurse.person)
    task = raised(nurse.person, kind, about=f"Task/{late.id}")

    assert elm_nurse.get(f"/inbox/{task.id}").status_code == 404


def test_nurses_who_cover_nurses_see_the_plans_that_are_shared_with_them(
    store, nurse, elm_nurse, shared_child, raised
):
    address = f"/shared/{shared_child.id}"
    assert elm_nurse.get(address).status_code == 404
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, elm_nurse.person.organisation_id)
    assert elm_nurse.get(address).status_code == 404  # named, and not needed yet

    call_cover(store, FRIDAY, "", by=nurse.person, at=MONDAY_9AM)
    task = raised(nurse.person, child_id=shared_child.id)

    assert elm_nurse.get(address).status_code == 200
    assert "Zephyrine Quill" in elm_nurse.get(f"/inbox/{task.id}").text


def test_who_covers_finds_the_children_in_the_register_with_their_plans_as_they_stand(
    nurse, elm_nurse, covered, shared_child
):
    ours, theirs = (browser.get("/register").text for browser in (nurse, elm_nurse))

    for words in ("Zephyrine Quill", "Plan withdrawn", "Plan to read"):
        assert theirs.count(words) == ours.count(words), words
    assert "Zephyrine Quill" in theirs
    assert "Oak School" in theirs


def test_who_covers_reads_a_plan_and_never_says_so_for_the_team_that_was_asked(
    store, nurse, elm_nurse, covered, shared_child
):
    address = f"/shared/{shared_child.id}"
    plan = kept_plans.live_plan(store, shared_child.id).id
    assert "I have read this version" in nurse.get(address).text

    page = elm_nurse.get(address).text
    elm_nurse.post(f"{address}/read", data={"plan": plan})

    assert "I have read this version" not in page
    assert "because it covers another team" in page
    assert not has_read(store, plan, nurse.person.organisation_id)


def test_when_cover_ends_the_plans_are_seen_no_more(elm_nurse, client_for, covered, clock, shared_child):
    address = f"/shared/{shared_child.id}"
    assert elm_nurse.get(address).status_code == 200

    clock.let_pass(days=7)
    elm_nurse = client_for(Role.SCHOOL_NURSE, elm_nurse.person)  # the session of last week is over

    assert elm_nurse.get(address).status_code == 404


def test_a_hospital_that_covers_nurses_reads_their_tasks_and_not_the_plans(
    store, nurse, client_for, shared_child, raised
):
    ward = client_for(Role.HOSPITAL)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, ward.person.organisation_id)
    call_cover(store, FRIDAY, "", by=nurse.person, at=MONDAY_9AM)
    task = raised(nurse.person, child_id=shared_child.id)

    page = ward.get(f"/inbox/{task.id}").text

    assert "Family has no inhaler" in page
    assert "Zephyrine" not in page
    assert 'href="/emergency">To treat this child now' in page
    assert ward.get(f"/shared/{shared_child.id}").status_code == 404


def test_a_ward_is_led_from_a_task_to_its_review_and_once_the_plan_is_shared_to_that(
    store, gp, client_for, raised
):
    ward, child = client_for(Role.HOSPITAL), make_child(store, gp.person)
    tell(store, child)
    (review,) = kept_reviews.open_reviews(store)
    task = raised(ward.person, TaskKind.CHECK_CHILD, child_id=child.id)
    onward = '<a href="{}">Open the child'
    assert onward.format(f"/reviews/{review.id}") in ward.get(f"/inbox/{task.id}").text

    make_plan(store, child, gp.person)
    wanted = [Wanted(Reader.HOSPITAL, ward.person.organisation_id, Basis.DIRECT_CARE)]
    share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)

    assert onward.format(f"/shared/{child.id}") in ward.get(f"/inbox/{task.id}").text


# The audit


@pytest.fixture
def stands_out(store, clock):
    """Return who stands out in the audit, as the privacy lead of a practice is shown it."""

    def look(practice):
        seal_waiting(store, KeyPlace(given="elm and oak and ash and birch and yew"), clock)
        audit_unusual.look_through(store, now=clock())
        return [one.who for one in audit_unusual.lines(store, practice.organisation_id, is_open=True)]

    return look


def test_nurses_who_read_a_plan_as_cover_do_not_stand_out(gp, elm_nurse, covered, shared_child, stands_out):
    elm_nurse.get(f"/shared/{shared_child.id}")

    assert stands_out(gp.person) == []


def test_who_was_asked_to_do_something_for_a_child_does_not_stand_out(
    store, gp, nurse, client_for, raised, stands_out
):
    child, ward = make_child(store, gp.person), client_for(Role.HOSPITAL)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.person.organisation_id, ward.person.organisation_id)
    call_cover(store, FRIDAY, "", by=nurse.person, at=MONDAY_9AM)
    task = raised(nurse.person, child_id=child.id)

    for browser in (nurse, ward):
        assert browser.get(f"/inbox/{task.id}").status_code == 200

    assert stands_out(gp.person) == []
