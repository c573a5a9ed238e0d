"""What a discharge left open and nobody answered in its time: a task of the team that owes the answers."""

from datetime import datetime, timedelta

from fhir import kept_deaths, kept_questions, kept_team_tasks
from fhir.store import Write
from plans.team_task import TaskKind
from portal.actions.clocks import HolidaysFor
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.looked import NEVER_AGAIN, Looked

HELD_BACK = timedelta(hours=1)  # while a death is in question nobody is asked to phone the family
NOTHING_LEFT = "Nothing is left to answer."


def look_at_questions(write: Write, encounter_id: str, now: datetime, _holidays_for: HolidaysFor) -> Looked:
    """Give whoever owes answers about a stay that are late one task, until none of them is open."""
    about = f"Encounter/{encounter_id}"
    still_open = [one for one in kept_questions.questions_about(write, encounter_id) if one.is_open]
    late = {one.owner_id: one.child_id for one in still_open if one.due_at <= now}
    tasks = [
        one
        for one in kept_team_tasks.tasks_on(write, about)
        if one.kind is TaskKind.DISCHARGE_ANSWERS and one.is_open
    ]
    for task in tasks:
        if task.owner_id not in late:
            settle(write, task, NOTHING_LEFT)
    if not still_open:
        return NEVER_AGAIN
    if kept_deaths.holds_back(write, still_open[0].child_id):
        return Looked(now + HELD_BACK)
    for owner_id, child_id in late.items():
        if owner_id not in {task.owner_id for task in tasks}:
            raise_task(write, NewTask(TaskKind.DISCHARGE_ANSWERS, owner_id, child_id, about))
    return Looked(min((one.due_at for one in still_open if one.due_at > now), default=None))
