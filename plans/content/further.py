"""What a plan asks for beside its usual puffs: each is said only because a clinician entered it."""

from collections.abc import Callable, Iterator, Mapping

from plans.content.readers import Subject
from plans.content.signs import litres
from plans.further_treatment import StartRule, SteroidPack
from plans.plan import Medicine, Slot
from plans.products import Product
from plans.sections import Band, Dose, Fact, Item, Job, Kind, Line, MedicineRow, Section
from plans.sentences import Exact, Name, Number, Sentence, Typed, say, say_n
from plans.sources import Source

Sentences = tuple[Sentence, ...]

THEN_AS_USUAL = say("Then go back to the usual puffs.", source=Source.ENTERED)
PHONE_WHEN_STARTED = (say("Phone the surgery on the day you start them.", source=Source.ALUK_OLDER),)
CARRY_THE_CARD = say("Carry the steroid card.", source=Source.STEROID_CARD, confirm="steroid-card")


def increase(subject: Subject) -> Iterator[Line]:
    """Yield the preventer's puffs for a time when asthma gets worse, exactly as they were typed."""
    more, preventer = subject.plan.increase, subject.plan.medicines.get(Slot.PREVENTER)
    if more is None or preventer is None or subject.is_one_inhaler:
        return
    take = _more_puffs(more.morning, more.evening, subject.brand(preventer))
    if take:
        yield Line(Kind.DO, (*take, *_for_days(more.days), THEN_AS_USUAL), "preventer")


def _more_puffs(morning: int | None, evening: int | None, brand: Exact) -> Sentences:
    if morning and evening:
        both = say_n(
            "Take {n} puff of {medicine} in the morning and {evening} in the evening.",
            "Take {n} puffs of {medicine} in the morning and {evening} in the evening.",
            morning,
            source=Source.ENTERED,
            medicine=brand,
            evening=Number(evening),
        )
        return (both,)
    if morning:
        return (_more_in_the_morning(morning, brand),)
    return (_more_in_the_evening(evening, brand),) if evening else ()


def _more_in_the_morning(n: int, brand: Exact) -> Sentence:
    return say_n(
        "Take {n} puff of {medicine} in the morning.",
        "Take {n} puffs of {medicine} in the morning.",
        n,
        source=Source.ENTERED,
        medicine=brand,
    )


def _more_in_the_evening(n: int, brand: Exact) -> Sentence:
    return say_n(
        "Take {n} puff of {medicine} in the evening.",
        "Take {n} puffs of {medicine} in the evening.",
        n,
        source=Source.ENTERED,
        medicine=brand,
    )


def _for_days(days: int | None) -> Sentences:
    """Without these words the puffs could be taken on top of the usual ones."""
    if not days:
        return ()
    return (
        say_n(
            "Do this for {n} day, instead of the usual puffs.",
            "Do this for {n} days, instead of the usual puffs.",
            days,
            source=Source.ENTERED,
        ),
    )


def steroids(subject: Subject) -> Iterator[MedicineRow]:
    """Yield the steroids kept at home: only if they were given, with when to start them and for how long."""
    pack = subject.plan.steroids
    if pack is None or not pack.supplied:
        return
    medicine = Medicine(pack.product)
    product = subject.product(medicine)
    words = (*_liquid(pack, product), *_course(pack), *_start(pack), *PHONE_WHEN_STARTED)
    title = say("Steroids kept at home", source=Source.LAYOUT)
    name = subject.printed_name(medicine)
    yield MedicineRow(Job.EXTRA, title, name, None, tuple(_tablets(pack, product)), words)


def _is_liquid(product: Product | None) -> bool:
    return product is not None and "ml" in product.strength


def _tablets(pack: SteroidPack, product: Product | None) -> Iterator[Dose]:
    if pack.amount and not _is_liquid(product):
        words = say_n("{n} tablet once a day", "{n} tablets once a day", pack.amount, source=Source.ENTERED)
        yield Dose(words, pack.amount, "calendar")


def _liquid(pack: SteroidPack, product: Product | None) -> Iterator[Sentence]:
    if pack.amount and _is_liquid(product):
        yield say("Take {amount} once a day.", source=Source.ENTERED, amount=Exact(f"{pack.amount}ml"))


def _course(pack: SteroidPack) -> Iterator[Sentence]:
    if pack.milligrams:
        yield say("That is {dose} a day.", source=Source.ENTERED, dose=Exact(f"{pack.milligrams}mg"))
    if pack.days:
        yield say_n("Take them for {n} day.", "Take them for {n} days.", pack.days, source=Source.ENTERED)


def _start(pack: SteroidPack) -> Sentences:
    return START_RULES[pack.start](pack) if pack.start else ()


def _when_told(_: SteroidPack) -> Sentences:
    return (say("Start only when the surgery or the hospital tells you to.", source=Source.ENTERED),)


def _by_peak_flow(pack: SteroidPack) -> Sentences:
    if not pack.below:
        return ()
    return (say("Start if peak flow is below {flow}.", source=Source.ENTERED, flow=litres(pack.below)),)


def _as_written(pack: SteroidPack) -> Sentences:
    words = pack.start_words.strip()
    return (say("When to start: {words}", source=Source.ENTERED, words=Typed(words)),) if words else ()


START_RULES: Mapping[StartRule, Callable[[SteroidPack], Sentences]] = {
    StartRule.TOLD: _when_told,
    StartRule.PEAK_FLOW: _by_peak_flow,
    StartRule.WRITTEN: _as_written,
}


def steroid_card(subject: Subject) -> Iterator[Line]:
    """Yield that a steroid card is carried, where a clinician said that there is one."""
    if subject.plan.steroid_card:
        yield Line(Kind.DO, (CARRY_THE_CARD,))


def nebuliser(subject: Subject) -> Iterator[Section]:
    """Yield who looks after a nebuliser at home, and that it does not stand in for the attack steps."""
    kept = subject.plan.nebuliser
    if not kept.at_home:
        return
    who = (
        (
            say("Who looks after the nebuliser", source=Source.LAYOUT),
            kept.specialist.strip(),
            "nebuliser-specialist",
        ),
        (say("Hospital", source=Source.LAYOUT), kept.hospital.strip(), "nebuliser-hospital"),
    )
    facts: tuple[Item, ...] = tuple(Fact(label, Name(name), code) for label, name, code in who if name)
    hides = say("It can hide that asthma gets worse, and delay help.", source=Source.MHRA_NEBULISER)
    follow = say("In an attack, follow the attack steps.", source=Source.MHRA_NEBULISER)
    heading = say("Nebuliser at home", source=Source.LAYOUT)
    items = (*facts, Line(Kind.NOTE, (hides,)), Line(Kind.DO, (follow,), "phone-999"))
    yield Section("nebuliser", Band.UNDERSTANDING, heading, items)
