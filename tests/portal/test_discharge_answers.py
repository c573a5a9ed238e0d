"""What a discharge left open is chased: nobody answers in a day, and the team has a task with a deadline."""

from datetime import timedelta
from uuid import uuid4

import pytest

from fhir import kept_people, kept_questions, kept_reviews, kept_team_tasks
from fhir.store.tables import accounts, posts, teams
from plans.death import Death
from plans.discharge_questions import SAFE_TO_GO_HOME, Kind
from plans.places import Role
from plans.review_events import EventKind
from plans.team_task import TaskKind
from plans.weekend import WORDS, Word
from portal.actions.deaths.saying import say
from portal.actions.discharge.answers import answer
from portal.actions.discharge.start import ask
from portal.actions.discharge.told import News
from portal.actions.inbox.sight import open_for
from portal.actions.posts import end_posts
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import sweep
from portal.actions.teams import call_cover
from portal.actions.weekend.deciding import prompt_for
from portal.calendar import holidays_for
from tests.portal.conftest import on_both_engines
from tests.portal.discharge_making import SATURDAY, a_discharge, tell

engine = on_both_engines()


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def discharge(store, clinician, nurse):
    return a_discharge(store, clinician)[1]


@pytest.fixture
def look(store):
    return lambda hours: sweep(store, now=SATURDAY + timedelta(hours=hours), holidays_for=holidays_for)


def chased(store, person):
    found = kept_team_tasks.tasks_of(store, person.organisation_id)
    return [one for one in found if one.kind is TaskKind.DISCHARGE_ANSWERS]


def end_all_posts(store, person):
    with store.write(by="system", at=SATURDAY + timedelta(hours=26)) as write:
        post = posts.by_id(write, person.post_id)
        end_posts(write, accounts.by_id(write, post.account_id))


def answer_all(store, nurse):
    for asked in kept_questions.open_questions_of(store, nurse.organisation_id):
        answer(store, asked.id, "yes", by=nurse, at=SATURDAY + timedelta(hours=30))


def test_what_is_not_answered_in_a_day_is_one_task_of_the_team_and_never_sooner(
    store, nurse, discharge, look
):
    look(23)
    assert chased(store, nurse) == []

    look(25)
    look(26)

    (task,) = chased(store, nurse)
    assert task.is_open
    assert task.due_at == SATURDAY + timedelta(hours=25 + 4)


def test_the_last_answer_settles_it(store, nurse, discharge, look):
    look(25)
    answer_all(store, nurse)

    look(31)

    assert [one.is_settled for one in chased(store, nurse)] == [True]


def test_what_is_answered_in_time_raises_nothing(store, nurse, discharge, look):
    answer_all(store, nurse)

    look(200)

    assert chased(store, nurse) == []


@pytest.mark.parametrize("chased_before", [[], [True]])
def test_a_review_that_is_closed_leaves_nothing_to_chase(
    store, clinician, nurse, discharge, look, chased_before
):
    if chased_before:
        look(25)
    entry = Entry(EventKind.NOT_NEEDED, SATURDAY, reason="Seen on the ward.")
    version = version_of(store, discharge.review_id)
    record(store, discharge.review_id, entry, version=version, by=clinician, at=SATURDAY)

    for hours in (25, 26, 240):
        look(hours)

    assert [one.is_settled for one in chased(store, nurse)] == chased_before


def test_what_is_late_is_asked_for_until_all_is_answered_also_what_was_asked_later(
    store, nurse, discharge, look
):
    look(25)
    answer_all(store, nurse)
    with store.write(by="system", at=SATURDAY + timedelta(hours=30)) as write:
        ask(write, kept_reviews.review(write, discharge.review_id), {"was-asthma": ""})
        write.audit("U", f"Task/{discharge.review_id}")

    look(31)

    assert [one.is_open for one in chased(store, nurse)] == [True]


def test_where_nobody_works_at_the_hospital_any_more_the_practice_is_asked(
    store, clinician, nurse, discharge, look
):
    look(25)
    end_all_posts(store, nurse)

    look(49)

    assert [one.is_settled for one in chased(store, nurse)] == [True]
    assert [one.is_open for one in chased(store, clinician)] == [True]
    assert kept_questions.open_questions_of(store, nurse.organisation_id) == []
    asked, *_ = kept_questions.open_questions_of(store, clinician.organisation_id)
    answer(store, asked.id, "no", by=clinician, at=SATURDAY + timedelta(hours=50))


