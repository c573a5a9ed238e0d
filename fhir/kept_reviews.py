"""The reviews after hospital and their alerts in the store."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from fhir.codes import ALERT_ID, TASK_CODE, id_in, is_coded
from fhir.communication import based_on, from_communication, said, to_communication
from fhir.communication_request import answered, to_communication_request
from fhir.review_task import CODE, from_review_task, to_review_task
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.sight import Sight
from fhir.store.tables import next_looks
from plans.alert import Alert
from plans.review import Review

OPEN = ["requested", "accepted"]
LOOK = "review"  # its kind among what the worker looks at


def review(reader: Reader, id: str) -> Review:
    """Return a review; raises ResourceNotFound, also for a Task of another kind."""
    task = reader.read("Task", id)
    if not is_coded(task.get("code"), TASK_CODE, CODE):
        raise ResourceNotFound
    return from_review_task(task)


def open_reviews(reader: Reader) -> list[Review]:
    """Return every review that nothing has closed, whoever owns it, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, status=OPEN))


def ids_of_open_reviews(reader: Reader) -> set[str]:
    """Return the id of every review that nothing has closed; no review is read for it."""
    return {one.id for one in reader.values("Task", "authored-on", code=CODE, status=OPEN)}


def ids_of_cancelled_reviews(reader: Reader) -> set[str]:
    """Return the id of every review that ended as its discharge was cancelled."""
    return {one.id for one in reader.values("Task", "authored-on", code=CODE, status="cancelled")}


def open_review(reader: Reader, id: str) -> Review | None:
    """Return a review that nothing has closed, None for one that is closed or was never there."""
    try:
        task = reader.read("Task", id)
    except ResourceNotFound:
        return None
    is_one = is_coded(task.get("code"), TASK_CODE, CODE) and task["status"] in OPEN
    return from_review_task(task) if is_one else None


def is_open(reader: Reader, id: str) -> bool:
    """Return whether there is such a review, and nothing has closed it."""
    return open_review(reader, id) is not None


def children_with_an_open_review(reader: Reader, sight: Sight) -> set[str]:
    """Return the ids of the children within sight who have a review that nothing has closed."""
    return {id_in(task["for"]) for task in reader.search("Task", sight, code=CODE, status=OPEN)}


def open_reviews_of_child(reader: Reader, child_id: str) -> list[Review]:
    """Return a child's reviews that nothing has closed, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, patient=f"Patient/{child_id}", status=OPEN))


def open_reviews_of(reader: Reader, organisation_id: str) -> list[Review]:
    """Return the reviews that an organisation owns and that nothing has closed, the earliest due first."""
    return _soonest_first(
        reader.search("Task", code=CODE, owner=f"Organization/{organisation_id}", status=OPEN)
    )


def reviews_of_child(reader: Reader, child_id: str) -> list[Review]:
    """Return a child's reviews, those that are closed too."""
    return _soonest_first(reader.search("Task", code=CODE, patient=f"Patient/{child_id}"))


def reviews_of(reader: Reader, organisation_id: str) -> list[Review]:
    """Return the reviews that an organisation owns or asked for, those that are closed too."""
    ours = f"Organization/{organisation_id}"
    found = [*reader.search("Task", code=CODE, owner=ours), *reader.search("Task", code=CODE, requester=ours)]
    return _soonest_first(list({task["id"]: task for task in found}.values()))


def keep(write: Write, review: Review) -> None:
    """Keep a new review, to be looked at by the worker at once; the audit is the caller's."""
    write.create(to_review_task(review, now=write.at))
    next_looks.put_at_once(write, LOOK, review.id)


def keep_changed(write: Write, review: Review) -> None:
    """Keep a review with what has happened to it since; the worker looks at it anew."""
    task = write.read("Task", review.id)
    write.update(to_review_task(review, now=write.at), if_match=task["meta"]["versionId"])
    next_looks.put_at_once(write, LOOK, review.id)


