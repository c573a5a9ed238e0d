"""The second band of page one: asthma gets worse, and what to do before it is an attack."""

from collections.abc import Iterator

from plans.content.further import increase, steroids
from plans.content.readers import Subject
from plans.content.signs import worse_signs
from plans.plan import Regimen, Slot
from plans.sections import Band, Item, Kind, Line, Section
from plans.sentences import Exact, Sentence, say, say_n
from plans.sources import Source

Actions = tuple[Line, ...]

# Source: relief for less than 4 hours is an attack (Asthma + Lung UK; clinical reference 2.3). Tag V.
ATTACK_IF_SOONER = 4  # hours
# Slots whose inhaler has a most in a day; the backup has no doses of its own.
WITH_A_MOST = (Slot.PREVENTER, Slot.RELIEVER, Slot.COMBINATION)

SEE_SOMEBODY = say(
    "Worse at any time, or no better? See a GP or nurse within 24 hours.", source=Source.UHSUSSEX
)
AGAIN_WITHIN_4_HOURS = say(
    "Needed again within 4 hours? That is an attack. Follow the attack steps.", source=Source.ALUK_OLDER
)
NEEDED_SOONER = say("Needed sooner? That is an attack. Follow the attack steps.", source=Source.ALUK_OLDER)
CLOSED_CALL_111 = say("Surgery closed? Call 111, or use 111 online.", source=Source.ALUK_OLDER)
CLOSED_CALL_111_UNDER_5 = say(
    "Surgery closed? Call 111. Do not use 111 online: it is not for under 5s.", source=Source.NHS_MANUAL
)


def worse(subject: Subject) -> Section:
    """Return the signs that asthma gets worse, and what to do then."""
    actions: tuple[Item, ...] = (
        *_keep_taking(subject),
        *increase(subject),
        *_puffs(subject),
        *too_many_puffs(subject),
        *steroids(subject),
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
    medicine = subject.relief_medicine
    return subject.plan.worse_puffs or (medicine.when_needed if medicine else None)


def _keep_taking(subject: Subject) -> Actions:
    daily = Line(Kind.DO, (say("Keep taking the daily puffs.", source=Source.ALUK_ONE_INHALER),), "calendar")
    if subject.plan.regimen is Regimen.MART:
        return (daily,)
    if Slot.PREVENTER not in subject.plan.medicines:
        return (daily,) if _other_takes_it_daily(subject) else ()
    words = (
        say("Keep taking the preventer.", source=Source.NG80),
        say("If you stopped it, start it again.", source=Source.NG80),
    )
    return (Line(Kind.DO, words, "preventer"),)


def _other_takes_it_daily(subject: Subject) -> bool:
    combination = subject.plan.medicines.get(Slot.COMBINATION)
    is_daily = combination is not None and bool(combination.morning or combination.evening)
    return subject.plan.regimen is Regimen.OTHER and is_daily


def _puffs(subject: Subject) -> Actions:
    puffs = puffs_when_worse(subject)
    if not puffs:
        return ()
    brand = subject.brand(subject.relief_medicine)
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
    if not hours:
        return (AGAIN_WITHIN_4_HOURS,)
    again = say_n(
        "You can use it again after {n} hour.",
        "You can use it again after {n} hours.",
        hours,
        source=Source.ENTERED,
    )
    return (again, *needed_sooner(hours))


def needed_sooner(hours: int) -> tuple[Sentence, ...]:
    """Return what it means if puffs meant for every so many hours are needed before then.

    Within 4 hours it is an attack. Of a longer wait no source says so: then it is asthma that is no better.
    """
    if hours <= ATTACK_IF_SOONER:
        return (NEEDED_SOONER,)
    within = say_n(
        "Needed again within {n} hour? See a GP or nurse within 24 hours.",
        "Needed again within {n} hours? See a GP or nurse within 24 hours.",
        hours,
        source=Source.UHSUSSEX,
    )
    return (AGAIN_WITHIN_4_HOURS, within)


def too_many_puffs(subject: Subject) -> Iterator[Line]:
    """Yield the most puffs in a day that a clinician typed; the lists of usual maxima fill in nothing."""
    for slot in WITH_A_MOST:
        medicine = subject.plan.medicines.get(slot)
        if medicine and medicine.most_a_day:
            of_one, of_several = _more_than(medicine.most_a_day, subject.brand(medicine))
            yield Line(Kind.DO, (of_one if subject.is_one_inhaler else of_several,), "phone")


def _more_than(most: int, brand: Exact) -> tuple[Sentence, Sentence]:
    """Return the words for a plan with one inhaler, and for one where it must be named."""
    of_one = say_n(
        "More than {n} puff in 1 day? Phone the surgery the same day.",
        "More than {n} puffs in 1 day? Phone the surgery the same day.",
        most,
        source=Source.MOST_A_DAY,
        confirm="most-a-day",
    )
    of_several = say_n(
        "More than {n} puff of {medicine} in 1 day? Phone the surgery the same day.",
        "More than {n} puffs of {medicine} in 1 day? Phone the surgery the same day.",
        most,
        source=Source.MOST_A_DAY,
        confirm="most-a-day",
        medicine=brand,
    )
    return of_one, of_several


def _trust_the_signs(subject: Subject) -> Actions:
    if subject.plan.peak_flow is None:
        return ()
    words = say(
        "Trust bad signs, even if peak flow is good.",
        source=Source.PEAK_FLOW,
        confirm="signs-before-peak-flow",
    )
    return (Line(Kind.DO, (words,), "meter"),)
