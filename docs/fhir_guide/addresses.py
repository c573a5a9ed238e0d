"""The identifiers and code systems of our own: what they mean, and the values that they can have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fhir import (
    codes,
    competence,
    concern,
    death_task,
    question_task,
    receipt_task,
    review_task,
    school_consent,
    school_observation,
    team_task,
    weekend_task,
)
from fhir.actor import FAMILY_LINK
from fhir.codes import OWN
from fhir.emergency_access import BASIS as EMERGENCY
from fhir.fact_seen import CATEGORY as FACT_SEEN_CATEGORY
from fhir.hidden_note import CATEGORY
from fhir.zones import ATTACK, EVERY_DAY, WORSE
from plans.competence import Finding
from plans.concern import STEPS
from plans.content import Copy
from plans.discharge_notice import VisitKind
from plans.discharge_questions import BY_CODE, DATE_IN_DOUBT, DATE_IN_DOUBT_ABOUT
from plans.hidden_notes import BECAUSE
from plans.ladder import HOURS_TO_ACCEPT, LADDER, unanswered
from plans.medicines import read_medicines
from plans.places import Role
from plans.plan import UNLISTED, Regimen, Slot
from plans.school_log import EntryKind
from plans.sharing import Basis, Part
from plans.signals import SIGNALS
from plans.team_task import KINDS

Values = Iterable[tuple[str, str]]


def none() -> Values:
    """Return no values: they are free, or given out one by one."""
    return ()


@dataclass(frozen=True)
class Address:
    """One address of ours: what it means, and its allowed values with what they stand for."""

    url: str
    means: str
    values: Callable[[], Values] = none


def _products() -> Values:
    yield from ((product.key, product.printed_name) for product in read_medicines())
    yield UNLISTED, "a medicine that a clinician wrote by hand"


def _rungs() -> Values:
    yield DATE_IN_DOUBT, DATE_IN_DOUBT_ABOUT
    abouts = {step.code: step.about.format(due="the due day", hours=HOURS_TO_ACCEPT) for step in LADDER}
    yield from abouts.items()
    yield from (
        (unanswered(code), "nobody has acknowledged that alert in its time")
        for code in (DATE_IN_DOUBT, *abouts)
    )
    yield from ((step.code, step.about) for step in STEPS.values())


REGIMENS = {
    Regimen.PREVENTER_RELIEVER: "a preventer every day and a reliever",
    Regimen.MART: "one inhaler, every day and when needed",
    Regimen.AIR: "one inhaler, when needed only",
    Regimen.OTHER: "none of these; a clinician writes the attack steps",
}
SLOTS = {
    Slot.PREVENTER: "the preventer",
    Slot.RELIEVER: "the reliever",
    Slot.COMBINATION: "the one inhaler of MART or AIR",
    Slot.BACKUP: "a blue inhaler kept beside MART or AIR",
    Slot.ADD_ON: "a further medicine",
}
ZONES = {EVERY_DAY: "every day", WORSE: "when asthma gets worse", ATTACK: "in an attack"}
TASKS = {
    review_task.CODE: "a review after hospital, within two working days",
    question_task.CODE: "a question about a discharge, for whoever must answer it",
    receipt_task.CODE: "read a version of a plan, and say so",
    team_task.CODE: "what a team has to do, as the reason says",
    concern.CODE: "a concern about a child: act on it, and say what was done",
    death_task.CODE: "what one professional said of a death, and a second one confirmed",
    weekend_task.CODE: "what a named person decided for a child before a weekend or a holiday",
}
BASES = {
    Basis.CONSENT: "the child or the family agreed",
    Basis.DIRECT_CARE: "professionals who care for the child",
    Basis.SAFEGUARDING: "to keep a child safe; the reason is recorded",
}
PARTS = {
    Part.EMERGENCY_CARD: "the emergency card",
    Part.PLAN: "the whole plan",
    Part.MEDICINES: "the medicines",
    Part.SUPPLY: "what was collected",
    Part.SCHOOL_FACTS: "what school needs, and days missed",
    Part.SCHOOL_NEWS: "what school lacks, and each reliever given there",
    Part.SIGNALS: "what a professional should look at",
    Part.REVIEWS: "reviews after hospital",
    Part.MAKING_OF_THE_PLAN: "how the plan was made",
    Part.CIRCLE: "who else has the plan",
    Part.MISUSE: "signs that somebody else may use an inhaler",
}
COMPETENCE = {
    competence.CODE: "whether the young person understands a decision about sharing",
    Finding.UNDERSTANDS: "they understand it",
    Finding.DOES_NOT_YET: "they do not understand it yet",
}
ROLES = {
    Role.CLINICIAN: "clinician of a GP practice",
    Role.HOSPITAL: "member of a hospital's asthma team",
    Role.SCHOOL_NURSE: "school nurse, of a nursing team",
    Role.COMMUNITY_NURSE: "community children's nurse",
    Role.PHARMACIST: "pharmacist",
    Role.SOCIAL_WORKER: "social worker",
    Role.SCHOOL_STAFF: "member of a school's staff",
    Role.PRIVACY_LEAD: "privacy lead of an organisation",
    FAMILY_LINK: "somebody at home, by their own link",
}
SCHOOL_EVENTS = {
    EntryKind.ATTACK: "an asthma attack at school",
    EntryKind.MISSED_PE: "PE was missed because of asthma",
    school_observation.SESSIONS: "sessions missed in a term, of those possible",
}
PERMISSIONS = {school_consent.CODE: "staff may use the school's own emergency salbutamol inhaler"}
COPIES = {
    Copy.FAMILY: "for the family",
    Copy.SCHOOL: "for the school",
    Copy.CHILD: "for the child, to look at together",
    Copy.RECORD: "for other professionals' records: the whole plan",
    Copy.WALLET: "a card to carry",
    Copy.EMERGENCY: "for whoever is beside the child in an attack",
    Copy.MEDICINES: "for a pharmacist: the medicines and the allergies",
    Copy.DISCHARGE: "the family's sheet after hospital; it is paper and never in a bundle",
}

ADDRESSES: tuple[Address, ...] = (
    Address(
        codes.PLAN_SERIES,
        "Identifier of a CarePlan: all versions of one child's plan have it in common. "
        "Its value is the id of the child's Patient.",
    ),
    Address(
        codes.ALERT_ID,
        "Identifier of an alert: it comes from the review and the rung, so none is raised twice.",
    ),
    Address(
        codes.VISIT,
        "Identifier of an Encounter: the hospital's own number of the stay, as it was told to us.",
    ),
    Address(
        codes.DOCUMENT,
        "Identifier of a DocumentReference: the plan's id, the copy and the language, with slashes between.",
    ),
    Address(
        codes.INCOMING,
        "Identifier of a discharge that came in and is matched to no child yet.",
    ),
    Address(
        codes.CONCERN_RAISED_AT,
        "Identifier in `Task.groupIdentifier` of a concern: the Organization at which it was raised.",
    ),
    Address(
        codes.REGIMEN,
        "Beginning of `CarePlan.instantiatesUri`: then the way of using the medicines, a bar, and the "
        "version of that template.",
        REGIMENS.items,
    ),
    Address(
        codes.SLOT,
        "Code in `MedicationRequest.category`: the place on the plan that a medicine fills.",
        SLOTS.items,
    ),
    Address(codes.ZONE, "Code of a RequestGroup: the part of the plan.", ZONES.items),
    Address(codes.TASK_CODE, "Code of a Task: what is asked for.", TASKS.items),
    Address(
        codes.QUESTION,
        "Code in `Task.reasonCode` of a question about a discharge.",
        lambda: ((code, question.sentence) for code, question in BY_CODE.items()),
    ),
    Address(
        codes.VISIT_KIND,
        "Code in `Encounter.type`: care that no class of HL7 tells from any clinic.",
        lambda: [(VisitKind.OUT_OF_HOURS, "care out of hours")],
    ),
    Address(
        codes.TEAM_TASK,
        "Code in `Task.reasonCode` of a task of a team.",
        lambda: ((kind, row.title) for kind, row in KINDS.items()),
    ),
    Address(
        codes.RECEIPT_TOLD,
        "Code in `Task.businessStatus` of a receipt: who has been told that it is late.",
        lambda: ((told, words) for told, words in receipt_task.TOLD_WORDS.items()),
    ),
    Address(
        codes.RUNG,
        "Code in `Communication.reasonCode`: the step of the ladder at which somebody was told.",
        _rungs,
    ),
    Address(
        codes.LAWFUL_BASIS,
        "Code in `Consent.policyRule`: why a reader may see the plan.",
        lambda: (*BASES.items(), (EMERGENCY, "one person opened the record in an emergency, for some hours")),
    ),
    Address(
        codes.SHARED_PART,
        "Code in `Consent.provision.code`: a part of what is known of a child that the reader was to see.",
        PARTS.items,
    ),
    Address(
        codes.COMPETENCE,
        "Code and value of an Observation: whether a young person understands a decision about sharing.",
        COMPETENCE.items,
    ),
    Address(
        codes.SIGNAL,
        "Code of a DetectedIssue and of a Flag: the rule that found it. Numbers of the child go in where "
        "braces stand.",
        lambda: ((rule.name, rule.as_published) for rule in SIGNALS),
    ),
    Address(
        codes.HIDDEN_NOTE,
        "Code in `Communication.category`: a note that no family and no school reads.",
        lambda: [("hidden-note", CATEGORY["coding"][0]["display"])],
    ),
    Address(
        codes.FACT_SEEN,
        "Code in `Communication.category`: what a professional has said of the fact in `reasonCode`.",
        lambda: [("fact-seen", FACT_SEEN_CATEGORY["coding"][0]["display"])],
    ),
    Address(
        codes.HIDDEN_BECAUSE,
        "Code in `meta.security`, beside R: why a note is hidden. Where it is not known, show it to nobody.",
        BECAUSE.items,
    ),
    Address(
        codes.ROLE,
        "Code in `AuditEvent.agent.role`: what somebody did where they worked, at that moment.",
        ROLES.items,
    ),
    Address(
        codes.SCHOOL_EVENT,
        "Code of an Observation: what happened at school. No published code is sure, so these are our own.",
        SCHOOL_EVENTS.items,
    ),
    Address(
        codes.PERMISSION,
        "Code in `Consent.policyRule`: what a parent was asked, beside the sharing of a plan.",
        PERMISSIONS.items,
    ),
    Address(
        codes.TEACH_BACK,
        "`QuestionnaireResponse.questionnaire`: what somebody at home says that the plan says. In each "
        "answer an item that ends in `as-plan` says whether the plan does.",
    ),
    Address(
        codes.CHILDS_WORDS,
        "`QuestionnaireResponse.questionnaire`: what asthma is like for the child, as written at home.",
    ),
    Address(
        codes.INHALER_FORM,
        "`QuestionnaireResponse.questionnaire`: the check of a child's own inhaler and spacer at school.",
    ),
    Address(
        codes.KIT_FORM,
        "`QuestionnaireResponse.questionnaire`: the check of a school's emergency inhaler kit.",
    ),
    Address(
        codes.COPY,
        "Tag of a Bundle and code in `DocumentReference.category`: whom a copy is for.",
        COPIES.items,
    ),
    Address(
        codes.PRODUCT,
        "Code of a medicine: a key of our list, beside its dm+d code where that is sure.",
        _products,
    ),
    Address(
        f"{OWN}StructureDefinition/",
        "Beginning of the address of each extension of ours: see [extensions.md](extensions.md).",
    ),
    Address(
        f"{OWN}SearchParameter/",
        "Beginning of the address of each search parameter of ours: see [search.md](search.md).",
    ),
    Address(
        OWN,
        "Beginning of `fullUrl` in a bundle of ours, and of a reference to a resource that the bundle does "
        "not hold: then its type, a slash and its id.",
    ),
)

# Addresses of others in fhir/codes.py: what we use them for.
OTHERS: Mapping[str, str] = {
    codes.SNOMED: "SNOMED CT and dm+d",
    codes.LOINC: "LOINC",
    codes.UCUM: "units",
    codes.NHS_NUMBER: "identifier of a Patient: the NHS number, ten digits without spaces",
    codes.ODS_CODE: "identifier of an Organization: its ODS code, or the code of a school",
    codes.UK_CORE: "beginning of each UK Core profile: see [profiles.md](profiles.md)",
    codes.DISCHARGE_METHOD: "extension of UK Core on an Encounter: how the child left",
    codes.DISCHARGE_METHODS: "codes of UK Core for England: how a child left",
    codes.DISCHARGE_DESTINATIONS: "codes of UK Core for England: where a child went",
    codes.NHS_NUMBER_STATUS: "extension of UK Core on an NHS number: whether anybody looked it up",
    codes.NHS_NUMBER_STATUSES: "values of that extension",
    codes.ACT_REASON: "why somebody acted, in `AuditEvent.agent.purposeOfUse`: `BTG` in an emergency",
    codes.ORGANISATION_TYPES: "kind of an Organization",
    codes.LANGUAGE: "languages, as BCP 47",
}
