"""Codes that FHIR R4 requires and its Python models let pass: a table.

Source: FHIR R4 (4.0.1), value sets with a required binding.
"""

from collections.abc import Iterator, Mapping

from fhir.store.paths import values_at

CODES = Mapping[str, frozenset[str]]


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


REQUEST_STATUS = _codes("draft active on-hold revoked completed entered-in-error unknown")
EVENT_STATUS = _codes("preparation in-progress not-done on-hold stopped completed entered-in-error unknown")
OBSERVATION_STATUS = _codes(
    "registered preliminary final amended corrected cancelled entered-in-error unknown"
)
ORDER_INTENT = _codes("proposal plan order original-order reflex-order filler-order instance-order option")
PRIORITY = _codes("routine urgent asap stat")
GENDER = _codes("male female other unknown")
ACTIVE_OR_NOT = _codes("active inactive entered-in-error")

REQUIRED_CODES: Mapping[str, CODES] = {
    "AllergyIntolerance": {
        "category": _codes("food medication environment biologic"),
        "clinicalStatus.coding.code": _codes("active inactive resolved"),
        "criticality": _codes("low high unable-to-assess"),
        "type": _codes("allergy intolerance"),
        "verificationStatus.coding.code": _codes("unconfirmed confirmed refuted entered-in-error"),
    },
    "Appointment": {
        "status": _codes(
            "proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist"
        ),
        "participant.status": _codes("accepted declined tentative needs-action"),
    },
    "AuditEvent": {"action": _codes("C R U D E"), "outcome": _codes("0 4 8 12")},
    "CarePlan": {"status": REQUEST_STATUS, "intent": _codes("proposal plan order option")},
    "CareTeam": {"status": _codes("proposed active suspended inactive entered-in-error")},
    "Communication": {"status": EVENT_STATUS, "priority": PRIORITY},
    "CommunicationRequest": {"status": REQUEST_STATUS, "priority": PRIORITY},
    "Condition": {
        "clinicalStatus.coding.code": _codes("active recurrence relapse inactive remission resolved"),
        "verificationStatus.coding.code": _codes(
            "unconfirmed provisional differential confirmed refuted entered-in-error"
        ),
    },
    "Consent": {
        "status": _codes("draft proposed active rejected inactive entered-in-error"),
        "provision.type": _codes("deny permit"),
    },
    "DetectedIssue": {"status": OBSERVATION_STATUS, "severity": _codes("high moderate low")},
    "Device": {"status": ACTIVE_OR_NOT | {"unknown"}},
    "DiagnosticReport": {"status": OBSERVATION_STATUS | {"partial", "appended"}},
    "DocumentReference": {
        "status": _codes("current superseded entered-in-error"),
        "docStatus": _codes("preliminary final amended entered-in-error"),
        "relatesTo.code": _codes("replaces transforms signs appends"),
    },
    "Encounter": {
        "status": _codes(
            "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown"
        )
    },
    "Flag": {"status": ACTIVE_OR_NOT},
    "Goal": {
        "lifecycleStatus": _codes(
            "proposed planned accepted active on-hold completed cancelled entered-in-error rejected"
        )
    },
    "Immunization": {"status": _codes("completed entered-in-error not-done")},
    "Location": {"status": _codes("active suspended inactive")},
    "Medication": {"status": ACTIVE_OR_NOT},
    "MedicationAdministration": {
        "status": _codes("in-progress not-done on-hold completed entered-in-error stopped unknown")
    },
    "MedicationDispense": {
        "status": _codes(
            "preparation in-progress cancelled on-hold completed entered-in-error stopped declined unknown"
        )
    },
    "MedicationRequest": {
        "status": _codes("active on-hold cancelled completed entered-in-error stopped draft unknown"),
        "intent": ORDER_INTENT,
        "priority": PRIORITY,
    },
    "Observation": {"status": OBSERVATION_STATUS},
    "Patient": {"gender": GENDER},
    "Practitioner": {"gender": GENDER},
    "Procedure": {"status": EVENT_STATUS},
    "QuestionnaireResponse": {"status": _codes("in-progress completed amended entered-in-error stopped")},
    "RelatedPerson": {"gender": GENDER},
    "RequestGroup": {
        "status": REQUEST_STATUS,
        "intent": ORDER_INTENT | {"directive"},
        "priority": PRIORITY,
    },
    "SearchParameter": {"status": _codes("draft active retired unknown")},
    "Task": {
        "status": _codes(
            "draft requested received accepted rejected ready cancelled in-progress on-hold failed completed"
            " entered-in-error"
        ),
        "intent": ORDER_INTENT | {"unknown"},
        "priority": PRIORITY,
    },
}
FOR_EVERY_TYPE: CODES = {"text.status": _codes("generated extensions additional empty")}


def wrong_codes(resource: dict) -> Iterator[str]:
    """Yield the place of each required code that is not one of its value set."""
    for path, allowed in {**FOR_EVERY_TYPE, **REQUIRED_CODES.get(resource["resourceType"], {})}.items():
        if any(not isinstance(code, str) or code not in allowed for code in values_at(resource, path)):
            yield path
