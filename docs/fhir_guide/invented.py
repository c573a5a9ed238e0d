"""The invented people, plans and events of the examples in the FHIR guide: each keeps its id."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from docs.template_plans import AUTHOR as TEMPLATE_AUTHOR
from docs.template_plans import HOSPITAL as TEMPLATE_HOSPITAL
from docs.template_plans import LEFT_HOSPITAL, TEMPLATES
from docs.template_plans import PRACTICE as TEMPLATE_PRACTICE
from fhir.codes import OWN
from fhir.detected_issue import Detected
from plans.alert import Alert
from plans.bar import Bar
from plans.competence import Finding, Judgement
from plans.concern import STEPS, Concern, Happened, Team, When
from plans.concern import Event as ConcernEvent
from plans.consent import How, Word
from plans.discharge_questions import WAS_ASTHMA, Asked
from plans.fact_seen import FactSeen
from plans.hidden_notes import Hidden, HiddenNote
from plans.people import Child, FamilyMember, Professional
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Plan, Slot, Status
from plans.receipts import Act, Receipt
from plans.refusal import Refusal
from plans.review import Review
from plans.review_events import Event, EventKind
from plans.sharing import Basis, Reader, Share, parts_for
from plans.signals import SIGNALS, Signal
from plans.team_task import TaskKind, TeamTask
from plans.weekend import Decision, Way


def uid(name: str) -> str:
    """Return the id of an invented thing: the same each time."""
    return str(uuid5(NAMESPACE_URL, f"{OWN}example/{name}"))


PRACTICE = replace(TEMPLATE_PRACTICE, id=uid("practice"))
HOSPITAL = replace(TEMPLATE_HOSPITAL, id=uid("hospital"))
NURSES = Organisation(
    uid("nurses"), OrganisationKind.NURSING_TEAM, "Oak School Nurses", "Y99931", "0121 496 0146"
)
PHARMACY = Organisation(uid("pharmacy"), OrganisationKind.PHARMACY, "Oak Pharmacy", "FZZ91", "0121 496 0147")
SOCIAL_CARE = Organisation(
    uid("social"), OrganisationKind.SOCIAL_CARE, "Oak Children's Services", "Z9991", "0121 496 0148"
)
SCHOOL = Organisation(
    uid("school"),
    OrganisationKind.SCHOOL,
    "Oak School",
    "EE999901",
    "0121 496 0145",
    nursing_team_id=NURSES.id,
)
CHILD = Child(
    uid("child"),
    "Rayyan",
    "Test",
    date(2019, 3, 14),
    "9991047077",
    PRACTICE.id,
    SCHOOL.id,
    nhs_number_status="01",
    reads="en",
    speaks=("en", "ur"),
)
OLDER = Child(uid("older child"), "Ines", "Test", date(2013, 3, 14), practice_id=PRACTICE.id)
AGED = {7: CHILD, 13: OLDER}  # by age in whole years
DOCTOR = replace(TEMPLATE_AUTHOR, id=uid("doctor"), organisation_id=PRACTICE.id)
MOTHER = FamilyMember(
    uid("mother"),
    CHILD.id,
    "Sana Test",
    "mother",
    with_parental_responsibility=True,
    phone="07700 900123",
    reads="ur",
    speaks=("pa",),
    email="sana@example.com",
    phone_is_safe=True,
)
THEMSELF = FamilyMember(
    uid("themself"),
    OLDER.id,
    OLDER.name,
    "the young person",
    phone="07700 900777",
    phone_is_safe=True,
    is_themself=True,
)
SIGNED_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SEEN_AT = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)


def plan(template: str, name: str) -> Plan:
    """Return the plan of a template, of an invented child of its age, signed by our invented doctor."""
    made = TEMPLATES[template]
    return replace(made.plan, id=uid(name), child_id=AGED[made.age].id, author=DOCTOR)


def _with_a_source(whole: Plan) -> Plan:
    """Return the plan with a preventer whose dose was copied from the record and confirmed."""
    copied = replace(whole.medicines[Slot.PREVENTER], source="GP record, 3 November 2026", confirmed=True)
    return replace(whole, medicines={**whole.medicines, Slot.PREVENTER: copied})


FORMER = uid("plan, version 1")
TWO_INHALERS = replace(
    _with_a_source(plan("Two inhalers, all else", "plan, version 2")), version=2, replaces=FORMER
)
MART = plan("MART, backup, add-on", "plan with one inhaler")
WRITTEN_MART = replace(
    plan("MART, written steps", "plan with one inhaler and written steps"), worse_puffs=1, worse_hours=4
)
AIR = plan("AIR, all else", "plan with one inhaler when needed")
OTHER = plan("Another way", "plan of another way")
BY_HAND = plan("Another way, a medicine by hand", "plan with a medicine by hand")
WITHDRAWN = replace(
    plan("Two inhalers", "plan that was withdrawn"), status=Status.WITHDRAWN, ended_at=SEEN_AT
)

STAY = uid("stay")
REVIEW = Review(
    id=uid("review"),
    child_id=CHILD.id,
    encounter_id=STAY,
    discharged_at=LEFT_HOSPITAL,
    due=date(2026, 11, 24),
    owner_id=PRACTICE.id,
    requester_id=HOSPITAL.id,
    events=(
        Event(uid("accepted"), EventKind.ACCEPTED, SEEN_AT, "Dr Amina Lee"),
        Event(uid("phoned by mistake"), EventKind.MESSAGE_LEFT, SEEN_AT + timedelta(hours=1), "Dr Amina Lee"),
        Event(
            uid("withdrawn"),
            EventKind.WITHDRAWN,
            SEEN_AT + timedelta(hours=2),
            "Dr Amina Lee",
            "It was another child's number.",
            uid("phoned by mistake"),
        ),
    ),
)
HIDDEN_NOTE = HiddenNote(
    id=uid("hidden note"),
    child_id=CHILD.id,
    words="A neighbour told the nurse that they take the child's blue inhaler.",
    because=Hidden.MISUSE,
    by=DOCTOR.id,
    at=SEEN_AT,
    organisation_id=PRACTICE.id,
)
FACT_SEEN = FactSeen(
    id=uid("fact seen"),
    child_id=CHILD.id,
    fact="reliever-at-school",
    words="I ask school how often, and see the child on Tuesday.",
    look_again=date(2026, 11, 24),
    by=DOCTOR.id,
    organisation_id=PRACTICE.id,
    at=SEEN_AT,
    extent=4,
    day=date(2026, 11, 20),
    school_id=SCHOOL.id,
)
CONCERN = Concern(
    id=uid("concern"),
    child_id=CHILD.id,
    words="He says that he is afraid to go home.",
    how_safe=2,
    when=When.TONIGHT,
    asked_by=SEEN_AT + timedelta(hours=6),
    raised_by=f"Practitioner/{uid('nurse')}",
    raised_as=Role.SCHOOL_NURSE,
    raised_at_id=NURSES.id,
    raised_at=SEEN_AT,
    owner_id=PRACTICE.id,
    events=(
        ConcernEvent(
            uid("concern answered"),
            Happened.ANSWERED,
            SEEN_AT + timedelta(hours=1),
            f"Practitioner/{DOCTOR.id}",
            PRACTICE.id,
            "Seen at the surgery. He stays with his aunt.",
        ),
    ),
)
TOLD_OF_CONCERN = Alert(
    id=uid("told of the concern"),
    child_id=CHILD.id,
    review_id="",
    concern_id=CONCERN.id,
    rung="concern-raised",
    owner=Team.FIRST,
    owner_id=PRACTICE.id,
    told_ids=(HOSPITAL.id,),
    about=STEPS["concern-raised"].about,
    raised_at=SEEN_AT,
)
DECISION = Decision(
    id=uid("weekend decision"),
    child_id=CHILD.id,
    about=f"Task/{CONCERN.id}",
    by=f"Practitioner/{DOCTOR.id}",
    organisation_id=PRACTICE.id,
    at=SEEN_AT + timedelta(hours=1),
    back_on=date(2026, 11, 24),
    ways={
        Way.ON_CALL: "Rose Hill, Ash Hospital, sees him on Saturday at 10am.",
        Way.FAMILY_PLAN: "His aunt keeps the inhaler and phones the ward.",
    },
)
TEAM_TASK = TeamTask(
    id=uid("team task"),
    kind=TaskKind.QUESTION_ABOUT_PLAN,
    owner_id=PRACTICE.id,
    raised_by=f"Practitioner/{uid('nurse')}",
    raised_at=SEEN_AT,
    due_at=SEEN_AT + timedelta(hours=24),
    child_id=CHILD.id,
    about=f"CarePlan/{TWO_INHALERS.id}",
    words="Which spacer should school keep?",
    answer="Phoned her: one with a mouthpiece.",
    done_by=f"Practitioner/{DOCTOR.id}",
    done_at=SEEN_AT + timedelta(hours=2),
)
RECEIPT = Receipt(
    id=uid("receipt"),
    child_id=CHILD.id,
    version=f"CarePlan/{TWO_INHALERS.id}/_history/1",
    reader=f"Organization/{SCHOOL.id}",
    reader_name=SCHOOL.name,
    asked_at=SIGNED_AT,
    opened=Act(f"Practitioner/{uid('nurse')}", SEEN_AT),
    acknowledged=Act(f"Practitioner/{uid('nurse')}", SEEN_AT + timedelta(hours=3)),
    questions=(TEAM_TASK.id,),
)
QUESTION = Asked(
    id=uid("question"),
    code=WAS_ASTHMA,
    child_id=CHILD.id,
    encounter_id=STAY,
    owner_id=HOSPITAL.id,
    asked_at=LEFT_HOSPITAL,
    due_at=LEFT_HOSPITAL + timedelta(hours=24),
    answer="yes",
    answered_by="Sister Rose Hill",
    answered_at=SEEN_AT,
)
ALERT = Alert(
    id=uid("alert"),
    child_id=CHILD.id,
    review_id=REVIEW.id,
    rung="hours-48",
    owner="practice",
    owner_id=PRACTICE.id,
    told_ids=(HOSPITAL.id,),
    about="48 hours have passed since discharge and no review is recorded: "
    "phone the family today, and make sure that the review is booked for 24 November 2026 at the latest.",
    raised_at=datetime(2026, 11, 22, 15, 30, tzinfo=UTC),
    acknowledged_by=DOCTOR.id,
    acknowledged_at=SEEN_AT,
    action="Phoned the mother; booked for today.",
    answer_by=datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
)
TO_SCHOOL = Share(
    id=uid("share with the school"),
    child_id=CHILD.id,
    reader=Reader.SCHOOL,
    reader_id=SCHOOL.id,
    reader_name=SCHOOL.name,
    basis=Basis.CONSENT,
    by=DOCTOR.id,
    since=SIGNED_AT,
    until=date(2027, 7, 31),
    consent=Word(f"RelatedPerson/{MOTHER.id}", MOTHER.name, How.IN_PERSON, SIGNED_AT.date()),
    scope=parts_for(Reader.SCHOOL),
)
TO_SOCIAL_CARE = Share(
    id=uid("share with social care"),
    child_id=CHILD.id,
    reader=Reader.SOCIAL_CARE,
    reader_id=uid("social care"),
    reader_name="Elm Children's Services",
    basis=Basis.SAFEGUARDING,
    by=DOCTOR.id,
    since=SIGNED_AT,
    reason="Not brought to four appointments after attacks.",
    scope=parts_for(Reader.SOCIAL_CARE),
)
BAR = Bar(
    id=uid("bar"),
    child_id=CHILD.id,
    name="Omar Test",
    reason="Court order of 3 May 2026",
    by=DOCTOR.id,
    at=SIGNED_AT,
    lifted_by=DOCTOR.id,
    lifted_at=SEEN_AT,
    lifted_because="The order has ended.",
)
JUDGEMENT = Judgement(
    id=uid("judgement"),
    child_id=CHILD.id,
    finding=Finding.UNDERSTANDS,
    decision="Whether school has the plan",
    by=DOCTOR.id,
    by_name=DOCTOR.name,
    on=SIGNED_AT.date(),
)
REFUSAL = Refusal(
    id=uid("refusal"),
    child_id=CHILD.id,
    reader=Reader.SOCIAL_CARE,
    reader_id="",
    reader_name="Social care",
    word=Word(f"RelatedPerson/{MOTHER.id}", MOTHER.name, How.IN_PERSON, SIGNED_AT.date()),
    reason="She gave no reason.",
    by=DOCTOR.id,
    at=SIGNED_AT,
)
GRANDFATHER = FamilyMember(uid("grandfather"), CHILD.id, "Omar Test", "grandfather")
TO_MOTHER = Share(
    id=uid("share with the mother"),
    child_id=CHILD.id,
    reader=Reader.FAMILY,
    reader_id=MOTHER.id,
    reader_name=MOTHER.name,
    basis=Basis.CONSENT,
    by=DOCTOR.id,
    since=SIGNED_AT,
    stopped_at=SEEN_AT,
    consent=Word(f"RelatedPerson/{MOTHER.id}", MOTHER.name, How.IN_PERSON, SIGNED_AT.date()),
    withdrawn=Word(f"RelatedPerson/{MOTHER.id}", MOTHER.name, How.BY_PHONE, SEEN_AT.date()),
    scope=parts_for(Reader.FAMILY),
)
NURSE = Professional(uid("nurse"), "May Brook", "School nurse", SCHOOL.id)


def detected(name: str, **more: tuple[str, ...]) -> Detected:
    """Return a signal of the invented child, with 14 blue inhalers where it counts them."""
    rule = next(rule for rule in SIGNALS if rule.name == name)
    sentence = rule.as_published.format(reliever_12m=14)
    signal = Signal(rule.name, sentence, rule.source, rule.tag, rule.visibility)
    return Detected(CHILD.id, signal, SEEN_AT, **more)
