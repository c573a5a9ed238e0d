"""The ways of taking one medicine of a plan as Dosages; dosage_reading.py reads them back.

An extension tells what each is for: every day, when needed, getting worse, an attack. The one inhaler of MART
or AIR has what is taken every day and what is taken when needed, with its maxima, and nothing else: what a
clinician wrote for getting worse and for an attack stands inside the second, because it is the same inhaler.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fhir.codes import UCUM, extension
from fhir.dosage_words import dosage_text
from fhir.entries import parts_of
from plans.plan import AttackSteps, Medicine, Plan, Slot
from plans.regimens import ONE_INHALER, attack_slot, relief_slot

PUFF, UNIT = "puff", "dose"
WHEN = {"morning": "MORN", "evening": "EVE"}
EVERY_DAY, WHEN_NEEDED, WORSE, ATTACK = "every-day", "when-needed", "worse", "attack"
BY_A_CLINICIAN = {"url": "by-a-clinician", "valueBoolean": True}  # stands where every number is still missing


@dataclass(frozen=True)
class GettingWorse:
    """Puffs each time when getting worse, no more often than every so many hours."""

    puffs: int | None = None
    hours: int | None = None


NOT_SAID = GettingWorse()


def dosages_of(plan: Plan, slot: Slot, *, most_at_once: int | None = None) -> list[dict]:
    """Return how the medicine of a slot is taken; two of one number are taken side by side.

    `most_at_once` is the maximum of the standard attack steps that the plan prints, if it prints any.
    """
    medicine = plan.medicines[slot]
    is_the_one = slot is Slot.COMBINATION and plan.regimen in ONE_INHALER
    worse, steps = _worse_of(plan, slot), plan.attack_steps if slot is attack_slot(plan) else None
    ways = [list(_every_day(slot, medicine))]
    if is_the_one:
        ways.append(list(_when_needed(slot, medicine, worse, steps, most_at_once)))
    else:
        ways += [list(_when_needed(slot, medicine)), list(_worse(worse)), list(_attack(steps))]
    numbered = enumerate((way for way in ways if way), start=1)
    return [{"sequence": n, "text": dosage_text(one)} | one for n, way in numbered for one in way]


def _worse_of(plan: Plan, slot: Slot) -> GettingWorse:
    return GettingWorse(plan.worse_puffs, plan.worse_hours) if slot is relief_slot(plan) else NOT_SAID


def _every_day(slot: Slot, medicine: Medicine) -> Iterator[dict]:
    if medicine.morning is not None and medicine.morning == medicine.evening:
        yield _dosage(EVERY_DAY, medicine.morning, slot) | _times_a_day(*WHEN.values())
        return
    for use, puffs in (("morning", medicine.morning), ("evening", medicine.evening)):
        if puffs is not None:
            yield _dosage(use, puffs, slot) | _times_a_day(WHEN[use])


def _times_a_day(*when: str) -> dict:
    repeat = {"frequency": len(when), "period": 1, "periodUnit": "d", "when": list(when)}
    return {"timing": {"repeat": repeat}}


def _when_needed(
    slot: Slot,
    medicine: Medicine,
    worse: GettingWorse = NOT_SAID,
    steps: AttackSteps | None = None,
    most_at_once: int | None = None,
) -> Iterator[dict]:
    most = steps.maximum if steps else most_at_once
    said = (medicine.when_needed, medicine.most_a_day, worse.puffs, worse.hours, steps)
    if all(one is None for one in said):
        return
    dosage = _dosage(WHEN_NEEDED, medicine.when_needed, slot) | {"asNeededBoolean": True}
    if medicine.most_a_day is not None:
        day = {"value": 1, "unit": "day", "system": UCUM, "code": "d"}
        dosage["maxDosePerPeriod"] = {"numerator": _quantity(medicine.most_a_day), "denominator": day}
    if most is not None:
        dosage["maxDosePerAdministration"] = _quantity(most)
    parts = {
        extension("dosage-worse"): parts_of(worse),
        extension("dosage-attack"): [BY_A_CLINICIAN, *parts_of(steps)] if steps else [],
    }
    inside = [{"url": url, "extension": part} for url, part in parts.items() if part]
    yield dosage | {"extension": [*dosage["extension"], *inside]}


def _worse(worse: GettingWorse) -> Iterator[dict]:
    if worse != NOT_SAID:
        yield (
            _dosage(WORSE, worse.puffs, Slot.RELIEVER) | _every(worse.hours, "h") | {"asNeededBoolean": True}
        )


def _attack(steps: AttackSteps | None) -> Iterator[dict]:
    if steps is None:
        return
    most = {} if steps.maximum is None else {"maxDosePerAdministration": _quantity(steps.maximum)}
    dosage = _dosage(ATTACK, steps.puffs, Slot.RELIEVER) | _every(steps.gap_seconds, "s") | most
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
