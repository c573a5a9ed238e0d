"""An alert that a rung of the ladder raised, as the Communication that its owner was told, and back."""

from datetime import datetime

from fhir.codes import ALERT, ALERT_ID, CONCERN, INCOMING, RUNG, concept, extension, id_in, profile, reference
from fhir.security_label import restricted
from plans.alert import Alert

NOBODY_HERE = {"display": "The people who run Puffin"}


def to_communication(alert: Alert, *, based_on: str = "") -> dict:
    """Return the Communication, based on a CommunicationRequest unless an older version kept none.

    It is in progress until somebody of the owner has acknowledged it (completed), or until what happened
    since has settled it (stopped).
    """
    communication: dict = {
        "resourceType": "Communication",
        "id": alert.id,
        "meta": restricted(profile("Communication")),
        "identifier": [{"system": ALERT_ID, "value": alert.id}],
        "status": _status(alert),
        **said(alert),
        "sent": alert.raised_at.isoformat(),
    }
    if based_on:
        communication["basedOn"] = [reference("CommunicationRequest", based_on)]
    if alert.passes_on:
        communication["inResponseTo"] = [reference("Communication", alert.passes_on)]
    if alert.answer_by:
        answer_by = {"url": extension("answer-by"), "valueDateTime": alert.answer_by.isoformat()}
        communication["extension"] = [answer_by]
    if alert.acknowledged_at:
        communication["note"] = [_note(alert, alert.acknowledged_at)]
        if alert.is_settled:
            communication["statusReason"] = {"text": alert.action}
        else:
            communication["received"] = alert.acknowledged_at.isoformat()
    return communication


def said(alert: Alert) -> dict:
    """Return what both the request and the Communication say: what about, why, and to whom."""
    told = dict.fromkeys((alert.owner_id, *alert.told_ids))
    elements: dict = {
        "category": [CONCERN if alert.concern_id else ALERT],
        "priority": "urgent",
        "about": [_about(alert)],
        "reasonCode": [concept(RUNG, alert.rung) | {"text": alert.owner}],
        "recipient": [reference("Organization", id) for id in told if id] or [NOBODY_HERE],
        "payload": [{"contentString": alert.about}],
    }
    return elements | ({"subject": reference("Patient", alert.child_id)} if alert.child_id else {})


def from_communication(communication: dict) -> Alert:
    """Return the alert."""
    recipients = [id_in(recipient) for recipient in communication["recipient"]]
    note: dict = next(iter(communication.get("note", ())), {})
    return Alert(
        id=communication["id"],
        child_id=id_in(communication.get("subject")),
        review_id="" if _is_of_concern(communication) else id_in(communication["about"][0]),
        rung=communication["reasonCode"][0]["coding"][0]["code"],
        owner=communication["reasonCode"][0]["text"],
        owner_id=recipients[0],
        told_ids=tuple(recipients[1:]),
        about=communication["payload"][0]["contentString"],
        raised_at=datetime.fromisoformat(communication["sent"]),
        acknowledged_by=id_in(note.get("authorReference")),
        acknowledged_at=datetime.fromisoformat(note["time"]) if note else None,
        action=note.get("text", ""),
        incoming_id=communication["about"][0].get("identifier", {}).get("value", ""),
        is_settled=communication["status"] == "stopped",
        answer_by=_answer_by(communication),
        concern_id=id_in(communication["about"][0]) if _is_of_concern(communication) else "",
        passes_on=id_in(next(iter(communication.get("inResponseTo", ())), None)),
    )


def based_on(communication: dict) -> str:
    """Return the id of the CommunicationRequest that this one is based on, "" if it is older."""
    return id_in(next(iter(communication.get("basedOn", ())), None))


def _answer_by(communication: dict) -> datetime | None:
    """Return by when it is to be acknowledged; an older alert does not say."""
    for one in communication.get("extension", ()):
        if one["url"] == extension("answer-by"):
            return datetime.fromisoformat(one["valueDateTime"])
    return None


def _is_of_concern(communication: dict) -> bool:
    return communication["category"] == [CONCERN]


def _status(alert: Alert) -> str:
    if alert.acknowledged_at is None:
        return "in-progress"
    return "stopped" if alert.is_settled else "completed"


def _about(alert: Alert) -> dict:
    if alert.review_id or alert.concern_id:
        return reference("Task", alert.review_id or alert.concern_id)
    return {"identifier": {"system": INCOMING, "value": alert.incoming_id}}


def _note(alert: Alert, at: datetime) -> dict:
    """Return who did what about it; what closed by itself has no author."""
    by = (
        {"authorReference": reference("Practitioner", alert.acknowledged_by)} if alert.acknowledged_by else {}
    )
    return by | {"time": at.isoformat(), "text": alert.action or "Acknowledged"}
