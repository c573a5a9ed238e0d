"""Several people do the same at one moment: it happens once, on each engine."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from fhir import kept_reviews
from fhir.store.errors import StaleVersion, UsernameTaken
from fhir.store.tables import drafts, outbox
from plans.errors import PuffinError
from plans.places import Role
from portal.actions.accounts import NewAccount, add_account
from portal.actions.alerts import AlertAnswered, acknowledge
from portal.actions.importing.record import import_file
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.conftest import HOMES, MONDAY_9AM, PASSWORD, on_both_engines
from tests.portal.discharge_making import a_discharge, tell
from tests.portal.making import TODAY, make_child, make_draft
from tests.portal.test_importing import record, write_bundle

SUNDAY_NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)
TOGETHER = 4

engine = on_both_engines()


@pytest.fixture
def at_once(store):
    """Do something in several threads, all let go together; return what each came to, refusals too."""

    def do(act):
        ready = Barrier(TOGETHER)

        def one(_number):
            try:
                ready.wait(10)
                return act()
            except PuffinError as refusal:
                return type(refusal)
            finally:
                store.close()

        with ThreadPoolExecutor(TOGETHER) as threads:
            return list(threads.map(one, range(TOGETHER)))

    return do


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


def test_a_discharge_that_comes_several_times_at_once_has_one_review(store, clinician, at_once):
    child = make_child(store, clinician)

    outcomes = at_once(lambda: tell(store, child))

    assert len({outcome.review_id for outcome in outcomes}) == 1
    assert sorted(outcome.state for outcome in outcomes) == ["already-known"] * (TOGETHER - 1) + ["started"]
    assert len(kept_reviews.open_reviews(store)) == 1


def test_sweeps_at_once_raise_each_rung_once(store, clinician, make_person, at_once):
    make_person(Role.HOSPITAL)
    a_discharge(store, clinician)

    raised = at_once(lambda: sweep(store, now=SUNDAY_NIGHT, holidays_for=holidays_for))

    assert sorted(one.rung for some in raised for one in some) == ["hours-48", "not-accepted"]
    assert len(kept_reviews.open_alerts(store)) == len(outbox.unsent(store)) == 2


def test_an_alert_is_answered_by_one_of_those_who_answer_at_once(store, clinician, make_person, at_once):
    nurse = make_person(Role.HOSPITAL)
    a_discharge(store, clinician)
    alert = sweep(store, now=SUNDAY_NIGHT, holidays_for=holidays_for)[0]

    answers = at_once(lambda: acknowledge(store, alert.id, "Phoned.", by=nurse, at=MONDAY_9AM))

    assert answers.count(AlertAnswered) == TOGETHER - 1


def test_a_record_that_comes_several_times_at_once_brings_one_child(store, tmp_path, at_once):
    file = write_bundle(tmp_path, record())
    how = {"by": "system", "at": MONDAY_9AM, "today": TODAY, "holidays_for": holidays_for}

    reports = at_once(lambda: import_file(store, file, **how))

    assert [report.is_new for report in reports].count(True) == 1
    assert store.count("Patient") == store.count("RelatedPerson") == 1


def test_a_draft_that_several_people_save_at_once_keeps_what_one_of_them_wrote(store, clinician, at_once):
    draft = make_draft(store, make_child(store, clinician), clinician)

    def save():
        with store.write(by=clinician.ref, at=MONDAY_9AM) as write:
            return drafts.save(write, draft.id, {"language": "ur"}, draft.version)

    saved = at_once(save)

    assert saved.count(StaleVersion) == TOGETHER - 1
    assert drafts.read(store, draft.id).version == draft.version + 1


def test_a_username_is_given_to_one_of_those_who_ask_for_it_at_once(store, clinician, at_once):
    new = NewAccount("new.doctor", "Dr New", "GP", Role.CLINICIAN, HOMES[Role.CLINICIAN])

    added = at_once(lambda: add_account(store, new, PASSWORD, by="system", at=MONDAY_9AM))

    assert added.count(UsernameTaken) == TOGETHER - 1
    assert store.count("Organization") == 1
