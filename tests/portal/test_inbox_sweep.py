"""An inbox that nobody opens and a task that is late are told to the lead, or to who covers: each once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fhir import kept_team_tasks
from fhir.organization import to_organization
from fhir.store import open_store
from fhir.store.errors import ResourceNotFound
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.tables import teams
from plans.places import Nation, Organisation, OrganisationKind, Role
from plans.team_task import TaskKind
from portal.actions.accounts import account_of
from portal.actions.inbox.listing import open_inbox
from portal.actions.inbox.sight import open_for
from portal.actions.inbox.sweep import sweep_inboxes
from portal.actions.inbox.tasks import NewTask, answer_task, raise_task
from portal.actions.posts import let_lead
from portal.actions.teams import call_cover
from portal.calendar import holidays_for
from portal.worker import Work
from tests.portal.conftest import HOMES, MONDAY_9AM, on_both_engines

engine = on_both_engines()

FRIDAY_4PM = datetime(2026, 11, 20, 16, tzinfo=UTC)
MONDAY_4PM = datetime(2026, 11, 23, 16, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOT_OPENED, LATE = TaskKind.INBOX_NOT_OPENED, TaskKind.TASK_LATE


@pytest.fixture
def nurse(store, make_person):
    """Lena Rowe, who leads Oak's nurses."""
    person = make_person(Role.SCHOOL_NURSE)
    home = Organisation(person.organisation_id, OrganisationKind.NURSING_TEAM, "Oak School Nurses", "X99004")
    account = account_of(store, person.username)
    let_lead(store, account, Role.SCHOOL_NURSE, home, leads=True, by="system", at=FRIDAY_4PM)
    return replace(person, leads=True)


@pytest.fixture
def colleague(make_person, nurse):
    """A nurse of Oak who does not lead."""
    return make_person(Role.SCHOOL_NURSE, username="nurse.ash", name="Ivy Ash")


@pytest.fixture
def elm_nurse(store, make_person, nurse):
    """A nurse of the team that covers Oak's."""
    elm = Organisation("", OrganisationKind.NURSING_TEAM, "Elm School Nurses", "X99041")
    person = make_person(Role.SCHOOL_NURSE, username="nurse.elm", name="Ivy Elm", organisation=elm)
    with store.write(by="system", at=FRIDAY_4PM) as write:
        teams.cover(write, nurse.organisation_id, person.organisation_id)
    return person


@pytest.fixture
def waits(store):
    """Raise a task, as of Friday at four; by Tuesday nothing but a concern would be late."""

    def make(person, kind=TaskKind.CHECK_CHILD, at=FRIDAY_4PM):
        with store.write(by="system", at=at) as write:
            return raise_task(write, NewTask(kind, person.organisation_id))

    return make


@pytest.fixture
def sweep(store):
    """Look at a moment; return the kind and the team of each task that was raised."""

    def at(now):
        raised = sweep_inboxes(store, now=now, holidays_for=holidays_for)
        return sorted((one.kind, one.owner_id) for one in raised)

    return at


def told(store, person):
    """Return the kinds of what is told in an inbox about a team."""
    return [one.kind for one in open_for(store, person, MONDAY_4PM) if one.kind in {NOT_OPENED, LATE}]


# An inbox that nobody opens


def test_an_inbox_that_nobody_opened_for_a_working_day_is_told_to_the_lead(store, nurse, waits, sweep):
    waits(nurse)

    assert sweep(MONDAY_4PM - A_MINUTE) == []
    assert sweep(MONDAY_4PM) == [(NOT_OPENED, nurse.organisation_id)]


def test_it_is_told_once_however_often_somebody_looks(nurse, waits, sweep):
    waits(nurse)
    sweep(MONDAY_4PM)

    assert sweep(MONDAY_4PM) == []
    assert sweep(MONDAY_4PM + 20 * HOUR) == []


