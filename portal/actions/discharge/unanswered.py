"""What a discharge left open and nobody answered in its time: a task of the team that owes the answers."""

from datetime import datetime

from fhir import kept_questions, kept_team_tasks
from fhir.store import Reader, Write
from plans.discharge_questions import Asked
from plans.review import Review
from plans.team_task import TaskKind, TeamTask
from portal.actions.discharge.start import who_answers
from portal.actions.inbox.tasks import NewTask, raise_task, settle

NOTHING_LEFT = "Nothing is left to answer."
ANOTHER_OWES = "Another team owes the answers now."
IS_CLOSED = "The review is closed: nobody waits for the answers."


def chase(write: Write, review: Review, now: datetime) -> datetime | None:
    """Give whoever owes answers that are late one task, for a review that is open; return when to look again.

    None where nothing is left that comes to be late.
    """
    still_open = give_to_who_answers(write, review)
    is_late = any(one.due_at <= now for one in still_open)
    if is_late and not _open_tasks(write, review.id):
        about = f"Task/{review.id}"
        raise_task(
            write, NewTask(TaskKind.DISCHARGE_ANSWERS, who_answers(write, review), review.child_id, about)
        )
    return min((one.due_at for one in still_open if one.due_at > now), default=None)


def give_to_who_answers(write: Write, review: Review) -> list[Asked]:
    """Give each open question about a discharge to whoever answers for it now, with its audit; return them.

    What asks another team for the answers, or for answers that are all there, is settled.
    """
    owner_id = who_answers(write, review)
    still_open = [one for one in kept_questions.questions_about(write, review.encounter_id) if one.is_open]
    for asked in still_open:
        if asked.owner_id != owner_id:
            kept_questions.keep_owner(write, asked, owner_id)
            write.audit(
                "U", f"Task/{asked.id}", f"Patient/{asked.child_id}", "give the question to another team"
            )
    for task in _open_tasks(write, review.id):
        if not still_open or task.owner_id != owner_id:
            settle(write, task, ANOTHER_OWES if still_open else NOTHING_LEFT)
    return still_open


def stop_chasing(write: Write, review_id: str) -> None:
    """Settle what asks for answers about the discharge of a review that is closed, or was never there."""
    for task in _open_tasks(write, review_id):
        settle(write, task, IS_CLOSED)


def _open_tasks(reader: Reader, review_id: str) -> list[TeamTask]:
    found = kept_team_tasks.tasks_on(reader, f"Task/{review_id}")
    return [one for one in found if one.kind is TaskKind.DISCHARGE_ANSWERS and one.is_open]
