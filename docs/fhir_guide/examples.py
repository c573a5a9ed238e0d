"""The examples of the FHIR guide: a table, each row made by the functions that the store is written with."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from docs.fhir_guide import at_home, school
from docs.fhir_guide import invented as of
from docs.fhir_guide.invented import SEEN_AT, SIGNED_AT, uid
from fhir.audit_event import Action, AuditEntry, to_audit_event
from fhir.bar import to_bar_consent
from fhir.care_plan import Around, to_care_plan
from fhir.care_team import Circle, Member, team_id, to_care_team
from fhir.communication import to_communication
from fhir.communication_request import to_communication_request
from fhir.competence import to_competence
from fhir.concern import to_concern_task
from fhir.consent import to_consent
from fhir.detected_issue import to_detected_issue
from fhir.document import Printed, to_document
from fhir.encounter import Stay, to_encounter
from fhir.fact_seen import to_fact_seen
from fhir.flag import to_flag
from fhir.hidden_note import to_hidden_note
from fhir.kept_bars import told_apart
from fhir.medication import to_medication_requests
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.peak_flow import to_observation
from fhir.plan_bundle import to_bundle
from fhir.practitioner import to_practitioner, to_practitioner_role
from fhir.products import printed as named
from fhir.provenance import to_provenance, to_withdrawal
from fhir.question_task import to_question_task
from fhir.receipt_task import to_receipt_task
from fhir.refusal import to_refusal_consent
from fhir.related_person import to_related_person
from fhir.review_task import to_review_task
from fhir.search_parameter import to_search_parameters
from fhir.team_task import to_team_task
from fhir.weekend_task import to_weekend_task
from fhir.zones import ATTACK, EVERY_DAY, WORSE, to_zones, zone_id
from plans.content import Copy
from plans.discharge_notice import Destination
from plans.medicines import read_medicines
from plans.people import Child, Professional
from plans.plan import Plan, Slot
from plans.regimens import attack_script, most_at_once
from portal.actions.wording_for_fhir import narrative_of, zone_words

ZONES = (EVERY_DAY, WORSE, ATTACK)
PAGE = b"%PDF-1.4\n% stands for the printed page\n"


@dataclass(frozen=True)
class Example:
    """One file: `name` begins with its type, `shows` says in a sentence what it is an example of."""

    name: str
    shows: str
    make: Callable[[], dict]

    @property
    def type(self) -> str:
        return self.name.partition("-")[0]

    def text(self) -> str:
        """Return the file."""
        return json.dumps(self.make(), ensure_ascii=False, indent=2) + "\n"


def _care_plan(plan: Plan, **leads_to: Any) -> dict:
    around = Around(zones=tuple(zone_id(plan, zone) for zone in ZONES), **leads_to)
    return to_care_plan(plan, narrative=narrative_of(plan, _owner(plan), of.PRACTICE), around=around)


def _after_hospital() -> dict:
    """Return the plan with all that it can lead to: a review, the asthma on record, the circle and a stay."""
    return _care_plan(
        of.TWO_INHALERS,
        reviews=(of.REVIEW.id,),
        condition=uid("asthma"),
        care_team=team_id(of.CHILD.id),
        encounter=of.STAY,
    )


def _requests(plan: Plan) -> list[dict]:
    age = _owner(plan).age_on(SIGNED_AT.date())
    script = attack_script(plan, age, read_medicines())
    return to_medication_requests(plan, named, most_at_once=most_at_once(script))


def _post(person: Professional) -> dict:
    return to_practitioner_role(person, id=uid(f"post of {person.id}"))


def _team_task() -> dict:
    return to_team_task(of.TEAM_TASK)


def _hidden_note() -> dict:
    return to_hidden_note(of.HIDDEN_NOTE)


def _owner(plan: Plan) -> Child:
    return next(child for child in of.AGED.values() if child.id == plan.child_id)


def _request(plan: Plan, slot: Slot) -> dict:
    """Return the request for one place of a plan."""
    places = [one for one in Slot if one in plan.medicines]
    return _requests(plan)[places.index(slot)]


def _zones() -> list[dict]:
    return to_zones(of.TWO_INHALERS, zone_words(of.TWO_INHALERS, of.CHILD, of.PRACTICE))


def _of_zones(kind: str, zone: str) -> dict:
    return [one for one in _zones() if one["resourceType"] == kind][ZONES.index(zone)]


def _best() -> dict:
    observation = to_observation(of.TWO_INHALERS)
    if observation is None:
        raise ValueError("this plan rests on a best peak flow")
    return observation


def _printed(language: str) -> list[dict]:
    return to_document(
        Printed(
            plan_id=of.TWO_INHALERS.id,
            child_id=of.CHILD.id,
            copy=Copy.FAMILY,
            language=language,
            pdf=PAGE,
            at=SEEN_AT,
            author_id=of.DOCTOR.id,
            author_name=of.DOCTOR.name,
            is_final=language == "en",
        )
    )


def _circle() -> dict:
    signer = Member(f"Practitioner/{of.DOCTOR.id}", of.DOCTOR.name, of.DOCTOR.job, of.PRACTICE.id)
    school = Member(
        f"Organization/{of.SCHOOL.id}",
        of.SCHOOL.name,
        "school",
        since=of.TO_SCHOOL.since,
        until=of.TO_SCHOOL.until,
    )
    mother = Member(f"RelatedPerson/{of.MOTHER.id}", of.MOTHER.name, "mother", since=of.TO_MOTHER.since)
    return to_care_team(Circle(of.CHILD.id, (signer, school, mother)))


def _stay() -> dict:
    return to_encounter(
        Stay(
            of.STAY,
            of.CHILD.id,
            of.REVIEW.discharged_at,
            hospital_id=of.HOSPITAL.id,
            visit="V9990001",
            diagnosis="Acute asthma",
            went_to=Destination(text="Usual place of residence"),
        )
    )


def _receipt() -> dict:
    return to_receipt_task(of.RECEIPT)


def _looked() -> dict:
    entry = AuditEntry(
        Action.READ,
        by=f"Practitioner/{of.DOCTOR.id}",
        at=SEEN_AT,
        what=f"CarePlan/{of.TWO_INHALERS.id}",
        child=f"Patient/{of.CHILD.id}",
        detail="read the plan",
    )
    return {"resourceType": "AuditEvent", "id": uid("audit")} | to_audit_event(entry)


def _record_copy() -> dict:
    """Return the bundle of a record copy, as `export` writes it, with a signal and the printed copies."""
    late = of.detected("review-after-attack-late", evidence=(f"Encounter/{of.STAY}",))
    resources = [
        _after_hospital(),
        *_requests(of.TWO_INHALERS),
        _best(),
        *_zones(),
        to_provenance(of.TWO_INHALERS),
        _circle(),
        _stay(),
        _review(),
        to_patient(of.CHILD),
        to_practitioner(of.DOCTOR),
        _post(of.DOCTOR),
        *(to_organization(place) for place in (of.PRACTICE, of.NURSES, of.SCHOOL)),
        to_detected_issue(late),
        to_flag(of.detected("looked-after")),
        *_printed("en"),
        *_printed("ur"),
    ]
    return to_bundle(resources, Copy.RECORD, at=SEEN_AT, is_demo=True)


def _review() -> dict:
    return to_review_task(of.REVIEW, now=SEEN_AT)


EXAMPLES: tuple[Example, ...] = (
    Example(
        "AuditEvent-read",
        "A doctor has read a plan.",
        _looked,
    ),
    Example(
        "Binary-family-english",
        "The PDF of the family's copy; here its bytes are cut short.",
        lambda: _printed("en")[0],
    ),
    Example(
        "Bundle-record-copy",
        "What `export` writes for the record: the plan and all around it.",
        _record_copy,
    ),
    Example(
        "CarePlan-two-inhalers",
        "A plan of a preventer and a reliever, with all else that a plan can say; it replaces another.",
        _after_hospital,
    ),
    Example("CarePlan-mart", "A plan of one inhaler, MART.", lambda: _care_plan(of.MART)),
    Example(
        "CarePlan-withdrawn",
        "A plan that was withdrawn: nobody follows it any more.",
        lambda: _care_plan(of.WITHDRAWN),
    ),
    Example("CareTeam-circle", "Who writes the plan, and who may see it.", _circle),
    Example(
        "Communication-alert",
        "An alert that a review is late: who was told, and what they did.",
        lambda: to_communication(of.ALERT),
    ),
    Example(
        "CommunicationRequest-alert",
        "That the owner of a late review was to be told of it.",
        lambda: to_communication_request(of.ALERT, falls_at=of.ALERT.raised_at),
    ),
    Example(
        "CommunicationRequest-attack",
        "The words of the part for an attack, sentence by sentence.",
        lambda: _of_zones("CommunicationRequest", ATTACK),
    ),
    Example(
        "Consent-school",
        "The school may see the plan until a day, because the family agreed.",
        lambda: to_consent(of.TO_SCHOOL, of.TWO_INHALERS.id),
    ),
    Example(
        "Consent-social-care",
        "Social care sees the plan without consent, to keep a child safe: by whom, and why.",
        lambda: to_consent(of.TO_SOCIAL_CARE, of.TWO_INHALERS.id),
    ),
    Example(
        "Consent-refusal",
        "A mother said no to social care before anything was shared.",
        lambda: to_refusal_consent(of.REFUSAL),
    ),
    Example(
        "Consent-bar-lifted",
        "Somebody was barred by name; the bar was lifted.",
        lambda: to_bar_consent(of.BAR),
    ),
    Example(
        "Consent-family-stopped",
        "A share that the mother agreed to, and withdrew.",
        lambda: to_consent(of.TO_MOTHER, of.TWO_INHALERS.id),
    ),
    Example(
        "Consent-emergency-inhaler",
        "A parent's written answer: school may use its own emergency inhaler.",
        school.emergency_consent,
    ),
    Example(
        "DetectedIssue-reliever",
        "A signal: many blue inhalers in a year.",
        lambda: to_detected_issue(of.detected("reliever-over-12")),
    ),
    Example(
        "DetectedIssue-late-review",
        "A signal that names the stay in hospital which it rests on.",
        lambda: to_detected_issue(
            of.detected("review-after-attack-late", evidence=(f"Encounter/{of.STAY}",))
        ),
    ),
    Example(
        "DocumentReference-family-english",
        "The family's copy in English, as it was printed.",
        lambda: _printed("en")[1],
    ),
    Example(
        "DocumentReference-family-urdu",
        "The same in Urdu, whose words nobody has signed off yet: a demo alone prints it.",
        lambda: _printed("ur")[1],
    ),
    Example("Encounter-discharge", "A stay in hospital that has ended.", _stay),
    Example(
        "Flag-looked-after",
        "A banner: read it before anybody contacts the family.",
        lambda: to_flag(of.detected("looked-after")),
    ),
    Example(
        "MedicationRequest-preventer",
        "A preventer, morning and evening; the dose was copied from a record and confirmed.",
        lambda: _request(of.TWO_INHALERS, Slot.PREVENTER),
    ),
    Example(
        "MedicationRequest-reliever",
        "A reliever: when needed, and when asthma gets worse.",
        lambda: _request(of.TWO_INHALERS, Slot.RELIEVER),
    ),
    Example(
        "MedicationRequest-mart",
        "MART: one request, as it is one inhaler, with one instruction for every day and one when needed.",
        lambda: _request(of.MART, Slot.COMBINATION),
    ),
    Example(
        "MedicationRequest-mart-attack-steps",
        "MART with what a clinician wrote for getting worse and for an attack.",
        lambda: _request(of.WRITTEN_MART, Slot.COMBINATION),
    ),
    Example(
        "MedicationRequest-air",
        "AIR: the inhaler when needed, and nothing every day.",
        lambda: _request(of.AIR, Slot.COMBINATION),
    ),
    Example(
        "MedicationRequest-attack-steps",
        "A reliever with the steps for an attack that a clinician wrote.",
        lambda: _request(of.OTHER, Slot.RELIEVER),
    ),
    Example(
        "MedicationRequest-by-hand",
        "A medicine that is in no list, as it stands on the box.",
        lambda: _request(of.BY_HAND, Slot.RELIEVER),
    ),
    Example(
        "MedicationAdministration-at-school",
        "A reliever that school gave, from its emergency kit.",
        school.reliever,
    ),
    Example("Observation-attack-at-school", "An attack at school, kept from the family.", school.attack),
    Example("Observation-missed-pe", "PE that was missed; it was withdrawn, as an error.", school.missed_pe),
    Example("Observation-sessions-missed", "Sessions that a child missed in a term.", school.absence),
    Example(
        "Observation-competence",
        "A clinician found that the young person understands a decision about sharing.",
        lambda: to_competence(of.JUDGEMENT),
    ),
    Example("Observation-best-peak-flow", "The best peak flow that a plan rests on.", _best),
    Example("Organization-practice", "A GP practice.", lambda: to_organization(of.PRACTICE)),
    Example("Organization-school", "A school.", lambda: to_organization(of.SCHOOL)),
    Example("Organization-hospital", "A hospital.", lambda: to_organization(of.HOSPITAL)),
    Example("Organization-nursing-team", "A team of nurses.", lambda: to_organization(of.NURSES)),
    Example("Organization-pharmacy", "A pharmacy.", lambda: to_organization(of.PHARMACY)),
    Example("Organization-social-care", "Social care.", lambda: to_organization(of.SOCIAL_CARE)),
    Example("Patient-child", "A child with an NHS number and a school.", lambda: to_patient(of.CHILD)),
    Example("Patient-no-number", "A child of whom no NHS number is known.", lambda: to_patient(of.OLDER)),
    Example("Practitioner-doctor", "Somebody who signs plans.", lambda: to_practitioner(of.DOCTOR)),
    Example("PractitionerRole-doctor", "Their job, and where.", lambda: _post(of.DOCTOR)),
    Example(
        "Provenance-signature",
        "Who signed a plan, when, and for whom.",
        lambda: to_provenance(of.TWO_INHALERS),
    ),
    Example(
        "Provenance-withdrawal",
        "Who withdrew a plan, and why.",
        lambda: to_withdrawal(of.WITHDRAWN, reason="It was another child's.", by=of.DOCTOR),
    ),
    Example(
        "QuestionnaireResponse-answers",
        "What a mother says that the plan says: one answer is not as it does.",
        at_home.answers,
    ),
    Example(
        "QuestionnaireResponse-childs-words",
        "What asthma is like for the child, from home: for the practice and the school nurse alone.",
        at_home.childs_words,
    ),
    Example(
        "QuestionnaireResponse-inhaler-at-school",
        "A check of a child's own inhaler and spacer at school.",
        school.inhaler_form,
    ),
    Example(
        "QuestionnaireResponse-emergency-kit",
        "A monthly check of a school's emergency kit: one thing is missing.",
        school.kit_form,
    ),
    Example(
        "RelatedPerson-told-apart",
        "Another carer, who only has the name of somebody who is barred.",
        lambda: told_apart(to_related_person(of.GRANDFATHER), "He is 70, and I know him.", SEEN_AT),
    ),
    Example("RelatedPerson-mother", "Somebody at home.", lambda: to_related_person(of.MOTHER)),
    Example(
        "RelatedPerson-young-person",
        "A young person who reads by a link of their own, with a contact that no parent sees.",
        lambda: to_related_person(of.THEMSELF),
    ),
    *(
        Example(
            f"RequestGroup-{zone}",
            f"The part of a plan for {when}.",
            partial(_of_zones, "RequestGroup", zone),
        )
        for zone, when in (
            (EVERY_DAY, "every day"),
            (WORSE, "when asthma gets worse"),
            (ATTACK, "an attack"),
        )
    ),
    *(
        Example(
            f"SearchParameter-{made['base'][0]}-{made['code']}",
            made["description"],
            partial(dict, made),
        )
        for made in to_search_parameters()
    ),
    Example("Task-review", "A review after hospital, with what happened to it so far.", _review),
    Example(
        "Task-question",
        "A question about a discharge, and its answer.",
        lambda: to_question_task(of.QUESTION),
    ),
    Example(
        "Communication-hidden-note", "A note that is hidden from the family and the school.", _hidden_note
    ),
    Example(
        "Communication-fact-seen",
        "A fact that a professional has looked at: what they will do, and when they look again.",
        lambda: to_fact_seen(of.FACT_SEEN),
    ),
    Example("Task-team", "A question about the plan, and what the practice did.", _team_task),
    Example(
        "Task-concern",
        "A concern about a child, with what was done about it.",
        lambda: to_concern_task(of.CONCERN),
    ),
    Example(
        "Task-weekend",
        "What a named person decided for a child before a weekend.",
        lambda: to_weekend_task(of.DECISION),
    ),
    Example(
        "Communication-concern",
        "A team was told of a concern, in words that say nothing of it.",
        lambda: to_communication(of.TOLD_OF_CONCERN),
    ),
    Example("Task-receipt", "The school has opened this version, asked about it, and read it.", _receipt),
)
