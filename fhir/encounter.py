"""A discharge as a finished Encounter, and back."""

from dataclasses import dataclass
from datetime import datetime

from fhir.codes import (
    DISCHARGE_METHOD,
    DISCHARGE_METHODS,
    RESTRICTED,
    VISIT,
    VISIT_KIND,
    concept,
    id_in,
    is_coded,
    profile,
    reference,
    value_of,
)
from plans.discharge_notice import Destination, LeftHow, VisitKind

CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CLASS = {
    "IMP": {"system": CLASSES, "code": "IMP", "display": "inpatient encounter"},
    "EMER": {"system": CLASSES, "code": "EMER", "display": "emergency"},
    "FLD": {"system": CLASSES, "code": "FLD", "display": "field"},
    VisitKind.OUT_OF_HOURS: {"system": CLASSES, "code": "AMB", "display": "ambulatory"},
}
# Local authority residential accommodation, and foster care: that a child is looked after is for few eyes.
# Source: UK Core, discharge destinations of England and of Wales.
LOOKED_AFTER = frozenset({"65", "66"})


@dataclass(frozen=True)
class Stay:
    """Treatment for an attack that has ended; `kind` is one of those of CLASS, all but IMP without a ward."""

    id: str
    child_id: str
    discharged_at: datetime
    kind: str = "IMP"
    hospital_id: str = ""
    visit: str = ""
    diagnosis: str = ""
    went_to: Destination | None = None
    left_how: LeftHow | None = None


def to_encounter(stay: Stay) -> dict:
    """Return a finished UK Core Encounter."""
    encounter: dict = {
        "resourceType": "Encounter",
        "id": stay.id,
        "meta": profile("Encounter"),
        "status": "finished",
        "class": CLASS[stay.kind],
        "subject": reference("Patient", stay.child_id),
        "period": {"end": stay.discharged_at.isoformat()},
    }
    if stay.hospital_id:
        encounter["serviceProvider"] = reference("Organization", stay.hospital_id)
    if stay.visit:
        encounter["identifier"] = [{"system": VISIT, "value": stay.visit}]
    if stay.diagnosis:
        encounter["reasonCode"] = [{"text": stay.diagnosis}]
    if stay.kind == VisitKind.OUT_OF_HOURS:
        encounter["type"] = [concept(VISIT_KIND, VisitKind.OUT_OF_HOURS, "Care out of hours")]
    if stay.left_how:
        method = concept(DISCHARGE_METHODS, stay.left_how)
        encounter["extension"] = [{"url": DISCHARGE_METHOD, "valueCodeableConcept": method}]
    return encounter if stay.went_to is None else with_destination(encounter, stay.went_to)


def from_encounter(encounter: dict) -> Stay:
    """Return the stay that an Encounter of ours tells of."""
    reason: dict = next(iter(encounter.get("reasonCode", ())), {})
    return Stay(
        id=encounter["id"],
        child_id=id_in(encounter["subject"]),
        discharged_at=datetime.fromisoformat(encounter["period"]["end"]),
        kind=VisitKind.OUT_OF_HOURS if was_out_of_hours(encounter) else encounter["class"]["code"],
        hospital_id=id_in(encounter.get("serviceProvider")),
        visit=value_of(encounter.get("identifier", ()), VISIT),
        diagnosis=reason.get("text", ""),
        went_to=destination_in(encounter),
        left_how=how_left(encounter),
    )


def was_out_of_hours(encounter: dict) -> bool:
    """Return whether an Encounter of ours was care out of hours: its class alone could be any clinic."""
    return any(is_coded(one, VISIT_KIND, VisitKind.OUT_OF_HOURS) for one in encounter.get("type", ()))


def how_left(encounter: dict) -> LeftHow | None:
    """Return how the child left, None where the Encounter does not say, or in another list."""
    said = (
        one["valueCodeableConcept"]
        for one in encounter.get("extension", ())
        if one["url"] == DISCHARGE_METHOD
    )
    codes = {
        coding.get("code")
        for one in said
        for coding in one.get("coding", ())
        if coding.get("system") == DISCHARGE_METHODS
    }
    return next((one for one in LeftHow if one in codes), None)


def with_destination(encounter: dict, went_to: Destination) -> dict:
    """Return the Encounter with where the child went: coded only in a list that was named."""
    is_coded = bool(went_to.system and went_to.code)
    coding = {"coding": [{"system": went_to.system, "code": went_to.code}]} if is_coded else {}
    words = went_to.text or ("" if is_coded else went_to.code)
    disposition = coding | ({"text": words} if words else {})
    hospitalization = encounter.get("hospitalization", {}) | {"dischargeDisposition": disposition}
    told = encounter | {"hospitalization": hospitalization}
    return _restricted(told) if went_to.code in LOOKED_AFTER else told


def without_destination(encounter: dict) -> dict:
    """Return the Encounter of a child who is still in hospital."""
    rest = {name: value for name, value in encounter.items() if name != "hospitalization"}
    kept = encounter.get("hospitalization", {})
    still = {name: value for name, value in kept.items() if name != "dischargeDisposition"}
    return rest | ({"hospitalization": still} if still else {})


def destination_in(encounter: dict) -> Destination | None:
    """Return where an Encounter says that the child went, None if it does not say."""
    disposition = encounter.get("hospitalization", {}).get("dischargeDisposition", {})
    coding: dict = next(iter(disposition.get("coding", ())), {})
    text = disposition.get("text") or coding.get("display", "")
    said = Destination(coding.get("code", ""), coding.get("system", ""), text)
    return said if said.code or said.text else None


def _restricted(encounter: dict) -> dict:
    meta = encounter.get("meta", {})
    labels = [one for one in meta.get("security", ()) if one.get("code") != RESTRICTED["code"]]
    return encounter | {"meta": meta | {"security": [*labels, RESTRICTED]}}
