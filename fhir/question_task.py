"""A question about a discharge as a Task of whoever must answer it, and back."""

from datetime import datetime

from fhir.codes import QUESTION, TASK_CODE, concept, id_in, profile, reference
from fhir.security_label import restricted
from plans.discharge_questions import Asked

CODE = "discharge-question"


def to_question_task(asked: Asked) -> dict:
    """Return the UK Core Task: requested while it is open, completed with its answer, or cancelled."""
    task: dict = {
        "resourceType": "Task",
        "id": asked.id,
        "meta": restricted(profile("Task")),
        "status": _status(asked),
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Answer a question about a discharge"),
        "reasonCode": concept(QUESTION, asked.code, asked.question.sentence),
        "for": reference("Patient", asked.child_id),
        "encounter": reference("Encounter", asked.encounter_id),
        "authoredOn": asked.asked_at.isoformat(),
        "owner": reference("Organization", asked.owner_id),
        "restriction": {"period": {"start": asked.asked_at.isoformat(), "end": asked.due_at.isoformat()}},
    }
    if asked.answer:
        task["output"] = [{"type": {"text": "Answer"}, "valueString": asked.answer}]
    if asked.answered_at:
        task["lastModified"] = asked.answered_at.isoformat()
        task["note"] = [{"authorString": asked.answered_by, "text": "Answered"}]
    return task


def from_question_task(task: dict) -> Asked:
    """Return the question with its answer, if it has one."""
    period = task["restriction"]["period"]
    note: dict = next(iter(task.get("note", ())), {})
    return Asked(
        id=task["id"],
        code=task["reasonCode"]["coding"][0]["code"],
        child_id=id_in(task["for"]),
        encounter_id=id_in(task["encounter"]),
        owner_id=id_in(task["owner"]),
        asked_at=datetime.fromisoformat(period["start"]),
        due_at=datetime.fromisoformat(period["end"]),
        answer=next((one["valueString"] for one in task.get("output", ())), ""),
        answered_by=note.get("authorString", ""),
        answered_at=datetime.fromisoformat(task["lastModified"]) if note else None,
        is_cancelled=task["status"] == "cancelled",
    )


def _status(asked: Asked) -> str:
    if asked.is_cancelled:
        return "cancelled"
    return "completed" if asked.answer else "requested"
