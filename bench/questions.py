"""What is asked of the store and timed: a table. Each question is asked as the GP practice of its child."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.fill import NOW, Known
from fhir.codes import TASK_CODE
from fhir.record import Record
from fhir.review_task import CODE as REVIEW
from fhir.sights import SIGHT_OF
from fhir.store import Store
from plans.places import Role

GP = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"
TWENTY = 20


@dataclass(frozen=True)
class Gp:
    """Whoever looks."""

    organisation_id: str
    role: Role = Role.CLINICIAN
    ref: str = GP


Question = Callable[[Store, Known], object]


def read_child(store: Store, of: Known) -> object:
    """Read a child through the access of a practice, with its audit entry."""
    return Record(store, Gp(of.practice_id), lambda: NOW).child(of.id)


def read_text(store: Store, of: Known) -> object:
    """Read the text of a plan: no access, no audit."""
    return store.read_text("CarePlan", of.plan_id)


def by_nhs_number(store: Store, of: Known) -> object:
    return _seen(store, of, "Patient", identifier=of.nhs_number)


def by_name_and_birth_date(store: Store, of: Known) -> object:
    return _seen(store, of, "Patient", family=of.family, birthdate=of.born)


def plans_of_a_child(store: Store, of: Known) -> object:
    return _seen(store, of, "CarePlan", subject=f"Patient/{of.id}")


def overdue_tasks(store: Store, of: Known) -> object:
    return _seen(
        store,
        of,
        "Task",
        code=f"{TASK_CODE}|{REVIEW}",
        owner=f"Organization/{of.practice_id}",
        status=["requested", "accepted"],
        due=f"lt{NOW.date().isoformat()}",
        _sort="due",
    )


def history(store: Store, of: Known) -> object:
    found = store.history("CarePlan", of.plan_id)
    _audit(store, of, "read the versions")
    return found


def change(store: Store, of: Known) -> object:
    """Read a child and keep the next version of it, on condition that nobody did so in between."""
    with store.write(by=GP, at=NOW) as write:
        now = write.read("Patient", of.id)
        kept = write.update(now, if_match=now["meta"]["versionId"])
        write.audit("U", f"Patient/{of.id}", f"Patient/{of.id}", "change")
    return kept


def transaction(store: Store, of: Known) -> object:
    """Keep twenty peak flows in one transaction Bundle."""
    entry = {"request": {"method": "POST", "url": "Observation"}, "resource": _peak_flow(of)}
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry] * TWENTY}
    with store.write(by=GP, at=NOW) as write:
        answer = write.transaction(bundle)
        write.audit("C", f"Patient/{of.id}", f"Patient/{of.id}", "keep peak flows")
    return answer


QUESTIONS: Mapping[str, Question] = {
    "Read a child": read_child,
    "Read a plan's text, without access or audit": read_text,
    "Search by NHS number": by_nhs_number,
    "Search by family name and birth date": by_name_and_birth_date,
    "Plans of a child": plans_of_a_child,
    "Overdue reviews of a practice": overdue_tasks,
    "History of a plan": history,
    "Read and change on condition": change,
    "Transaction of 20": transaction,
}


def _seen(store: Store, of: Known, kind: str, **asked: object) -> list[dict]:
    sight = SIGHT_OF[Role.CLINICIAN](f"Organization/{of.practice_id}", NOW)
    page = store.page(kind, sight, **asked)
    _audit(store, of, "search")
    found = [json.loads(text) for text in page.matches]
    if not found:
        raise ValueError(f"{kind} {sorted(asked)}: nothing found")
    return found


def _audit(store: Store, of: Known, detail: str) -> None:
    with store.write_beside(by=GP, at=NOW) as write:
        write.audit("R", f"CarePlan/{of.plan_id}", f"Patient/{of.id}", detail)


def _peak_flow(of: Known) -> dict:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "251936000"}]},
        "subject": {"reference": f"Patient/{of.id}"},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {
            "value": 240,
            "unit": "L/min",
            "system": "http://unitsofmeasure.org",
            "code": "L/min",
        },
    }
