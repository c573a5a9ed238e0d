"""The family's sheet after hospital: the date of the review, whom to phone, what to do before then."""

from collections.abc import Iterator
from datetime import date, datetime

from plans.content.attack import what_to_say
from plans.content.danger import any_danger_sign, danger_signs
from plans.content.head import identity
from plans.content.readers import ADULT_AGE, SCHOOL_AGE
from plans.people import Child
from plans.places import Organisation
from plans.sections import Band, Fact, Item, Kind, Line, Phrase, Section
from plans.sentences import Day, Exact, Moment, Name, Sentence, say
from plans.sources import Source
from plans.working_days import uk_day

CONFIRM = "after-hospital"
ASK_FOR_A_REVIEW = Phrase(
    say("When you phone, say:", source=Source.LAYOUT),
    Exact("Asthma review after hospital, within 2 working days."),
    say("Asthma review after hospital, within 2 working days.", source=Source.HAZARD_8, confirm=CONFIRM),
    # Translators: write how the English words SOUND, in your own letters. They are said to the surgery.
    say(
        "The English sounds like this: Asthma review after hospital, within 2 working days.",
        source=Source.HAZARD_8,
        confirm=CONFIRM,
    ),
)
PHONE_THE_SURGERY = say("Phone the surgery when it next opens.", source=Source.HAZARD_8, confirm=CONFIRM)
NO_GP = say(
    "No GP surgery yet? The hospital arranges the review. Phone the ward.",
    source=Source.HAZARD_17,
    confirm=CONFIRM,
)
DO_NOT_WAIT = say("Do not wait for a call.", source=Source.HAZARD_8, confirm=CONFIRM)
WORSE_BEFORE_THEN = say(
    "Worse before then, or relief lasts less than 4 hours? Follow the attack steps.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
# Without a plan there are no attack steps to follow: clinical reference 2.4, "when to call whom".
WORSE_WITHOUT_A_PLAN = say(
    "Worse before then, or relief lasts less than 4 hours? Call 111 now. Any danger sign? Call 999.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
UNSURE = say(
    "Unsure? Call 111, day or night. You can ask for an interpreter.", source=Source.HAZARD_8, confirm=CONFIRM
)

BRING = say(
    "Bring all inhalers, the spacer and the plan to the review.", source=Source.NONE_FOUND, confirm=CONFIRM
)
BRING_WITHOUT_A_PLAN = say(
    "Bring all inhalers and the spacer to the review.", source=Source.NONE_FOUND, confirm=CONFIRM
)


def discharge_sheet(
    child: Child,
    practice: Organisation | None,
    *,
    due: date,
    hours_48: datetime,
    discharged_at: datetime,
    hospital: Organisation | None = None,
    has_plan: bool = True,
) -> tuple[Section, ...]:
    """Return the family's sheet after hospital; without a practice the hospital keeps the review.

    A family without a live plan is told whom to call, and not to follow steps that they do not have.
    """
    return (
        Section(
            "head",
            Band.HEAD,
            say("After hospital", source=Source.LAYOUT),
            tuple(_head(child, practice, hospital, discharged_at)),
        ),
        _the_date(due, hours_48),
        _what_to_do(practice, hospital, has_plan=has_plan),
        _danger(child.age_on(uk_day(discharged_at))),
    )


def _head(
    child: Child, practice: Organisation | None, hospital: Organisation | None, discharged_at: datetime
) -> Iterator[Fact]:
    yield from identity(child, with_nhs_number=True)
    yield Fact(say("Left hospital", source=Source.LAYOUT), Moment(discharged_at), "discharged")
    if hospital:
        yield Fact(say("Hospital", source=Source.LAYOUT), Name(hospital.name), "hospital")
    if practice:
        yield Fact(say("GP surgery", source=Source.LAYOUT), Name(practice.name), "surgery")


def _the_date(due: date, hours_48: datetime) -> Section:
    items = (
        Fact(say("By the end of this day", source=Source.LAYOUT), Day(due, with_weekday=True), "due"),
        Fact(say("48 hours after leaving hospital", source=Source.LAYOUT), Moment(hours_48), "hours-48"),
    )
    return Section("review-date", Band.DATE, say("Asthma review", source=Source.LAYOUT), items)


def _what_to_do(practice: Organisation | None, hospital: Organisation | None, *, has_plan: bool) -> Section:
    ask = PHONE_THE_SURGERY if practice else NO_GP
    owner = practice or hospital
    lines: tuple[Item, ...] = (
        Line(Kind.STEP, (ask, *_number(owner), DO_NOT_WAIT), "phone"),
        ASK_FOR_A_REVIEW,
        Line(Kind.STEP, (WORSE_BEFORE_THEN if has_plan else WORSE_WITHOUT_A_PLAN,), "inhaler"),
        Line(Kind.STEP, (UNSURE,), "phone"),
        Line(Kind.STEP, (BRING if has_plan else BRING_WITHOUT_A_PLAN,), "calendar"),
    )
    return Section("until-then", Band.WORSE, say("What to do", source=Source.LAYOUT), lines)


def _number(owner: Organisation | None) -> tuple[Sentence, ...]:
    return (
        (say("Phone number: {phone}.", source=Source.LAYOUT, phone=Exact(owner.phone)),)
        if owner and owner.phone
        else ()
    )


def _danger(age: int) -> Section:
    is_adult = age >= ADULT_AGE
    items: tuple[Item, ...] = (
        *danger_signs(under_5=age < SCHOOL_AGE),
        any_danger_sign(is_adult=is_adult),
        what_to_say(is_adult=is_adult),
    )
    return Section("danger", Band.ATTACK, say("Danger signs", source=Source.LAYOUT), items)
