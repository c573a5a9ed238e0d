"""What a named person decided for a child before a weekend or a holiday, as a Task that is done, and back."""

from datetime import date, datetime

from fhir.codes import TASK_CODE, concept, extension, id_in, profile, reference
from fhir.security_label import restricted
from plans.weekend import Decision, Way

CODE = "weekend-decision"


def to_weekend_task(decision: Decision) -> dict:
    """Return the UK Core Task, for professionals alone: who decided, when, and what, until which day."""
    return {
        "resourceType": "Task",
        "id": decision.id,
        "meta": restricted(profile("Task")),
        "extension": [{"url": extension("back-on"), "valueDate": decision.back_on.isoformat()}],
        "status": "completed",
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Decide who looks after the child until people work again"),
        "focus": {"reference": decision.about},
        "for": reference("Patient", decision.child_id),
        "authoredOn": decision.at.isoformat(),
        "requester": {"reference": decision.by},
        "owner": reference("Organization", decision.organisation_id),
        "output": [{"type": {"text": way}, "valueString": words} for way, words in decision.ways.items()],
    }


def from_weekend_task(task: dict) -> Decision:
    """Return the decision."""
    (until,) = (one["valueDate"] for one in task["extension"] if one["url"] == extension("back-on"))
    return Decision(
        id=task["id"],
        child_id=id_in(task["for"]),
        about=task["focus"]["reference"],
        by=task["requester"]["reference"],
        organisation_id=id_in(task["owner"]),
        at=datetime.fromisoformat(task["authoredOn"]),
        back_on=date.fromisoformat(until),
        ways={Way(one["type"]["text"]): one["valueString"] for one in task["output"]},
    )
