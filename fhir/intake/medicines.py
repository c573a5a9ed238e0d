"""The repeat list and what was supplied: each line, and each supply once."""

import re
from collections.abc import Iterator
from decimal import Decimal

from fhir.intake.bundle import Entry
from fhir.intake.elements import code_values, codes, codings, diagnosis, identifiers, words
from fhir.intake.ledger import Ledger
from plans.diagnosis import Asthma, was_asthma
from plans.gp_record import Instruction, NamedMedicine, RepeatLine, Supply, TimeOfDay

ISSUED = frozenset({"active", "completed"})
HOURS_IN_A_DAY = 24
COUNTED_IN = frozenset(
    {"puff", "inhalation", "actuation", "dose", "spray", "tablet", "sachet", "capsule", "{puff}", "{tbl}"}
)
TIMES = {
    "MORN": TimeOfDay.MORNING, "CM": TimeOfDay.MORNING, "ACM": TimeOfDay.MORNING, "PCM": TimeOfDay.MORNING,
    "EVE": TimeOfDay.EVENING, "NIGHT": TimeOfDay.EVENING, "HS": TimeOfDay.EVENING,
    "CV": TimeOfDay.EVENING, "ACV": TimeOfDay.EVENING, "PCV": TimeOfDay.EVENING,
}  # fmt: skip
SPARE = re.compile(r"\bspare\b|\bfor (the )?school\b|\bschool (inhaler|use)\b", re.IGNORECASE)
A_DAY = frozenset({(1, "d"), (1, "day"), (HOURS_IN_A_DAY, "h")})
TIMING_CODES = {"QD": 1, "BID": 2, "TID": 3, "QID": 4}


def read_lines(ledger: Ledger) -> tuple[RepeatLine, ...]:
    """Return the repeat list: requests with intent plan.

    Where a record keeps no such list, its running orders that no other order stands behind take its place.
    """
    requests = list(ledger.about_the_child("MedicationRequest"))
    listed = [entry for entry in requests if entry.resource.get("intent") == "plan"]
    lines = listed or [entry for entry in requests if _runs_by_itself(entry.resource)]
    for entry in lines:
        ledger.use(entry)
    return tuple(_line(entry, ledger) for entry in lines if not _is_void(entry.resource))


def read_supplies(ledger: Ledger) -> tuple[Supply, ...]:
    """Return what was issued, and what was handed over without being issued. Same identifier, same thing."""
    orders = [e for e in ledger.about_the_child("MedicationRequest") if e.resource.get("intent") == "order"]
    dispenses = list(ledger.about_the_child("MedicationDispense"))
    for entry in (*orders, *dispenses):
        ledger.use(entry)
    issued = [
        entry for entry in orders if entry.resource.get("status") in ISSUED and not _is_void(entry.resource)
    ]
    known = {entry.number for entry in issued}
    handed = [entry for entry in dispenses if _stands_alone(entry.resource, known, ledger)]
    return tuple(_supply(entry, ledger) for entry in _each_once((*issued, *handed)))


def medicine_of(resource: dict, ledger: Ledger) -> NamedMedicine:
    """Return the medicine as the record words it, whether written here, in another entry or inside."""
    concept = concept_of(resource, ledger)
    uk, any_code = codes(concept), list(codings(concept))
    text = words(concept) or resource.get("medicationReference", {}).get("display", "")
    if not text and not uk:
        ledger.doubt("A medicine in the record has no name. Look at the practice's own record.")
    return NamedMedicine(text=text, codes=uk, is_foreign=bool(any_code) and not uk)


def concept_of(resource: dict, ledger: Ledger) -> dict:
    """Return the CodeableConcept of a request's medicine, {} if the record does not hold it."""
    if "medicationCodeableConcept" in resource:
        return resource["medicationCodeableConcept"]
    reference = resource.get("medicationReference", {})
    entry = ledger.bundle.at(reference)
    if entry:
        ledger.use(entry)
        return entry.resource.get("code", {})
    inside = reference.get("reference", "").removeprefix("#")
    contained = (one for one in resource.get("contained", ()) if one.get("id") == inside)
    return next((one.get("code", {}) for one in contained), {})


def _line(entry: Entry, ledger: Ledger) -> RepeatLine:
    request = entry.resource
    validity = request.get("dispenseRequest", {}).get("validityPeriod", {})
    written = ledger.day(request.get("authoredOn"))
    ended = ledger.day(validity.get("end"))
    return RepeatLine(
        medicine=medicine_of(request, ledger),
        is_active=request.get("status") == "active",
        written=written,
        started=ledger.day(validity.get("start")) or written,
        ended=ended.last if ended else None,
        instructions=tuple(_instruction(one) for one in request.get("dosageInstruction", ())),
        is_for_asthma=_is_for_asthma(request, ledger),
    )