def test_it_is_the_leads_to_do_and_not_everybodys(store, nurse, colleague, waits, sweep):
    waits(nurse)
    sweep(MONDAY_4PM)

    assert told(store, nurse) == [NOT_OPENED]
    assert told(store, colleague) == []


def test_an_inbox_without_a_task_needs_no_opening(nurse, sweep):
    assert sweep(MONDAY_4PM + timedelta(days=30)) == []


def test_who_opens_the_inbox_starts_the_working_day_again(store, nurse, colleague, waits, sweep):
    waits(nurse)
    open_inbox(store, colleague, MONDAY_9AM)

    assert sweep(MONDAY_4PM) == []
    assert sweep(MONDAY_9AM + timedelta(days=1)) == [(NOT_OPENED, nurse.organisation_id)]


def test_once_somebody_opened_the_inbox_the_lead_has_nothing_to_do(store, nurse, colleague, waits, sweep):
    waits(nurse)
    sweep(MONDAY_4PM)

    open_inbox(store, colleague, MONDAY_4PM + HOUR)
    sweep(MONDAY_4PM + HOUR)

    (settled,) = kept_team_tasks.tasks_on(store, f"Organization/{nurse.organisation_id}")
    assert (settled.is_settled, settled.answer) == (True, "The inbox was opened.")


def test_once_nothing_waits_the_lead_has_nothing_to_do(store, nurse, colleague, waits, sweep):
    task = waits(nurse)
    sweep(MONDAY_4PM)

    answer_task(store, task.id, "Checked.", by=colleague, at=MONDAY_4PM + HOUR)
    sweep(MONDAY_4PM + HOUR)

    assert told(store, nurse) == []


def test_a_lead_who_answers_without_the_inbox_being_opened_is_told_again_a_working_day_later(
    store, nurse, waits, sweep
):
    waits(nurse)
    sweep(MONDAY_4PM)
    (asked,) = (one for one in open_for(store, nurse, MONDAY_4PM) if one.kind is NOT_OPENED)
    answer_task(store, asked.id, "I asked a colleague.", by=nurse, at=MONDAY_4PM + HOUR)

    assert sweep(MONDAY_4PM + timedelta(days=1)) == []
    assert sweep(MONDAY_4PM + timedelta(days=1, hours=1)) == [(NOT_OPENED, nurse.organisation_id)]


@pytest.mark.parametrize(
    ("nation", "told_on"),
    [(Nation.ENGLAND_AND_WALES, date(2026, 11, 30)), (Nation.SCOTLAND, date(2026, 12, 1))],
)
def test_the_working_days_are_those_of_the_teams_nation(store, nurse, waits, sweep, nation, told_on):
    place = Organisation(nurse.organisation_id, OrganisationKind.NURSING_TEAM, "Oak", "X99004", nation=nation)
    with store.write(by="system", at=FRIDAY_4PM) as write:
        kept = write.read("Organization", place.id)
        write.update(to_organization(place), if_match=kept["meta"]["versionId"])
        write.audit("U", f"Organization/{place.id}")
    friday = FRIDAY_4PM + timedelta(days=7)
    waits(nurse, at=friday)

    days = (friday + timedelta(days=n) for n in range(1, 9))

    assert next(day.date() for day in days if sweep(day)) == told_on


# A task that is late


def test_a_late_task_is_told_to_the_lead_once(store, nurse, colleague, waits, sweep):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    assert sweep(task.due_at) == []
    assert sweep(task.due_at + A_MINUTE) == [(LATE, nurse.organisation_id)]
    assert sweep(task.due_at + HOUR) == []
    assert told(store, nurse) == [LATE]
    assert told(store, colleague) == []


def test_once_a_late_task_is_done_the_lead_has_nothing_to_do(store, nurse, colleague, waits, sweep):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)
    sweep(task.due_at + A_MINUTE)

    answer_task(store, task.id, "Phoned.", by=colleague, at=task.due_at + HOUR)

    assert sweep(task.due_at + HOUR) == []
    (settled,) = kept_team_tasks.tasks_on(store, f"Task/{task.id}")
    assert (settled.is_settled, settled.answer) == (True, "The task was done.")


