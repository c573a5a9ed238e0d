"""A receipt as a FHIR Task, and back: who is asked to read a version of a plan, and what they did."""

from datetime import datetime

from fhir.codes import RECEIPT_TOLD, TASK_CODE, concept, id_in, profile, reference
from plans.receipts import Act, Receipt, Told

CODE = "acknowledge-plan"
OPENED, READ = "Opened", "Read"
TOLD_WORDS = {
    Told.NOBODY: "Nobody has been told that it is late",
    Told.LEAD: "The lead of the reader's team has been told that it is late",
    Told.SHARER: "Whoever shared the plan has been told that it is late",
}


def to_receipt_task(receipt: Receipt) -> dict:
    """Return the Task: requested, then received once opened, completed once acknowledged; or cancelled."""
    kind, _, id = receipt.reader.partition("/")
    resource: dict = {
        "resourceType": "Task",
        "id": receipt.id,
        "meta": profile("Task"),
        "status": _status(receipt),
        "businessStatus": concept(RECEIPT_TOLD, receipt.told, TOLD_WORDS[receipt.told]),
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Read this version of the plan and say so"),
        "focus": {"reference": receipt.version},
        "for": reference("Patient", receipt.child_id),
        "authoredOn": receipt.asked_at.isoformat(),
        "owner": reference(kind, id, receipt.reader_name),
    }
    if period := _period(receipt):
        resource["executionPeriod"] = period
    if receipt.ended_at:
        resource["statusReason"] = {"text": receipt.ended}
    if last := _last(receipt):
        resource["lastModified"] = last.isoformat()
    if notes := [*_note(receipt.opened, OPENED), *_note(receipt.acknowledged, READ)]:
        resource["note"] = notes
    if receipt.questions:
        resource["output"] = [
            {"type": {"text": "Question"}, "valueReference": reference("Task", id)}
            for id in receipt.questions
        ]
    return resource


def from_receipt_task(task: dict) -> Receipt:
    """Return the receipt; an earlier version of this program kept neither the opening nor who was told."""
    notes = {one["text"]: one for one in task.get("note", ())}
    is_ended = task["status"] == "cancelled"
    return Receipt(
        id=task["id"],
        child_id=id_in(task["for"]),
        version=task["focus"]["reference"],
        reader=task["owner"]["reference"],
        reader_name=task["owner"].get("display", ""),
        asked_at=datetime.fromisoformat(task["authoredOn"]),
        opened=_act(notes.get(OPENED)),
        acknowledged=_act(notes.get(READ)),
        questions=tuple(id_in(one["valueReference"]) for one in task.get("output", ())),
        told=Told(task["businessStatus"]["coding"][0]["code"]) if "businessStatus" in task else Told.NOBODY,
        ended=task["statusReason"]["text"] if is_ended else "",
        ended_at=datetime.fromisoformat(task["lastModified"]) if is_ended else None,
    )


def _status(receipt: Receipt) -> str:
    if receipt.ended_at:
        return "cancelled"
    if receipt.acknowledged:
        return "completed"
    return "received" if receipt.opened else "requested"


def _period(receipt: Receipt) -> dict[str, str]:
    ends = {"start": receipt.opened, "end": receipt.acknowledged}
    return {end: act.at.isoformat() for end, act in ends.items() if act}


def _last(receipt: Receipt) -> datetime | None:
    if receipt.ended_at:
        return receipt.ended_at
    last = receipt.acknowledged or receipt.opened
    return last.at if last else None


def _note(act: Act | None, text: str) -> list[dict]:
    return (
        [{"authorReference": {"reference": act.by}, "time": act.at.isoformat(), "text": text}] if act else []
    )


def _act(note: dict | None) -> Act | None:
    if note is None:
        return None
    return Act(note["authorReference"]["reference"], datetime.fromisoformat(note["time"]))
