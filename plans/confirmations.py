"""Words that no source settles, or that sources put differently: a clinician confirms each before signing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plans.content.copies import body, copies_for
from plans.content.readers import People, Subject
from plans.medicines import Medicines
from plans.people import Child
from plans.plan import Plan
from plans.products import Tag
from plans.sections import Section
from plans.sentences import Sentence


@dataclass(frozen=True)
class Unsettled:
    """Why words need a clinician: what they are about, how sure they are, and where that is written."""

    about: str
    tag: Tag
    source: str


@dataclass(frozen=True)
class Wording:
    """What a clinician confirms in one act: the exact sentences that this plan prints."""

    key: str
    unsettled: Unsettled
    sentences: tuple[Sentence, ...]


NO_STEPS_READ = "no source read gives these steps"
TECHNIQUES: Mapping[str, str] = {
    "technique-aerosol": "Aerosol without a spacer",
    "technique-turbohaler": "Using a Turbohaler",
    "technique-easyhaler": "Using an Easyhaler",
    "technique-accuhaler": "Using an Accuhaler",
    "technique-open-cover": "Using an inhaler that loads by its cover",
    "technique-breath-actuated": "Using a breath-actuated inhaler",
    "technique-soft-mist": "Using a soft mist inhaler",
    "technique-as-shown": "An inhaler whose steps are not given here",
}
WORDINGS: Mapping[str, Unsettled] = {
    "danger-signs": Unsettled(
        "Danger signs, and 999 above step 1",
        Tag.UNCONFIRMED,
        "no source read has all of these signs; Puffin's safety review proposes the words",
    ),
    "danger-signs-under-5": Unsettled(
        "Danger signs under 5",
        Tag.UNCONFIRMED,
        "read in first-aid pages from abroad, or in no source at all",
    ),
    "allergy-first": Unsettled(
        "Severe allergy before the inhaler",
        Tag.UNCONFIRMED,
        "school and BSACI guidance puts adrenaline first; Puffin's safety review proposes the words",
    ),
    "reliever-3-times-a-week": Unsettled(
        "When reliever use means getting worse",
        Tag.CONFLICT,
        "plans in use say 3 or more times a week, NHS and MHRA say more than twice",
    ),
    "one-inhaler-attack": Unsettled(
        "Attack on MART or AIR",
        Tag.UNCONFIRMED,
        "read for the blue inhaler, and carried over to MART and AIR",
    ),
    "written-attack": Unsettled(
        "999 beside the steps you wrote",
        Tag.UNCONFIRMED,
        "read for the blue inhaler; Puffin's safety review proposes them beside your own steps",
    ),
    "most-a-day": Unsettled(
        "More puffs than the most in a day",
        Tag.UNCONFIRMED,
        "the number is yours; no source read says what to do above it",
    ),
    "weaning": Unsettled(
        "Reliever by the clock after an attack",
        Tag.UNCONFIRMED,
        "the numbers are yours; Puffin's safety review proposes to say that this is for one attack only",
    ),
    "steroid-card": Unsettled(
        "Carrying the steroid card",
        Tag.UNCONFIRMED,
        "the Northern Ireland formulary says who has a card; no source read says that it is carried",
    ),
    "backup-inhaler": Unsettled(
        "A blue inhaler kept as a backup",
        Tag.UNCONFIRMED,
        "no source read says what to do with it; Puffin's safety review proposes the words",
    ),
    "school-blue-inhaler": Unsettled(
        "The school's blue inhaler, where the plan has other attack steps",
        Tag.UNCONFIRMED,
        "guidance on school inhalers speaks of children with a reliever of their own",
    ),
    "one-inhaler-explained": Unsettled(
        "MART or AIR: missed or swapped",
        Tag.UNCONFIRMED,
        "no source read says this of MART and AIR; Puffin's safety review proposes the words",
    ),
    "montelukast": Unsettled(
        "Montelukast: sleep and mood",
        Tag.UNCONFIRMED,
        "only the title of the MHRA reminder of 2024 was read",
    ),
    "signs-before-peak-flow": Unsettled(
        "Signs count before peak flow",
        Tag.UNCONFIRMED,
        "no source read has these words; Puffin's clinical rules ask for them",
    ),
    "spacer-care": Unsettled(
        "How often to wash and replace a spacer",
        Tag.UNCONFIRMED,
        "no source read says how often",
    ),
    **{key: Unsettled(about, Tag.UNCONFIRMED, NO_STEPS_READ) for key, about in TECHNIQUES.items()},
    "after-hospital": Unsettled(
        "The family's sheet after hospital",
        Tag.UNCONFIRMED,
        "no source read has these words; Puffin's safety review proposes them",
    ),
}


def needed(plan: Plan, age: int, medicines: Medicines) -> tuple[Wording, ...]:
    """Return what a clinician confirms before this plan is signed for a child of `age` whole years.

    Found by building every copy, so that no unsettled sentence can be printed and not be asked about.
    """
    return unsettled_in(_printed(Subject(plan, age, medicines)))


def unsettled_in(sections: Iterable[Section]) -> tuple[Wording, ...]:
    """Return the words in these sections that a clinician confirms, in the order of the table."""
    by_key: dict[str, list[Sentence]] = {}
    for section in sections:
        for sentence in section.sentences():
            if sentence.confirm and sentence not in by_key.setdefault(sentence.confirm, []):
                by_key[sentence.confirm].append(sentence)
    return tuple(Wording(key, WORDINGS[key], tuple(by_key[key])) for key in WORDINGS if key in by_key)


def _printed(subject: Subject) -> Iterator[Section]:
    nobody = People(Child("", "", "", date.min), practice=None, author=None)
    for copy in copies_for(subject.age):
        yield from body(copy, subject, nobody)
