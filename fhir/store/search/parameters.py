"""What each type of resource is searched by: a table. Names are those of FHIR R4, and a few of our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the values of a parameter are compared."""

    TOKEN = "token"
    DATE = "date"
    STRING = "string"
    REFERENCE = "reference"
    URI = "uri"


@dataclass(frozen=True)
class Parameter:
    """A search parameter: its kind, where its values are, and the one type of target that counts, if any."""

    kind: Kind
    paths: tuple[str, ...]
    target: str | None = None


def _token(*paths: str) -> Parameter:
    return Parameter(Kind.TOKEN, paths)


def _date(*paths: str) -> Parameter:
    return Parameter(Kind.DATE, paths)


def _string(*paths: str) -> Parameter:
    return Parameter(Kind.STRING, paths)


def _reference(*paths: str, target: str | None = None) -> Parameter:
    return Parameter(Kind.REFERENCE, paths, target)


def _uri(*paths: str) -> Parameter:
    return Parameter(Kind.URI, paths)


IDENTIFIER = {"identifier": _token("identifier")}
STATUS = {"status": _token("status")}
SUBJECT = {"subject": _reference("subject")}
PATIENT = {"patient": _reference("patient")}
ABOUT_CHILD = IDENTIFIER | STATUS | SUBJECT

