"""What a clinician entered that FHIR R4 has no element for: one extension of a CarePlan, and back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from fhir.codes import extension
from fhir.entries import parts_of, read_parts
from plans.further_treatment import Increase, Nebuliser, SteroidPack, Trial, Weaning
from plans.plan import Allergy, AllergyCare, Override, PeakFlow, Plan, Reason, SchoolCare, Status
from plans.understanding import Understanding

# Name of the part -> which value[x] holds it. A part may come several times, or not at all.
PARTS: Mapping[str, str] = {
    "version": "valuePositiveInt",
    "status": "valueCode",
    "ended": "valueDateTime",
    "peak-flow-used": "valueBoolean",
    "peak-flow-worse-below": "valueInteger",
    "peak-flow-attack-below": "valueInteger",
    "peak-flow-measured-on": "valueDate",
    "peak-flow-scale": "valueString",
    "allergy": "valueString",
    "severe-allergy": "valueString",
    "allergy-plan-confirmed": "valueBoolean",
    "pens-expire-on": "valueDate",
    "no-pens-reason": "valueString",
    "trigger": "valueCode",
    "school-inhaler-place": "valueString",
    "school-spacer": "valueBoolean",
    "school-emergency-consent": "valueBoolean",
    "school-contact-name": "valueString",
    "school-contact-phone": "valueString",
    "surgery-phone": "valueString",
    "open-access-phone": "valueString",
    "family-language": "valueCode",
    "language-spoken": "valueString",
    "interpreter": "valueBoolean",
    "exercise-puffs": "valueInteger",
    "steroid-card": "valueBoolean",
    "wording-confirmed": "valueCode",
    "check-fired": "valueCode",
    "reason": "extension",
    "increase": "extension",
    "weaning": "extension",
    "steroids": "extension",
    "nebuliser": "extension",
    "trial": "extension",
    "override": "extension",
    "understanding": "extension",
}

# Parts that are a record of their own, by the name that Plan gives them. The first are there on every plan.
ALWAYS: Mapping[str, type] = {"nebuliser": Nebuliser, "trial": Trial, "understanding": Understanding}
SOMETIMES: Mapping[str, type] = {
    "increase": Increase,
    "weaning": Weaning,
    "steroids": SteroidPack,
    "override": Override,
}


def details_of(plan: Plan) -> dict:
    """Return the extension `plan-details` of a plan."""
    parts = [_part(name, value) for name, values in _said(plan).items() for value in values]
    return {"url": extension("plan-details"), "extension": parts}


def for_lists(details: dict) -> tuple[int, bool | None]:
    """Return the version, and whether school may use its emergency inhaler: the rest takes long to read."""
    wanted = ("version", "school-emergency-consent")
    found = {part["url"]: part[PARTS[part["url"]]] for part in details["extension"] if part["url"] in wanted}
    return int(found["version"]), found.get("school-emergency-consent")


def read_details(details: dict) -> dict[str, Any]:
    """Return the fields of Plan that stand in the extension, by the names that Plan gives them."""
    found: dict[str, list[Any]] = {name: [] for name in PARTS}
    for part in details["extension"]:
        found[part["url"]].append(part[PARTS[part["url"]]])
    one = {name: values[0] if values else None for name, values in found.items()}
    return {
        "version": one["version"],
        "status": Status(str(one["status"])),
        "ended_at": datetime.fromisoformat(one["ended"]) if one["ended"] else None,
        "allergies": tuple(_allergy(part) for part in details["extension"] if part["url"] in ALLERGIES),
        "allergy_care": AllergyCare(
            plan_confirmed=one["allergy-plan-confirmed"] or False,
            pens_expire_on=_day(one["pens-expire-on"]),
            no_pens_reason=one["no-pens-reason"] or "",
        ),
        "triggers": tuple(found["trigger"]),
        "school": _school(one),
        "surgery_phone": one["surgery-phone"] or "",
        "open_access_phone": one["open-access-phone"] or "",
        "language": one["family-language"] or "",
        "language_spoken": one["language-spoken"] or "",
        "interpreter": one["interpreter"],
        "exercise_puffs": one["exercise-puffs"],
        "steroid_card": one["steroid-card"],
        **{name: read_parts(kind, one[name] or []) for name, kind in ALWAYS.items()},
        **{name: read_parts(kind, parts) for name, kind in SOMETIMES.items() if (parts := one[name])},
        "wordings_confirmed": tuple(found["wording-confirmed"]),
        "reasons": tuple(_reason(parts) for parts in found["reason"]),
        "fired": tuple(found["check-fired"]),
    }


def read_peak_flow(details: dict, best: int | None) -> PeakFlow | None:
    """Return how the plan uses peak flow; the best value itself is an Observation."""
    one = {part["url"]: part.get(PARTS[part["url"]]) for part in details["extension"]}
    if not one.get("peak-flow-used"):
        return None
    return PeakFlow(
        best=best,
        measured_on=_day(one.get("peak-flow-measured-on")),
        scale=one.get("peak-flow-scale") or "",
        worse_below=one.get("peak-flow-worse-below"),
        attack_below=one.get("peak-flow-attack-below"),
    )


ALLERGIES = {"allergy": False, "severe-allergy": True}


def _said(plan: Plan) -> dict[str, Iterable[Any]]:
    flow, care, school = plan.peak_flow or PeakFlow(), plan.allergy_care, plan.school
    return {
        "version": [plan.version],
        "status": [plan.status],
        "ended": _dates(plan.ended_at),
        "peak-flow-used": [plan.peak_flow is not None],
        "peak-flow-worse-below": _known(flow.worse_below),
        "peak-flow-attack-below": _known(flow.attack_below),
        "peak-flow-measured-on": _dates(flow.measured_on),
        "peak-flow-scale": _texts(flow.scale),
        "allergy": plan.allergies,
        "allergy-plan-confirmed": [care.plan_confirmed],
        "pens-expire-on": _dates(care.pens_expire_on),
        "no-pens-reason": _texts(care.no_pens_reason),
        "trigger": plan.triggers,
        "school-inhaler-place": _texts(school.inhaler_place),
        "school-spacer": _known(school.spacer_at_school),
        "school-emergency-consent": _known(school.emergency_inhaler_consent),
        "school-contact-name": _texts(school.contact_name),
        "school-contact-phone": _texts(school.contact_phone),
        "surgery-phone": _texts(plan.surgery_phone),
        "open-access-phone": _texts(plan.open_access_phone),
        "family-language": _texts(plan.language),
        "language-spoken": _texts(plan.language_spoken),
        "interpreter": _known(plan.interpreter),
        "exercise-puffs": _known(plan.exercise_puffs),
        "steroid-card": _known(plan.steroid_card),
        "wording-confirmed": plan.wordings_confirmed,
        "check-fired": plan.fired,
        "reason": plan.reasons,
        **{name: _record(getattr(plan, name)) for name in (*ALWAYS, *SOMETIMES)},
    }


def _record(record: Any) -> list[Any]:
    """Return a record in which something stands, as the only one of its part."""
    return [] if record is None or not parts_of(record) else [record]


def _part(name: str, value: Any) -> dict:
    if isinstance(value, Allergy):
        return {"url": "severe-allergy" if value.severe else "allergy", "valueString": value.name}
    if isinstance(value, Reason):
        parts = [{"url": "check", "valueCode": value.check}, {"url": "text", "valueString": value.text}]
        return {"url": name, "extension": parts}
    if PARTS[name] == "extension":
        return {"url": name, "extension": parts_of(value)}
    return {"url": name, PARTS[name]: value}


def _allergy(part: dict) -> Allergy:
    return Allergy(name=part["valueString"], severe=ALLERGIES[part["url"]])


def _reason(parts: list[dict]) -> Reason:
    return Reason(check=parts[0]["valueCode"], text=parts[1]["valueString"])


def _school(one: Mapping[str, Any]) -> SchoolCare:
    return SchoolCare(
        inhaler_place=one["school-inhaler-place"] or "",
        spacer_at_school=one["school-spacer"],
        emergency_inhaler_consent=one["school-emergency-consent"],
        contact_name=one["school-contact-name"] or "",
        contact_phone=one["school-contact-phone"] or "",
    )


def _known(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _texts(text: str) -> list[str]:
    return [text] if text else []


def _dates(moment: date | None) -> list[str]:
    return [moment.isoformat()] if moment else []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
