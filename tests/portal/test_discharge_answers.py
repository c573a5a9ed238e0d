"""What a discharge left open is chased: nobody answers in a day, and the team has a task with a deadline."""

from datetime import timedelta
from uuid import uuid4

import pytest

from fhir import kept_people, kept_questions, kept_team_tasks
from plans.death import Death
from plans.places import Role
from plans.review_events import EventKind
from plans.team_task import TaskKind
from portal.actions.deaths.saying import say
from portal.actions.discharge.answers import answer
from portal.actions.discharge.told import News
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import sweep
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


def test_a_review_that_is_closed_in_time_leaves_the_answers_owed(store, clinician, nurse, discharge, look):
    entry = Entry(EventKind.NOT_NEEDED, SATURDAY, reason="Seen on the ward.")
    version = version_of(store, discharge.review_id)
    record(store, discharge.review_id, entry, version=version, by=clinician, at=SATURDAY)

    look(25)

    assert len(chased(store, nurse)) == 1


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

    page = ward.get(f"/inbox/{task.id}").text

    assert f'href="/reviews/{discharge.review_id}#questions"' in page
    assert ward.post(f"/inbox/{task.id}/answer", data={"answer": "Done.", "once": "1"}).status_code == 422
    assert chased(store, nurse)[0].is_open
