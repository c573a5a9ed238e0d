"""What the Dosages of a plan's medicines say, those of older plans too."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from fhir.codes import extension_value
from fhir.dosages import ATTACK, BY_A_CLINICIAN, EVERY_DAY, WHEN, WHEN_NEEDED, WORSE, GettingWorse
from fhir.entries import read_parts
from plans.plan import AttackSteps, Slot

MOST_A_DAY = "most-a-day"  # a Dosage of its own in older plans
Part = TypeVar("Part")


def everyday_puffs(request: dict) -> Mapping[str, int | None]:
    """Return what is taken in the morning and in the evening."""
    by_use = _by_use(request)
    return {time: _puffs(by_use.get(time) or by_use.get(EVERY_DAY, {})) for time in WHEN}


def needed_puffs(request: dict) -> tuple[int | None, int | None]:
    """Return what is taken when needed, and the most that may be taken in a day."""
    by_use = _by_use(request)
    needed = by_use.get(WHEN_NEEDED, {})
    limited = by_use.get(MOST_A_DAY, needed)
    return _puffs(needed), limited.get("maxDosePerPeriod", {}).get("numerator", {}).get("value")


def worse_in(requests: Iterable[dict]) -> tuple[int | None, int | None]:
    """Return puffs and hours for getting worse as written on the inhaler for symptoms."""
    for request in requests:
        by_use = _by_use(request)
        inside = _inside(by_use, WORSE, GettingWorse)
        if inside:
            return inside.puffs, inside.hours
        if written := by_use.get(WORSE):
            return _puffs(written), _repeat(written).get("period")
    return None, None


def attack_in(requests: Iterable[tuple[Slot, dict]]) -> AttackSteps | None:
    """Return the attack steps that a clinician wrote, None where the standard ones apply."""
    for slot, request in requests:
        by_use = _by_use(request)
        if inside := _inside(by_use, ATTACK, AttackSteps):
            return inside
        if written := by_use.get(ATTACK):
            return _steps_in(slot, written)
    return None


def _steps_in(slot: Slot, dosage: dict) -> AttackSteps:
    chosen = extension_value(dosage, "attack-inhaler-chosen", "valueBoolean") is True
    return AttackSteps(
        puffs=_puffs(dosage),
        gap_seconds=_repeat(dosage).get("period"),
        maximum=dosage.get("maxDosePerAdministration", {}).get("value"),
        slot=slot if chosen else None,
    )


def _inside(by_use: Mapping[str, dict], use: str, of: type[Part]) -> Part | None:
    parts = extension_value(by_use.get(WHEN_NEEDED, {}), f"dosage-{use}", "extension")
    if not isinstance(parts, list):
        return None
    return read_parts(of, [part for part in parts if part != BY_A_CLINICIAN])


def _by_use(request: dict) -> dict[str, dict]:
    dosages = request.get("dosageInstruction", ())
    return {str(extension_value(dosage, "dosage-use", "valueCode")): dosage for dosage in dosages}


def _puffs(dosage: dict) -> int | None:
    return next((dose["doseQuantity"]["value"] for dose in dosage.get("doseAndRate", ())), None)


def _repeat(dosage: dict) -> dict:
    return dosage.get("timing", {}).get("repeat", {})
