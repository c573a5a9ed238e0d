"""Plans unread past their time: the lead of the reader's team is told, then the sharer, each once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_plans, kept_receipts, kept_shares, kept_team_tasks
from fhir.organization import to_organization
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.tables import outbox
from plans.places import Nation, Organisation, OrganisationKind, Role
from plans.receipts import Told, that_counts
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from plans.working_days import Holidays
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.inbox.tasks import answer_task
from portal.actions.plans import withdraw_plan
from portal.actions.receipts import late as receipts_late
from portal.actions.receipts.asked import READ, acknowledge, note_opened
from portal.actions.receipts.late import sweep, sweep_once_a_day
from portal.calendar import holidays_for
from portal.worker import Work
from tests.portal.conftest import MONDAY_9AM, StillClock, on_both_engines
from tests.portal.making import agreed, make_child, make_family_member, make_organisation, make_plan
from tests.portal.test_at_once import at_once  # noqa: F401 (a fixture)

engine = on_both_engines()

# Shared on Monday: a hospital has until the end of Tuesday, a school until the end of Wednesday.
WEDNESDAY = datetime(2026, 11, 25, 0, 0, 30, tzinfo=UTC)
THURSDAY, FRIDAY, SATURDAY = (WEDNESDAY + timedelta(days=n) for n in (1, 2, 3))
NEXT_MONDAY = WEDNESDAY + timedelta(days=5)


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.SCHOOL_STAFF)


@pytest.fixture
def ward(store):
    return make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")


@pytest.fixture
def child(store, doctor, nurse):
    return make_child(store, doctor, school_id=nurse.organisation_id)


@pytest.fixture
def plan(store, child, doctor, nurse, ward):
    """A plan that school, hospital and mother were asked to read on Monday."""
    plan = make_plan(store, child, doctor)
    mother = make_family_member(store, child)
    word = agreed(store, child.id)
    wanted = [
        Wanted(Reader.SCHOOL, nurse.organisation_id, Basis.CONSENT, consent=word),
        Wanted(Reader.HOSPITAL, ward.id, Basis.DIRECT_CARE),
        Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=word),
    ]
    share(store, child.id, wanted, by=doctor, at=MONDAY_9AM)
    return plan


@pytest.fixture
def look(store):
    return lambda now: sweep(store, now=now, holidays_for=holidays_for)


def owners(tasks):
    return [task.owner_id for task in tasks]


def test_nobody_is_told_before_the_end_of_their_last_day(plan, look):
    assert look(WEDNESDAY - timedelta(minutes=1)) == []


def test_the_lead_of_each_team_is_told_when_its_own_time_is_over(plan, look, nurse, ward):
    (first,) = look(WEDNESDAY)
    assert (first.kind, first.owner_id, first.raised_by) == (TaskKind.PLAN_NOT_READ, ward.id, "system")
    assert (first.child_id, first.about) == (plan.child_id, f"CarePlan/{plan.id}")
    assert first.words == (
        "For the lead of the team. Ash Hospital was asked on 23 November 2026 to read this plan, "
        "and has not said that it has."
    )

    assert nurse.organisation_id in owners(look(THURSDAY))


def test_as_long_again_later_the_practice_of_the_child_is_told_once_for_all_who_are_late_then(
    plan, look, doctor, nurse, ward
):
    look(WEDNESDAY)

    hospital_late = look(THURSDAY)
    assert owners(hospital_late) == [nurse.organisation_id, doctor.organisation_id]
    assert look(FRIDAY) == []
    (school_late,) = look(SATURDAY)
    assert school_late.owner_id == doctor.organisation_id
    assert school_late.words == (
        "Not read in time, though the lead of each team was told: Oak School. Phone them."
    )


def test_a_look_after_a_long_silence_tells_all_at_once_and_the_practice_in_one_task(
    plan, look, doctor, nurse, ward
):
    raised = look(NEXT_MONDAY)

    assert sorted(owners(raised)) == sorted([nurse.organisation_id, ward.id, doctor.organisation_id])
    (ours,) = [one for one in raised if one.owner_id == doctor.organisation_id]
    assert "Ash Hospital, Oak School" in ours.words


def test_a_family_is_never_chased(store, plan, look):
    look(NEXT_MONDAY)

    told = {one.reader_name: one.told for one in kept_receipts.receipts_of(store, plan.id)}
    assert told["Sana Test"] is Told.NOBODY


def test_nobody_is_told_twice(plan, look):
    assert look(NEXT_MONDAY)
    assert look(NEXT_MONDAY) == look(NEXT_MONDAY + timedelta(days=30)) == []


def test_sweeps_at_once_raise_each_task_once(store, plan, look, at_once):  # noqa: F811
    raised = at_once(lambda: look(NEXT_MONDAY))

    assert len([one for some in raised for one in some]) == 3
    assert len(kept_team_tasks.tasks_about(store, plan.child_id)) == 3


def test_a_sweep_that_dies_has_told_of_a_child_whole_or_not_at_all(store, plan, look, monkeypatch):
    def die(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(receipts_late.kept_receipts, "keep_changed", die)
        with pytest.raises(KeyboardInterrupt):
            look(NEXT_MONDAY)
    assert kept_team_tasks.tasks_about(store, plan.child_id) == []

    assert len(look(NEXT_MONDAY)) == 3


def test_a_fault_with_one_child_keeps_no_other_waiting_and_is_not_hidden(
    store, plan, look, doctor, ward, monkeypatch
):
    other = make_child(store, doctor, given="Bilal", nhs_number="")
    make_plan(store, other, doctor)
    share(store, other.id, [Wanted(Reader.HOSPITAL, ward.id, Basis.DIRECT_CARE)], by=doctor, at=MONDAY_9AM)
    real = receipts_late.due_for

    def break_on_the_other(reader, child_id, *args):
        return 1 / 0 if child_id == other.id else real(reader, child_id, *args)

    monkeypatch.setattr(receipts_late, "due_for", break_on_the_other)
    with pytest.raises(ZeroDivisionError):
        look(NEXT_MONDAY)

    assert len(kept_team_tasks.tasks_about(store, plan.child_id)) == 3


def test_who_has_read_it_is_not_chased_and_who_has_only_opened_it_is(store, plan, look, nurse, ward):
    acknowledge(store, plan, ward.id, by="Practitioner/sister", at=MONDAY_9AM)
    note_opened(store, plan, nurse.organisation_id, by=nurse.ref, at=MONDAY_9AM)

    assert owners(look(THURSDAY)) == [nurse.organisation_id]


def test_once_a_team_has_read_it_its_tasks_are_settled_and_the_sharers_when_all_have(
    store, plan, look, doctor, nurse, ward
):
    look(NEXT_MONDAY)

    acknowledge(store, plan, ward.id, by="Practitioner/sister", at=NEXT_MONDAY)
    assert kept_team_tasks.open_tasks_of(store, ward.id) == []
    assert len(kept_team_tasks.open_tasks_of(store, nurse.organisation_id)) == 1
    assert len(kept_team_tasks.open_tasks_of(store, doctor.organisation_id)) == 1

    acknowledge(store, plan, nurse.organisation_id, by=nurse.ref, at=NEXT_MONDAY)
    assert kept_team_tasks.open_tasks_of(store, nurse.organisation_id) == []
    (ours,) = kept_team_tasks.tasks_of(store, doctor.organisation_id)
    assert (ours.is_settled, ours.answer) == (True, READ)


def test_a_task_that_was_answered_stays_as_it_was_answered(store, plan, look, nurse):
    look(THURSDAY)
    (task,) = kept_team_tasks.open_tasks_of(store, nurse.organisation_id)
    answer_task(store, task.id, "I read it with her on Friday.", by=nurse, at=THURSDAY)

    acknowledge(store, plan, nurse.organisation_id, by=nurse.ref, at=FRIDAY)

    assert kept_team_tasks.task(store, task.id).answer == "I read it with her on Friday."


@pytest.mark.parametrize("ending", ["replaced", "withdrawn", "stopped sharing"])
def test_nobody_is_chased_for_what_has_ended(store, plan, look, doctor, child, ending):
    look(NEXT_MONDAY)
    if ending == "replaced":
        make_plan(store, child, doctor, at=NEXT_MONDAY, replaces=plan.id)
    elif ending == "withdrawn":
        withdraw_plan(store, plan.id, reason="Wrong inhaler", by=doctor, at=NEXT_MONDAY)
    else:
        for one in kept_shares.shares_of(store, child.id):
            stop(store, child.id, one.id, by=doctor, at=NEXT_MONDAY)

    about_child = kept_team_tasks.tasks_about(store, child.id)
    tasks = [task for task in about_child if task.kind is TaskKind.PLAN_NOT_READ]
    assert len(tasks) == 3
    assert all(task.is_settled for task in tasks)


def test_a_share_that_has_run_out_is_closed_by_the_next_look(store, child, doctor, nurse, look):
    plan = make_plan(store, child, doctor)
    until = MONDAY_9AM.date()
    word = agreed(store, child.id)
    wanted = Wanted(Reader.SCHOOL, nurse.organisation_id, Basis.CONSENT, until=until, consent=word)
    share(store, child.id, [wanted], by=doctor, at=MONDAY_9AM)

    assert look(THURSDAY) == []

    assert not that_counts(kept_receipts.receipts_of(store, plan.id), nurse.organisation_id).is_open


def test_a_receipt_of_a_version_that_ended_before_receipts_were_closed_is_closed(store, plan, look):
    (whole, *_others) = kept_plans.signed_resources(store, plan.id)
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(whole | {"status": "completed"}, if_match=whole["meta"]["versionId"])
        write.audit("U", f"CarePlan/{plan.id}")

    assert look(NEXT_MONDAY) == []

    assert kept_receipts.open_receipts(store) == []


def test_the_holidays_of_the_readers_own_nation_count(store, child, doctor, look):
    glen = Organisation(str(uuid4()), OrganisationKind.HOSPITAL, "Glen Hospital", nation=Nation.SCOTLAND)
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.create(to_organization(glen))
        write.audit("C", f"Organization/{glen.id}")
    make_plan(store, child, doctor)
    friday = MONDAY_9AM + timedelta(days=4)  # the Monday after is Saint Andrew's Day
    share(store, child.id, [Wanted(Reader.HOSPITAL, glen.id, Basis.DIRECT_CARE)], by=doctor, at=friday)

    assert look(NEXT_MONDAY + timedelta(days=1)) == []
    assert owners(look(NEXT_MONDAY + timedelta(days=2))) == [glen.id]


def test_past_the_end_of_the_known_holidays_readers_are_still_chased(store, plan):
    none_known = Holidays(
        Nation.ENGLAND_AND_WALES, frozenset(), MONDAY_9AM.date(), MONDAY_9AM.date() + timedelta(days=1)
    )

    assert len(sweep(store, now=NEXT_MONDAY, holidays_for=lambda _nation: none_known)) == 3


def test_no_message_leaves_and_no_task_says_the_childs_name(store, plan, look, child):
    raised = look(NEXT_MONDAY)

    assert outbox.unsent(store) == []
    assert not any(child.given in task.words or child.family in task.words for task in raised)


def test_a_worker_looks_once_a_day_and_again_after_a_fault(store, plan, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(receipts_late, "sweep", lambda *_args, **_kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep_once_a_day(store, now=WEDNESDAY, holidays_for=holidays_for)

    assert len(sweep_once_a_day(store, now=WEDNESDAY, holidays_for=holidays_for)) == 1
    assert sweep_once_a_day(store, now=NEXT_MONDAY, holidays_for=holidays_for)


def test_a_round_of_the_worker_chases_readers(store, plan):
    key = KeyPlace(given="elm and oak and ash and birch and yew")
    work = Work(store, {}, StillClock(NEXT_MONDAY), holidays_for, key)

    assert work.round()

    assert len(kept_team_tasks.tasks_about(store, plan.child_id)) == 3
