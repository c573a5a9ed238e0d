"""The pharmacist's copy: each medicine with its job, device and doses, the allergies, and whom to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plans.content.everyday import medicine_rows
from plans.content.further import steroids
from plans.content.language_words import language_in_words
from plans.content.readers import People, Subject
from plans.content.school import surgery
from plans.content.worse import too_many_puffs
from plans.plan import Plan
from plans.products import Device
from plans.sections import Band, Fact, Item, Kind, Line, MedicineRow, Section
from plans.sentences import Sentence, Typed, say
from plans.sources import Source

DEVICES: Mapping[Device, Sentence] = {
    Device.PMDI: say("Device: aerosol inhaler.", source=Source.LAYOUT),
    Device.BREATH_ACTUATED: say("Device: breath-actuated inhaler.", source=Source.LAYOUT),
    Device.DRY_POWDER: say("Device: dry powder inhaler.", source=Source.LAYOUT),
    Device.CAPSULE_DRY_POWDER: say("Device: inhaler for capsules of dry powder.", source=Source.LAYOUT),
    Device.SOFT_MIST: say("Device: soft mist inhaler.", source=Source.LAYOUT),
    Device.ORAL: say("Taken by mouth.", source=Source.LAYOUT),
}
REST_OF_THE_PLAN = say("This is not the whole plan.", source=Source.LAYOUT)


def medicine_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield the medicines, the allergies, and what helps to talk with the family; no more of the plan."""
    rows = tuple(_with_device(subject, row) for row in (*medicine_rows(subject), *steroids(subject)))
    medicines: tuple[Item, ...] = (*rows, *too_many_puffs(subject))
    yield Section("medicines", Band.EVERYDAY, say("Medicines", source=Source.LAYOUT), medicines)
    allergies = tuple(_allergies(subject))
    yield Section("allergies", Band.UNDERSTANDING, say("Allergies", source=Source.LAYOUT), allergies)
    talk = (*_languages(subject.plan), *surgery(subject, people), Line(Kind.NOTE, (REST_OF_THE_PLAN,)))
    heading = say("Who to phone", source=Source.LAYOUT)
    yield Section("counselling", Band.UNDERSTANDING, heading, talk)


def _with_device(subject: Subject, row: MedicineRow) -> MedicineRow:
    """Return the row with the kind of device before its other words, where it is known."""
    medicines = subject.plan.medicines.values()
    named = (one for one in medicines if subject.printed_name(one) == row.name)
    product = next((subject.product(one) for one in named), None)
    device = product.device if product else None
    return replace(row, words=(DEVICES[device], *row.words)) if device else row


def _allergies(subject: Subject) -> Iterator[Item]:
    for allergy in subject.plan.allergies:
        label = say("Severe allergy", source=Source.LAYOUT)
        usual = say("Allergy", source=Source.LAYOUT)
        yield Fact(label if allergy.severe else usual, Typed(allergy.name), "allergy")
    if not subject.plan.allergies:
        words = say("No allergy is written on this plan. Ask about allergies.", source=Source.ENTERED)
        yield Line(Kind.NOTE, (words,))


def _languages(plan: Plan) -> Iterator[Item]:
    """Yield what helps a pharmacist to explain an inhaler: the languages, and an interpreter if needed."""
    if plan.language:
        label = say("Language they read", source=Source.LAYOUT)
        yield Fact(label, language_in_words(plan.language), "reads")
    if plan.language_spoken.strip():
        label = say("Language they speak", source=Source.LAYOUT)
        yield Fact(label, Typed(plan.language_spoken.strip()), "speaks")
    if plan.interpreter:
        yield Line(Kind.NOTE, (say("They need an interpreter.", source=Source.ENTERED),))
