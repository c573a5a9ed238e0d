"""The tasks of teams in the store: each team's own, the soonest due first, and open until they are done."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_team_tasks
from fhir.store.errors import ResourceNotFound, StaleVersion
from plans.team_task import TaskKind, TeamTask, done, settled

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS, THEIRS, CHILD = "team-1", "team-2", "child-1"


@pytest.fixture
def raised(store):
    """Keep a task of our team, due in four hours; name only what your test is about."""

    def keep(**changes):
        usual = {"kind": TaskKind.NO_INHALER, "owner_id": OURS, "raised_by": "system", "raised_at": NOON}
        due = {"id": str(uuid4()), "due_at": NOON + 4 * HOUR, "child_id": CHILD}
        task = TeamTask(**usual | due | changes)
        with store.write(by="system", at=NOON) as write:
            kept_team_tasks.keep(write, task)
            write.audit("C", f"Task/{task.id}", f"Patient/{CHILD}")
        return task

    return keep


def change(store, task):
    with store.write(by="Practitioner/p1", at=NOON + HOUR) as write:
        kept_team_tasks.keep_changed(write, task)
        write.audit("U", f"Task/{task.id}")
    return task


def finish(store, task, at=NOON + HOUR):
    return change(store, done(task, answer="Phoned.", by="Practitioner/p1", at=at))


def test_a_task_is_read_by_its_id(store, raised):
    task = raised()

    assert kept_team_tasks.task(store, task.id) == task
    assert kept_team_tasks.is_raised(store, task.id)


def test_a_task_that_was_never_raised_is_not_there(store):
    assert not kept_team_tasks.is_raised(store, "never")
    with pytest.raises(ResourceNotFound):
        kept_team_tasks.task(store, "never")


def test_a_task_of_another_sort_is_not_there(store, keep):
    kept = keep({"resourceType": "Task", "status": "requested", "intent": "order"})

    with pytest.raises(ResourceNotFound):
        kept_team_tasks.task(store, kept["id"])


def test_the_soonest_due_comes_first(store, raised):
    later, sooner = raised(due_at=NOON + 5 * HOUR), raised(due_at=NOON + HOUR)

    assert kept_team_tasks.open_tasks_of(store, OURS) == [sooner, later]


def test_another_teams_task_is_not_among_ours(store, raised):
    theirs = raised(owner_id=THEIRS)

    assert kept_team_tasks.open_tasks_of(store, OURS) == []
    assert kept_team_tasks.tasks_of(store, OURS) == []
    assert kept_team_tasks.open_tasks_of(store, OURS, THEIRS) == [theirs]
    assert kept_team_tasks.open_tasks(store) == [theirs]


def test_what_is_done_is_open_no_more_and_stays_done(store, raised):
    finished = finish(store, raised())

    assert kept_team_tasks.open_tasks_of(store, OURS) == []
    assert kept_team_tasks.tasks_of(store, OURS) == [finished]
    assert kept_team_tasks.tasks_about(store, CHILD) == [finished]


def test_what_was_done_last_comes_first_and_no_more_than_asked_for(store, raised):
    first, second, third = (finish(store, raised(), NOON + n * HOUR) for n in (1, 2, 3))

    assert kept_team_tasks.last_done_of(store, OURS, 2) == [third, second]
    assert kept_team_tasks.last_done_of(store, THEIRS, 2) == []
    assert first not in kept_team_tasks.last_done_of(store, OURS, 2)


def test_what_was_settled_is_among_what_was_done(store, raised):
    task = change(store, settled(raised(), because="They have one.", by="system", at=NOON + HOUR))

    assert kept_team_tasks.last_done_of(store, OURS, 9) == [task]


def test_of_two_who_change_one_task_at_once_the_second_is_refused(store, raised):
    task = raised()
    kept = store.read("Task", task.id)
    finish(store, task)

    with store.write(by="system", at=NOON) as write, pytest.raises(StaleVersion):
        write.update(kept, if_match=kept["meta"]["versionId"])