def test_what_is_told_about_a_task_is_never_told_about_itself(nurse, waits, sweep):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)
    sweep(task.due_at + A_MINUTE)

    later = {kind for kind, _owner in sweep(task.due_at + timedelta(days=10))}

    assert later == {NOT_OPENED}  # of the inbox, in which the concern still waits


def test_a_school_is_not_told_what_a_late_task_is_that_it_may_not_read(store, make_person, waits, sweep):
    school = make_person(Role.SCHOOL_STAFF)
    task = waits(school, TaskKind.CONCERN, at=MONDAY_9AM)

    sweep(task.due_at + A_MINUTE)

    (late,) = kept_team_tasks.tasks_on(store, f"Task/{task.id}")
    assert late.words == "Oak School"


# Cover


@pytest.fixture
def away(store, nurse, elm_nurse):
    """Oak's nurses are away all week."""
    until = MONDAY_9AM.date() + timedelta(days=4)
    call_cover(store, until, "Training", by=nurse, at=MONDAY_9AM)


def test_while_a_team_is_closed_who_covers_is_told_that_a_task_is_late(
    store, nurse, elm_nurse, away, waits, sweep
):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    assert sweep(task.due_at + A_MINUTE) == [(LATE, elm_nurse.organisation_id)]
    assert told(store, elm_nurse) == [LATE]


def test_while_a_team_is_closed_who_covers_is_told_that_nobody_opens_its_inbox(
    nurse, elm_nurse, away, waits, sweep
):
    waits(nurse)

    assert sweep(MONDAY_4PM) == [(NOT_OPENED, elm_nurse.organisation_id)]


def test_what_was_told_while_a_team_was_closed_is_told_to_its_lead_when_it_is_back(
    nurse, elm_nurse, away, waits, sweep
):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)
    sweep(task.due_at + A_MINUTE)

    back = sweep(MONDAY_9AM + timedelta(days=7))

    assert (LATE, nurse.organisation_id) in back


def test_where_who_covers_is_away_too_the_lead_is_told_as_well(
    store, nurse, elm_nurse, away, make_person, waits, sweep
):
    fir = Organisation("", OrganisationKind.NURSING_TEAM, "Fir School Nurses", "X99042")
    other = make_person(Role.SCHOOL_NURSE, username="nurse.fir", organisation=fir)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, elm_nurse.organisation_id, other.organisation_id)
    call_cover(store, MONDAY_9AM.date(), "", by=elm_nurse, at=MONDAY_9AM)
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    expected = sorted((LATE, id) for id in (nurse.organisation_id, elm_nurse.organisation_id))

    assert sweep(task.due_at + A_MINUTE) == expected


def test_where_who_covers_is_closed_too_as_at_a_weekend_the_lead_is_told_as_well(
    nurse, elm_nurse, waits, sweep
):
    saturday = MONDAY_9AM + timedelta(days=5)
    task = waits(nurse, TaskKind.CONCERN, at=saturday)

    expected = sorted((LATE, id) for id in (nurse.organisation_id, elm_nurse.organisation_id))

    assert sweep(task.due_at + A_MINUTE) == expected


def test_where_nobody_leads_everybody_of_the_team_and_who_covers_are_told(store, make_person, waits, sweep):
    alone = make_person(Role.COMMUNITY_NURSE)
    elm = Organisation("", OrganisationKind.NURSING_TEAM, "Elm School Nurses", "X99041")
    cover = make_person(Role.SCHOOL_NURSE, organisation=elm)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, alone.organisation_id, cover.organisation_id)
    task = waits(alone, TaskKind.CONCERN, at=MONDAY_9AM)

    sweep(task.due_at + A_MINUTE)

    assert told(store, alone) == told(store, cover) == [LATE]


