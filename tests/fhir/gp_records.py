"""Makes GP records as FHIR bundles: name only what your test is about. Everybody in them is invented."""

import json
from uuid import NAMESPACE_URL, uuid5

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
NHS_NUMBER = "9991230041"
CHILD = "urn:uuid:" + str(uuid5(NAMESPACE_URL, "child"))
PRACTICE = "urn:uuid:" + str(uuid5(NAMESPACE_URL, "practice"))
SCHOOL = "urn:uuid:" + str(uuid5(NAMESPACE_URL, "school"))
HOSPITAL = "urn:uuid:" + str(uuid5(NAMESPACE_URL, "hospital"))
MOTHER = "urn:uuid:" + str(uuid5(NAMESPACE_URL, "mother"))
BLUE = ("222311000001102", "Ventolin 100micrograms/dose Evohaler (GlaxoSmithKline UK Ltd)")
BROWN = ("10618211000001109", "Clenil Modulite 100micrograms/dose inhaler (Chiesi Ltd)")


def address(name: str) -> str:
    """Return the address under which a test's resource of this name stands in the bundle."""
    return "urn:uuid:" + str(uuid5(NAMESPACE_URL, name))


def entry(resource: dict, name: str = "") -> dict:
    """Return a bundle entry; without a name its address comes from what it says."""
    return {"fullUrl": address(name or json.dumps(resource, sort_keys=True)), "resource": resource}


def bundle(*entries: dict, kind: str = "collection", **patient: object) -> dict:
    """Return a bundle of the child, practice, school and these entries; `patient` changes the child."""
    return {"resourceType": "Bundle", "type": kind, "entry": [*the_child(**patient), *entries]}


def raw(content: object) -> bytes:
    """Return content as the bytes of a file."""
    return json.dumps(content, ensure_ascii=False).encode()


def the_child(**changes: object) -> list[dict]:
    """Return the entries of the child, the practice and the school; a change of None takes away."""
    patient = {
        "resourceType": "Patient",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NHS_NUMBER}],
        "name": [{"use": "official", "family": "Example", "given": ["Robin", "Kit"]}],
        "gender": "female",
        "birthDate": "2016-03-14",
        "generalPractitioner": [{"reference": PRACTICE}],
        "contact": [{"relationship": [{"text": "School"}], "organization": {"reference": SCHOOL}}],
    } | changes
    return [
        {"fullUrl": CHILD, "resource": {name: value for name, value in patient.items() if value is not None}},
        {"fullUrl": PRACTICE, "resource": organization("Y99909", "Example Surgery")},
        {"fullUrl": SCHOOL, "resource": organization("EE999909", "Example School")},
    ]


def organization(code: str, name: str, country: str = "England") -> dict:
    """Return a practice, school or hospital."""
    return {
        "resourceType": "Organization",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": code}],
        "name": name,
        "telecom": [{"system": "phone", "value": "0121 496 0199"}],
        "address": [{"country": country}],
    }


def concept(code: str = "", text: str = "", system: str = SNOMED) -> dict:
    """Return a CodeableConcept with a code, words or both."""
    coding = {"coding": [{"system": system, "code": code}]} if code else {}
    return coding | ({"text": text} if text else {})


def about_the_child(kind: str, **values: object) -> dict:
    """Return a resource whose subject is the child."""
    return {"resourceType": kind, "subject": {"reference": CHILD}} | values


def repeat(medicine: tuple[str, str] = BROWN, *dosages: dict, **changes: object) -> dict:
    """Return a line of the repeat list."""
    values: dict = {
        "status": "active",
        "intent": "plan",
        "medicationCodeableConcept": concept(*medicine),
        "authoredOn": "2025-01-01",
    }
    if dosages:
        values["dosageInstruction"] = list(dosages)
    return about_the_child("MedicationRequest", **(values | changes))


def issue(day: str, medicine: tuple[str, str] = BLUE, number: str = "", **changes: object) -> dict:
    """Return one issue of a medicine."""
    values: dict = {
        "status": "completed",
        "intent": "order",
        "medicationCodeableConcept": concept(*medicine),
        "authoredOn": day,
        "dispenseRequest": {"quantity": {"value": 1, "unit": "inhaler"}},
    }
    if number:
        values["identifier"] = [{"system": "https://gp.example.org/Id/issue", "value": number}]
    return about_the_child("MedicationRequest", **(values | changes))


def handed_over(day: str, medicine: tuple[str, str] = BLUE, **changes: object) -> dict:
    """Return what a pharmacist handed over."""
    values: dict = {
        "status": "completed",
        "medicationCodeableConcept": concept(*medicine),
        "whenHandedOver": day,
        "quantity": {"value": 1, "unit": "inhaler"},
    }
    return about_the_child("MedicationDispense", **(values | changes))


def observation(code: dict, day: str = "2026-06-01", **value: object) -> dict:
    """Return a final Observation."""
    return about_the_child("Observation", status="final", code=code, effectiveDateTime=day, **value)


def condition(code: dict, status: str = "active", verified: str = "confirmed", **changes: object) -> dict:
    """Return a problem."""
    return about_the_child(
        "Condition",
        clinicalStatus=concept(status, system="http://terminology.hl7.org/CodeSystem/condition-clinical"),
        verificationStatus=concept(
            verified, system="http://terminology.hl7.org/CodeSystem/condition-ver-status"
        ),
        code=code,
        **changes,
    )


def allergy(name: str, **changes: object) -> dict:
    """Return an allergy."""
    return {
        "resourceType": "AllergyIntolerance",
        "patient": {"reference": CHILD},
        "code": {"text": name},
    } | changes


def encounter(kind: str, start: str, end: str = "", *reasons: dict, **changes: object) -> dict:
    """Return a finished visit; `kind` is IMP, EMER, AMB or VR."""
    values: dict = {
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": kind},
        "period": {"start": start} | ({"end": end} if end else {}),
    }
    if reasons:
        values["reasonCode"] = list(reasons)
    return about_the_child("Encounter", **(values | changes))


def visit_number(number: str) -> dict:
    """Return the identifier of a visit, to add to an encounter."""
    return {"identifier": [{"system": "https://hospital.example.org/Id/visit", "value": number}]}


def related_person(name: str, *said: str, languages: tuple[dict, ...] = (), **changes: object) -> dict:
    """Return somebody around the child, with what the record says of them."""
    person: dict = {
        "resourceType": "RelatedPerson",
        "patient": {"reference": CHILD},
        "name": [{"family": "Example", "given": [name]}],
        "relationship": [{"text": text} for text in said],
    }
    if languages:
        person["communication"] = list(languages)
    return person | changes


def language(code: str, said: str = "", *, preferred: bool = False) -> dict:
    """Return a language that somebody uses."""
    words = {"text": said} if said else {}
    return {"language": concept(code, system="urn:ietf:bcp:47") | words, "preferred": preferred}


def consent(
    kind: str, *actors: str, policy: str = "Court order", by: str = MOTHER, **provision: object
) -> dict:
    """Return a Consent in force that permits or denies these people access."""
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "category": [{"text": "privacy"}],
        "patient": {"reference": CHILD},
        "performer": [{"reference": by}],
        "policyRule": {"text": policy},
        "provision": {
            "type": kind,
            "actor": [{"role": {"text": "recipient"}, "reference": {"reference": actor}} for actor in actors],
        }
        | provision,
    }
