"""The first two bands of page one: every day, and getting worse."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.doses import KEEP_IT_NEAR, medicine_row
from plans.content.readers import Subject
from plans.products import Maxima
from plans.plan import Regimen, Slot, Spacer
from plans.sections import Band, Item, Job, Kind, Line, MedicineRow, Section
from plans.sentences import Exact, Sentence, say, say_n

ONLY_AS_A_BACKUP = say("Only if the other inhaler cannot be found or used.", confirm="backup-inhaler")
EVEN_WHEN_WELL = say("Take it every day, even when well.")
SEE_SOMEBODY = say("Worse at any time, or no better? See a GP or nurse within 24 hours.")
CLOSED_CALL_111 = say("Surgery closed? Call 111, or use 111 online.")
CLOSED_CALL_111_UNDER_5 = say("Surgery closed? Call 111. Do not use 111 online: it is not for under 5s.")


def everyday(subject: Subject) -> Section:
    """Return how a child is on a good day, and what is taken then."""
    is_air = subject.plan.regimen is Regimen.AIR
    heading = say("When well") if is_air else say("Every day")
    return Section("everyday", Band.EVERYDAY, heading, (*_well_signs(subject), *everyday_medicines(subject)))


def everyday_medicines(subject: Subject) -> tuple[Item, ...]:
    """Return a row for each medicine that is taken, or kept near, on a good day."""
    rows = _one_inhaler_rows(subject) if subject.is_one_inhaler else _two_inhaler_rows(subject)
    add_on = medicine_row(
        subject, Slot.ADD_ON, Job.EXTRA, say("Extra medicine"), *_montelukast_words(subject)
    )
    return tuple(row for row in (*rows, add_on) if row)


def worse(subject: Subject) -> Section:
    """Return how a child is when asthma gets worse, and what to do before it is an attack."""
    items = (*_worse_signs(subject), *_worse_actions(subject))
    return Section("worse", Band.WORSE, say("Getting worse"), items)


def closed_call_111(subject: Subject) -> Sentence:
    """Return where to turn when the surgery is closed; 111 online is not for under 5s."""
    return CLOSED_CALL_111_UNDER_5 if subject.is_under_5 else CLOSED_CALL_111


def litres(flow: int) -> Exact:
    """Return a peak flow as the clinician typed it, with its unit."""
    return Exact(f"{flow} L/min")


def sign(sentence: Sentence, picture: str) -> Line:
    return Line(Kind.SIGN, (sentence,), picture)


def _well_signs(subject: Subject) -> tuple[Line, ...]:
    flow = subject.plan.peak_flow
    known = flow is not None and flow.worse_below is not None
    by_meter = (
        (sign(say("Peak flow {flow} or more", flow=litres(flow.worse_below)), "meter"),) if known else ()
    )
    return (
        sign(say("No cough or wheeze"), "well"),
        sign(say("Sleeping well"), "bed"),
        sign(
            say("Playing as usual") if subject.is_under_5 else say("School, play and sport as usual"), "play"
        ),
        *by_meter,
    )


def _two_inhaler_rows(subject: Subject) -> Iterator[MedicineRow | None]:
    preventer = subject.plan.medicines.get(Slot.PREVENTER)
    rinse = _after_a_steroid(preventer.spacer if preventer else None)
    yield medicine_row(subject, Slot.PREVENTER, Job.PREVENTER, say("Preventer"), EVEN_WHEN_WELL, rinse)
    yield medicine_row(subject, Slot.RELIEVER, Job.RELIEVER, say("Reliever"), KEEP_IT_NEAR)


def _one_inhaler_rows(subject: Subject) -> Iterator[MedicineRow | None]:
    combination = subject.plan.medicines.get(Slot.COMBINATION)
    rinse = _after_a_steroid(combination.spacer if combination else None)
    is_air = subject.plan.regimen is Regimen.AIR
    rule = say("No symptoms? Then no puffs.") if is_air else say("Take the daily puffs even when well.")
    title = say("One inhaler for both jobs")
    yield medicine_row(subject, Slot.COMBINATION, Job.BOTH, title, rule, rinse, KEEP_IT_NEAR)
    backup = medicine_row(subject, Slot.BACKUP, Job.RELIEVER, say("Backup inhaler"), ONLY_AS_A_BACKUP)
    yield (
        replace(backup, doses=()) if backup else None
    )  # one inhaler has the doses; two sets would be mixed up


def _after_a_steroid(spacer: Spacer | None) -> Sentence:
    if spacer is Spacer.MASK:
        return say("Then wipe the face and clean the teeth.")
    return say("Then rinse the mouth or clean the teeth.")


def _montelukast_words(subject: Subject) -> tuple[Sentence, ...]:
    add_on = subject.plan.medicines.get(Slot.ADD_ON)
    product = subject.product(add_on) if add_on else None
    if product is None or "montelukast" not in product.ingredients:
        return ()
    return (
        say("It can change sleep or mood.", confirm="montelukast"),
        say("If it does, stop it and phone the surgery.", confirm="montelukast"),
    )


def _worse_signs(subject: Subject) -> tuple[Line, ...]:
    flow = subject.plan.peak_flow
    known = flow is not None and flow.worse_below is not None
    by_meter = (sign(say("Peak flow below {flow}", flow=litres(flow.worse_below)), "meter"),) if known else ()
    return (
        sign(say("Cough, wheeze, tight chest or short of breath"), "cough"),
        sign(say("Waking at night with asthma"), "night"),
        sign(_in_the_way(subject), "no-play"),
        _more_inhaler_than_usual(subject),
        *by_meter,
    )


def _in_the_way(subject: Subject) -> Sentence:
    if subject.is_under_5:
        return say("Asthma gets in the way of play")
    return say("Asthma gets in the way of school, play or sport")


def _more_inhaler_than_usual(subject: Subject) -> Line:
    if subject.is_one_inhaler:
        return sign(say("Inhaler needed more than usual"), "inhaler")
    # The wordings in use differ: more than twice, 3 or more, more than 3 times a week.
    often = say("Reliever needed 3 or more times a week", confirm="reliever-3-times-a-week")
    return sign(often, "inhaler")


def _worse_actions(subject: Subject) -> tuple[Line, ...]:
    actions = (
        *_keep_taking(subject),
        *_puffs_when_worse(subject),
        *_over_8_puffs(subject),
        *_trust_the_signs(subject),
    )
    help_lines = Line(Kind.DO, (SEE_SOMEBODY, closed_call_111(subject)), "phone")
    return (*actions, help_lines)


def _keep_taking(subject: Subject) -> tuple[Line, ...]:
    if subject.plan.regimen is Regimen.AIR:
        return ()
    if subject.plan.regimen is Regimen.MART:
        return (Line(Kind.DO, (say("Keep taking the daily puffs."),), "calendar"),)
    if Slot.PREVENTER not in subject.plan.medicines:
        return ()
    words = (say("Keep taking the preventer."), say("If you stopped it, start it again."))
    return (Line(Kind.DO, words, "preventer"),)


def _puffs_when_worse(subject: Subject) -> tuple[Line, ...]:
    medicine, plan = subject.attack_medicine, subject.plan
    puffs = plan.worse_puffs or (medicine.when_needed if medicine else None)
    if medicine is None or not puffs:
        return ()
    brand = subject.brand(medicine)
    if subject.is_one_inhaler:
        return (Line(Kind.DO, (_each_time(puffs, brand),), "inhaler"),)
    use = say_n("Use {n} puff of {medicine}.", "Use {n} puffs of {medicine}.", puffs, medicine=brand)
    return (Line(Kind.DO, (use, *_before_more(plan.worse_hours)), "inhaler"),)


def _each_time(puffs: int, brand: Exact) -> Sentence:
    return say_n(
        "Each time you cough, wheeze or feel tight, use {n} puff of {medicine}.",
        "Each time you cough, wheeze or feel tight, use {n} puffs of {medicine}.",
        puffs,
        medicine=brand,
    )


def _before_more(hours: int | None) -> tuple[Sentence, ...]:
    if hours is None:
        return (say("Needed again within 4 hours? That is an attack. Follow the attack steps."),)
    again = say_n("You can use it again after {n} hour.", "You can use it again after {n} hours.", hours)
    return (again, say("Needed sooner? That is an attack. Follow the attack steps."))


def _over_8_puffs(subject: Subject) -> tuple[Line, ...]:
    product = subject.product(subject.attack_medicine) if subject.attack_medicine else None
    if not subject.is_one_inhaler or product is None or not _usual_maximum_is_8(product.maxima, subject.age):
        return ()
    words = say("More than 8 puffs in 1 day? Phone the surgery the same day.", confirm="over-8-puffs")
    return (Line(Kind.DO, (words,), "phone"),)


def _usual_maximum_is_8(maxima: Maxima, age: int) -> bool:
    """The words name 8 puffs, so they are for those inhalers and ages alone."""
    return maxima.a_day == 8 and maxima.from_age is not None and age >= maxima.from_age


def _trust_the_signs(subject: Subject) -> tuple[Line, ...]:
    if subject.plan.peak_flow is None:
        return ()
    words = say("Trust bad signs, even if peak flow is good.", confirm="signs-before-peak-flow")
    return (Line(Kind.DO, (words,), "meter"),)
