"""One medicine of a plan as a MedicationRequest, and back. MART is one request, as it is one inhaler."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from fhir.codes import LONG_TERM, PRODUCT, SLOT, SNOMED, extension, extension_value, profile, reference
from fhir.dosage_reading import everyday_puffs, needed_puffs
from fhir.dosages import dosages_of
from fhir.entries import parts_of, read_parts
from plans.plan import UNLISTED, Medicine, Plan, Slot, Spacer, Unlisted


@dataclass(frozen=True)
class Printed:
    """How a product is named on its box and in dm+d: what a reader without our list needs."""

    name: str
    code: str = ""


def to_medication_requests(
    plan: Plan, printed: Callable[[str], Printed], *, most_at_once: int | None = None
) -> list[dict]:
    """Return one UK Core MedicationRequest a medicine, in the order of the slots.

    `printed` gives the name and dm+d code of a product key; `most_at_once` is the maximum of the standard
    steps that the plan prints for the one inhaler of MART or AIR, None if it prints none.
    """
    return [_request(plan, slot, printed, most_at_once) for slot in Slot if slot in plan.medicines]


def from_medication_requests(requests: Iterable[dict]) -> dict[Slot, Medicine]:
    """Return the medicines by slot; `requests` may come in any order."""
    found = {slot_of(request): _medicine(request) for request in requests}
    return {slot: found[slot] for slot in Slot if slot in found}


def slot_of(request: dict) -> Slot:
    """Return the place on the plan that this request fills."""
    codings = [coding for category in request["category"] for coding in category["coding"]]
    return Slot(next(coding["code"] for coding in codings if coding["system"] == SLOT))


def request_id(plan_id: str, slot: Slot) -> str:
    """Return the id of a plan's request for a slot: the same each time, so that zones can point at it."""
    return str(uuid5(UUID(plan_id), slot))


def _request(plan: Plan, slot: Slot, printed: Callable[[str], Printed], most_at_once: int | None) -> dict:
    medicine = plan.medicines[slot]
    dosages = dosages_of(plan, slot, most_at_once=most_at_once)
    request: dict = {
        "resourceType": "MedicationRequest",
        "id": request_id(plan.id, slot),
        "meta": profile("MedicationRequest"),
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [{"system": SLOT, "code": slot}]}],
        "medicationCodeableConcept": _product(medicine, printed),
        "subject": reference("Patient", plan.child_id),
        "courseOfTherapyType": LONG_TERM,
        "substitution": {"allowedBoolean": False},
    }
    if plan.signed_at:
        request["authoredOn"] = plan.signed_at.isoformat()
    if plan.author:
        request["requester"] = reference("Practitioner", plan.author.id, plan.author.name)
    if dosages:
        request["dosageInstruction"] = dosages
    if said := _said(medicine):
        request["extension"] = said
    return request


def _product(medicine: Medicine, printed: Callable[[str], Printed]) -> dict:
    codings = [{"system": PRODUCT, "code": medicine.product}]
    if medicine.product == UNLISTED:
        written = medicine.unlisted or Unlisted()
        return {"coding": codings, "text": f"{written.name} {written.strength}".strip() or UNLISTED}
    listed = printed(medicine.product)
    if listed.code:
        codings.append({"system": SNOMED, "code": listed.code})
    return {"coding": codings, "text": listed.name}


def _said(medicine: Medicine) -> list[dict]:
    said = [{"url": extension("dose-confirmed"), "valueBoolean": medicine.confirmed}]
    if medicine.colour:
        said.append({"url": extension("colour-word"), "valueString": medicine.colour})
    if medicine.spacer:
        said.append({"url": extension("spacer"), "valueCode": medicine.spacer})
    if medicine.source:
        said.append({"url": extension("dose-source"), "valueString": medicine.source})
    if medicine.unlisted and (written := parts_of(medicine.unlisted)):
        said.append({"url": extension("unlisted-medicine"), "extension": written})
    return said


def _medicine(request: dict) -> Medicine:
    puffs, (when_needed, most_a_day) = everyday_puffs(request), needed_puffs(request)
    codings = request["medicationCodeableConcept"]["coding"]
    spacer = extension_value(request, "spacer", "valueCode")
    return Medicine(
        product=next(coding["code"] for coding in codings if coding["system"] == PRODUCT),
        colour=str(extension_value(request, "colour-word", "valueString") or ""),
        morning=puffs["morning"],
        evening=puffs["evening"],
        when_needed=when_needed,
        spacer=Spacer(str(spacer)) if spacer else None,
        source=str(extension_value(request, "dose-source", "valueString") or ""),
        confirmed=extension_value(request, "dose-confirmed", "valueBoolean") is True,
        unlisted=_unlisted(request),
        most_a_day=most_a_day,
    )


def _unlisted(request: dict) -> Unlisted | None:
    written = extension_value(request, "unlisted-medicine", "extension")
    return read_parts(Unlisted, written) if isinstance(written, list) else None
