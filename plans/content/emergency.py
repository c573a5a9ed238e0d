"""The emergency card: for school staff, carers and whoever is beside the child, what to do first first."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.attack import attack
from plans.content.readers import People, Subject
from plans.content.school import at_hand, whom_to_phone
from plans.sections import Band, Item, Kind, Section, parted
from plans.sentences import say
from plans.sources import Source


def emergency_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield the attack, where its inhaler is and what may stand in for it, and whom to phone."""
    yield _attack(subject)
    at_school = tuple(at_hand(subject))
    yield Section("emergency-inhaler", Band.AFTER, say("Inhaler", source=Source.LAYOUT), at_school)
    phone = tuple(whom_to_phone(subject, people))
    yield Section("emergency-phone", Band.AFTER, say("Who to tell", source=Source.LAYOUT), phone)


def _attack(subject: Subject) -> Section:
    """Return the attack with its danger signs and 999 above all but a severe allergy.

    It goes by signs alone: nobody looks for a meter in an attack.
    """
    section = attack(replace(subject, plan=replace(subject.plan, peak_flow=None)))
    band = parted(section)
    alarms = tuple(item for item in band.rest if item.kind == Kind.ALARM)
    call_999, others = alarms[:1], tuple(item for item in band.rest if item not in alarms[:1])
    items: tuple[Item, ...] = (*band.first, *band.dangers, *call_999, *band.signs, *others)
    return replace(section, items=items)
