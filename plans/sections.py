"""What a printed plan is made of: sections in the order they are read, and the things in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import ClassVar

from plans.sentences import Exact, Sentence, Typed, Value


class Band(StrEnum):
    """Where a section stands on the paper and how it looks; never by colour alone."""

    HEAD = "head"
    NOTICE = "notice"
    EVERYDAY = "everyday"
    WORSE = "worse"
    ATTACK = "attack"
    AFTER = "after"
    UNDERSTANDING = "understanding"
    DATE = "date"  # the day that a discharge sheet is about


class Kind(StrEnum):
    """What a thing in a section is for; a template tells them apart by it."""

    SIGN = "sign"  # how the child is
    DANGER = "danger"  # how the child is when nothing may wait
    ALARM = "alarm"  # to be read before anything else
    STEP = "step"  # one of a row of numbered steps
    DO = "do"  # what to do
    NOTE = "note"  # what to know
    MEDICINE = "medicine"
    FACT = "fact"
    QUOTE = "quote"
    PHRASE = "phrase"


class Job(StrEnum):
    """What a medicine is for: each has a symbol and a word."""

    PREVENTER = "preventer"
    RELIEVER = "reliever"
    BOTH = "both"
    EXTRA = "extra"


@dataclass(frozen=True)
class Line:
    """One idea: its sentences, the pictogram that says it too, and the puffs to draw as dots beside them."""

    kind: Kind
    words: tuple[Sentence, ...]
    picture: str = ""
    puffs: int = 0


@dataclass(frozen=True)
class MedicineRow:
    """One medicine: its job, its name as on the box, its doses with their times, and what else to say.

    `colour` is the word a clinician gave. A dose is a sentence, its number of puffs, and sun, moon or hand.
    """

    job: Job
    title: Sentence
    name: Exact
    colour: Sentence | Typed | None
    doses: tuple["Dose", ...]
    words: tuple[Sentence, ...] = ()
    kind: ClassVar[Kind] = Kind.MEDICINE


@dataclass(frozen=True)
class Dose:
    sentence: Sentence
    count: int
    picture: str


@dataclass(frozen=True)
class Fact:
    """A label and what it says, such as a date of birth."""

    label: Sentence
    value: Value
    code: str = ""
    kind: ClassVar[Kind] = Kind.FACT


@dataclass(frozen=True)
class Quote:
    """What somebody typed, in their own words; never translated."""

    typed: Typed
    label: Sentence | None = None
    kind: ClassVar[Kind] = Kind.QUOTE


@dataclass(frozen=True)
class Phrase:
    """English words for somebody to say aloud, what they mean, and how they sound."""

    label: Sentence
    english: Exact
    meaning: Sentence
    sound: Sentence
    kind: ClassVar[Kind] = Kind.PHRASE


Item = Line | MedicineRow | Fact | Quote | Phrase


@dataclass(frozen=True)
class Section:
    """One part of a copy, under its heading; `picture` is a drawing of what all of it is about."""

    code: str
    band: Band
    heading: Sentence
    items: tuple[Item, ...]
    picture: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence that is printed in this section, heading first."""
        yield from self.heading.parts()
        for item in self.items:
            for sentence in _sentences_of(item):
                yield from sentence.parts()


@dataclass(frozen=True)
class Parted:
    """What stands in an attack band: the alarms before all else, its signs, danger signs, and what to do."""

    first: tuple[Item, ...]
    signs: tuple[Item, ...]
    dangers: tuple[Item, ...]
    rest: tuple[Item, ...]


def parted(section: Section) -> Parted:
    """Return the items of a band, each group in its order."""
    first = tuple(takewhile(lambda item: item.kind == Kind.ALARM, section.items))
    after = section.items[len(first) :]
    signs = tuple(item for item in after if item.kind == Kind.SIGN)
    dangers = tuple(item for item in after if item.kind == Kind.DANGER)
    rest = tuple(item for item in after if item.kind not in {Kind.SIGN, Kind.DANGER})
    return Parted(first, signs, dangers, rest)


def _sentences_of(item: Item) -> tuple[Sentence, ...]:
    if isinstance(item, Line):
        return item.words
    if isinstance(item, MedicineRow):
        colour = (item.colour,) if isinstance(item.colour, Sentence) else ()
        return (item.title, *colour, *(dose.sentence for dose in item.doses), *item.words)
    if isinstance(item, Fact):
        return (item.label, item.value) if isinstance(item.value, Sentence) else (item.label,)
    if isinstance(item, Quote):
        return (item.label,) if item.label else ()
    return (item.label, item.meaning, item.sound)
