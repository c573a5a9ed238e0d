"""A death that was said as a Task to confirm it, and back. No family and no school has it."""

from datetime import date, datetime

from fhir.codes import TASK_CODE, concept, id_in, profile, reference
from fhir.security_label import restricted
from plans.death import Death, State

CODE = "confirm-death"
STATUS = {
    State.SAID: "requested",
    State.CONFIRMED: "completed",
    State.WITHDRAWN: "entered-in-error",
}
DIED_ON, TOLD_BY = "Died on", "Told by"
BY = {"confirmed": "Confirmed by", "withdrawn": "Withdrawn by"}
AT = {"confirmed": "Confirmed at", "withdrawn": "Withdrawn at"}


def to_death_task(death: Death) -> dict:
    """Return the UK Core Task: requested until a second person confirms it, or it is withdrawn."""
    task: dict = {
        "resourceType": "Task",
        "id": death.id,
        "meta": restricted(profile("Task")),
        "status": STATUS[death.state],
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Confirm, as a second person, that a child has died"),
        "for": reference("Patient", death.child_id),
        "authoredOn": death.said_at.isoformat(),
        "requester": {"reference": death.said_by},
        "input": [
            _part(DIED_ON, valueDate=death.died_on.isoformat()),
            _part(TOLD_BY, valueString=death.told_by),
        ],
    }
    if death.reason:
        task["statusReason"] = {"text": death.reason}
    output = [
        *_who("confirmed", death.confirmed_by, death.confirmed_at),
        *_who("withdrawn", death.withdrawn_by, death.withdrawn_at),
    ]
    return task | ({"output": output} if output else {})


def from_death_task(task: dict) -> Death:
    """Return the death that a Task of ours says."""
    said = {one["type"]["text"]: one for one in (*task["input"], *task.get("output", ()))}
    return Death(
        id=task["id"],
        child_id=id_in(task["for"]),
        died_on=date.fromisoformat(said[DIED_ON]["valueDate"]),
        told_by=said[TOLD_BY]["valueString"],
        said_by=task["requester"]["reference"],
        said_at=datetime.fromisoformat(task["authoredOn"]),
        confirmed_by=_by(said, "confirmed"),
        confirmed_at=_at(said, "confirmed"),
        withdrawn_by=_by(said, "withdrawn"),
        withdrawn_at=_at(said, "withdrawn"),
        reason=task.get("statusReason", {}).get("text", ""),
    )


def _part(what: str, **value: object) -> dict:
    return {"type": {"text": what}, **value}


def _who(did: str, by: str, at: datetime | None) -> list[dict]:
    if at is None:
        return []
    return [
        _part(BY[did], valueReference={"reference": by}),
        _part(AT[did], valueDateTime=at.isoformat()),
    ]


def _by(said: dict[str, dict], did: str) -> str:
    return str(said[BY[did]]["valueReference"]["reference"]) if BY[did] in said else ""


def _at(said: dict[str, dict], did: str) -> datetime | None:
    return datetime.fromisoformat(said[AT[did]]["valueDateTime"]) if AT[did] in said else None
