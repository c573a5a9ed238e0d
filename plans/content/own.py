"""The child's own copy: pictures first, one idea a line, "I" sentences."""

from collections.abc import Iterator

from plans.content.attack_steps import use_steps
from plans.content.readers import Subject
from plans.content.worse import puffs_when_worse
from plans.plan import Regimen, Slot, Spacer
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Exact, Sentence, say, say_n


def own_sections(subject: Subject) -> Iterator[Section]:
    """Yield when I am well, when I feel worse, when it is hard to breathe."""
    yield Section("own-well", Band.EVERYDAY, say("When I am well"), tuple(_well(subject)))
    yield Section("own-worse", Band.WORSE, say("When I feel worse"), tuple(_worse(subject)))
    yield Section("own-attack", Band.ATTACK, say("When it is hard to breathe"), tuple(_attack(subject)))


def _sign(sentence: Sentence, picture: str) -> Line:
    return Line(Kind.SIGN, (sentence,), picture)


def _do(picture: str, *words: Sentence) -> Line:
    return Line(Kind.DO, words, picture)


def _well(subject: Subject) -> Iterator[Line]:
    yield _sign(say("I can run and play."), "play")
    yield _sign(say("I sleep well."), "bed")
    if subject.plan.regimen is Regimen.AIR:
        yield _do("inhaler", say("I keep my inhaler with me."))
        return
    yield from _daily(subject, Slot.COMBINATION if subject.is_one_inhaler else Slot.PREVENTER)
    mine = say("I keep my inhaler with me.") if subject.is_one_inhaler else say("I keep my reliever with me.")
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
    yield _do("calendar", say("I take it even when I feel well."))
    yield _do("rinse", say("Then I rinse my mouth."))


def _morning(n: int, brand: Exact) -> Sentence:
    return say_n(
        "In the morning I take {n} puff of {medicine}.",
        "In the morning I take {n} puffs of {medicine}.",
        n,
        medicine=brand,
    )


def _evening(n: int, brand: Exact) -> Sentence:
    return say_n(
        "In the evening I take {n} puff of {medicine}.",
        "In the evening I take {n} puffs of {medicine}.",
        n,
        medicine=brand,
    )


def _worse(subject: Subject) -> Iterator[Line]:
    yield _sign(say("I cough or wheeze."), "cough")
    yield _sign(say("My chest feels tight."), "tight-chest")
    yield _sign(say("I wake up at night."), "night")
    yield _do("grown-up", say("I tell a grown-up."))
    medicine, puffs = subject.attack_medicine, puffs_when_worse(subject)
    if medicine and puffs:
        brand = subject.brand(medicine)
        take = say_n(
            "I take {n} puff of {medicine}.", "I take {n} puffs of {medicine}.", puffs, medicine=brand
        )
        spacer = (say("I use my spacer."),) if medicine.spacer in {Spacer.MOUTHPIECE, Spacer.MASK} else ()
        yield _do("inhaler", take, *spacer)


def _attack(subject: Subject) -> Iterator[Line]:
    yield _sign(say("It is hard to breathe or talk."), "breathless")
    yield _sign(say("My inhaler does not help."), "inhaler")
    if any(allergy.severe for allergy in subject.plan.allergies):
        yield _do("pen", say("A grown-up uses my adrenaline pen first.", confirm="allergy-first"))
    yield _do("sit-up", say("I get a grown-up, and I sit up."))
    if use_steps(subject):
        yield _do("inhaler", say("A grown-up helps me:"), *use_steps(subject))
    yield _do("phone-999", say("A grown-up calls 999."))
