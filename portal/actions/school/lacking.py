"""What school lacks is told until a check there finds it: an answer alone does not end it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fhir import kept_team_tasks
from fhir.store import Write
from plans.school_inhaler import COMES_BACK_AFTER
from plans.team_task import TeamTask
from portal.actions.inbox.tasks import NewTask, raise_task


def tell(write: Write, told: Sequence[TeamTask], new: NewTask, checked_at: datetime) -> None:
    """Tell a team (again) what the check at this moment found lacking, with its audit.

    `told` is all that anybody was told about the same thing. An open task of the team says what is lacking
    now; without one the team gets a new task where it is due.
    """
    theirs = [one for one in told if one.owner_id == new.owner_id]  # a team that was left acts no more
    _say_what_is_lacking_now(write, theirs, new.words)
    if _is_due(theirs, checked_at, new.words, write.at):
        last = max(told, key=lambda one: one.raised_at).id if told else "first"  # a child may come back
        raise_task(write, replace(new, once=f"{new.about}/{last}"))


def _say_what_is_lacking_now(write: Write, told: Sequence[TeamTask], words: str) -> None:
    """Let an open task say what the last check found: an inhaler that has expired may have gone since."""
    for task in told:
        if task.is_open and task.words != words:
            kept_team_tasks.keep_changed(write, replace(task, words=words))
            child = f"Patient/{task.child_id}" if task.child_id else None
            write.audit("U", f"Task/{task.id}", child, "say what school lacks now in a task")


def _is_due(told: Sequence[TeamTask], checked_at: datetime, words: str, now: datetime) -> bool:
    """Return whether a team is told (again): not while it has an open task about it.

    After an answer it is told of what a newer check found, of what has got worse, and of what nobody has
    seen put right at school for a while.
    """
    if any(one.is_open for one in told):
        return False
    if not told:
        return True
    last = max(told, key=lambda one: one.raised_at)
    answered = last.done_at or last.raised_at
    return checked_at > answered or words != last.words or now >= answered + COMES_BACK_AFTER
