"""The best peak flow of a plan as an Observation, and back."""

from uuid import UUID, uuid5

from fhir.codes import BEST_PEAK_FLOW, UCUM, profile, reference
from plans.plan import Plan


def observation_id(plan: Plan) -> str:
    """Return the id of a plan's best peak flow: the same each time."""
    return str(uuid5(UUID(plan.id), "best-peak-flow"))


def to_observation(plan: Plan) -> dict | None:
    """Return the best peak flow in L/min that the plan rests on, None where it rests on symptoms."""
    flow = plan.peak_flow
    if flow is None or flow.best is None:
        return None
    observation: dict = {
        "resourceType": "Observation",
        "id": observation_id(plan),
        "meta": profile("Observation"),
        "status": "final",
        "code": BEST_PEAK_FLOW,
        "subject": reference("Patient", plan.child_id),
        "valueQuantity": {"value": flow.best, "unit": "L/min", "system": UCUM, "code": "L/min"},
    }
    if flow.measured_on:
        observation["effectiveDateTime"] = flow.measured_on.isoformat()
    if flow.scale:
        observation["method"] = {"text": f"{flow.scale} scale"}
    return observation


def best_in(observation: dict) -> int:
    """Return the best peak flow in L/min."""
    return int(observation["valueQuantity"]["value"])
