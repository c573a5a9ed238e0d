"""Receipts: opened, read, asked about; and what becomes of them when a version or a share ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_receipts, kept_shares, kept_team_tasks
from fhir.store.errors import StoreBusy
from plans.places import OrganisationKind, Role
from plans.receipts import Act, PlanHasChanged, QuestionMissing, that_counts
from plans.sharing import Basis, Reader
from plans.team_task import LONGEST_TEXT, TaskKind
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.inbox.tasks import answer_task
from portal.actions.plans import withdraw_plan
from portal.actions.receipts.asked import (
    NO_LONGER_SHARED,
    REPLACED,
    WITHDRAWN,
    acknowledge,
    ask_question,
    note_opened,
)
from portal.actions.receipts.shown import questions_of
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan, word_for
from tests.portal.test_at_once import TOGETHER, at_once  # noqa: F401 (a fixture)

engine = on_both_engines()

LATER = MONDAY_9AM + timedelta(hours=3)
NURSE, COLLEAGUE = "Practitioner/nurse", "Practitioner/colleague"


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def school(store):
    return make_organisation(store)


@pytest.fixture
def child(store, doctor, school):
    return make_child(store, doctor, school_id=school.id)


@pytest.fixture
def give(store, child, doctor):
    """Share the child's plan with a place."""

    def give(place, reader=Reader.SCHOOL, basis=Basis.CONSENT, at=MONDAY_9AM):
        wanted = Wanted(reader, place.id, basis, consent=word_for(store, child.id, basis, at.date()))
        share(store, child.id, [wanted], by=doctor, at=at)

    return give


@pytest.fixture
def plan(store, child, doctor, school, give):
    plan = make_plan(store, child, doctor)
    give(school)
    return plan


def receipt_of(store, plan, place):
    return that_counts(kept_receipts.receipts_of(store, plan.id), place.id)


def audit_of(store, detail):
    return [one for one in store.search("AuditEvent") if detail in str(one)]


def test_the_first_time_that_anybody_of_a_reader_opens_a_version_is_kept(store, plan, school):
    note_opened(store, plan, school.id, by=NURSE, at=MONDAY_9AM)
    note_opened(store, plan, school.id, by=COLLEAGUE, at=LATER)

    assert receipt_of(store, plan, school).opened == Act(NURSE, MONDAY_9AM)
    assert len(audit_of(store, "open this version for the first time")) == 1


def test_who_is_not_asked_opens_without_a_receipt(store, plan):
    elsewhere = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")

    note_opened(store, plan, elsewhere.id, by=NURSE, at=MONDAY_9AM)

    assert receipt_of(store, plan, elsewhere) is None


def test_nobody_waits_in_an_attack_for_a_busy_store_to_note_that_the_plan_was_opened(
    store, plan, school, monkeypatch
):
    def busy(**_about):
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(store, "write", busy)
        note_opened(store, plan, school.id, by=NURSE, at=MONDAY_9AM)
    assert receipt_of(store, plan, school).opened is None

    note_opened(store, plan, school.id, by=NURSE, at=LATER)
    assert receipt_of(store, plan, school).opened == Act(NURSE, LATER)


def test_reading_is_kept_with_who_when_and_which_version(store, plan, school):
    acknowledge(store, plan, school.id, by=NURSE, at=LATER)

    kept = receipt_of(store, plan, school)
    assert kept.acknowledged == Act(NURSE, LATER)
    assert kept.version.startswith(f"CarePlan/{plan.id}/_history/")


def test_the_first_of_a_team_to_say_so_counts_and_the_second_is_told_who_was(store, plan, school):
    acknowledge(store, plan, school.id, by=NURSE, at=MONDAY_9AM)

    assert acknowledge(store, plan, school.id, by=COLLEAGUE, at=LATER).acknowledged == Act(NURSE, MONDAY_9AM)


def test_a_team_that_says_so_at_once_has_one_receipt_and_nobody_is_refused(store, plan, school, at_once):  # noqa: F811
    answers = at_once(lambda: acknowledge(store, plan, school.id, by=NURSE, at=LATER))

    (kept,) = kept_receipts.receipts_of(store, plan.id)
    assert answers == [kept] * TOGETHER
    assert len(store.history("Task", kept.id)) == 2


def test_a_team_that_opens_it_at_once_has_opened_it_once(store, plan, school, at_once):  # noqa: F811
    at_once(lambda: note_opened(store, plan, school.id, by=NURSE, at=LATER))

    assert len(store.history("Task", receipt_of(store, plan, school).id)) == 2


def test_a_new_version_asks_again_and_nobody_is_asked_about_the_old_one(store, child, doctor, plan, school):
    second = make_plan(store, child, doctor, at=LATER, replaces=plan.id)

    assert receipt_of(store, second, school).is_open
    assert receipt_of(store, plan, school).ended == REPLACED
    with pytest.raises(PlanHasChanged):
        acknowledge(store, plan, school.id, by=NURSE, at=LATER)


def test_who_had_read_the_old_version_has_still_read_it(store, child, doctor, plan, school):
    acknowledge(store, plan, school.id, by=NURSE, at=MONDAY_9AM)

    make_plan(store, child, doctor, at=LATER, replaces=plan.id)

    assert receipt_of(store, plan, school).acknowledged == Act(NURSE, MONDAY_9AM)


def test_nobody_is_asked_about_a_plan_that_was_withdrawn(store, doctor, plan, school):
    withdraw_plan(store, plan.id, reason="Wrong inhaler", by=doctor, at=LATER)

    assert receipt_of(store, plan, school).ended == WITHDRAWN


