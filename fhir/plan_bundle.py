"""One copy of a plan as a FHIR collection bundle: what `export` writes and `pdf` reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fhir.care_plan import best_id_in, from_care_plan
from fhir.codes import COPY, DEMO_DATA, OWN, PLAN_SERIES
from fhir.intake.errors import IntakeError
from fhir.intake.shape import check_shape
from fhir.organization import from_organization
from fhir.patient import from_patient
from fhir.security_label import is_restricted
from plans.content import Copy, People
from plans.errors import PuffinError
from plans.places import OrganisationKind
from plans.plan import Plan


class NotAPlanBundle(PuffinError):
    """A file that is no bundle of ours, or lacks something a plan cannot be read without."""

    def __init__(self) -> None:
        super().__init__("This file holds no plan that can be read. Use a file that `export` wrote.")


@dataclass(frozen=True)
class PlanBundle:
    """A plan read from a bundle: its people, which copy it is, and whether everybody in it is invented."""

    plan: Plan
    people: People
    copy: Copy
    is_demo: bool


def to_bundle(resources: Sequence[dict], copy: Copy, *, at: datetime, is_demo: bool) -> dict:
    """Return the collection bundle of one copy; the resources are already what its readers may see.

    What is labelled as restricted is in the record's copy alone, whoever hands it over. A reference to what
    the copy does not hold is a whole address: it leads out of the bundle.
    """
    seen = [one for one in resources if copy is Copy.RECORD or not is_restricted(one)]
    here = {_name(one) for one in seen}
    tags = [{"system": COPY, "code": copy}, *([DEMO_DATA] if is_demo else [])]
    return {
        "resourceType": "Bundle",
        "meta": {"tag": tags},
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": [
            {"fullUrl": OWN + _name(one), "resource": _pointing_out(_without_version(one), here)}
            for one in seen
        ],
    }


def from_bundle(bundle: dict) -> PlanBundle:
    """Return the plan that a bundle of ours holds; raises NotAPlanBundle."""
    try:
        return _read(bundle)
    except (IntakeError, LookupError, TypeError, ValueError, AttributeError, StopIteration, RuntimeError):
        raise NotAPlanBundle from None


def _read(bundle: dict) -> PlanBundle:
    resources = [entry["resource"] for entry in bundle["entry"]]
    for number, resource in enumerate(resources, start=1):
        check_shape(resource, f"Entry {number}")
    of = {kind: [r for r in resources if r["resourceType"] == kind] for kind in KINDS}
    (care_plan,) = (one for one in of["CarePlan"] if _is_ours(one))
    best = best_id_in(care_plan)
    plan = from_care_plan(
        care_plan,
        [one for one in of["MedicationRequest"] if one["intent"] == "plan"],
        next((one for one in of["Observation"] if one["id"] == best), None),
    )
    child = from_patient(next(one for one in of["Patient"] if one["id"] == plan.child_id))
    places = [from_organization(one) for one in of["Organization"]]
    tags = {tag["system"]: tag["code"] for tag in bundle["meta"]["tag"]}
    people = People(
        child=child,
        practice=next((one for one in places if one.id == child.practice_id), None),
        author=plan.author,
        school=next((one for one in places if one.kind is OrganisationKind.SCHOOL), None),
    )
    return PlanBundle(plan, people, Copy(tags[COPY]), DEMO_DATA["system"] in tags)


KINDS = ("CarePlan", "MedicationRequest", "Observation", "Patient", "Organization")


def _is_ours(care_plan: dict) -> bool:
    return any(one.get("system") == PLAN_SERIES for one in care_plan.get("identifier", ()))


def _name(resource: dict) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _pointing_out(element: Any, here: Collection[str]) -> Any:
    match element:
        case {"reference": str() as reference, **rest} if reference not in here and ":" not in reference:
            return {"reference": OWN + reference} | rest
        case dict():
            return {name: _pointing_out(value, here) for name, value in element.items()}
        case list():
            return [_pointing_out(item, here) for item in element]
    return element


def _without_version(resource: dict) -> dict:
    """Return the resource without what only our own store means by `meta`; profile and labels stay."""
    said = {"profile", "security", "tag"}
    meta = {key: value for key, value in resource.get("meta", {}).items() if key in said}
    bare = {key: value for key, value in resource.items() if key != "meta"}
    return bare | ({"meta": meta} if meta else {})
