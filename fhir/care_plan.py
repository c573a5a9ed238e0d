"""A signed plan as a CarePlan, and back.

What FHIR has an element for is kept there; the rest of what a clinician entered is the extension
`plan-details`. `from_care_plan(to_care_plan(plan), ...) == plan`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fhir.codes import (
    ASTHMA_PLAN,
    PLAN_SERIES,
    REGIMEN,
    extension,
    extension_value,
    id_in,
    profile,
    reference,
)
from fhir.dosage_reading import attack_in, worse_in
from fhir.medication import from_medication_requests, slot_of
from fhir.peak_flow import best_in, observation_id
from fhir.plan_details import details_of, read_details, read_peak_flow
from plans.people import Professional
from plans.plan import Plan, Regimen, Status

STATUS = {Status.SIGNED: "active", Status.REPLACED: "revoked", Status.WITHDRAWN: "revoked"}
REGIMEN_VERSION = "1"


@dataclass(frozen=True)
class Around:
    """What a signed plan leads to, as ids; "" and () where there is none.

    `zones` are its RequestGroups in order and `reviews` the open reviews after hospital (Tasks), `encounter`
    the stay after which it was signed, `condition` the child's asthma as the GP record has it. A plan holds
    no goal: nobody enters one.
    """

    zones: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    condition: str = ""
    care_team: str = ""
    encounter: str = ""


NOTHING_AROUND = Around()


def to_care_plan(plan: Plan, *, narrative: str, around: Around = NOTHING_AROUND) -> dict:
    """Return the CarePlan of a signed plan, with the whole plan as an XHTML div; drafts have none."""
    if plan.author is None or plan.signed_at is None or plan.regimen is None or plan.review_by is None:
        raise ValueError("only a signed plan is kept as a CarePlan")
    care_plan: dict = {
        "resourceType": "CarePlan",
        "id": plan.id,
        "meta": profile("CarePlan"),
        "language": "en",
        "text": {"status": "generated", "div": narrative},
        "extension": [details_of(plan)],
        "identifier": [{"system": PLAN_SERIES, "value": plan.child_id}],
        "instantiatesUri": [f"{REGIMEN}{plan.regimen}|{REGIMEN_VERSION}"],
        "status": STATUS[plan.status],
        "intent": "plan",
        "category": [ASTHMA_PLAN],
        "title": "Asthma action plan",
        "subject": reference("Patient", plan.child_id),
        "period": {"start": plan.signed_at.date().isoformat(), "end": plan.review_by.isoformat()},
        "created": plan.signed_at.isoformat(),
        "author": _author(plan.author),
        "contributor": [reference("Organization", plan.author.organisation_id)],
    }
    return care_plan | _says(plan) | _leads_to(around)


def from_care_plan(care_plan: dict, requests: Iterable[dict], best: dict | None) -> Plan:
    """Return the plan; `requests` are its MedicationRequests, `best` its peak flow Observation if any."""
    requests = list(requests)
    details = care_plan["extension"][0]
    worse_puffs, worse_hours = worse_in(requests)
    return Plan(
        id=care_plan["id"],
        child_id=id_in(care_plan["subject"]),
        regimen=Regimen(care_plan["instantiatesUri"][0].removeprefix(REGIMEN).partition("|")[0]),
        medicines=from_medication_requests(requests),
        worse_puffs=worse_puffs,
        worse_hours=worse_hours,
        attack_steps=attack_in((slot_of(request), request) for request in requests),
        peak_flow=read_peak_flow(details, best_in(best) if best else None),
        child_words=next((note["text"] for note in care_plan.get("note", ())), ""),
        review_by=date.fromisoformat(care_plan["period"]["end"]),
        author=_professional(care_plan),
        signed_at=datetime.fromisoformat(care_plan["created"]),
        replaces=id_in(next(iter(care_plan.get("replaces", ())), None)),
        **read_details(details),
    )


def around_in(care_plan: dict) -> Around:
    """Return what a CarePlan leads to; an older one leads to less."""
    activity = [one.get("reference") for one in care_plan.get("activity", ())]
    return Around(
        zones=_ids_of("RequestGroup", activity),
        reviews=_ids_of("Task", activity),
        condition=next(iter(_ids_of("Condition", care_plan.get("addresses", ()))), ""),
        care_team=next(iter(_ids_of("CareTeam", care_plan.get("careTeam", ()))), ""),
        encounter=id_in(care_plan.get("encounter")),
    )


def best_id_in(care_plan: dict) -> str:
    """Return the id of the best peak flow that a plan rests on, "" if it rests on symptoms."""
    return next(iter(_ids_of("Observation", care_plan.get("supportingInfo", ()))), "")


def _ids_of(kind: str, references: Iterable[dict | None]) -> tuple[str, ...]:
    named = (one for one in references if one and f"{kind}/" in one.get("reference", ""))
    return tuple(id_in(one) for one in named)


def _says(plan: Plan) -> dict:
    elements: dict = {}
    if plan.replaces:
        elements["replaces"] = [reference("CarePlan", plan.replaces)]
    if plan.peak_flow and plan.peak_flow.best is not None:
        elements["supportingInfo"] = [reference("Observation", observation_id(plan))]
    if plan.child_words:
        child = reference("Patient", plan.child_id)
        elements["note"] = [{"authorReference": child, "text": plan.child_words}]
    return elements


def _leads_to(around: Around) -> dict:
    elements: dict = {}
    if around.encounter:
        elements["encounter"] = reference("Encounter", around.encounter)
    if around.care_team:
        elements["careTeam"] = [reference("CareTeam", around.care_team)]
    if around.condition:
        elements["addresses"] = [reference("Condition", around.condition)]
    # Each activity is a reference alone: FHIR allows no detail beside it (cpl-3).
    activity = [
        *(reference("RequestGroup", id) for id in around.zones),
        *(reference("Task", id) for id in around.reviews),
    ]
    if activity:
        elements["activity"] = [{"reference": one} for one in activity]
    return elements


def _author(author: Professional) -> dict:
    job = {"url": extension("job-title"), "valueString": author.job}
    return reference("Practitioner", author.id, author.name) | {"extension": [job]}


def _professional(care_plan: dict) -> Professional:
    author = care_plan["author"]
    return Professional(
        id=id_in(author),
        name=author["display"],
        job=str(extension_value(author, "job-title", "valueString")),
        organisation_id=id_in(care_plan["contributor"][0]),
    )
