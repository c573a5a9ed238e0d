"""The emergency card: for school staff, carers and whoever is beside the child, what to do first first."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.attack import attack
from plans.content.readers import People, Subject
from plans.content.school import at_hand, whom_to_phone
from plans.sections import Band, Kind, Section, parted
from plans.sentences import say
from plans.sources import Source


def emergency_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield the attack, where its inhaler is and what may stand in for it, and whom to phone."""
    yield from _attack(subject)
    at_school = tuple(at_hand(subject))
    yield Section("emergency-inhaler", Band.AFTER, say("Inhaler", source=Source.LAYOUT), at_school)
    phone = tuple(whom_to_phone(subject, people))
    yield Section("emergency-phone", Band.AFTER, say("Who to tell", source=Source.LAYOUT), phone)


def _attack(subject: Subject) -> Iterator[Section]:
    """Yield a severe allergy, the danger signs and 999; then the signs of any attack; then the steps.

    It goes by signs alone: nobody looks for a meter in an attack.
    """
    section = attack(replace(subject, plan=replace(subject.plan, peak_flow=None)))
    band = parted(section)
    call_999 = tuple(item for item in band.rest if item.kind == Kind.ALARM)[:1]
    steps = tuple(item for item in band.rest if item not in call_999)
    yield replace(section, items=(*band.first, *band.dangers, *call_999))
    yield Section("attack-signs", Band.ATTACK, say("Signs of an attack", source=Source.LAYOUT), band.signs)
    yield Section("attack-steps", Band.ATTACK, say("What to do in an attack", source=Source.LAYOUT), steps)
