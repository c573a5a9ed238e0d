"""The family's sheet after hospital: the date of the review, whom to phone, what to do before then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from plans.content.attack import what_to_say
from plans.content.danger import CALL_999, any_danger_sign, danger_signs
from plans.content.head import identity
from plans.content.readers import ADULT_AGE, SCHOOL_AGE
from plans.follow_up import hours_48
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
ASK_FOR_A_LATE_REVIEW = Phrase(
    say("When you phone, say:", source=Source.LAYOUT),
    Exact("Asthma review after hospital."),
    say("Asthma review after hospital.", source=Source.HAZARD_8, confirm=CONFIRM),
    # Translators: write how the English words SOUND, in your own letters. They are said to the surgery.
    say(
        "The English sounds like this: Asthma review after hospital.",
        source=Source.HAZARD_8,
        confirm=CONFIRM,
    ),
)
PHONE_THE_SURGERY = say("Phone the surgery when it next opens.", source=Source.HAZARD_8, confirm=CONFIRM)
PHONE_NOW = say("Phone the surgery now, or when it next opens.", source=Source.HAZARD_8, confirm=CONFIRM)
NO_GP = say(
    "No GP surgery yet? The hospital arranges the review. Phone the ward.",
    source=Source.HAZARD_17,
    confirm=CONFIRM,
)
DO_NOT_WAIT = say("Do not wait for a call.", source=Source.HAZARD_8, confirm=CONFIRM)
WORSE_BEFORE_THEN = say(
    "Worse before then, or relief lasts less than 4 hours? Follow the attack steps on the plan.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
# Without a plan there are no attack steps to follow: clinical reference 2.4, "when to call whom".
WORSE_WITHOUT_A_PLAN = say(
    "Worse before then, or relief lasts less than 4 hours? Call 111 now. Any danger sign? Call 999.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
LATE_AND_WORSE = say(
    "Worse before the review, or relief lasts less than 4 hours? Follow the attack steps on the plan.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
LATE_AND_WORSE_WITHOUT_A_PLAN = say(
    "Worse before the review, or relief lasts less than 4 hours? Call 111 now. Any danger sign? Call 999.",
    source=Source.HAZARD_8,
    confirm=CONFIRM,
)
IN_AN_ATTACK = say(
    "In an attack, still follow the attack steps on the plan.", source=Source.HAZARD_9, confirm=CONFIRM
)
DAY_HAS_PASSED = say("That day has passed, and no review is written down.", source=Source.LAYOUT)
UNSURE = say(
    "Unsure? Call 111, day or night. You can ask for an interpreter.", source=Source.HAZARD_8, confirm=CONFIRM
)

BRING = say(
    "Bring all inhalers, the spacer and the plan to the review.", source=Source.NONE_FOUND, confirm=CONFIRM
)
BRING_WITHOUT_A_PLAN = say(
    "Bring all inhalers and the spacer to the review.", source=Source.NONE_FOUND, confirm=CONFIRM
)


@dataclass(frozen=True)
class Words:
    """What the sheet says until the day of the review, or once that day has passed without one."""

    phone: Sentence
    ask: Phrase
    worse: Sentence
    worse_without_a_plan: Sentence


IN_TIME = Words(PHONE_THE_SURGERY, ASK_FOR_A_REVIEW, WORSE_BEFORE_THEN, WORSE_WITHOUT_A_PLAN)
LATE = Words(PHONE_NOW, ASK_FOR_A_LATE_REVIEW, LATE_AND_WORSE, LATE_AND_WORSE_WITHOUT_A_PLAN)


def discharge_sheet(
    child: Child,
    practice: Organisation | None,
    *,
    due: date,
    discharged_at: datetime,
    today: date,
    hospital: Organisation | None = None,
    has_plan: bool = True,
) -> tuple[Section, ...]:
    """Return the family's sheet after hospital, for a review that nobody has recorded by `today` in the UK.

    Without a practice the hospital keeps the review. A family without a live plan is told whom to call, and
    not to follow steps that they do not have. Once the day of the review has passed it says so.
    """
    is_late = is_past(due, today)
    return (
        Section(
            "head",
            Band.HEAD,
            say("After hospital", source=Source.LAYOUT),
            tuple(_head(child, practice, hospital, discharged_at)),
        ),
        _the_passed_date(due, has_plan=has_plan) if is_late else _the_date(due, discharged_at),
        _what_to_do(practice, hospital, LATE if is_late else IN_TIME, has_plan=has_plan),
        _danger(child.age_on(uk_day(discharged_at))),
    )


def is_past(due: date, today: date) -> bool:
    """Return whether the last day on which a review is in time is over."""
    return today > due


def _head(
    child: Child, practice: Organisation | None, hospital: Organisation | None, discharged_at: datetime
) -> Iterator[Fact]:
    yield from identity(child, with_nhs_number=True)
    yield Fact(say("Left hospital", source=Source.LAYOUT), Moment(discharged_at), "discharged")
    if hospital:
        yield Fact(say("Hospital", source=Source.LAYOUT), Name(hospital.name), "hospital")
    if practice:
        yield Fact(say("GP surgery", source=Source.LAYOUT), Name(practice.name), "surgery")


def _the_date(due: date, discharged_at: datetime) -> Section:
    items = (
        Fact(say("By the end of this day", source=Source.LAYOUT), Day(due, with_weekday=True), "due"),
        Fact(
            say("48 hours after leaving hospital", source=Source.LAYOUT),
            Moment(hours_48(discharged_at)),
            "hours-48",
        ),
    )
    return Section("review-date", Band.DATE, say("Asthma review", source=Source.LAYOUT), items)


def _the_passed_date(due: date, *, has_plan: bool) -> Section:
    """Return that the day has passed, below what to do in an attack."""
    in_an_attack = (IN_AN_ATTACK, CALL_999) if has_plan else (CALL_999,)
    items = (
        Line(Kind.ALARM, in_an_attack, "phone-999"),
        Fact(say("The review was due by", source=Source.LAYOUT), Day(due, with_weekday=True), "due"),
        Line(Kind.ALARM, (DAY_HAS_PASSED,), "calendar"),
    )
    return Section("review-date", Band.DATE, say("Asthma review", source=Source.LAYOUT), items)


def _what_to_do(
    practice: Organisation | None, hospital: Organisation | None, words: Words, *, has_plan: bool
) -> Section:
    ask = words.phone if practice else NO_GP
    owner = practice or hospital
    lines: tuple[Item, ...] = (
        Line(Kind.STEP, (ask, *_number(owner), DO_NOT_WAIT), "phone"),
        words.ask,
        Line(Kind.STEP, (words.worse if has_plan else words.worse_without_a_plan,), "inhaler"),
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