SEARCH_PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    "AllergyIntolerance": IDENTIFIER
    | PATIENT
    | {
        "clinical-status": _token("clinicalStatus"),
        "code": _token("code", "reaction.substance"),
        "category": _token("category"),
    },
    "Appointment": IDENTIFIER
    | STATUS
    | {
        "actor": _reference("participant.actor"),
        "patient": _reference("participant.actor", target="Patient"),
        "date": _date("start"),
    },
    "AuditEvent": {
        "action": _token("action"),
        "agent": _reference("agent.who"),
        "entity": _reference("entity.what"),  # its date is `_lastUpdated`: an entry has one version
    },
    "Binary": {},
    "CarePlan": ABOUT_CHILD
    | {
        "care-team": _reference("careTeam"),
        "category": _token("category"),
        "date": _date("period"),
        "encounter": _reference("encounter"),
        "instantiates-uri": _uri("instantiatesUri"),
        "replaces": _reference("replaces"),
    },
    "CareTeam": ABOUT_CHILD | {"participant": _reference("participant.member")},
    "Communication": ABOUT_CHILD
    | {
        "based-on": _reference("basedOn"),
        "category": _token("category"),
        "recipient": _reference("recipient"),
        "sent": _date("sent"),
    },
    "CommunicationRequest": ABOUT_CHILD
    | {
        "based-on": _reference("basedOn"),
        "category": _token("category"),
        "occurrence": _date("occurrenceDateTime", "occurrencePeriod"),
        "recipient": _reference("recipient"),
    },
    "Condition": IDENTIFIER
    | SUBJECT
    | {
        "clinical-status": _token("clinicalStatus"),
        "code": _token("code"),
        "onset-date": _date("onsetDateTime", "onsetPeriod"),
    },
    "Consent": IDENTIFIER
    | STATUS
    | PATIENT
    | {
        "action": _token("provision.action"),
        "actor": _reference("provision.actor.reference"),
        "category": _token("category"),
        "data": _reference("provision.data.reference"),
        "date": _date("dateTime"),
        "lawful-basis": _token("policyRule"),
        "organization": _reference("organization"),
        "period": _date("provision.period"),
        "scope": _token("scope"),
    },
    "DetectedIssue": IDENTIFIER
    | STATUS
    | PATIENT
    | {"code": _token("code"), "identified": _date("identifiedDateTime", "identifiedPeriod")},
    "Device": IDENTIFIER | STATUS | PATIENT,
    "DiagnosticReport": ABOUT_CHILD
    | {"code": _token("code"), "date": _date("effectiveDateTime", "effectivePeriod")},
    "DocumentReference": ABOUT_CHILD
    | {
        "category": _token("category"),
        "date": _date("date"),
        "language": _token("content.attachment.language"),
        "related": _reference("context.related"),
        "relatesto": _reference("relatesTo.target"),
        "type": _token("type"),
    },
    "Encounter": ABOUT_CHILD
    | {
        "class": _token("class"),
        "date": _date("period"),
        "service-provider": _reference("serviceProvider"),
        "type": _token("type"),
    },
    "Flag": IDENTIFIER
    | STATUS
    | SUBJECT
    | {
        "author": _reference("author"),
        "category": _token("category"),
        "code": _token("code"),
        "date": _date("period"),
    },
    "Goal": IDENTIFIER | SUBJECT | {"lifecycle-status": _token("lifecycleStatus")},
    "Immunization": IDENTIFIER
    | STATUS
    | PATIENT
    | {"date": _date("occurrenceDateTime"), "vaccine-code": _token("vaccineCode")},
    "Location": IDENTIFIER
    | STATUS
    | {"name": _string("name"), "organization": _reference("managingOrganization")},
    "Medication": IDENTIFIER | STATUS | {"code": _token("code")},
    "MedicationAdministration": ABOUT_CHILD
    | {
        "effective-time": _date("effectiveDateTime", "effectivePeriod"),
        "performer": _reference("performer.actor"),
    },
    "MedicationDispense": ABOUT_CHILD
    | {
        "code": _token("medicationCodeableConcept"),
        "medication": _reference("medicationReference"),
        "prescription": _reference("authorizingPrescription"),
        "whenhandedover": _date("whenHandedOver"),
    },
    "MedicationRequest": ABOUT_CHILD
    | {
        "authoredon": _date("authoredOn"),
        "code": _token("medicationCodeableConcept"),
        "intent": _token("intent"),
        "medication": _reference("medicationReference"),
    },
    "Observation": ABOUT_CHILD
    | {
        "category": _token("category"),
        "code": _token("code"),
        "date": _date("effectiveDateTime", "effectivePeriod", "effectiveInstant"),
    },
    "Organization": IDENTIFIER
    | {
        "active": _token("active"),
        "name": _string("name", "alias"),
        "partof": _reference("partOf"),
        "type": _token("type"),
    },
    "Patient": IDENTIFIER
    | {
        "active": _token("active"),
        "birthdate": _date("birthDate"),
        "death-date": _date("deceasedDateTime"),
        "family": _string("name.family"),
        "general-practitioner": _reference("generalPractitioner"),
        "given": _string("name.given"),
        "name-key": _string("name"),
        "organization": _reference("managingOrganization"),
        "school": _reference("contact.organization"),
    },
    "Practitioner": IDENTIFIER
    | {"active": _token("active"), "family": _string("name.family"), "given": _string("name.given")},
    "PractitionerRole": IDENTIFIER
    | {
        "active": _token("active"),
        "organization": _reference("organization"),
        "practitioner": _reference("practitioner"),
        "role": _token("code"),
    },
    "Procedure": ABOUT_CHILD
    | {"code": _token("code"), "date": _date("performedDateTime", "performedPeriod")},
    "Provenance": {
        "agent": _reference("agent.who"),
        "patient": _reference("target", target="Patient"),
        "recorded": _date("recorded"),
        "target": _reference("target"),
    },
    "QuestionnaireResponse": ABOUT_CHILD | {"author": _reference("author"), "authored": _date("authored")},
    "RelatedPerson": IDENTIFIER
    | PATIENT
    | {"active": _token("active"), "family": _string("name.family"), "relationship": _token("relationship")},
    "RequestGroup": ABOUT_CHILD | {"code": _token("code")},
    "SearchParameter": {"url": _uri("url"), "code": _token("code")},
    "Task": IDENTIFIER
    | STATUS
    | {
        "authored-on": _date("authoredOn"),
        "based-on": _reference("basedOn"),
        "business-status": _token("businessStatus"),
        "code": _token("code"),
        "due": _date("restriction.period.end"),
        "encounter": _reference("encounter"),
        "focus": _reference("focus"),
        "group-identifier": _token("groupIdentifier"),
        "intent": _token("intent"),
        "modified": _date("lastModified"),
        "owner": _reference("owner"),
        "part-of": _reference("partOf"),
        "requester": _reference("requester"),
        "subject": _reference("for"),
    },
}

# FHIR R4 gives most resources about a person both names; here each is kept once.
OTHER_NAME = {"patient": "subject", "subject": "patient"}


def parameters_of(resource_type: str) -> Mapping[str, Parameter]:
    """Return what a type of resource is searched by, beside _id and _lastUpdated; empty for other types."""
    return SEARCH_PARAMETERS.get(resource_type, {})
