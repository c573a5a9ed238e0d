"""A review after hospital as a Task, and back."""

from datetime import date, datetime

from fhir.codes import TASK_CODE, concept, extension, id_in, profile, reference
from fhir.security_label import restricted
from plans.follow_up import due_at
from plans.review import Review
from plans.review_events import Event, EventKind, closing_event, that_stand

CODE = "review-after-hospital"
ENDED = {
    EventKind.REVIEW_RECORDED: "completed",
    EventKind.NOT_NEEDED: "completed",
    EventKind.DISCHARGE_CANCELLED: "cancelled",
    EventKind.DIED: "rejected",
}


def to_review_task(review: Review, *, now: datetime) -> dict:
    """Return the UK Core Task; its status says whether a review closed it by `now`."""
    owner = review.owner_id or review.requester_id
    task: dict = {
        "resourceType": "Task",
        "id": review.id,
        "meta": restricted(profile("Task")),
        "status": _status(review, now),
        "intent": "order",
        "priority": "urgent",
        "code": concept(TASK_CODE, CODE, "Asthma review after hospital, within two working days"),
        "for": reference("Patient", review.child_id),
        "encounter": reference("Encounter", review.encounter_id),
        "authoredOn": review.discharged_at.isoformat(),
        "owner": reference("Organization", owner),
        "restriction": {
            "period": {"start": review.discharged_at.isoformat(), "end": due_at(review.due).isoformat()}
        },
        "extension": [
            {"url": extension("due-day"), "valueDate": review.due.isoformat()},
            {"url": extension("practice-known"), "valueBoolean": bool(review.owner_id)},
            *(_event(event) for event in review.events),
        ],
    }
    if review.plan_id:
        task["focus"] = reference("CarePlan", review.plan_id)
    if review.requester_id:
        task["requester"] = reference("Organization", review.requester_id)
    return task


def from_review_task(task: dict) -> Review:
    """Return the review with every event that was recorded, in the order of recording."""
    said = {part["url"]: part for part in task["extension"]}
    known = said[extension("practice-known")]["valueBoolean"]
    return Review(
        id=task["id"],
        child_id=id_in(task["for"]),
        encounter_id=id_in(task["encounter"]),
        discharged_at=datetime.fromisoformat(task["restriction"]["period"]["start"]),
        due=date.fromisoformat(said[extension("due-day")]["valueDate"]),
        owner_id=id_in(task["owner"]) if known else "",
        requester_id=id_in(task.get("requester")),
        events=tuple(
            _from_event(part) for part in task["extension"] if part["url"] == extension("review-event")
        ),
        plan_id=id_in(task.get("focus")),
    )


def _status(review: Review, now: datetime) -> str:
    closed_by = closing_event(review.events, review.discharged_at, now)
    if closed_by:
        return ENDED[closed_by.kind]
    return (
        "accepted"
        if any(event.kind is EventKind.ACCEPTED for event in that_stand(review.events, now))
        else "requested"
    )


def _event(event: Event) -> dict:
    parts = [
        {"url": "id", "valueId": event.id},
        {"url": "kind", "valueCode": event.kind},
        {"url": "at", "valueDateTime": event.at.isoformat()},
        {"url": "by", "valueString": event.by},
    ]
    if event.reason:
        parts.append({"url": "reason", "valueString": event.reason})
    if event.withdraws:
        parts.append({"url": "withdraws", "valueId": event.withdraws})
    return {"url": extension("review-event"), "extension": parts}


def _from_event(part: dict) -> Event:
    said = {
        one["url"]: next(value for key, value in one.items() if key != "url") for one in part["extension"]
    }
    return Event(
        id=said["id"],
        kind=EventKind(said["kind"]),
        at=datetime.fromisoformat(said["at"]),
        by=said["by"],
        reason=said.get("reason", ""),
        withdraws=said.get("withdraws", ""),
    )
