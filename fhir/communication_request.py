"""That somebody is to be told of a rung of the ladder, as a CommunicationRequest.

The Communication based on it says that they were told; the alert is read back from that one.
"""

from datetime import datetime
from uuid import UUID, uuid5

from fhir.codes import ALERT_ID
from fhir.communication import said
from plans.alert import Alert


def to_be_told_id(alert_id: str) -> str:
    """Return the id of the request behind an alert: the same each time, so that a rung is asked once."""
    return str(uuid5(UUID(alert_id), "to-be-told"))


def to_communication_request(alert: Alert, *, falls_at: datetime) -> dict:
    """Return the request that its owner be told from the moment on which the rung falls."""
    return {
        "resourceType": "CommunicationRequest",
        "id": to_be_told_id(alert.id),
        "identifier": [{"system": ALERT_ID, "value": alert.id}],
        "status": "active",
        **said(alert),
        "occurrenceDateTime": falls_at.isoformat(),
        "authoredOn": alert.raised_at.isoformat(),
    }


def answered(request: dict, alert: Alert) -> dict:
    """Return the request as it ends: done once the alert was acknowledged, taken back once it was settled.

    One whose alert is open again is as it began.
    """
    if alert.acknowledged_at is None:
        return {name: said for name, said in request.items() if name != "statusReason"} | {"status": "active"}
    if alert.is_settled:
        return request | {"status": "revoked", "statusReason": {"text": alert.action}}
    return request | {"status": "completed"}
