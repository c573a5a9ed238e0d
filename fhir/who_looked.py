"""The list of organisations that used a child's record, as the Communication that somebody at home got."""

from datetime import datetime

from fhir.codes import RESTRICTED, WHO_LOOKED, concept, profile, reference
from plans.who_looked import Released

NOTIFICATION = concept("http://terminology.hl7.org/CodeSystem/communication-category", "notification")


def to_communication(released: Released) -> dict:
    """Return the Communication: one line for each organisation, and nothing of what was left out."""
    return {
        "resourceType": "Communication",
        "id": released.id,
        "meta": profile("Communication") | {"security": [RESTRICTED]},
        "basedOn": [reference("Task", released.task_id)],
        "status": "completed",
        "category": [NOTIFICATION],
        "reasonCode": [WHO_LOOKED],
        "subject": reference("Patient", released.child_id),
        "recipient": [{"reference": released.reader}],
        "sender": {"reference": released.by},
        "sent": released.at.isoformat(),
        "payload": [{"contentString": name} for name in released.names],
    }


def from_communication(communication: dict) -> Released:
    """Return the list."""
    return Released(
        id=communication["id"],
        task_id=communication["basedOn"][0]["reference"].removeprefix("Task/"),
        child_id=communication["subject"]["reference"].removeprefix("Patient/"),
        reader=communication["recipient"][0]["reference"],
        by=communication["sender"]["reference"],
        at=datetime.fromisoformat(communication["sent"]),
        names=tuple(one["contentString"] for one in communication["payload"]),
    )


def is_released_list(communication: dict) -> bool:
    """Return whether this is such a list: others tell a practice of what is late."""
    return communication.get("reasonCode") == [WHO_LOOKED]
