"""Where a child is whose discharge was cancelled: asked of a team where no new discharge follows in a day."""

from collections.abc import Set
from datetime import datetime, timedelta

from fhir import kept_reviews, kept_stays, kept_team_tasks
from fhir.store import Reader, Write
from fhir.store.tables import next_looks
from plans.review import Review
from plans.review_events import EventKind, closing_event
from plans.team_task import TaskKind
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.places import known_place, who_can_own
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.looked import NEVER_AGAIN, Looked

LOOK = "cancelled-discharge"  # its kind among what the worker looks at
HOURS_UNTIL_ASKED = timedelta(hours=24)  # source: safety case, hazard 16
ABOUT = "The discharge was cancelled more than 24 hours ago, and no new discharge was told since."
LEFT_SINCE = "A discharge of this child was told since."


def ask_later(write: Write, review: Review) -> None:
    """Let the worker ask where the child is, unless a new discharge comes first."""
    next_looks.put(write, LOOK, review.id, write.at + HOURS_UNTIL_ASKED)


def ids_of_cancelled(reader: Reader) -> Set[str]:
    """Return the id of every review that ended as its discharge was cancelled."""
    return kept_reviews.ids_of_cancelled_reviews(reader)


def look_at_cancelled(write: Write, id: str, now: datetime, _holidays_for: HolidaysFor) -> Looked:
    """Ask the hospital where the child is, once, where nothing says that the child has left since."""
    review = kept_reviews.review(write, id)
    closing = closing_event(review.events, review.discharged_at, now)
    if closing is None or closing.kind is not EventKind.DISCHARGE_CANCELLED:
        return NEVER_AGAIN
    if now < closing.at + HOURS_UNTIL_ASKED:
        return Looked(closing.at + HOURS_UNTIL_ASKED)
    owner = who_can_own(write, *(known_place(write, one) for one in (review.requester_id, review.owner_id)))
    if owner and not _has_left_since(write, review, now):
        about = f"Encounter/{review.encounter_id}"
        raise_task(
            write, NewTask(TaskKind.WHERE_IS_CHILD, owner.id, review.child_id, about, ABOUT, review.id)
        )
    return NEVER_AGAIN


def note_discharge(write: Write, child_id: str) -> None:
    """Close what asks where this child is: a discharge was told."""
    for task in kept_team_tasks.tasks_about(write, child_id):
        if task.kind is TaskKind.WHERE_IS_CHILD:
            settle(write, task, LEFT_SINCE)


def _has_left_since(reader: Reader, cancelled: Review, now: datetime) -> bool:
    stay = reader.read("Encounter", cancelled.encounter_id)
    if kept_stays.was_told(stay) and stay["status"] == "finished":
        return True
    return any(
        one.discharged_at >= cancelled.discharged_at and not _is_cancelled(one, now)
        for one in kept_reviews.reviews_of_child(reader, cancelled.child_id)
    )


def _is_cancelled(review: Review, now: datetime) -> bool:
    closing = closing_event(review.events, review.discharged_at, now)
    return closing is not None and closing.kind is EventKind.DISCHARGE_CANCELLED
