"""What a confirmed death closes, as died and never as done, and what its withdrawal opens again."""

from dataclasses import replace
from uuid import UUID, uuid5

from fhir import kept_concerns, kept_plans, kept_questions, kept_reviews, kept_shares, kept_team_tasks
from fhir.store import Write
from fhir.store.tables import outbox
from plans import concern as concerns
from plans.concern import Happened
from plans.death import CLOSED_AS_DIED, ENDS_FOR, STANDS_AFTER_DEATH, Death
from plans.review import Review
from plans.review_events import Event, EventKind, add_event, closing_event
from plans.sharing import Share, stopped
from plans.team_task import reopened
from portal.actions.alerts import close, keep_answered
from portal.actions.circle.sharing import keep_circle
from portal.actions.gp_inbox.sending import go_on_sending
from portal.actions.inbox.tasks import settle
from portal.actions.reviews import keep_events
from portal.person import Person


def close_all(write: Write, death: Death, by: Person) -> None:
    """Close all that waits for a child as died, and end what family and school read."""
    outbox.stop_for_child(write, death.child_id)
    for review in kept_reviews.open_reviews_of_child(write, death.child_id):
        event = Event(_id(death, review.id), EventKind.DIED, write.at, write.by, death.told_by)
        _keep_event(write, review, event, "review: closed as the child has died")
    for task in kept_team_tasks.open_tasks_about(write, death.child_id):
        if task.kind not in STANDS_AFTER_DEATH:
            settle(write, task, CLOSED_AS_DIED)
    for asked in kept_questions.open_questions_about_child(write, death.child_id):
        kept_questions.cancel(write, asked)
        _audit(write, f"Task/{asked.id}", death, "cancel a question: the child has died")
    _close_concerns(write, death, by)
    close(write, kept_reviews.open_alerts(write, death.child_id), CLOSED_AS_DIED)
    for share in kept_shares.live_shares_of(write, death.child_id, write.at):
        if share.reader in ENDS_FOR:
            kept_shares.keep_changed(write, stopped(share, write.at))
            _audit(write, f"Consent/{share.id}", death, "end a share: the child has died")
    keep_circle(write, death.child_id, kept_plans.live_plan(write, death.child_id))


def open_again(write: Write, death: Death, by: Person) -> None:
    """Open again all that this death, which was confirmed in error, had closed; nothing else."""
    for review in kept_reviews.reviews_of_child(write, death.child_id):
        closing = closing_event(review.events, review.discharged_at, write.at)
        if closing and closing.kind is EventKind.DIED:
            _open_review(write, review, closing, death)
    for task in kept_team_tasks.tasks_about(write, death.child_id):
        if task.is_settled and task.answer == CLOSED_AS_DIED:
            kept_team_tasks.keep_changed(write, reopened(task))
            _audit(write, f"Task/{task.id}", death, "open a task again: the death was said in error")
    for asked in kept_questions.cancelled_at(write, death.child_id, death.confirmed_at or write.at):
        kept_questions.keep_open_again(write, asked)
        _audit(write, f"Task/{asked.id}", death, "open a question again: the death was said in error")
    _open_concerns(write, death, by)
    for share in kept_shares.shares_of(write, death.child_id):
        if _was_ended_by(share, death):
            kept_shares.keep_changed(write, replace(share, stopped_at=None))
            _audit(write, f"Consent/{share.id}", death, "open a share again: the death was said in error")
    keep_circle(write, death.child_id, kept_plans.live_plan(write, death.child_id))
    go_on_sending(write, death.child_id)


def _was_ended_by(share: Share, death: Death) -> bool:
    at_once = share.stopped_at == death.confirmed_at
    return at_once and share.reader in ENDS_FOR and share.withdrawn is None


def _close_concerns(write: Write, death: Death, by: Person) -> None:
    for concern in kept_concerns.about(write, death.child_id):
        if concern.is_open:
            event = _happened(write, death, Happened.DIED, concern.id, by)
            _keep_concern(write, concerns.closed_as_died(concern, event))
            told = kept_concerns.alerts(write, concern)
            close(write, [one for one in told if one.acknowledged_at is None], CLOSED_AS_DIED)


def _open_concerns(write: Write, death: Death, by: Person) -> None:
    for concern in kept_concerns.about(write, death.child_id):
        event = _happened(write, death, Happened.DEATH_WITHDRAWN, concern.id, by)
        again = concerns.opened_again(concern, event)
        if again != concern:
            _keep_concern(write, again)
            _tell_after_all(write, again, death)


def _tell_after_all(write: Write, concern: concerns.Concern, death: Death) -> None:
    """Open the alerts of a concern again that this death had closed, and send what it had stopped."""
    for alert in kept_concerns.alerts(write, concern):
        if alert.is_settled and (alert.action, alert.acknowledged_at) == (CLOSED_AS_DIED, death.confirmed_at):
            still_open = replace(alert, acknowledged_by="", acknowledged_at=None, action="", is_settled=False)
            keep_answered(write, still_open, "open the alert again: the death was said in error")
        if death.confirmed_at:
            outbox.go_on_with_alert(write, alert.id, stopped_at=death.confirmed_at)


def _open_review(write: Write, review: Review, closing: Event, death: Death) -> None:
    id, why = _id(death, f"{review.id}/withdrawn"), "The death was said in error."
    event = Event(id, EventKind.WITHDRAWN, write.at, write.by, why, withdraws=closing.id)
    _keep_event(write, review, event, "review: open again, as the death was said in error")


def _keep_event(write: Write, review: Review, event: Event, detail: str) -> None:
    events = add_event(review.events, event, discharged_at=review.discharged_at, now=write.at)
    keep_events(write, replace(review, events=events), detail)


def _keep_concern(write: Write, concern: concerns.Concern) -> None:
    kept_concerns.keep_changed(write, concern)
    kind = concern.events[-1].kind
    write.audit("U", f"Task/{concern.id}", f"Patient/{concern.child_id}", f"concern: {kind}")


def _happened(write: Write, death: Death, kind: Happened, concern_id: str, by: Person) -> concerns.Event:
    id = _id(death, f"{concern_id}/{kind}")
    return concerns.Event(id, kind, write.at, str(by.ref), by.organisation_id)


def _id(death: Death, what: str) -> str:
    return str(uuid5(UUID(death.id), what))


def _audit(write: Write, what: str, death: Death, detail: str) -> None:
    write.audit("U", what, f"Patient/{death.child_id}", detail)
