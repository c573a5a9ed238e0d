"""Words that no source settles, or that sources put differently: a clinician confirms each before signing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plans.content.copies import PLAN_COPIES, body
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


WORDINGS: Mapping[str, Unsettled] = {
    "danger-signs": Unsettled(
        "Danger signs, and 999 above step 1", Tag.UNCONFIRMED, "safety 2 and 7; clinical 3"
    ),
    "danger-signs-under-5": Unsettled("Danger signs under 5", Tag.UNCONFIRMED, "clinical 3"),
    "allergy-first": Unsettled(
        "Severe allergy before the inhaler", Tag.UNCONFIRMED, "safety 1; clinical 2.4"
    ),
    "reliever-3-times-a-week": Unsettled(
        "When reliever use means getting worse", Tag.CONFLICT, "clinical 2.3"
    ),
    "one-inhaler-attack": Unsettled("Attack on MART or AIR", Tag.UNCONFIRMED, "safety 2; clinical 2.4"),
    "written-attack": Unsettled("999 beside the steps you wrote", Tag.UNCONFIRMED, "safety 3; clinical 2.4"),
    "over-8-puffs": Unsettled("Too many puffs a day on MART or AIR", Tag.UNCONFIRMED, "clinical 2.3"),
    "backup-inhaler": Unsettled("A blue inhaler kept as a backup", Tag.UNCONFIRMED, "safety 5; clinical 2.4"),
    "school-blue-inhaler": Unsettled(
        "The school's own inhaler on MART or AIR", Tag.UNCONFIRMED, "clinical 9"
    ),
    "one-inhaler-explained": Unsettled(
        "MART or AIR: missed or swapped", Tag.UNCONFIRMED, "safety 4; clinical 2.6"
    ),
    "montelukast": Unsettled("Montelukast: sleep and mood", Tag.UNCONFIRMED, "clinical 2.6"),
    "signs-before-peak-flow": Unsettled("Signs count before peak flow", Tag.UNCONFIRMED, "clinical 10.3"),
    "spacer-care": Unsettled("How often to wash and replace a spacer", Tag.UNCONFIRMED, "clinical 4"),
    "technique-aerosol": Unsettled("Aerosol without a spacer", Tag.UNCONFIRMED, "clinical 4"),
    "technique-turbohaler": Unsettled("Using a Turbohaler", Tag.UNCONFIRMED, "clinical 4"),
    "technique-easyhaler": Unsettled("Using an Easyhaler", Tag.UNCONFIRMED, "clinical 4"),
    "technique-accuhaler": Unsettled("Using an Accuhaler", Tag.UNCONFIRMED, "clinical 4"),
    "technique-open-cover": Unsettled(
        "Using an inhaler that loads by its cover", Tag.UNCONFIRMED, "clinical 4"
    ),
    "technique-breath-actuated": Unsettled("Using a breath-actuated inhaler", Tag.UNCONFIRMED, "clinical 4"),
    "technique-soft-mist": Unsettled("Using a soft mist inhaler", Tag.UNCONFIRMED, "clinical 4"),
    "after-hospital": Unsettled("The family's sheet after hospital", Tag.UNCONFIRMED, "safety 8"),
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
    for copy in PLAN_COPIES:
        yield from body(copy, subject, nobody)
