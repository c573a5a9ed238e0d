"""The emergency card: for school staff, carers and whoever is beside the child, what to do first first."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.attack import attack
from plans.content.readers import People, Subject
from plans.content.school import at_hand, whom_to_phone
from plans.sections import Band, Section, parted
from plans.sentences import say
from plans.sources import Source


def emergency_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield what to do now, in its order: a severe allergy, 999, the steps, and where the inhaler is.

    Then the danger signs, the signs of any attack, and whom to phone. It goes by signs alone: nobody looks
    for a meter in an attack.
    """
    section = attack(replace(subject, plan=replace(subject.plan, peak_flow=None)))
    band = parted(section)
    heading = say("What to do in an attack", source=Source.LAYOUT)
    yield replace(section, heading=heading, items=(*band.first, *band.rest))
    at_school = tuple(at_hand(subject, people))
    yield Section("emergency-inhaler", Band.AFTER, say("Inhaler", source=Source.LAYOUT), at_school)
    yield Section("attack-danger", Band.ATTACK, say("Danger signs", source=Source.LAYOUT), band.dangers)
    yield Section("attack-signs", Band.ATTACK, say("Signs of an attack", source=Source.LAYOUT), band.signs)
    phone = tuple(whom_to_phone(subject, people))
    yield Section("emergency-phone", Band.AFTER, say("Who to tell", source=Source.LAYOUT), phone)