def test_every_team_that_has_a_plan_is_told_that_it_was_withdrawn_and_nobody_at_home_by_a_task(
    store, child, doctor, plan, school, give
):
    ward = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")
    give(ward, Reader.HOSPITAL, Basis.DIRECT_CARE)
    give(make_family_member(store, child), Reader.FAMILY)

    withdraw_plan(store, plan.id, reason="Wrong inhaler", by=doctor, at=LATER)

    tasks = kept_team_tasks.tasks_about(store, child.id)
    assert {task.kind for task in tasks} == {TaskKind.PLAN_WITHDRAWN}
    assert sorted(task.owner_id for task in tasks) == sorted([school.id, ward.id])
    assert not any("Wrong inhaler" in str(task) for task in tasks)


def test_a_plan_that_was_withdrawn_is_to_be_taken_away_even_when_a_new_one_is_signed(
    store, child, doctor, plan, school
):
    withdraw_plan(store, plan.id, reason="Wrong inhaler", by=doctor, at=LATER)
    make_plan(store, child, doctor, at=LATER)

    (task,) = kept_team_tasks.open_tasks_of(store, school.id)
    assert task.kind is TaskKind.PLAN_WITHDRAWN


def test_who_has_the_plan_no_longer_is_asked_no_more_and_again_with_a_new_share(
    store, child, doctor, plan, school, give
):
    (kept,) = kept_shares.shares_of(store, child.id)
    stop(store, child.id, kept.id, by=doctor, at=LATER)
    assert receipt_of(store, plan, school).ended == NO_LONGER_SHARED

    give(school, at=LATER)

    assert receipt_of(store, plan, school).is_open


def test_who_has_read_a_version_and_gets_it_again_is_not_asked_again(
    store, child, doctor, plan, school, give
):
    acknowledge(store, plan, school.id, by=NURSE, at=MONDAY_9AM)
    (kept,) = kept_shares.shares_of(store, child.id)
    stop(store, child.id, kept.id, by=doctor, at=LATER)

    give(school, at=LATER)

    assert len(kept_receipts.receipts_of(store, plan.id)) == 1


def test_a_question_goes_to_the_childs_practice_with_its_version(store, doctor, child, plan, school):
    asked = receipt_of(store, plan, school)

    ask_question(store, asked, " Which spacer? ", once="form", by=NURSE, at=LATER)

    (task,) = kept_team_tasks.open_tasks_of(store, doctor.organisation_id)
    assert (task.kind, task.words, task.raised_by) == (TaskKind.QUESTION_ABOUT_PLAN, "Which spacer?", NURSE)
    assert (task.child_id, task.about) == (child.id, f"CarePlan/{plan.id}")
    assert receipt_of(store, plan, school).is_open


def test_the_answer_comes_back_to_the_whole_team_that_asked_and_to_nobody_else(
    store, doctor, child, plan, school
):
    asked = receipt_of(store, plan, school)
    task = ask_question(store, asked, "Which spacer?", once="form", by=NURSE, at=LATER)
    answer_task(store, task.id, "One with a mouthpiece.", by=doctor, at=LATER)
    elsewhere = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")

    (known,) = questions_of(store, child.id, school.id)
    assert (known.words, known.answer) == ("Which spacer?", "One with a mouthpiece.")
    assert questions_of(store, child.id, elsewhere.id) == []


def test_a_question_that_is_sent_twice_is_asked_once(store, doctor, plan, school):
    asked = receipt_of(store, plan, school)

    for _ in range(2):
        ask_question(store, asked, "Which spacer?", once="form", by=NURSE, at=LATER)

    assert len(kept_team_tasks.tasks_of(store, doctor.organisation_id)) == 1
    assert len(receipt_of(store, plan, school).questions) == 1


def test_a_question_is_answered_even_when_a_new_version_came_in_between(store, doctor, child, plan, school):
    asked = receipt_of(store, plan, school)
    make_plan(store, child, doctor, at=LATER, replaces=plan.id)

    ask_question(store, asked, "Which spacer?", once="form", by=NURSE, at=LATER)

    assert [one.words for one in questions_of(store, child.id, school.id)] == ["Which spacer?"]
    assert receipt_of(store, plan, school).ended == REPLACED


@pytest.mark.parametrize("words", ["", " \n ", "x" * (LONGEST_TEXT + 1)])
def test_a_question_without_words_or_with_too_many_is_refused(store, doctor, plan, school, words):
    with pytest.raises(QuestionMissing):
        ask_question(store, receipt_of(store, plan, school), words, once="form", by=NURSE, at=LATER)

    assert kept_team_tasks.tasks_of(store, doctor.organisation_id) == []


def test_of_a_child_without_a_practice_whoever_signed_answers(store, doctor, child, plan, school):
    patient = store.read("Patient", child.id)
    del patient["generalPractitioner"]
    with store.write(by="system", at=LATER) as write:
        write.update(patient, if_match=patient["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}")

    task = ask_question(
        store, receipt_of(store, plan, school), "Which spacer?", once="form", by=NURSE, at=LATER
    )

    assert task.owner_id == doctor.organisation_id


def test_a_receipt_is_kept_whole_whatever_is_done_to_it(store, plan, school):
    before = receipt_of(store, plan, school)

    note_opened(store, plan, school.id, by=NURSE, at=MONDAY_9AM)
    task = ask_question(store, before, "Which spacer?", once="form", by=NURSE, at=LATER)
    acknowledge(store, plan, school.id, by=NURSE, at=LATER)

    assert receipt_of(store, plan, school) == replace(
        before, opened=Act(NURSE, MONDAY_9AM), acknowledged=Act(NURSE, LATER), questions=(task.id,)
    )
