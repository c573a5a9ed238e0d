"""The child's own copy: pictures first, one idea a line, "I" sentences."""

from collections.abc import Iterator

from plans.content.attack_steps import use_steps
from plans.content.readers import Subject
from plans.content.worse import puffs_when_worse
from plans.plan import Regimen, Slot, Spacer
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Exact, Sentence, say, say_n
from plans.sources import Source


def own_sections(subject: Subject) -> Iterator[Section]:
    """Yield when I am well, when I feel worse, when it is hard to breathe."""
    yield Section(
        "own-well", Band.EVERYDAY, say("When I am well", source=Source.LAYOUT), tuple(_well(subject))
    )
    yield Section(
        "own-worse", Band.WORSE, say("When I feel worse", source=Source.LAYOUT), tuple(_worse(subject))
    )
    yield Section(
        "own-attack",
        Band.ATTACK,
        say("When it is hard to breathe", source=Source.LAYOUT),
        tuple(_attack(subject)),
    )


def _sign(sentence: Sentence, picture: str) -> Line:
    return Line(Kind.SIGN, (sentence,), picture)


def _do(picture: str, *words: Sentence) -> Line:
    return Line(Kind.DO, words, picture)


def _well(subject: Subject) -> Iterator[Line]:
    yield _sign(say("I can run and play.", source=Source.WORSE_SIGNS), "play")
    yield _sign(say("I sleep well.", source=Source.WORSE_SIGNS), "bed")
    if subject.plan.regimen is Regimen.AIR:
        yield _do("inhaler", say("I keep my inhaler with me.", source=Source.ALUK_ONE_INHALER))
        return
    yield from _daily(subject, Slot.COMBINATION if subject.is_one_inhaler else Slot.PREVENTER)
    mine = (
        say("I keep my inhaler with me.", source=Source.ALUK_ONE_INHALER)
        if subject.is_one_inhaler
        else say("I keep my reliever with me.", source=Source.ALUK_PLAN)
    )
    yield _do("inhaler", mine)


def _daily(subject: Subject, slot: Slot) -> Iterator[Line]:
    medicine = subject.plan.medicines.get(slot)
    if medicine is None:
        return
    brand = subject.brand(medicine)
    if medicine.morning:
        yield _do("sun", _morning(medicine.morning, brand))
    if medicine.evening:
        yield _do("moon", _evening(medicine.evening, brand))
    yield _do("calendar", say("I take it even when I feel well.", source=Source.ALUK_PLAN))
    yield _do("rinse", say("Then I rinse my mouth.", source=Source.ALUK_PLAN))


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


def _worse(subject: Subject) -> Iterator[Line]:
    yield _sign(say("I cough or wheeze.", source=Source.WORSE_SIGNS), "cough")
    yield _sign(say("My chest feels tight.", source=Source.WORSE_SIGNS), "tight-chest")
    yield _sign(say("I wake up at night.", source=Source.WORSE_SIGNS), "night")
    yield _do("grown-up", say("I tell a grown-up.", source=Source.NONE_FOUND))
    medicine, puffs = subject.attack_medicine, puffs_when_worse(subject)
    if medicine and puffs:
        brand = subject.brand(medicine)
        take = say_n(
            "I take {n} puff of {medicine}.",
            "I take {n} puffs of {medicine}.",
            puffs,
            source=Source.ENTERED,
            medicine=brand,
        )
        spacer = (
            (say("I use my spacer.", source=Source.ENTERED),)
            if medicine.spacer in {Spacer.MOUTHPIECE, Spacer.MASK}
            else ()
        )
        yield _do("inhaler", take, *spacer)


def _attack(subject: Subject) -> Iterator[Line]:
    yield _sign(say("It is hard to breathe or talk.", source=Source.ALUK_ATTACK), "breathless")
    yield _sign(say("My inhaler does not help.", source=Source.ALUK_ATTACK), "inhaler")
    if any(allergy.severe for allergy in subject.plan.allergies):
        yield _do(
            "pen",
            say("A grown-up uses my adrenaline pen first.", source=Source.HAZARD_1, confirm="allergy-first"),
        )
    yield _do("sit-up", say("I get a grown-up, and I sit up.", source=Source.ALUK_ATTACK))
    if use_steps(subject):
        yield _do("inhaler", say("A grown-up helps me:", source=Source.LAYOUT), *use_steps(subject))
    yield _do("phone-999", say("A grown-up calls 999.", source=Source.HAZARD_2))
