"""The signed plans in the store: read as plans, kept and ended with all that belongs to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fhir import kept_circle, kept_conditions, kept_reviews
from fhir.care_plan import STATUS, Around, around_in, best_id_in, from_care_plan, to_care_plan
from fhir.care_team import team_id
from fhir.codes import ASTHMA_PLAN, PLAN_SERIES, id_in
from fhir.medication import request_id, to_medication_requests
from fhir.peak_flow import to_observation
from fhir.plan_details import details_of, for_lists
from fhir.products import printed
from fhir.provenance import Withdrawal, from_withdrawal, to_provenance, to_withdrawal, withdrawal_id
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.sight import Sight
from fhir.zones import ZoneWords, to_zones, zone_id
from plans.errors import PlanNotFound, PuffinError
from plans.people import Professional
from plans.plan import Plan, Slot


class SignedPlanNeverChanges(PuffinError):
    """A signed plan was to be kept again with other words or doses."""

    def __init__(self) -> None:
        super().__init__("A signed plan never changes. Write a new version of it instead.")


@dataclass(frozen=True)
class LivePlan:
    """What a list says of a live plan.

    `emergency_consent` is what it says of the school's emergency inhaler, None where nobody asked.
    """

    id: str
    version: int
    review_by: date
    emergency_consent: bool | None


ENDED = {"MedicationRequest": "stopped", "RequestGroup": "revoked", "CommunicationRequest": "revoked"}


def plan(reader: Reader, id: str) -> Plan:
    """Return a plan by the id of its CarePlan; raises PlanNotFound."""
    return from_care_plan(*_parts(reader, care_plan(reader, id)))


def care_plan(reader: Reader, id: str) -> dict:
    """Return the CarePlan itself, as kept; raises PlanNotFound, also for one that is not ours."""
    try:
        found = reader.read("CarePlan", id)
    except ResourceNotFound:
        raise PlanNotFound from None
    if not _is_ours(found):
        raise PlanNotFound
    return found


def plans_of(reader: Reader, child_id: str) -> tuple[Plan, ...]:
    """Return every plan that was ever signed for a child, newest version first."""
    found = reader.search("CarePlan", identifier=f"{PLAN_SERIES}|{child_id}")
    plans = (from_care_plan(*_parts(reader, one)) for one in found)
    return tuple(sorted(plans, key=lambda one: one.version, reverse=True))


def review_days(reader: Reader, sight: Sight) -> dict[str, date]:
    """Return by when each live plan of ours within sight is reviewed, by the child's id; no plan is read."""
    coding = ASTHMA_PLAN["coding"][0]
    ours = f"{coding['system']}|{coding['code']}"
    ends = reader.values("CarePlan", "date", sight, status="active", category=ours)
    return {one.child: date.fromisoformat(one.text[:10]) for one in ends}


def live_plans(reader: Reader, sight: Sight, *of: str) -> dict[str, LivePlan]:
    """Return what a list says of each live plan of ours within sight, by the child's id; of some if named."""
    whose = {"subject": [f"Patient/{id}" for id in of]} if of else {}
    found = reader.search("CarePlan", sight, status="active", **whose)
    return {id_in(one["subject"]): _live_plan(one) for one in found if _is_ours(one)}


def live_plan(reader: Reader, child_id: str) -> Plan | None:
    """Return the one plan that is to be followed now, None if there is none."""
    found = reader.search("CarePlan", identifier=f"{PLAN_SERIES}|{child_id}", status="active")
    return from_care_plan(*_parts(reader, found[0])) if found else None


def signed_at(reader: Reader, child_id: str) -> str:
    """Return the id of the place where the live plan was signed, "" without one."""
    live = live_plan(reader, child_id)
    return live.place_id if live else ""


def signed_resources(reader: Reader, id: str) -> list[dict]:
    """Return the CarePlan and all that was signed with it, the CarePlan first; it never says otherwise."""
    whole, requests, best = _parts(reader, care_plan(reader, id))
    zones = [reader.read("RequestGroup", zone) for zone in around_in(whole).zones]
    words = [reader.read("CommunicationRequest", id) for id in _words_in(zones)]
    signature = reader.search("Provenance", target=f"CarePlan/{id}")
    return [whole, *requests, *([best] if best else []), *zones, *words, *signature]


def resources_of(reader: Reader, id: str) -> list[dict]:
    """Return what a record copy holds of a plan: what was signed, and what it leads to as that stands now.

    That is the circle, the stay after which it was signed and the reviews that were open then. It names
    people at home, so no copy for a family or a school is made of it.
    """
    signed = signed_resources(reader, id)
    return [*signed, *_around(reader, around_in(signed[0]))]


