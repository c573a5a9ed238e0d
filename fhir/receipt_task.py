"""What a recipient is asked for each version of a plan: say that you have read it. A Task."""

from datetime import datetime

from fhir.codes import TASK_CODE, concept, profile, reference
from fhir.consent import KIND
from plans.sharing import Share

CODE = "acknowledge-plan"


def to_receipt_task(share: Share, version: str, *, id: str, at: datetime) -> dict:
    """Return the Task that asks the reader of a share to acknowledge one version of the plan.

    `version` is the reference to it: "CarePlan/.../_history/1".
    """
    return {
        "resourceType": "Task",
        "id": id,
        "meta": profile("Task"),
        "status": "requested",
        "intent": "order",
        "code": concept(TASK_CODE, CODE, "Read this version of the plan and say so"),
        "focus": {"reference": version},
        "for": reference("Patient", share.child_id),
        "authoredOn": at.isoformat(),
        "owner": reference(KIND[share.reader], share.reader_id, share.reader_name),
    }


def acknowledged(task: dict, *, by: str, at: datetime) -> dict:
    """Return the Task as done: `by` is who read it, as a reference, `at` when."""
    return task | {
        "status": "completed",
        "lastModified": at.isoformat(),
        "note": [{"authorReference": {"reference": by}, "time": at.isoformat(), "text": "Read"}],
    }
