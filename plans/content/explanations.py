"""What each medicine does, and what happens if it is missed or swapped: sentences for each regimen."""

from collections.abc import Iterator

from plans.content.readers import Subject
from plans.plan import Regimen, Slot
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Sentence, say


def explanations(subject: Subject) -> Iterator[Section]:
    """Yield the explanation of each inhaler; MART and AIR have sentences of their own."""
    if subject.plan.regimen is Regimen.MART:
        yield _section("one-inhaler", say("Your inhaler does both jobs"), "airway-both", MART)
    elif subject.plan.regimen is Regimen.AIR:
        yield _section("one-inhaler", say("Your inhaler does both jobs"), "airway-both", AIR)
    elif subject.plan.regimen is Regimen.PREVENTER_RELIEVER:
        yield from _two_inhalers(subject)


def _two_inhalers(subject: Subject) -> Iterator[Section]:
    """A plan without a preventer, which somebody explained, does not tell the family off for having none."""
    if Slot.PREVENTER not in subject.plan.medicines:
        yield _section("reliever", say("What the reliever does"), "airway-tight", RELIEVER)
        return
    yield _section("preventer", say("What the preventer does"), "airway-swollen", PREVENTER)
    yield _section("reliever", say("What the reliever does"), "airway-tight", (*RELIEVER, ONLY_THE_RELIEVER))


def _section(code: str, heading: Sentence, picture: str, words: tuple[tuple[Sentence, ...], ...]) -> Section:
    lines = tuple(Line(Kind.NOTE, sentences) for sentences in words)
    return Section(code, Band.UNDERSTANDING, heading, lines, picture)


PREVENTER = (
    (say("It calms the swelling in the airways."),),
    (say("It works slowly, over days and weeks."), say("So it only helps if it is taken every day.")),
    (say("Missed it? The swelling comes back."), say("Then an attack can start more easily.")),
    (say("It does not help in an attack."),),
)

RELIEVER = (
    (say("It opens tight airways within minutes."),),
    (say("It lasts for about 4 hours."),),
    (say("It does nothing for the swelling."),),
)
ONLY_THE_RELIEVER = (
    say("Using only the reliever? The swelling grows."),
    say("Attacks get more likely, and an attack can kill."),
)

ONE_INHALER = "one-inhaler-explained"
NOT_SWAPPED = (
    say("Do not swap it for another inhaler.", confirm=ONE_INHALER),
    say("Others may look alike and not work this way.", confirm=ONE_INHALER),
)
BOTH_JOBS = say("It calms the swelling and opens the tight airways.")

MART = (
    (BOTH_JOBS,),
    (say("The daily puffs keep the swelling down."), say("The extra puffs help when symptoms come.")),
    (
        say("Missed the daily puffs? The swelling comes back.", confirm=ONE_INHALER),
        say("Then an attack can start more easily.", confirm=ONE_INHALER),
    ),
    NOT_SWAPPED,
)

AIR = (
    (BOTH_JOBS,),
    (say("Use it when symptoms come, and only then."),),
    (
        say("Symptoms, and you do not use it? The swelling grows.", confirm=ONE_INHALER),
        say("Then an attack can start more easily.", confirm=ONE_INHALER),
    ),
    NOT_SWAPPED,
)