def version_of(reader: Reader, id: str) -> str:
    """Return the reference to a plan as it stands now, with its version; raises PlanNotFound."""
    return f"CarePlan/{id}/_history/{care_plan(reader, id)['meta']['versionId']}"


def keep(
    write: Write,
    plan: Plan,
    *,
    narrative: str,
    words: Sequence[ZoneWords],
    most_at_once: int | None = None,
) -> None:
    """Keep a signed plan with its medicines, zones, peak flow and signature, and the circle around it.

    `most_at_once` is the maximum of the standard steps that it prints for the one inhaler of MART or AIR.
    The audit is the caller's.
    """
    zones = tuple(zone_id(plan, zone.code) for zone in words)
    observation = to_observation(plan)
    resources = [
        *to_medication_requests(plan, printed, most_at_once=most_at_once),
        *([observation] if observation else []),
        *to_zones(plan, words),
        to_care_plan(plan, narrative=narrative, around=_found_around(write, plan, zones)),
        to_provenance(plan),
    ]
    kept_circle.keep(write, plan.child_id, signer=plan.author)
    for resource in resources:
        write.create(resource)


def end(write: Write, plan: Plan) -> None:
    """Keep that a plan was replaced or withdrawn; what it said stays as it was signed.

    Raises SignedPlanNeverChanges for a plan that says anything else than the one that is kept.
    """
    kept = from_care_plan(*_parts(write, care_plan(write, plan.id)))
    if replace(plan, status=kept.status, ended_at=kept.ended_at) != kept:
        raise SignedPlanNeverChanges
    for resource in signed_resources(write, plan.id):
        kind = resource["resourceType"]
        if kind == "CarePlan":
            changed = resource | {"status": STATUS[plan.status], "extension": [details_of(plan)]}
        elif kind in ENDED:
            changed = resource | {"status": ENDED[kind]}
        else:
            continue
        write.update(changed, if_match=resource["meta"]["versionId"])


def keep_reason(write: Write, plan: Plan, *, reason: str, by: Professional) -> None:
    """Keep why a plan was withdrawn and by whom, apart from the plan: no copy of it holds this."""
    write.create(to_withdrawal(plan, reason=reason, by=by))


def withdrawal_of(reader: Reader, plan: Plan) -> Withdrawal | None:
    """Return why a plan was withdrawn and by whom, None where that was never kept."""
    try:
        return from_withdrawal(reader.read("Provenance", withdrawal_id(plan)))
    except ResourceNotFound:
        return None


def _is_ours(care_plan: dict) -> bool:
    return any(one.get("system") == PLAN_SERIES for one in care_plan.get("identifier", ()))


def _live_plan(care_plan: dict) -> LivePlan:
    version, emergency_consent = for_lists(care_plan["extension"][0])
    review_by = date.fromisoformat(care_plan["period"]["end"])
    return LivePlan(care_plan["id"], version, review_by, emergency_consent)


def _parts(reader: Reader, whole: dict) -> tuple[dict, list[dict], dict | None]:
    ids = [request_id(whole["id"], slot) for slot in Slot]
    best = best_id_in(whole)
    requests = reader.search("MedicationRequest", _id=ids)
    return whole, requests, reader.read("Observation", best) if best else None


def _found_around(reader: Reader, plan: Plan, zones: tuple[str, ...]) -> Around:
    """Return what a plan leads to that is signed now; the stay only where there is no doubt which it was."""
    open_reviews = kept_reviews.open_reviews_of_child(reader, plan.child_id)
    return Around(
        zones=zones,
        reviews=tuple(review.id for review in open_reviews),
        condition=kept_conditions.asthma_of(reader, plan.child_id),
        care_team=team_id(plan.child_id),
        encounter=open_reviews[0].encounter_id if len(open_reviews) == 1 else "",
    )


def _around(reader: Reader, around: Around) -> Iterator[dict]:
    if around.care_team:
        yield kept_circle.team(reader, around.care_team)
    if around.encounter:
        yield reader.read("Encounter", around.encounter)
    yield from (reader.read("Task", id) for id in around.reviews)


def _words_in(zones: Sequence[Mapping]) -> list[str]:
    leaves = [leaf for zone in zones for action in zone["action"] for leaf in action["action"]]
    references = [leaf["resource"]["reference"] for leaf in leaves]
    return [one.partition("/")[2] for one in references if one.startswith("CommunicationRequest/")]
