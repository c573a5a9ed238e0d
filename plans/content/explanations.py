"""What each medicine does, and what happens if it is missed or swapped: sentences for each regimen."""

from collections.abc import Iterator

from plans.content.readers import Subject
from plans.plan import Regimen, Slot
from plans.regimens import attack_slot
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Sentence, say
from plans.sources import Source


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
    """Nothing is said of swapping them: only the clinician knows how these inhalers go together."""
    if Slot.PREVENTER in subject.plan.medicines and attack_slot(subject.plan) is not Slot.PREVENTER:
        yield _section(
            "preventer", say("What the preventer does", source=Source.LAYOUT), "airway-swollen", PREVENTER
        )
    if Slot.RELIEVER in subject.plan.medicines:
        yield _section(
            "reliever", say("What the reliever does", source=Source.LAYOUT), "airway-tight", RELIEVER
        )


def _two_inhalers(subject: Subject) -> Iterator[Section]:
    """A plan without a preventer, which somebody explained, does not tell the family off for having none."""
    if Slot.PREVENTER not in subject.plan.medicines:
        yield _section(
            "reliever", say("What the reliever does", source=Source.LAYOUT), "airway-tight", RELIEVER
        )
        return
    yield _section(
        "preventer", say("What the preventer does", source=Source.LAYOUT), "airway-swollen", PREVENTER
    )
    yield _section(
        "reliever",
        say("What the reliever does", source=Source.LAYOUT),
        "airway-tight",
        (*RELIEVER, ONLY_THE_RELIEVER),
    )


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
    (say("It does not help in an attack.", source=Source.MEDICINES_FOR_CHILDREN),),
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

MART = (
    (BOTH_JOBS,),
    (
        say("The daily puffs keep the swelling down.", source=Source.ALUK_ONE_INHALER),
        say("The extra puffs help when symptoms come.", source=Source.ALUK_ONE_INHALER),
    ),
    (
        say("Missed the daily puffs? The swelling comes back.", source=Source.HAZARD_4, confirm=ONE_INHALER),
        say("Then an attack can start more easily.", source=Source.HAZARD_4, confirm=ONE_INHALER),
    ),
    NOT_SWAPPED,
)

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
