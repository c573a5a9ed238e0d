"""Every address and code that our resources carry, once, with where it was read.

SNOMED CT, dm+d and LOINC codes stand in the project's clinical reference (tag beside each); the rest
is FHIR R4 or UK Core.
"""

from collections.abc import Iterable

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
NHS_NUMBER_STATUS = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
NHS_NUMBER_STATUSES = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
ORGANISATION_TYPES = "http://terminology.hl7.org/CodeSystem/organization-type"
LANGUAGE = "urn:ietf:bcp:47"
DISCHARGE_METHOD = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod"
DISCHARGE_METHODS = "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeMethodEngland"
DISCHARGE_DESTINATIONS = "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

# Our own. The host is reserved for examples and never resolves.
OWN = "https://puffin.example/fhir/"
PLAN_SERIES = OWN + "Id/plan-series"
ALERT_ID = OWN + "Id/alert"
VISIT = OWN + "Id/visit"
DOCUMENT = OWN + "Id/document"
INCOMING = OWN + "Id/incoming"
CONCERN_RAISED_AT = OWN + "Id/concern-raised-at"
REGIMEN = OWN + "regimen/"
PRODUCT = OWN + "CodeSystem/product"
SLOT = OWN + "CodeSystem/slot"
ZONE = OWN + "CodeSystem/zone"
TASK_CODE = OWN + "CodeSystem/task"
RUNG = OWN + "CodeSystem/rung"
LAWFUL_BASIS = OWN + "CodeSystem/lawful-basis"
SHARED_PART = OWN + "CodeSystem/shared-part"
COMPETENCE = OWN + "CodeSystem/competence"
QUESTION = OWN + "CodeSystem/discharge-question"
VISIT_KIND = OWN + "CodeSystem/visit-kind"
TEAM_TASK = OWN + "CodeSystem/team-task"
RECEIPT_TOLD = OWN + "CodeSystem/receipt-told"
SIGNAL = OWN + "CodeSystem/signal"
COPY = OWN + "CodeSystem/copy"
SCHOOL_EVENT = OWN + "CodeSystem/school-event"
PERMISSION = OWN + "CodeSystem/permission"
INHALER_FORM = OWN + "Questionnaire/inhaler-at-school"
KIT_FORM = OWN + "Questionnaire/emergency-kit"
TEACH_BACK = OWN + "Questionnaire/teach-back"
CHILDS_WORDS = OWN + "Questionnaire/childs-words"
ROLE = OWN + "CodeSystem/role"
HIDDEN_NOTE = OWN + "CodeSystem/note"
FACT_SEEN = OWN + "CodeSystem/fact-seen"
HIDDEN_BECAUSE = OWN + "CodeSystem/hidden-because"


def extension(name: str) -> str:
    """Return the address of one of our own extensions."""
    return f"{OWN}StructureDefinition/{name}"


def concept(system: str, code: str, display: str = "") -> dict:
    """Return a CodeableConcept of one coding."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | ({"display": display} if display else {})]}


ASTHMA_PLAN = concept(SNOMED, "736056000", "Asthma clinical management plan")  # V2
BEST_PEAK_FLOW = concept(SNOMED, "251936000", "Best ever PEFR")  # V
ASTHMA_FOLLOW_UP = concept(SNOMED, "394701000", "Asthma follow-up")  # V
PRIVACY_CONSENT = concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")
TREATMENT_CONSENT = concept("http://terminology.hl7.org/CodeSystem/consentscope", "treatment")
CONSENT_CATEGORY = concept(LOINC, "59284-0")
INSTRUCTION = concept("http://terminology.hl7.org/CodeSystem/communication-category", "instruction")
ALERT = concept("http://terminology.hl7.org/CodeSystem/communication-category", "alert")
CONCERN = concept(TEAM_TASK, "concern")
WHO_LOOKED = concept(TEAM_TASK, "who-looked")
LONG_TERM = concept("http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy", "continuous")
SIGNED = concept("http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion", "LA", "legally authenticated")
SIGNER = concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "legal")
DEMO_DATA = {
    "system": ACT_REASON,
    "code": "HTEST",
    "display": "test health data",
}

RESTRICTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    "code": "R",
    "display": "restricted",
}

CARE_TEAM = "Asthma circle"


def profile(name: str) -> dict:
    """Return the meta that claims a UK Core profile."""
    return {"profile": [UK_CORE + name]}


def reference(kind: str, id: str, display: str = "") -> dict:
    """Return a Reference to a resource in this store."""
    return {"reference": f"{kind}/{id}"} | ({"display": display} if display else {})


def is_coded(code: dict | None, system: str, value: str) -> bool:
    """Return whether a CodeableConcept has this code of this system."""
    return any(
        (one.get("system"), one.get("code")) == (system, value) for one in (code or {}).get("coding", ())
    )


def id_in(reference: dict | None) -> str:
    """Return the id that a Reference ends in, whichever version it names; "" for none."""
    return (reference or {}).get("reference", "").partition("/_history/")[0].rpartition("/")[2]


def value_of(listed: Iterable[dict], system: str) -> str:
    """Return the value of the first identifier or phone number of this system, "" if none says one."""
    return next((one["value"] for one in listed if one.get("system") == system and one.get("value")), "")


def extension_value(element: dict, name: str, key: str) -> object:
    """Return the value of one of our extensions on an element, None if it is not there."""
    address = extension(name)
    return next(
        (item[key] for item in element.get("extension", ()) if item["url"] == address and key in item), None
    )
