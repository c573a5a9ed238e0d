"""What each type of FHIR resource is here, for somebody who reads our bundles: a table."""

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "CarePlan": "One signed version of an asthma action plan, with the plan in English words in `text.div`.",
    "MedicationAdministration": "A reliever that school gave.",
    "MedicationRequest": "One medicine of a plan, with every way of taking it. It is no prescription.",
    "RequestGroup": "One of the three parts of a plan: every day, getting worse, attack.",
    "CommunicationRequest": "The words of a part of a plan, or that somebody is to be told of a late review.",
    "Observation": "The best peak flow of a plan in L/min, or an attack, missed PE or absence at school.",
    "Provenance": "Who signed a plan, or withdrew it, when, and for whom.",
    "Patient": "The child.",
    "QuestionnaireResponse": "A check at school, or what somebody at home answered about a plan or wrote.",
    "RelatedPerson": "Somebody at home.",
    "Practitioner": "Somebody who signs in here.",
    "PractitionerRole": "Their job, and where: one for each place that they work in.",
    "Organization": "A GP practice, a school or a hospital.",
    "CareTeam": "The circle: who writes the plan, and who may see it.",
    "Consent": "A share: one reader who may see the plan, on which lawful basis, and until when. Or what a "
    "parent answered about the school's own emergency inhaler.",
    "Task": "A review after hospital, a question about a discharge, the request to read a plan, a concern "
    "about the child, or what was decided before a weekend.",
    "Encounter": "A stay in hospital that has ended.",
    "Communication": "An alert that was sent: who was told what, and what they did. Or a note that is hidden "
    "from the family and the school, or what a professional has said of a fact.",
    "DetectedIssue": "A signal: a fact in the record that a professional should look at. It is no score.",
    "Flag": "A banner: a signal to read before anything is done.",
    "DocumentReference": "A printed copy: of which plan, for whom, and in which language.",
    "Binary": "The PDF of a printed copy.",
    "AuditEvent": "One act: who read or changed what, and when.",
    "Bundle": "One copy of a plan, as `run.py export` writes it.",
    "SearchParameter": "What we search by and FHIR R4 does not name.",
}