def _supply(entry: Entry, ledger: Ledger) -> Supply:
    resource = entry.resource
    is_order = entry.kind == "MedicationRequest"
    quantity = (resource.get("dispenseRequest", {}) if is_order else resource).get("quantity", {})
    handed_over = resource.get("whenHandedOver") or resource.get("whenPrepared")
    day = ledger.day(resource.get("authoredOn") if is_order else handed_over)
    if day is None:
        ledger.doubt("A medicine was supplied on a day that the record does not give. It was not counted.")
    return Supply(
        medicine=medicine_of(resource, ledger),
        day=day,
        quantity=float(quantity["value"]) if "value" in quantity else None,
        unit=quantity.get("unit") or quantity.get("code", ""),
        is_handed_over=not is_order,
        is_spare=bool(SPARE.search(_said_of(resource))),
    )


def _said_of(resource: dict) -> str:
    """Return what whoever issued a medicine wrote down about it."""
    notes = [one.get("text", "") for one in resource.get("note", ())]
    for dosage in resource.get("dosageInstruction", ()):
        notes += [dosage.get("text", ""), dosage.get("patientInstruction", "")]
    return "\n".join(notes)


def _runs_by_itself(request: dict) -> bool:
    acute = "acute" in code_values(request.get("courseOfTherapyType"))
    running = request.get("intent") == "order" and request.get("status") == "active"
    return running and not acute and not request.get("basedOn")


def _is_void(request: dict) -> bool:
    return request.get("status") == "entered-in-error" or request.get("doNotPerform", False)


def _stands_alone(dispense: dict, issued: set[int], ledger: Ledger) -> bool:
    behind = [ledger.bundle.at(one) for one in dispense.get("authorizingPrescription", ())]
    is_counted_already = any(entry and entry.number in issued for entry in behind)
    return dispense.get("status") == "completed" and not is_counted_already


def _each_once(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        names = set(identifiers(entry.resource))
        if seen.isdisjoint(names):
            yield entry
        seen |= names


def _is_for_asthma(request: dict, ledger: Ledger) -> bool:
    conditions = (ledger.bundle.at(one) for one in request.get("reasonReference", ()))
    concepts = [one.resource.get("code", {}) for one in conditions if one]
    reasons = [diagnosis(one) for one in (*request.get("reasonCode", ()), *concepts)]
    return bool(reasons) and was_asthma(reasons) is Asthma.YES


def _instruction(dosage: dict) -> Instruction:
    repeat = dosage.get("timing", {}).get("repeat", {})
    doses = [one.get("doseQuantity", {}) for one in dosage.get("doseAndRate", ())]
    quantity = doses[0] if len(doses) == 1 else {}
    return Instruction(
        text=dosage.get("text", ""),
        as_needed=dosage.get("asNeededBoolean", False) or "asNeededCodeableConcept" in dosage,
        amount=_count(quantity),
        unit=quantity.get("unit", ""),
        times_a_day=_times_a_day(repeat, dosage.get("timing", {})),
        most_a_day=_most_a_day(dosage.get("maxDosePerPeriod", {})),
        times=tuple(TIMES.get(one, TimeOfDay.OTHER) for one in repeat.get("when", ())),
    )


def _count(quantity: dict) -> int | None:
    value, unit = quantity.get("value"), (quantity.get("unit") or quantity.get("code", "")).lower()
    if value is None or not COUNTED_IN & {unit, unit.removesuffix("s"), unit.removesuffix("(s)")}:
        return None
    return int(value) if Decimal(str(value)) % 1 == 0 and value > 0 else None


def _most_a_day(ratio: dict) -> int | None:
    """Return the most of a medicine in a day, where the record gives it for a day."""
    period = ratio.get("denominator", {})
    of = (period.get("value"), period.get("code") or period.get("unit", "").lower())
    return _count(ratio.get("numerator", {})) if of in A_DAY else None


def _times_a_day(repeat: dict, timing: dict) -> int | None:
    if "frequencyMax" in repeat or "periodMax" in repeat:
        return None
    if "when" in repeat and "frequency" not in repeat:
        return len(repeat["when"])
    if "period" not in repeat:
        return next((TIMING_CODES[c] for c in code_values(timing.get("code")) if c in TIMING_CODES), None)
    hours = {"d": HOURS_IN_A_DAY, "h": 1}.get(repeat.get("periodUnit", ""), 0) * Decimal(
        str(repeat["period"])
    )
    if not hours:
        return None
    times = repeat.get("frequency", 1) * HOURS_IN_A_DAY / hours
    return int(times) if times % 1 == 0 else None