def test_where_nobody_leads_and_nobody_covers_everybody_of_the_team_is_told(store, make_person, waits, sweep):
    alone = make_person(Role.COMMUNITY_NURSE)
    task = waits(alone, TaskKind.CONCERN, at=MONDAY_9AM)

    sweep(task.due_at + A_MINUTE)

    assert told(store, alone) == [LATE]


def test_what_a_lead_leaves_undone_for_a_day_is_passed_on_to_who_covers(nurse, elm_nurse, waits, sweep):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)
    told_at = task.due_at + A_MINUTE
    sweep(told_at)

    a_day_later = sweep(told_at + timedelta(days=1, minutes=1))

    assert (LATE, elm_nurse.organisation_id) in a_day_later
    assert sweep(told_at + timedelta(days=1, minutes=2)) == []


def test_who_covers_and_looks_at_nothing_has_a_lead_who_is_told(store, nurse, elm_nurse, away, waits, sweep):
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)
    told_at = task.due_at + A_MINUTE
    sweep(told_at)

    a_day_later = sweep(told_at + timedelta(days=1, minutes=1))

    assert (NOT_OPENED, elm_nurse.organisation_id) in a_day_later  # of Elm's own inbox, and of Oak's
    assert (LATE, elm_nurse.organisation_id) in a_day_later


def test_where_nobody_does_anything_at_all_the_telling_comes_to_an_end(nurse, elm_nurse, waits, sweep):
    waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    months = [sweep(MONDAY_9AM + timedelta(days=n)) for n in range(60)]

    assert months[0] == []
    assert any(months)
    assert months[20:] == [[]] * 40


def test_a_fault_with_one_task_keeps_no_other_from_being_told(store, nurse, waits, sweep):
    with store.write(by="system", at=FRIDAY_4PM) as write:
        raise_task(write, NewTask(LATE, nurse.organisation_id, about="Task/never-kept"))
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    with pytest.raises(ResourceNotFound):
        sweep(task.due_at + A_MINUTE)

    assert len(kept_team_tasks.tasks_on(store, f"Task/{task.id}")) == 1


def test_a_task_of_a_place_that_is_not_kept_keeps_no_other_from_being_told(store, nurse, waits, sweep):
    with store.write(by="system", at=MONDAY_9AM) as write:
        raise_task(write, NewTask(TaskKind.CONCERN, "nowhere"))
    task = waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    assert sweep(task.due_at + A_MINUTE) == [(LATE, nurse.organisation_id)]


# The worker


def test_two_workers_at_once_tell_it_once(store, nurse, waits, tmp_path, database_url):
    for _ in range(5):
        waits(nurse, TaskKind.CONCERN, at=MONDAY_9AM)

    def look(_):
        mine = open_store(tmp_path, database_url)
        try:
            return sweep_inboxes(mine, now=MONDAY_4PM, holidays_for=holidays_for)
        finally:
            mine.close()

    with ThreadPoolExecutor(2) as workers:
        raised = [task for some in workers.map(look, range(2)) for task in some]

    assert len(raised) == len({task.about for task in raised}) == 5
    assert len(kept_team_tasks.open_tasks_of(store, nurse.organisation_id)) == 10


def test_a_round_of_the_worker_tells_the_leads(store, nurse, waits):
    waits(nurse)
    key = KeyPlace(given="elm and oak and ash and birch and yew")

    assert Work(store, {}, lambda: MONDAY_4PM, holidays_for, key).round()

    assert told(store, nurse) == [NOT_OPENED]


def test_all_of_it_is_audited_as_the_systems(store, nurse, waits, sweep):
    waits(nurse)

    sweep(MONDAY_4PM)

    (task,) = kept_team_tasks.tasks_on(store, f"Organization/{nurse.organisation_id}")
    assert task.raised_by == "system"
    assert store.count("AuditEvent", entity=f"Task/{task.id}") == 1
    assert HOMES[Role.SCHOOL_NURSE].name in task.words