def test_nobody_has_to_invent_a_yes_or_a_no_and_what_is_not_known_stays_so(
    store, clinician, nurse, client_for
):
    child, outcome = a_discharge(store, clinician, discharged_at=SATURDAY + timedelta(days=11))
    ward, address = client_for(Role.HOSPITAL, nurse), f"/reviews/{outcome.review_id}"
    asked = {one.code: one for one in kept_questions.open_questions_about_child(store, child.id)}
    yes_no = [one for one in asked.values() if one.question.kind is Kind.YES_NO]
    assert ward.get(address).text.count("Nobody can find out") == len(yes_no) - 1

    said = {
        code: ward.post(f"{address}/questions/{one.id}", data={"answer": "not-known"}).status_code
        for code, one in asked.items()
    }

    kept = {one.code for one in kept_questions.open_questions_about_child(store, child.id)}
    refused = {code for code, status in said.items() if status == 422}
    assert refused == kept == {one.code for one in asked.values() if not one.question.may_stay_unknown}
    assert "date-in-doubt" in refused  # it stays in doubt until somebody has found out
    page = ward.get(address).text
    assert "Nobody can find out<br>" in page
    assert "Date doubtful" in page


def test_that_nobody_knows_whether_it_is_safe_at_home_prompts_before_a_weekend_and_is_told_after_all(
    store, clinician, nurse
):
    child, outcome = a_discharge(store, clinician)
    (asked,) = (
        one
        for one in kept_questions.open_questions_about_child(store, child.id)
        if one.code == SAFE_TO_GO_HOME
    )

    answer(store, asked.id, "not-known", by=nurse, at=SATURDAY)
    prompted = prompt_for(store, child, [], SATURDAY - timedelta(hours=12), holidays_for)
    assert WORDS[Word.NOT_SAFE_TO_GO_HOME] in prompted.reasons

    tell(store, child, answers={SAFE_TO_GO_HOME: "yes"})
    assert kept_questions.question(store, asked.id).answer == "yes"


def test_a_team_that_covers_is_not_asked_for_what_only_the_other_can_answer(
    store, clinician, nurse, discharge, look
):
    with store.write(by="system", at=SATURDAY) as write:
        teams.cover(write, nurse.organisation_id, clinician.organisation_id)
    call_cover(store, (SATURDAY + timedelta(days=9)).date(), "Training", by=nurse, at=SATURDAY)
    look(25)
    (task,) = chased(store, nurse)

    assert task.id in {one.id for one in open_for(store, nurse, task.raised_at)}
    assert task.id not in {one.id for one in open_for(store, clinician, task.raised_at)}


def test_a_cancelled_discharge_leaves_nothing_to_answer(store, nurse, discharge, look):
    look(25)
    child = kept_people.child(store, discharge.child_id)
    tell(store, child, at=SATURDAY + timedelta(hours=26), news=News.CANCELLED, discharged_at=None)

    look(27)

    assert [one.is_settled for one in chased(store, nurse)] == [True]


def test_while_a_death_is_in_question_nobody_is_asked(store, clinician, nurse, discharge, look):
    ref = str(clinician.ref)
    death = Death(
        str(uuid4()), discharge.child_id, SATURDAY.date(), "The ward", said_by=ref, said_at=SATURDAY
    )
    say(store, death, by=clinician, at=SATURDAY)

    look(25)

    assert chased(store, nurse) == []


def test_its_page_leads_to_the_questions_and_no_words_close_it(store, nurse, discharge, look, client_for):
    look(25)
    (task,) = chased(store, nurse)
    ward = client_for(Role.HOSPITAL, nurse)

    before = store.count("AuditEvent")
    page = ward.get(f"/inbox/{task.id}").text
    assert store.count("AuditEvent") == before + 2  # the task and the child on it, and no list

    assert f'href="/reviews/{discharge.review_id}#questions"' in page
    assert ward.post(f"/inbox/{task.id}/answer", data={"answer": "Done.", "once": "1"}).status_code == 422
    assert chased(store, nurse)[0].is_open
