"""One medicine of a plan as a MedicationRequest, and back.

Each way of taking it is one Dosage, told apart by an extension: morning, evening, when needed, and
on the inhaler that rescues also getting worse and attack. So MART is one request, as it is one inhaler.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from fhir.codes import LONG_TERM, PRODUCT, SLOT, SNOMED, extension, extension_value, profile, reference
from plans.plan import AttackSteps, Medicine, Plan, Slot, Spacer

PUFF, UNIT = "puff", "dose"
RESCUE_SLOTS = (Slot.RELIEVER, Slot.COMBINATION)


@dataclass(frozen=True)
class Printed:
    """How a product is named on its box and in dm+d: what a reader without our list needs."""

    name: str
    code: str = ""


def to_medication_requests(plan: Plan, printed: Callable[[str], Printed]) -> list[dict]:
    """Return one UK Core MedicationRequest a medicine, in the order of the slots.

    `printed` gives the name and dm+d code of a product key.
    """
    return [_request(plan, slot, plan.medicines[slot], printed) for slot in Slot if slot in plan.medicines]


def from_medication_requests(requests: Iterable[dict]) -> dict[Slot, Medicine]:
    """Return the medicines by slot; `requests` may come in any order."""
    found = {slot_of(request): _medicine(request) for request in requests}
    return {slot: found[slot] for slot in Slot if slot in found}


def worse_in(request: dict) -> tuple[int | None, int | None]:
    """Return puffs and hours for getting worse as written on the rescue inhaler."""
    dosage = _dosages(request).get("worse", {})
    return _puffs(dosage), _repeat(dosage).get("period")


def attack_in(request: dict) -> AttackSteps | None:
    """Return the attack steps that a clinician wrote, None where the standard ones apply."""
    dosage = _dosages(request).get("attack")
    if dosage is None:
        return None
    maximum = dosage.get("maxDosePerAdministration", {}).get("value")
    return AttackSteps(puffs=_puffs(dosage), gap_seconds=_repeat(dosage).get("period"), maximum=maximum)


def slot_of(request: dict) -> Slot:
    """Return the place on the plan that this request fills."""
    codings = [coding for category in request["category"] for coding in category["coding"]]
    return Slot(next(coding["code"] for coding in codings if coding["system"] == SLOT))


def request_id(plan_id: str, slot: Slot) -> str:
    """Return the id of a plan's request for a slot: the same each time, so that zones can point at it."""
    return str(uuid5(UUID(plan_id), slot))


def _request(plan: Plan, slot: Slot, medicine: Medicine, printed: Callable[[str], Printed]) -> dict:
    dosages = [*_everyday(slot, medicine), *(_rescue(plan) if slot in RESCUE_SLOTS else ())]
    request: dict = {
        "resourceType": "MedicationRequest",
        "id": request_id(plan.id, slot),
        "meta": profile("MedicationRequest"),
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [{"system": SLOT, "code": slot}]}],
        "medicationCodeableConcept": _product(medicine, printed(medicine.product)),
        "subject": reference("Patient", plan.child_id),
        "courseOfTherapyType": LONG_TERM,
        "substitution": {"allowedBoolean": False},
    }
    if plan.signed_at:
        request["authoredOn"] = plan.signed_at.isoformat()
    if plan.author:
        request["requester"] = reference("Practitioner", plan.author.id, plan.author.name)
    if dosages:
        request["dosageInstruction"] = [{"sequence": n} | dosage for n, dosage in enumerate(dosages, start=1)]
    if said := _said(medicine):
        request["extension"] = said
    return request


def _product(medicine: Medicine, printed: Printed) -> dict:
    codings = [{"system": PRODUCT, "code": medicine.product}]
    if printed.code:
        codings.append({"system": SNOMED, "code": printed.code})
    return {"coding": codings, "text": printed.name}


def _said(medicine: Medicine) -> list[dict]:
    said = [{"url": extension("dose-confirmed"), "valueBoolean": medicine.confirmed}]
    if medicine.colour:
        said.append({"url": extension("colour-word"), "valueString": medicine.colour})
    if medicine.spacer:
        said.append({"url": extension("spacer"), "valueCode": medicine.spacer})
    if medicine.source:
        said.append({"url": extension("dose-source"), "valueString": medicine.source})
    return said


WHEN = {"morning": "MORN", "evening": "EVE"}


def _everyday(slot: Slot, medicine: Medicine) -> list[dict]:
    dosages = []
    for use, puffs in (("morning", medicine.morning), ("evening", medicine.evening)):
        if puffs is not None:
            timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [WHEN[use]]}}
            dosages.append(_dosage(use, puffs, slot) | {"timing": timing})
    if medicine.when_needed is not None:
        dosages.append(_dosage("when-needed", medicine.when_needed, slot) | {"asNeededBoolean": True})
    return dosages


def _rescue(plan: Plan) -> list[dict]:
    dosages = []
    if plan.worse_puffs is not None or plan.worse_hours is not None:
        timing = _every(plan.worse_hours, "h")
        dosages.append(_dosage("worse", plan.worse_puffs, Slot.RELIEVER) | timing | {"asNeededBoolean": True})
    if steps := plan.attack_steps:
        most = {"maxDosePerAdministration": _quantity(steps.maximum)} if steps.maximum is not None else {}
        dosages.append(_dosage("attack", steps.puffs, Slot.RELIEVER) | _every(steps.gap_seconds, "s") | most)
    return dosages


def _every(period: int | None, unit: str) -> dict:
    repeat = {"frequency": 1, "period": period, "periodUnit": unit}
    return {} if period is None else {"timing": {"repeat": repeat}}


def _dosage(use: str, puffs: int | None, slot: Slot) -> dict:
    dosage: dict = {"extension": [{"url": extension("dosage-use"), "valueCode": use}]}
    if puffs is not None:
        dosage["doseAndRate"] = [{"doseQuantity": _quantity(puffs, UNIT if slot is Slot.ADD_ON else PUFF)}]
    return dosage


def _quantity(value: int, unit: str = PUFF) -> dict:
    return {"value": value, "unit": unit}


def _medicine(request: dict) -> Medicine:
    by_use = _dosages(request)
    codings = request["medicationCodeableConcept"]["coding"]
    spacer = extension_value(request, "spacer", "valueCode")
    return Medicine(
        product=next(coding["code"] for coding in codings if coding["system"] == PRODUCT),
        colour=str(extension_value(request, "colour-word", "valueString") or ""),
        morning=_puffs(by_use.get("morning", {})),
        evening=_puffs(by_use.get("evening", {})),
        when_needed=_puffs(by_use.get("when-needed", {})),
        spacer=Spacer(str(spacer)) if spacer else None,
        source=str(extension_value(request, "dose-source", "valueString") or ""),
        confirmed=extension_value(request, "dose-confirmed", "valueBoolean") is True,
    )


def _dosages(request: dict) -> dict[str, dict]:
    dosages = request.get("dosageInstruction", ())
    return {str(extension_value(dosage, "dosage-use", "valueCode")): dosage for dosage in dosages}


def _puffs(dosage: dict) -> int | None:
    return next((dose["doseQuantity"]["value"] for dose in dosage.get("doseAndRate", ())), None)


def _repeat(dosage: dict) -> dict:
    return dosage.get("timing", {}).get("repeat", {})
