"""A task of a team as a FHIR Task, and back."""

from datetime import datetime

from fhir.codes import TASK_CODE, TEAM_TASK, concept, id_in, profile, reference
from fhir.security_label import restricted
from plans.team_task import KINDS, Attempt, TaskKind, TeamTask

CODE = "team-task"
SYSTEM = "system"
DONE, SETTLED, TRIED = "Done", "Settled", "Not reached yet"
# What no family and no school reads, in whichever inbox it stands.
RESTRICTED = frozenset(
    {TaskKind.CONCERN, TaskKind.HIDDEN_NOTE, TaskKind.ACCESS_IN_EMERGENCY, TaskKind.WEEKEND_CHECK}
)


def to_team_task(task: TeamTask) -> dict:
    """Return the UK Core Task: requested while open, then completed, or cancelled as it was needless."""
    resource: dict = {
        "resourceType": "Task",
        "id": task.id,
        "meta": restricted(profile("Task")) if task.kind in RESTRICTED else profile("Task"),
        "status": _status(task),
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Do what the reason says"),
        "reasonCode": concept(TEAM_TASK, task.kind, KINDS[task.kind].title),
        "authoredOn": task.raised_at.isoformat(),
        "owner": reference("Organization", task.owner_id),
        "restriction": {"period": {"start": task.raised_at.isoformat(), "end": task.due_at.isoformat()}},
    }
    if task.child_id:
        resource["for"] = reference("Patient", task.child_id)
    if task.about:
        resource["focus"] = {"reference": task.about}
    if task.raised_by != SYSTEM:
        resource["requester"] = {"reference": task.raised_by}
    if task.words:
        resource["description"] = task.words
    if task.answer:
        resource["output"] = [{"type": {"text": "Answer"}, "valueString": task.answer}]
    notes = [_attempt(one) for one in task.attempts]
    if task.done_at:
        resource["lastModified"] = task.done_at.isoformat()
        notes.append({"authorString": task.done_by, "text": SETTLED if task.is_settled else DONE})
    if notes:
        resource["note"] = notes
    return resource


def from_team_task(resource: dict) -> TeamTask:
    """Return the task with its answer, if it has one, and with each attempt that reached nobody."""
    period, notes = resource["restriction"]["period"], resource.get("note", ())
    note: dict = next((one for one in notes if "time" not in one), {})
    return TeamTask(
        id=resource["id"],
        kind=TaskKind(resource["reasonCode"]["coding"][0]["code"]),
        owner_id=id_in(resource["owner"]),
        raised_by=resource.get("requester", {}).get("reference", SYSTEM),
        raised_at=datetime.fromisoformat(period["start"]),
        due_at=datetime.fromisoformat(period["end"]),
        child_id=id_in(resource.get("for")),
        about=resource.get("focus", {}).get("reference", ""),
        words=resource.get("description", ""),
        answer=next((one["valueString"] for one in resource.get("output", ())), ""),
        done_by=note.get("authorString", ""),
        done_at=datetime.fromisoformat(resource["lastModified"]) if note else None,
        is_settled=resource["status"] == "cancelled",
        attempts=tuple(_from_attempt(one) for one in notes if "time" in one),
    )


def _attempt(one: Attempt) -> dict:
    """Return the note of an attempt: it has a time, which the note of who did the task has not."""
    return {"id": one.id, "authorString": one.by, "time": one.at.isoformat(), "text": one.words or TRIED}


def _from_attempt(note: dict) -> Attempt:
    words = note["text"] if note["text"] != TRIED else ""
    return Attempt(note["id"], note["authorString"], datetime.fromisoformat(note["time"]), words)


def _status(task: TeamTask) -> str:
    if task.is_settled:
        return "cancelled"
    return "requested" if task.is_open else "completed"
