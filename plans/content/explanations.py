"""What each medicine does, and what happens if it is missed or swapped: sentences for each regimen."""

from collections.abc import Iterator

from plans.content.readers import Subject
from plans.licences import NEVER_RELIEVER
from plans.plan import Medicine, Regimen, Slot
from plans.products import STEROIDS, Product, Role
from plans.regimens import attack_slot
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Sentence, say
from plans.sources import Source

BOTH = frozenset({Role.COMBINATION_MART, Role.COMBINATION_AIR})  # surely opens the airways as well


def explanations(subject: Subject) -> Iterator[Section]:
    """Yield the explanation of each inhaler; MART and AIR have sentences of their own."""
    if subject.plan.regimen is Regimen.MART:
        yield _section(
            "one-inhaler",
            say("Your inhaler does both jobs", source=Source.ALUK_ONE_INHALER),
            "airway-both",
            MART,
        )
    elif subject.plan.regimen is Regimen.AIR:
        yield _section(
            "one-inhaler",
            say("Your inhaler does both jobs", source=Source.ALUK_ONE_INHALER),
            "airway-both",
            AIR,
        )
    elif subject.plan.regimen is Regimen.PREVENTER_RELIEVER:
        yield from _two_inhalers(subject)
    elif subject.plan.regimen is Regimen.OTHER:
        yield from _each_inhaler(subject)


def _each_inhaler(subject: Subject) -> Iterator[Section]:
    """Yield the job of each inhaler that the list knows; of any other only the clinician knows it.

    Nothing is said of swapping them: only the clinician knows how these inhalers go together.
    """
    for slot, medicine in subject.plan.medicines.items():
        product = subject.product(medicine)
        if product and _is_preventer(product, slot) and slot is not attack_slot(subject.plan):
            yield _preventer(product)
    if any(_is_reliever(subject, slot) for slot in (Slot.RELIEVER, Slot.BACKUP)):
        yield _section(
            "reliever", say("What the reliever does", source=Source.LAYOUT), "airway-tight", RELIEVER
        )
    combination = subject.plan.medicines.get(Slot.COMBINATION)
    product = subject.product(combination) if combination else None
    if combination and product and not BOTH.isdisjoint(product.roles):
        heading = say("What {medicine} does", source=Source.LAYOUT, medicine=subject.brand(combination))
        yield _section("combination", heading, "airway-both", tuple(_combination(combination)))


def _is_preventer(product: Product, slot: Slot) -> bool:
    """Whether this is a preventer; what can do both jobs is one only in the preventer's place."""
    if slot is Slot.PREVENTER:
        return Role.PREVENTER in product.roles
    return slot is Slot.COMBINATION and Role.PREVENTER in product.roles and BOTH.isdisjoint(product.roles)


def _is_reliever(subject: Subject, slot: Slot) -> bool:
    medicine = subject.plan.medicines.get(slot)
    product = subject.product(medicine) if medicine else None
    return product is not None and Role.RELIEVER in product.roles


def _combination(medicine: Medicine) -> Iterator[tuple[Sentence, ...]]:
    """Yield what an inhaler for both jobs does, as far as it is taken for them."""
    is_daily = bool(medicine.morning or medicine.evening)
    yield (BOTH_JOBS,)
    if is_daily:
        yield (DAILY_PUFFS, EXTRA_PUFFS) if medicine.when_needed else (DAILY_PUFFS,)
        yield MISSED_DAILY_PUFFS
    yield NOT_SWAPPED


def _two_inhalers(subject: Subject) -> Iterator[Section]:
    """A plan without a preventer, which somebody explained, does not tell the family off for having none."""
    medicine = subject.plan.medicines.get(Slot.PREVENTER)
    if medicine is None:
        yield _section(
            "reliever", say("What the reliever does", source=Source.LAYOUT), "airway-tight", RELIEVER
        )
        return
    yield _preventer(subject.product(medicine))
    yield _section(
        "reliever",
        say("What the reliever does", source=Source.LAYOUT),
        "airway-tight",
        (*RELIEVER, ONLY_THE_RELIEVER),
    )


