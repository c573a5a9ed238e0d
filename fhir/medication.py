"""One medicine of a plan as a MedicationRequest, and back.

Each way of taking it is one Dosage, told apart by an extension: morning, evening, when needed, and
on the inhalers for symptoms and for an attack also those. So MART is one request, as it is one inhaler.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from fhir.codes import LONG_TERM, PRODUCT, SLOT, SNOMED, extension, extension_value, profile, reference
from fhir.entries import parts_of, read_parts
from plans.plan import UNLISTED, AttackSteps, Medicine, Plan, Slot, Spacer, Unlisted
from plans.regimens import attack_slot, relief_slot

PUFF, UNIT = "puff", "dose"


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


def worse_in(requests: Iterable[dict]) -> tuple[int | None, int | None]:
    """Return puffs and hours for getting worse as written on the inhaler for symptoms."""
    written = (_dosages(request).get("worse") for request in requests)
    dosage = next(filter(None, written), {})
    return _puffs(dosage), _repeat(dosage).get("period")


def attack_in(requests: Iterable[dict]) -> AttackSteps | None:
    """Return the attack steps that a clinician wrote, None where the standard ones apply."""
    for request in requests:
        if dosage := _dosages(request).get("attack"):
            return _attack(request, dosage)
    return None


def _attack(request: dict, dosage: dict) -> AttackSteps:
    maximum = dosage.get("maxDosePerAdministration", {}).get("value")
    chosen = extension_value(dosage, "attack-inhaler-chosen", "valueBoolean") is True
    return AttackSteps(
        puffs=_puffs(dosage),
        gap_seconds=_repeat(dosage).get("period"),
        maximum=maximum,
        slot=slot_of(request) if chosen else None,
    )


def slot_of(request: dict) -> Slot:
    """Return the place on the plan that this request fills."""
    codings = [coding for category in request["category"] for coding in category["coding"]]
    return Slot(next(coding["code"] for coding in codings if coding["system"] == SLOT))


def request_id(plan_id: str, slot: Slot) -> str:
    """Return the id of a plan's request for a slot: the same each time, so that zones can point at it."""
    return str(uuid5(UUID(plan_id), slot))


def _request(plan: Plan, slot: Slot, medicine: Medicine, printed: Callable[[str], Printed]) -> dict:
    dosages = [
        *_everyday(slot, medicine),
        *(_worse(plan) if slot is relief_slot(plan) else ()),
        *(_steps(plan) if slot is attack_slot(plan) else ()),
    ]
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
        request["dosageInstruction"] = [{"sequence": n} | dosage for n, dosage in enumerate(dosages, start=1)]
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


WHEN = {"morning": "MORN", "evening": "EVE"}


def _everyday(slot: Slot, medicine: Medicine) -> list[dict]:
    dosages = []
    for use, puffs in (("morning", medicine.morning), ("evening", medicine.evening)):
        if puffs is not None:
            timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [WHEN[use]]}}
            dosages.append(_dosage(use, puffs, slot) | {"timing": timing})
    if medicine.when_needed is not None:
        dosages.append(_dosage("when-needed", medicine.when_needed, slot) | {"asNeededBoolean": True})
    if medicine.most_a_day is not None:
        a_day = {"numerator": _quantity(medicine.most_a_day), "denominator": {"value": 1, "unit": "day"}}
        dosages.append(_dosage("most-a-day", None, slot) | {"maxDosePerPeriod": a_day})
    return dosages


def _worse(plan: Plan) -> Iterator[dict]:
    if plan.worse_puffs is not None or plan.worse_hours is not None:
        timing = _every(plan.worse_hours, "h")
        yield _dosage("worse", plan.worse_puffs, Slot.RELIEVER) | timing | {"asNeededBoolean": True}


def _steps(plan: Plan) -> Iterator[dict]:
    if steps := plan.attack_steps:
        most = {"maxDosePerAdministration": _quantity(steps.maximum)} if steps.maximum is not None else {}
        dosage = _dosage("attack", steps.puffs, Slot.RELIEVER) | _every(steps.gap_seconds, "s") | most
        if steps.slot:
            chosen = {"url": extension("attack-inhaler-chosen"), "valueBoolean": True}
            dosage["extension"] = [*dosage["extension"], chosen]
        yield dosage


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
        unlisted=_unlisted(request),
        most_a_day=_most_a_day(by_use.get("most-a-day", {})),
    )


def _unlisted(request: dict) -> Unlisted | None:
    written = extension_value(request, "unlisted-medicine", "extension")
    return read_parts(Unlisted, written) if isinstance(written, list) else None


def _most_a_day(dosage: dict) -> int | None:
    return dosage.get("maxDosePerPeriod", {}).get("numerator", {}).get("value")


def _dosages(request: dict) -> dict[str, dict]:
    dosages = request.get("dosageInstruction", ())
    return {str(extension_value(dosage, "dosage-use", "valueCode")): dosage for dosage in dosages}


def _puffs(dosage: dict) -> int | None:
    return next((dose["doseQuantity"]["value"] for dose in dosage.get("doseAndRate", ())), None)


def _repeat(dosage: dict) -> dict:
    return dosage.get("timing", {}).get("repeat", {})
