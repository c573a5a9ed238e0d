"""The child's own copy from 10: what I take and why, when I tell a grown-up, the attack, whom I phone."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.attack import attack
from plans.content.everyday import everyday
from plans.content.explanations import explanations
from plans.content.family import triggers, who_to_phone
from plans.content.own_words import (
    GET_A_GROWN_UP,
    HARD_TO_BREATHE,
    STAYS_WITH_ME,
    TELL_A_GROWN_UP,
    WHEN_WELL,
    WHEN_WORSE,
    attack_signs,
    do,
    keep_it_near,
    puffs_now,
    sign,
    well_signs,
    worse_signs,
)
from plans.content.readers import People, Subject
from plans.content.worse import SEE_SOMEBODY, needed_sooner, too_many_puffs
from plans.plan import Regimen, Slot
from plans.sections import Band, Item, Kind, Line, Section, parted
from plans.sentences import say, say_n
from plans.sources import Source


def older_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield my day, what my inhalers do, the attack, whom I phone and what sets off my asthma."""
    rows = (item for item in everyday(subject).items if item.kind == Kind.MEDICINE)
    well = (*well_signs(), *rows, keep_it_near(subject))
    yield Section("older-well", Band.EVERYDAY, WHEN_WELL, well)
    yield Section("older-worse", Band.WORSE, WHEN_WORSE, tuple(_worse(subject)))
    yield from explanations(subject)
    yield Section("older-attack", Band.ATTACK, HARD_TO_BREATHE, tuple(_attack(subject)))
    yield replace(who_to_phone(subject, people), band=Band.UNDERSTANDING)
    yield triggers(subject.plan)


def _worse(subject: Subject) -> Iterator[Item]:
    yield from worse_signs()
    yield sign("no-play", say("School, play or sport is hard for me.", source=Source.WORSE_SIGNS))
    yield do("tell", TELL_A_GROWN_UP)
    yield from _keep_taking(subject)
    yield from puffs_now(subject)
    yield from _again(subject)
    yield from too_many_puffs(subject)
    yield do("phone", SEE_SOMEBODY)


def _keep_taking(subject: Subject) -> Iterator[Line]:
    regimen, medicines = subject.plan.regimen, subject.plan.medicines
    if regimen is Regimen.MART:
        yield do("calendar", say("I keep taking my daily puffs.", source=Source.ALUK_ONE_INHALER))
    elif regimen is Regimen.PREVENTER_RELIEVER and Slot.PREVENTER in medicines:
        yield do("preventer", say("I keep taking my preventer.", source=Source.NG80))


def _again(subject: Subject) -> Iterator[Line]:
    """Yield when puffs may be taken again, where hours were entered for a reliever."""
    hours = subject.plan.worse_hours
    if not hours or subject.is_one_inhaler:
        return
    again = say_n(
        "I can take it again after {n} hour.",
        "I can take it again after {n} hours.",
        hours,
        source=Source.ENTERED,
    )
    yield do("wait", again, *needed_sooner(hours))


def _attack(subject: Subject) -> Iterator[Item]:
    """Yield the attack band of every other copy with my own signs, and a grown-up before its steps."""
    band = parted(attack(subject))
    yield from band.first
    yield from attack_signs()
    yield from band.dangers
    yield do("tell", GET_A_GROWN_UP, STAYS_WITH_ME)
    yield from band.rest