def _preventer(product: Product | None) -> Section:
    heading = say("What the preventer does", source=Source.LAYOUT)
    return _section("preventer", heading, "airway-swollen", (*PREVENTER, (_in_an_attack(product),)))


def _in_an_attack(product: Product | None) -> Sentence:
    """Return what the preventer is in an attack: no help only if it is surely none.

    Formoterol opens the airways, and of a medicine written by hand nothing is known.
    """
    ingredients = frozenset(product.ingredients if product else ())
    if ingredients and ingredients <= STEROIDS:
        return say("It does not help in an attack.", source=Source.MEDICINES_FOR_CHILDREN)
    if ingredients & NEVER_RELIEVER:
        return say("Do not use it in an attack.", source=Source.ALUK_ONE_INHALER)
    return say("It is not the inhaler for an attack.", source=Source.ENTERED)


def _section(code: str, heading: Sentence, picture: str, words: tuple[tuple[Sentence, ...], ...]) -> Section:
    lines = tuple(Line(Kind.NOTE, sentences) for sentences in words)
    return Section(code, Band.UNDERSTANDING, heading, lines, picture)


PREVENTER = (
    (say("It calms the swelling in the airways.", source=Source.MEDICINES_FOR_CHILDREN),),
    (
        say("It works slowly, over days and weeks.", source=Source.MEDICINES_FOR_CHILDREN),
        say("So it only helps if it is taken every day.", source=Source.MEDICINES_FOR_CHILDREN),
    ),
    (
        say("Missed it? The swelling comes back.", source=Source.NRAD_MHRA),
        say("Then an attack can start more easily.", source=Source.NRAD_MHRA),
    ),
)

RELIEVER = (
    (say("It opens tight airways within minutes.", source=Source.AIRWAY_MODEL),),
    (say("It lasts for about 4 hours.", source=Source.AIRWAY_MODEL),),
    (say("It does nothing for the swelling.", source=Source.AIRWAY_MODEL),),
)
ONLY_THE_RELIEVER = (
    say("Using only the reliever? The swelling grows.", source=Source.NRAD_MHRA),
    say("Attacks get more likely, and an attack can kill.", source=Source.NRAD_MHRA),
)

ONE_INHALER = "one-inhaler-explained"
NOT_SWAPPED = (
    say("Do not swap it for another inhaler.", source=Source.HAZARD_4, confirm=ONE_INHALER),
    say("Others may look alike and not work this way.", source=Source.HAZARD_4, confirm=ONE_INHALER),
)
BOTH_JOBS = say("It calms the swelling and opens the tight airways.", source=Source.ALUK_ONE_INHALER)

DAILY_PUFFS = say("The daily puffs keep the swelling down.", source=Source.ALUK_ONE_INHALER)
EXTRA_PUFFS = say("The extra puffs help when symptoms come.", source=Source.ALUK_ONE_INHALER)
MISSED_DAILY_PUFFS = (
    say("Missed the daily puffs? The swelling comes back.", source=Source.HAZARD_4, confirm=ONE_INHALER),
    say("Then an attack can start more easily.", source=Source.HAZARD_4, confirm=ONE_INHALER),
)

MART = ((BOTH_JOBS,), (DAILY_PUFFS, EXTRA_PUFFS), MISSED_DAILY_PUFFS, NOT_SWAPPED)

AIR = (
    (BOTH_JOBS,),
    (say("Use it when symptoms come, and only then.", source=Source.ALUK_ONE_INHALER),),
    (
        say(
            "Symptoms, and you do not use it? The swelling grows.",
            source=Source.HAZARD_4,
            confirm=ONE_INHALER,
        ),
        say("Then an attack can start more easily.", source=Source.HAZARD_4, confirm=ONE_INHALER),
    ),
    NOT_SWAPPED,
)
