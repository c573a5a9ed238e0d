"""What a child of any age says of asthma, and does: signs, doses of the day, puffs when it is worse."""

from collections.abc import Iterator, Mapping

from plans.content.doses import doses_of
from plans.content.readers import Subject
from plans.content.worse import puffs_when_worse
from plans.plan import Medicine, Regimen, Slot, Spacer
from plans.sections import Kind, Line
from plans.sentences import Exact, Sentence, say, say_n
from plans.sources import Source

Lines = Iterator[Line]

# Said of what a grown-up does in an attack: part of what a clinician confirms with 999 and the danger signs.
CONFIRM = "danger-signs"

WHEN_WELL = say("When I am well", source=Source.LAYOUT)
WHEN_WORSE = say("When I feel worse", source=Source.LAYOUT)
HARD_TO_BREATHE = say("When it is hard to breathe", source=Source.LAYOUT)

TELL_A_GROWN_UP = say("I tell a grown-up.", source=Source.NONE_FOUND, confirm=CONFIRM)
GET_A_GROWN_UP = say("I get a grown-up.", source=Source.HAZARD_2, confirm=CONFIRM)
STAYS_WITH_ME = say("They stay with me.", source=Source.HAZARD_2, confirm=CONFIRM)
# Where the inhalers stand that a child may take every day.
DAILY: Mapping[Regimen, tuple[Slot, ...]] = {
    Regimen.PREVENTER_RELIEVER: (Slot.PREVENTER,),
    Regimen.MART: (Slot.COMBINATION,),
    Regimen.AIR: (Slot.COMBINATION,),
    Regimen.OTHER: (Slot.PREVENTER, Slot.COMBINATION),
}
SPACERS = frozenset({Spacer.MOUTHPIECE, Spacer.MASK})


def sign(picture: str, sentence: Sentence) -> Line:
    return Line(Kind.SIGN, (sentence,), picture)


def do(picture: str, *words: Sentence, puffs: int = 0) -> Line:
    return Line(Kind.DO, words, picture, puffs)


def well_signs() -> Lines:
    """Yield how I am on a good day."""
    yield sign("play", say("I can run and play.", source=Source.WORSE_SIGNS))
    yield sign("bed", say("I sleep well.", source=Source.WORSE_SIGNS))


def worse_signs() -> Lines:
    """Yield how I am when asthma gets worse."""
    yield sign("cough", say("I cough or wheeze.", source=Source.WORSE_SIGNS))
    yield sign("tight-chest", say("My chest feels tight.", source=Source.WORSE_SIGNS))
    yield sign("night", say("I wake up at night.", source=Source.WORSE_SIGNS))


def attack_signs() -> Lines:
    """Yield how I am in an attack."""
    yield sign("breathless", say("It is hard to breathe or talk.", source=Source.ALUK_ATTACK))
    yield sign("tummy", say("My chest or tummy hurts.", source=Source.ALUK_ATTACK))
    yield sign("inhaler", say("My inhaler does not help.", source=Source.ALUK_ATTACK))


def every_day(subject: Subject) -> Lines:
    """Yield what I take each day, as it was entered; nothing for a day without daily puffs."""
    for slot in DAILY[subject.plan.regimen] if subject.plan.regimen else ():
        medicine = subject.plan.medicines.get(slot)
        if medicine and (medicine.morning or medicine.evening):
            yield from _puffs_of_the_day(subject, medicine)
    add_on = subject.plan.medicines.get(Slot.ADD_ON)
    if add_on:
        too = say("I take {medicine} too.", source=Source.ENTERED, medicine=subject.brand(add_on))
        for dose in doses_of(subject, add_on):
            yield do(dose.picture, too, dose.sentence)


def keep_it_near(subject: Subject) -> Line:
    """Return that I have the inhaler with me that helps in an attack."""
    if subject.plan.regimen is Regimen.PREVENTER_RELIEVER:
        return do("school-bag", say("I keep my reliever with me.", source=Source.ALUK_PLAN))
    return do("school-bag", say("I keep my inhaler with me.", source=Source.ALUK_ONE_INHALER))


def puffs_now(subject: Subject) -> Lines:
    """Yield the puffs that were entered for getting worse, with the spacer; nothing where none were."""
    medicine, puffs = subject.relief_medicine, puffs_when_worse(subject)
    if medicine is None or not puffs:
        return
    yield do("inhaler", _take(subject, puffs, subject.brand(medicine)), puffs=puffs)
    if medicine.spacer in SPACERS:
        yield do("spacer-in-hand", say("I use my spacer.", source=Source.ENTERED))


def _puffs_of_the_day(subject: Subject, medicine: Medicine) -> Lines:
    brand = subject.brand(medicine)
    if medicine.morning:
        yield do("sun", _morning(medicine.morning, brand), puffs=medicine.morning)
    if medicine.evening:
        yield do("moon", _evening(medicine.evening, brand), puffs=medicine.evening)
    if subject.plan.regimen is not Regimen.OTHER:
        yield do("calendar", say("I take it even when I feel well.", source=Source.ALUK_PLAN))
    if medicine.spacer is Spacer.MASK:
        yield do("rinse", say("Then I wash my face and clean my teeth.", source=Source.ALUK_PLAN))
    else:
        yield do("rinse", say("Then I rinse my mouth.", source=Source.ALUK_PLAN))


def _morning(n: int, brand: Exact) -> Sentence:
    return say_n(
        "In the morning I take {n} puff of {medicine}.",
        "In the morning I take {n} puffs of {medicine}.",
        n,
        source=Source.ENTERED,
        medicine=brand,
    )


def _evening(n: int, brand: Exact) -> Sentence:
    return say_n(
        "In the evening I take {n} puff of {medicine}.",
        "In the evening I take {n} puffs of {medicine}.",
        n,
        source=Source.ENTERED,
        medicine=brand,
    )


def _take(subject: Subject, n: int, brand: Exact) -> Sentence:
    if subject.is_one_inhaler:
        return say_n(
            "Each time, I take {n} puff of {medicine}.",
            "Each time, I take {n} puffs of {medicine}.",
            n,
            source=Source.ENTERED,
            medicine=brand,
        )
    return say_n(
        "I take {n} puff of {medicine}.",
        "I take {n} puffs of {medicine}.",
        n,
        source=Source.ENTERED,
        medicine=brand,
    )
