"""A child whom a record names otherwise than before: who has the plan reads and prints it again."""

from fhir import kept_people, kept_plans, kept_team_tasks
from fhir.store import Write
from plans.people import Child
from plans.similar_names import is_named_anew
from plans.team_task import TaskKind
from portal.actions.circle.sharing import keep_circle
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.receipts.asked import ask_under_new_name

# Neither name is in it: whoever reads a task may have known the child under one of them alone.
WORDS = (
    "A GP record has brought another name or NHS number. Everybody with whom the plan is shared is asked to "
    "read it again. The code on a copy from before says that it is out of date."
)


def follow_name(write: Write, was: Child) -> None:
    """Ask again about the live plan of a child whom a record that was just kept names otherwise; with audit.

    The practice has one task until it is done, however often the name changes meanwhile.
    """
    now = kept_people.child(write, was.id)
    if not is_named_anew(was, now):
        return
    child, plan = f"Patient/{now.id}", kept_plans.live_plan(write, now.id)
    write.audit("U", child, child, "a GP record changes the name or NHS number")
    keep_circle(write, now.id, plan)
    if plan is None:
        return
    ask_under_new_name(write, plan)
    tasks = kept_team_tasks.tasks_about(write, now.id)
    if not any(one.is_open and one.kind is TaskKind.NAME_CHANGED for one in tasks):
        owner_id, about = plan.who_answers_for(now), f"CarePlan/{plan.id}"
        raise_task(write, NewTask(TaskKind.NAME_CHANGED, owner_id, now.id, about, WORDS))
