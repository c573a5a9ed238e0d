"""What the invented demo tells, where somebody relies on it."""

from fhir import kept_people, kept_team_tasks
from plans.team_task import TaskKind
from portal.actions import demo
from tests.portal.conftest import MONDAY_9AM


def test_the_father_says_that_there_is_no_inhaler_so_that_the_mother_may_still_say_so(store):
    demo.seed(store, at=MONDAY_9AM)

    tasks = kept_team_tasks.open_tasks(store)
    (task,) = [one for one in tasks if one.kind is TaskKind.NO_INHALER]
    family = kept_people.family(store, task.child_id)
    (father,) = [one for one in family if one.relationship == "father"]
    assert len(family) > 1
    assert task.raised_by == task.about == f"RelatedPerson/{father.id}"
