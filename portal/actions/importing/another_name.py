"""A child whom a record names otherwise than before: who has the plan reads and prints it again."""

from fhir import kept_people, kept_plans, kept_shares, kept_team_tasks
from fhir.store import Write
from plans.people import Child
from plans.plan import Plan
from plans.sharing import BY_LINK, stopped
from plans.similar_names import has_another_number, is_named_anew
from plans.team_task import SEE_WHO_HAS_IT, TaskKind
from portal.actions.circle.sharing import end, keep_circle
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.receipts.asked import ask_under_new_name

# Neither name is in them: whoever reads a task may have known the child under one of them alone.
ASKED = (
    "Everybody with whom the plan is shared is asked to read it again. The code on a copy from before says "
    "that it is out of date."
)
NAME = f"{SEE_WHO_HAS_IT} A GP record has brought another name. {ASKED}"
NUMBER = (
    f"{SEE_WHO_HAS_IT} A GP record says that the NHS number is not the one of before, as it is after an "
    "adoption. Every link at home has ended. Share the plan anew with those at home who may know. "
    f"{ASKED}"
)
AGAIN = "The name has changed again."


def follow_name(write: Write, was: Child) -> None:
    """Ask again about the live plan of a child whom a record that was just kept names otherwise; with audit.

    Once the NHS number is another one, nobody at home is asked: each share there ends, for those at home
    may be a former family. The practice has one open task, about the change that came last.
    """
    now = kept_people.child(write, was.id)
    if not is_named_anew(was, now):
        return
    child, plan = f"Patient/{now.id}", kept_plans.live_plan(write, now.id)
    write.audit("U", child, child, "a GP record changes the name or NHS number")
    is_another_number = has_another_number(was, now)
    if is_another_number:
        _end_at_home(write, now.id)
    keep_circle(write, now.id, plan)
    if plan is None:
        return
    ask_under_new_name(write, plan)
    _have_it_printed_again(write, now, plan, is_another_number=is_another_number)


def _end_at_home(write: Write, child_id: str) -> None:
    for share in kept_shares.live_shares_of(write, child_id, write.at):
        if share.reader in BY_LINK:
            end(write, stopped(share, write.at), "stop sharing at home as the NHS number has changed")


def _have_it_printed_again(write: Write, child: Child, plan: Plan, *, is_another_number: bool) -> None:
    """Give the practice its task: in place of one that is open, due as that was, with all that it told."""
    tasks = kept_team_tasks.tasks_about(write, child.id)
    before = [one for one in tasks if one.is_open and one.kind is TaskKind.NAME_CHANGED]
    for one in before:
        settle(write, one, AGAIN)
    new = NewTask(
        TaskKind.NAME_CHANGED,
        plan.who_answers_for(child),
        child.id,
        f"CarePlan/{plan.id}",
        NUMBER if is_another_number or any(one.words == NUMBER for one in before) else NAME,
        due_at=min((one.due_at for one in before), default=None),
    )
    raise_task(write, new)
