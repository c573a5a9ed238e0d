"""The family's copy beside its bands: triggers, who to phone, allergy pens, the child's own words."""

from collections.abc import Iterator

from plans.content.danger import CALL_999
from plans.content.readers import People, Subject
from plans.content.worse import closed_call_111
from plans.plan import Plan
from plans.sections import Band, Item, Kind, Line, Quote, Section
from plans.sentences import Day, Exact, Typed, say
from plans.sources import Source
from plans.triggers import TRIGGERS

INTERPRETER = say("You can ask for an interpreter.", source=Source.HAZARD_8)
SMOKE_AND_DIRTY_AIR = say(
    "Smoke and dirty air make asthma worse, indoors and out.", source=Source.NG245_1_14_1
)


def triggers(plan: Plan) -> Section:
    """Return what sets off this child's asthma; air pollution is always named (NICE NG245 1.14.1)."""
    chosen = (TRIGGERS[key].words for key in TRIGGERS if key in plan.triggers)
    unknown = (Quote(Typed(key)) for key in plan.triggers if key not in TRIGGERS)
    lines = tuple(Line(Kind.SIGN, (words,)) for words in chosen)
    air = Line(Kind.NOTE, (SMOKE_AND_DIRTY_AIR,))
    return Section(
        "triggers",
        Band.UNDERSTANDING,
        say("What can set off an attack", source=Source.LAYOUT),
        (*lines, *unknown, air),
    )


def who_to_phone(subject: Subject, people: People) -> Section:
    """Return whom to phone and when: 999, the surgery, the ward where this child may go, 111."""
    lines = (
        Line(Kind.DO, (CALL_999,), "phone-999"),
        *_surgery_line(subject.plan, people),
        *_ward_line(subject.plan),
        Line(Kind.DO, (closed_call_111(subject), INTERPRETER), "phone"),
    )
    return Section("who-to-phone", Band.AFTER, say("Who to phone", source=Source.LAYOUT), lines)


def surgery_phone(plan: Plan, people: People) -> str:
    """Return the surgery's number as typed on the plan, else as the practice gives it."""
    return plan.surgery_phone or (people.practice.phone if people.practice else "")


def pens(plan: Plan) -> Iterator[Section]:
    """Yield when the adrenaline pens run out, if a severe allergy is recorded with pens."""
    expire_on = plan.allergy_care.pens_expire_on
    if expire_on and any(allergy.severe for allergy in plan.allergies):
        words = say("The pens run out on {day}.", source=Source.ENTERED, day=Day(expire_on))
        yield Section(
            "pens",
            Band.UNDERSTANDING,
            say("Adrenaline pens", source=Source.LAYOUT),
            (Line(Kind.NOTE, (words,), "pen"),),
        )


def own_words(plan: Plan) -> Iterator[Section]:
    """Yield what the child said, as typed."""
    if plan.child_words.strip():
        words = Quote(Typed(plan.child_words.strip()))
        yield Section("own-words", Band.UNDERSTANDING, say("In my own words", source=Source.LAYOUT), (words,))


def _surgery_line(plan: Plan, people: People) -> tuple[Item, ...]:
    phone = surgery_phone(plan, people)
    if not phone:
        return (
            Line(
                Kind.DO,
                (say("Asthma worse, or a question? Phone the GP surgery.", source=Source.UHSUSSEX),),
                "phone",
            ),
        )
    return (Line(Kind.DO, (say("GP surgery: {phone}.", source=Source.LAYOUT, phone=Exact(phone)),), "phone"),)


def _ward_line(plan: Plan) -> tuple[Item, ...]:
    phone = plan.open_access_phone.strip()
    if not phone:
        return ()
    words = say("You can phone the ward yourself: {phone}.", source=Source.ENTERED, phone=Exact(phone))
    return (Line(Kind.DO, (words,), "phone"),)
