"""The concerns about children in the store, and the alerts by which teams were told of them."""

from collections.abc import Iterable
from datetime import datetime

from fhir.codes import CONCERN_RAISED_AT, TASK_CODE, TEAM_TASK, id_in, is_coded
from fhir.communication import from_communication
from fhir.concern import CODE, from_concern_task, to_concern_task
from fhir.kept_reviews import keep_alert
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.sight import Sight
from fhir.store.tables import next_looks
from fhir.team_task import CODE as TEAM_TASK_CODE
from plans.alert import Alert
from plans.concern import Concern
from plans.team_task import TaskKind

OPEN = ["requested", "accepted"]
LOOK = "concern"  # its kind among what the worker looks at
CATEGORY = "concern"


def concern(reader: Reader, id: str) -> Concern:
    """Return a concern; raises ResourceNotFound, also for a Task of another kind."""
    task = reader.read("Task", id)
    if not is_coded(task.get("code"), TASK_CODE, CODE):
        raise ResourceNotFound
    return from_concern_task(task)


def is_kept(reader: Reader, id: str) -> bool:
    """Return whether there is a concern with this id."""
    return bool(reader.count("Task", _id=id, code=CODE))


def some_of(reader: Reader, ids: Iterable[str]) -> list[Concern]:
    """Return those concerns that have one of these ids."""
    wanted = sorted(set(ids))
    return _of(reader.search("Task", code=CODE, _id=wanted)) if wanted else []


def about(reader: Reader, child_id: str) -> list[Concern]:
    """Return every concern about a child, the newest first."""
    return _newest_first(_of(reader.search("Task", code=CODE, subject=f"Patient/{child_id}")))


def raised_by(reader: Reader, ref: str) -> list[Concern]:
    """Return every concern that somebody has raised."""
    return _of(reader.search("Task", code=CODE, requester=ref))


def raised_at(reader: Reader, *organisation_ids: str) -> list[Concern]:
    """Return every concern that was raised by somebody at one of these places."""
    places = [f"{CONCERN_RAISED_AT}|{id}" for id in organisation_ids]
    return _of(reader.search("Task", **{"code": CODE, "group-identifier": places})) if places else []


def open_in_sight(reader: Reader, sight: Sight) -> list[Concern]:
    """Return every open concern about the children in sight."""
    return _of(reader.search("Task", sight, code=CODE, status=OPEN))


def open_owned_by(reader: Reader, *organisation_ids: str) -> list[Concern]:
    """Return every open concern on which one of these teams must act now."""
    owners = [f"Organization/{id}" for id in organisation_ids]
    return _of(reader.search("Task", code=CODE, owner=owners, status=OPEN)) if owners else []


def ids_told(reader: Reader, *organisation_ids: str) -> set[str]:
    """Return the ids of the concerns of which one of these places was told."""
    places = [f"Organization/{id}" for id in organisation_ids]
    found = reader.search("Communication", category=CATEGORY, recipient=places) if places else ()
    return {id_in(one["about"][0]) for one in found}


def ids_to_look_at(reader: Reader) -> set[str]:
    """Return the ids of all open concerns, and of open tasks by which an older version kept concerns."""
    found = {task["id"] for task in reader.search("Task", code=CODE, status=OPEN)}
    tasks = reader.search("Task", code=TEAM_TASK_CODE, status="requested")
    return found | {one["id"] for one in tasks if is_coded(one["reasonCode"], TEAM_TASK, TaskKind.CONCERN)}


def alerts(reader: Reader, concern: Concern) -> list[Alert]:
    """Return each time that somebody was told of a concern, the first one first."""
    told = _alerts_about(reader, [concern.child_id])
    ours = (one for one in told if one.concern_id == concern.id)
    return sorted(ours, key=lambda one: (one.raised_at, one.rung))


def told_of(reader: Reader, some: Iterable[Concern]) -> dict[str, set[str]]:
    """Return the places (ids) that were told of each of these concerns, by its id, in one search."""
    found: dict[str, set[str]] = {}
    children = {}
    for one in some:
        found[one.id], children[one.child_id] = set(), True
    for alert in _alerts_about(reader, children) if children else ():
        if alert.concern_id in found:
            found[alert.concern_id] |= {alert.owner_id, *alert.told_ids}
    return found


def keep_told(write: Write, alert: Alert, *, falls_at: datetime) -> None:
    """Keep that somebody was told; the audit is the caller's."""
    keep_alert(write, alert, falls_at=falls_at)


def keep(write: Write, concern: Concern) -> None:
    """Keep a new concern, to be looked at by the worker at once; the audit is the caller's."""
    write.create(to_concern_task(concern))
    next_looks.put_at_once(write, LOOK, concern.id)


def keep_changed(write: Write, concern: Concern) -> None:
    """Keep a concern with what has happened since; the worker looks at it anew. The audit is the caller's."""
    keep_owner(write, concern)
    next_looks.put_at_once(write, LOOK, concern.id)


def keep_owner(write: Write, concern: Concern) -> None:
    """Keep which team must act on a concern now."""
    task = write.read("Task", concern.id)
    write.update(to_concern_task(concern), if_match=task["meta"]["versionId"])


def _alerts_about(reader: Reader, child_ids: Iterable[str]) -> list[Alert]:
    whose = [f"Patient/{id}" for id in child_ids]
    return [
        from_communication(one) for one in reader.search("Communication", category=CATEGORY, subject=whose)
    ]


def _of(tasks: Iterable[dict]) -> list[Concern]:
    return [from_concern_task(task) for task in tasks]


def _newest_first(found: list[Concern]) -> list[Concern]:
    return sorted(found, key=lambda one: (one.raised_at, one.id), reverse=True)