def look_again(write: Write, encounter_id: str) -> None:
    """Let the worker look anew at each review after a stay, as something about the stay has changed."""
    for task in write.search("Task", code=CODE, encounter=f"Encounter/{encounter_id}"):
        next_looks.put_at_once(write, LOOK, task["id"])


def alert(reader: Reader, id: str) -> Alert:
    """Return an alert; raises ResourceNotFound, also for a Communication that is none."""
    communication = reader.read("Communication", id)
    if not any(one.get("system") == ALERT_ID for one in communication.get("identifier", ())):
        raise ResourceNotFound
    found = from_communication(communication)
    if found.concern_id:
        raise ResourceNotFound  # it is read, and answered, on the page of its concern
    return found


def alerts_of(reader: Reader, organisation_id: str) -> list[Alert]:
    """Return the alerts that an organisation was told, the newest first."""
    found = reader.search("Communication", recipient=f"Organization/{organisation_id}", category="alert")
    return [from_communication(one) for one in found]


def alerts_about(reader: Reader, review: Review) -> list[Alert]:
    """Return every alert that was raised about a review, answered or not, the newest first."""
    found = reader.search("Communication", category="alert", patient=f"Patient/{review.child_id}")
    ours = [one for one in map(from_communication, found) if one.review_id == review.id]
    return sorted(ours, key=lambda one: one.raised_at, reverse=True)


def open_alerts_of(reader: Reader, organisation_id: str) -> list[Alert]:
    """Return the alerts that an organisation owns and that nobody has acknowledged."""
    told, asked = f"Organization/{organisation_id}", {"category": "alert", "status": "in-progress"}
    found = [from_communication(one) for one in reader.search("Communication", recipient=told, **asked)]
    return [one for one in found if one.owner_id == organisation_id]


def open_alerts(reader: Reader, child_id: str = "") -> list[Alert]:
    """Return the alerts that nobody has acknowledged and nothing has closed; of one child if one is named."""
    of_whom: dict[str, Any] = {"patient": f"Patient/{child_id}"} if child_id else {}
    found = reader.search("Communication", category="alert", status="in-progress", **of_whom)
    return [from_communication(one) for one in found]


def alerts_among(reader: Reader, ids: Collection[str]) -> dict[str, Alert]:
    """Return those alerts of these ids that have been raised, by id."""
    found = reader.search("Communication", _id=list(ids)) if ids else ()
    return {one["id"]: from_communication(one) for one in found}


def keep_alert(write: Write, alert: Alert, *, falls_at: datetime) -> None:
    """Keep a new alert: that its owner is to be told from when the rung falls, and that they were told.

    The audit is the caller's.
    """
    request = write.create(to_communication_request(alert, falls_at=falls_at))
    write.create(to_communication(alert, based_on=request["id"]))


def keep_answered(write: Write, alert: Alert) -> None:
    """Keep who acknowledged an alert and what they did, or what has settled it."""
    communication = write.read("Communication", alert.id)
    asked = based_on(communication)
    write.update(to_communication(alert, based_on=asked), if_match=communication["meta"]["versionId"])
    if asked:
        request = write.read("CommunicationRequest", asked)
        write.update(answered(request, alert), if_match=request["meta"]["versionId"])


def keep_owner(write: Write, alert: Alert) -> None:
    """Keep that another organisation owns an open alert now; the audit is the caller's."""
    communication = write.read("Communication", alert.id)
    asked = based_on(communication)
    write.update(to_communication(alert, based_on=asked), if_match=communication["meta"]["versionId"])
    if asked:
        request = write.read("CommunicationRequest", asked)
        write.update(request | said(alert), if_match=request["meta"]["versionId"])


def _soonest_first(tasks: list[dict]) -> list[Review]:
    return sorted((from_review_task(task) for task in tasks), key=lambda one: (one.due, one.discharged_at))
