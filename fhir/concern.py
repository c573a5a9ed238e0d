"""A concern about a child as a Task, and back. No family, no other staff of a school and no paper has it."""

from datetime import datetime

from fhir.codes import CONCERN_RAISED_AT, TASK_CODE, concept, extension, id_in, profile, reference
from fhir.security_label import restricted
from plans.concern import Concern, Event, Happened, State, When
from plans.places import Role

CODE = "concern"
STATUS = {
    State.SENT: "requested",
    State.ACKNOWLEDGED: "accepted",
    State.ANSWERED: "completed",
    State.WITHDRAWN: "entered-in-error",
    State.DIED: "rejected",
}


def to_concern_task(concern: Concern) -> dict:
    """Return the UK Core Task; its status says how the concern stands, its owner who must act now."""
    extensions: list[dict] = [
        {"url": extension("concern-when"), "valueCode": concern.when},
        {"url": extension("concern-raised-as"), "valueCode": concern.raised_as},
        *(_event(event) for event in concern.events),
    ]
    if concern.how_safe is not None:
        extensions.append({"url": extension("concern-how-safe"), "valueInteger": concern.how_safe})
    return {
        "resourceType": "Task",
        "id": concern.id,
        "meta": restricted(profile("Task")),
        "extension": extensions,
        "groupIdentifier": {"system": CONCERN_RAISED_AT, "value": concern.raised_at_id},
        "status": STATUS[concern.state],
        "intent": "order",
        "priority": "stat" if concern.is_urgent else "urgent",
        "code": concept(TASK_CODE, CODE, "Act on a concern about a child, and say what was done"),
        "description": concern.words,
        "for": reference("Patient", concern.child_id),
        "authoredOn": concern.raised_at.isoformat(),
        "requester": {"reference": concern.raised_by},
        "owner": reference("Organization", concern.owner_id or concern.raised_at_id),
        "restriction": {
            "period": {"start": concern.raised_at.isoformat(), "end": concern.asked_by.isoformat()}
        },
    }


def from_concern_task(task: dict) -> Concern:
    """Return the concern with all that happened to it, in the order in which it was kept."""
    said = {one["url"]: one for one in task["extension"]}
    safe = said.get(extension("concern-how-safe"))
    return Concern(
        id=task["id"],
        child_id=id_in(task["for"]),
        words=task["description"],
        how_safe=safe["valueInteger"] if safe else None,
        when=When(said[extension("concern-when")]["valueCode"]),
        asked_by=datetime.fromisoformat(task["restriction"]["period"]["end"]),
        raised_by=task["requester"]["reference"],
        raised_as=Role(said[extension("concern-raised-as")]["valueCode"]),
        raised_at_id=task["groupIdentifier"]["value"],
        raised_at=datetime.fromisoformat(task["authoredOn"]),
        owner_id=id_in(task["owner"]),
        events=tuple(
            _from_event(one) for one in task["extension"] if one["url"] == extension("concern-event")
        ),
    )


def _event(event: Event) -> dict:
    parts = [
        {"url": "id", "valueId": event.id},
        {"url": "kind", "valueCode": event.kind},
        {"url": "at", "valueDateTime": event.at.isoformat()},
        {"url": "by", "valueString": event.by},
        {"url": "place", "valueId": event.organisation_id},
    ]
    if event.words:
        parts.append({"url": "words", "valueString": event.words})
    return {"url": extension("concern-event"), "extension": parts}


def _from_event(part: dict) -> Event:
    said = {
        one["url"]: next(value for key, value in one.items() if key != "url") for one in part["extension"]
    }
    return Event(
        id=said["id"],
        kind=Happened(said["kind"]),
        at=datetime.fromisoformat(said["at"]),
        by=said["by"],
        organisation_id=said["place"],
        words=said.get("words", ""),
    )
