"""The child's own copy under 10: large pictures, one idea a line; the attack is for the grown-up too."""

from collections.abc import Iterator

from plans.content.attack import attack
from plans.content.danger import CONFIRM_ALLERGY
from plans.content.own_words import (
    CONFIRM,
    GET_A_GROWN_UP,
    HARD_TO_BREATHE,
    SPACERS,
    STAYS_WITH_ME,
    TELL_A_GROWN_UP,
    WHEN_WELL,
    WHEN_WORSE,
    attack_signs,
    do,
    every_day,
    keep_it_near,
    puffs_now,
    well_signs,
    worse_signs,
)
from plans.content.readers import Subject
from plans.sections import Band, Item, Kind, Section, parted
from plans.sentences import say
from plans.sources import Source

PEN_FIRST = say("If I have a pen, a grown-up uses it first.", source=Source.HAZARD_1, confirm=CONFIRM_ALLERGY)


def younger_sections(subject: Subject) -> Iterator[Section]:
    """Yield when I am well, when I feel worse, when it is hard to breathe, and what a grown-up does then."""
    well = (*well_signs(), *every_day(subject), keep_it_near(subject))
    worse = (*worse_signs(), do("tell", TELL_A_GROWN_UP), *puffs_now(subject))
    band = parted(attack(subject))
    mine = (*attack_signs(), *_what_i_do(subject, has_pen=bool(band.first)))
    steps = tuple(item for item in band.rest if item.kind != Kind.PHRASE)
    yield Section("younger-well", Band.EVERYDAY, WHEN_WELL, well, "well")
    yield Section("younger-worse", Band.WORSE, WHEN_WORSE, worse, "face-sad")
    yield Section("younger-attack", Band.ATTACK, HARD_TO_BREATHE, mine, "breathless")
    heading = say("For the grown-up who helps me", source=Source.LAYOUT)
    yield Section("younger-grown-up", Band.ATTACK, heading, (*band.first, *band.dangers, *steps), "grown-up")


def _what_i_do(subject: Subject, *, has_pen: bool) -> Iterator[Item]:
    """Yield what a child does; without numbers, which are those of the steps that a grown-up follows.

    Of a severe allergy it says no more than that a pen comes before the puffs: the rest is for the grown-up.
    """
    yield do("tell", GET_A_GROWN_UP, STAYS_WITH_ME)
    if has_pen:
        yield do("pen", PEN_FIRST)
    yield do("sit-up", say("I sit up.", source=Source.ALUK_ATTACK))
    helps = say("A grown-up helps me take my puffs.", source=Source.HAZARD_2, confirm=CONFIRM)
    medicine = subject.attack_medicine
    with_spacer = medicine is not None and medicine.spacer in SPACERS
    yield do("spacer-in-hand" if with_spacer else "inhaler", helps)
