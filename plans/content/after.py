"""What to do once an attack is over: seen by whom, and by when."""

from collections.abc import Iterator

from plans.content.readers import Subject
from plans.content.worse import needed_sooner
from plans.plan import Slot
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Exact, Sentence, say, say_n
from plans.sources import Source

ONLY_THIS_TIME = say("Do not do this after other attacks.", source=Source.HAZARD_7, confirm="weaning")


def after_attack(subject: Subject) -> Section:
    """Return what follows an attack. Source: NICE QS25 statement 4; Asthma + Lung UK."""
    items = (
        Line(
            Kind.DO,
            (
                say(
                    "Treated in hospital or by paramedics? See the GP or nurse within 2 working days.",
                    source=Source.QS25_4,
                ),
            ),
            "calendar",
        ),
        Line(
            Kind.DO,
            (say("Over without 999? Phone the surgery the same day.", source=Source.ALUK_OLDER),),
            "phone",
        ),
        *_weaning(subject),
    )
    return Section("after", Band.AFTER, say("After an attack", source=Source.LAYOUT), items)


def _weaning(subject: Subject) -> Iterator[Line]:
    """Yield the reliever taken by the clock, only as it was typed, and never as a rule for every attack."""
    weaning, reliever = subject.plan.weaning, subject.plan.medicines.get(Slot.RELIEVER)
    if weaning is None or reliever is None or not (weaning.puffs and weaning.hours and weaning.days):
        return
    words = (
        _puffs_at_a_time(weaning.puffs, subject.brand(reliever)),
        say_n(
            "Take them every {n} hour.", "Take them every {n} hours.", weaning.hours, source=Source.ENTERED
        ),
        say_n("Do this for {n} day.", "Do this for {n} days.", weaning.days, source=Source.ENTERED),
        ONLY_THIS_TIME,
    )
    yield Line(Kind.DO, words, "inhaler")
    yield Line(Kind.DO, needed_sooner(weaning.hours), "inhaler")


def _puffs_at_a_time(puffs: int, brand: Exact) -> Sentence:
    return say_n(
        "After this attack, take {n} puff of {medicine} at a time.",
        "After this attack, take {n} puffs of {medicine} at a time.",
        puffs,
        source=Source.ENTERED,
        medicine=brand,
    )
