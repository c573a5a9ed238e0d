"""What is open about a child goes along to another practice: reviews, questions, alerts, tasks, concerns."""

from dataclasses import replace
from uuid import uuid4

from fhir import kept_people, kept_plans, kept_reviews, kept_team_tasks
from fhir.store import Write
from fhir.store.tables import moves
from plans.moves import MoveKind, MoveState
from plans.review import Review
from plans.review_events import Event, EventKind, that_stand
from plans.team_task import TaskKind
from portal.actions.circle.sharing import keep_circle
from portal.actions.discharge.unanswered import give_to_who_answers
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.moves.concerns import take_along
from portal.actions.reviews import keep_events

SAID_BY_RECORD = "A GP record says which practice the child is registered with now."
TAKEN_OVER = "Another practice has accepted the child, and books its own time."
# What one practice has said of a review holds for no other: another has accepted and booked nothing.
OF_ONE_PRACTICE = frozenset({EventKind.ACCEPTED, EventKind.BOOKED})
# What asks for the answers about a discharge is settled with the review, and raised anew for who owes them.
FOLLOWS_ITS_REVIEW = frozenset({TaskKind.DISCHARGE_ANSWERS})


def hand_over(write: Write, child_id: str, from_id: str, to_id: str, *, is_accepted: bool) -> int:
    """Give what is open about a child to the next practice, with its audit; return how much that is.

    `is_accepted` where somebody of the next practice has taken the child by their own hand: its reviews are
    accepted then. The circle names the next practice from now on.
    """
    given = 0
    for review in kept_reviews.open_reviews_of_child(write, child_id):
        if review.owner_id == from_id:
            _give_review(write, review, to_id, is_accepted=is_accepted)
            given += 1
    for alert in kept_reviews.open_alerts(write, child_id):
        if alert.owner_id == from_id:
            kept_reviews.keep_owner(write, replace(alert, owner_id=to_id))
            ref = f"Communication/{alert.id}"
            write.audit("U", ref, f"Patient/{child_id}", "take the alert over from another practice")
            given += 1
    for task in kept_team_tasks.tasks_about(write, child_id):
        is_theirs = task.owner_id == from_id and task.kind not in FOLLOWS_ITS_REVIEW
        if task.is_open and is_theirs:
            kept_team_tasks.keep_changed(write, replace(task, owner_id=to_id))
            ref = f"Task/{task.id}"
            write.audit("U", ref, f"Patient/{child_id}", "take the task over from another practice")
            given += 1
    given += take_along(write, child_id, from_id)
    keep_circle(write, child_id, kept_plans.live_plan(write, child_id))
    return given


def follow_record(write: Write, child_id: str, from_id: str) -> None:
    """Hand over a child whom a GP record has just placed at another practice than `from_id`; tell that one.

    Nobody there has accepted anything, so no review counts as accepted by it. A move between practices that
    waited is over: the record says where the child is. The former practice is told too, unless it had said
    so itself: it does not see the child any more.
    """
    to_id = kept_people.child(write, child_id).practice_id
    if not from_id or to_id in ("", from_id):
        return
    child, old, new = f"Patient/{child_id}", _name(write, from_id), _name(write, to_id)
    has_said_so = end_waiting(write, child_id, to_id)
    if hand_over(write, child_id, from_id, to_id, is_accepted=False):
        words = f"{SAID_BY_RECORD} It is yours, and was {old}. What was open about the child is yours too."
        raise_task(write, NewTask(TaskKind.CHECK_CHILD, to_id, child_id, child, words))
    if not has_said_so:
        words = (
            f"A GP record says that a child of yours is registered with {new} now. The child, and what was "
            f"open about them, is with {new}. If you think that this is wrong, phone them."
        )
        raise_task(write, NewTask(TaskKind.CHECK_CHILD, from_id, child_id, child, words))


def end_waiting(write: Write, child_id: str, to_id: str) -> bool:
    """End the moves to another practice that wait, as a record says `to_id`; return whether any did."""
    waiting = [
        one for one in moves.of_child(write, child_id) if one.kind is MoveKind.PRACTICE and one.is_open
    ]
    for move in waiting:
        moves.end(write, move.id, MoveState.DONE if move.to_id == to_id else MoveState.WITHDRAWN)
        write.audit("U", f"Patient/{child_id}", f"Patient/{child_id}", "end a move: a record came first")
        if move.task_id:
            settle(write, kept_team_tasks.task(write, move.task_id), SAID_BY_RECORD)
    return bool(waiting)


def _name(write: Write, organisation_id: str) -> str:
    return kept_people.organisation(write, organisation_id).name


def _give_review(write: Write, review: Review, to_id: str, *, is_accepted: bool) -> None:
    why = TAKEN_OVER if is_accepted else SAID_BY_RECORD
    said = (one for one in that_stand(review.events, write.at) if one.kind in OF_ONE_PRACTICE)
    new = [Event(str(uuid4()), EventKind.WITHDRAWN, write.at, write.by, why, one.id) for one in said]
    if is_accepted:
        new.append(Event(str(uuid4()), EventKind.ACCEPTED, write.at, write.by))
    handed = replace(review, owner_id=to_id, events=(*review.events, *new))
    keep_events(write, handed, "take the review over from another practice")
    give_to_who_answers(write, handed)
