"""The second band of page one: asthma gets worse, and what to do before it is an attack."""

from plans.content.readers import Subject
from plans.content.signs import worse_signs
from plans.plan import Regimen, Slot
from plans.products import Maxima
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Exact, Sentence, say, say_n
from plans.sources import Source

Actions = tuple[Line, ...]

USUAL_MAXIMUM = 8  # puffs a day of a MART or AIR inhaler. Source: clinical reference 1.6

SEE_SOMEBODY = say(
    "Worse at any time, or no better? See a GP or nurse within 24 hours.", source=Source.UHSUSSEX
)
CLOSED_CALL_111 = say("Surgery closed? Call 111, or use 111 online.", source=Source.ALUK_OLDER)
CLOSED_CALL_111_UNDER_5 = say(
    "Surgery closed? Call 111. Do not use 111 online: it is not for under 5s.", source=Source.NHS_MANUAL
)


def worse(subject: Subject) -> Section:
    """Return the signs that asthma gets worse, and what to do then."""
    actions = (
        *_keep_taking(subject),
        *_puffs(subject),
        *_too_many_puffs(subject),
        *_trust_the_signs(subject),
        Line(Kind.DO, (SEE_SOMEBODY,), "phone"),
    )
    return Section(
        "worse", Band.WORSE, say("Getting worse", source=Source.LAYOUT), (*worse_signs(subject), *actions)
    )


def closed_call_111(subject: Subject) -> Sentence:
    """Return where to turn when the surgery is closed; 111 online is not for under 5s."""
    return CLOSED_CALL_111_UNDER_5 if subject.is_under_5 else CLOSED_CALL_111


def puffs_when_worse(subject: Subject) -> int | None:
    """Return the puffs entered for getting worse, else those entered for symptoms."""
    medicine = subject.attack_medicine
    return subject.plan.worse_puffs or (medicine.when_needed if medicine else None)


def _keep_taking(subject: Subject) -> Actions:
    if subject.plan.regimen is Regimen.MART:
        return (
            Line(Kind.DO, (say("Keep taking the daily puffs.", source=Source.ALUK_ONE_INHALER),), "calendar"),
        )
    if Slot.PREVENTER not in subject.plan.medicines:
        return ()
    words = (
        say("Keep taking the preventer.", source=Source.NG80),
        say("If you stopped it, start it again.", source=Source.NG80),
    )
    return (Line(Kind.DO, words, "preventer"),)


def _puffs(subject: Subject) -> Actions:
    puffs = puffs_when_worse(subject)
    if not puffs:
        return ()
    brand = subject.brand(subject.attack_medicine)
    if subject.is_one_inhaler:
        return (Line(Kind.DO, (_each_time(puffs, brand),), "inhaler"),)
    use = say_n(
        "Use {n} puff of {medicine}.",
        "Use {n} puffs of {medicine}.",
        puffs,
        source=Source.ENTERED,
        medicine=brand,
    )
    return (Line(Kind.DO, (use, *_before_more(subject.plan.worse_hours)), "inhaler"),)


def _each_time(puffs: int, brand: Exact) -> Sentence:
    return say_n(
        "Each time you cough, wheeze or feel tight, use {n} puff of {medicine}.",
        "Each time you cough, wheeze or feel tight, use {n} puffs of {medicine}.",
        puffs,
        source=Source.ENTERED,
        medicine=brand,
    )


def _before_more(hours: int | None) -> tuple[Sentence, ...]:
    if hours is None:
        return (
            say(
                "Needed again within 4 hours? That is an attack. Follow the attack steps.",
                source=Source.ALUK_OLDER,
            ),
        )
    again = say_n(
        "You can use it again after {n} hour.",
        "You can use it again after {n} hours.",
        hours,
        source=Source.ENTERED,
    )
    return (
        again,
        say("Needed sooner? That is an attack. Follow the attack steps.", source=Source.ALUK_OLDER),
    )


def _too_many_puffs(subject: Subject) -> Actions:
    product = subject.product(subject.attack_medicine) if subject.attack_medicine else None
    if product is None or not subject.is_one_inhaler or not _is_usual(product.maxima, subject.age):
        return ()
    words = say(
        "More than 8 puffs in 1 day? Phone the surgery the same day.",
        source=Source.OVER_8_PUFFS,
        confirm="over-8-puffs",
    )
    return (Line(Kind.DO, (words,), "phone"),)


def _is_usual(maxima: Maxima, age: int) -> bool:
    """The words name 8 puffs, so they are for the inhalers and ages of which that is said."""
    return maxima.a_day == USUAL_MAXIMUM and maxima.from_age is not None and age >= maxima.from_age


def _trust_the_signs(subject: Subject) -> Actions:
    if subject.plan.peak_flow is None:
        return ()
    words = say(
        "Trust bad signs, even if peak flow is good.",
        source=Source.PEAK_FLOW,
        confirm="signs-before-peak-flow",
    )
    return (Line(Kind.DO, (words,), "meter"),)
