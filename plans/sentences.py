"""A sentence in no language yet: the English words that name it, and the values that go into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from plans.sources import Source


@dataclass(frozen=True)
class Number:
    """A whole number, printed in Western digits in every language."""

    count: int


@dataclass(frozen=True)
class Exact:
    """Text printed as it stands and left to right: a brand, a phone or NHS number, L/min."""

    text: str


@dataclass(frozen=True)
class Name:
    """The name of a person or a place: printed as it is written, in its own direction."""

    text: str


@dataclass(frozen=True)
class Typed:
    """Words that somebody typed: printed as typed, and marked as not translated in other languages."""

    text: str


@dataclass(frozen=True)
class Day:
    day: date
    with_weekday: bool = False


@dataclass(frozen=True)
class Moment:
    """A day and an hour of the clock on a wall in the UK."""

    at: datetime


@dataclass(frozen=True)
class Sentence:
    """Whole words of one language: `message` is the English and the name under which it is translated.

    `source` is the text that the words come from. `plural` and `count` are given when the words depend on a
    number. `confirm` is the key in confirmations.py of words that no source settles: a clinician confirms
    those before signing.
    """

    message: str
    source: Source
    plural: str = ""
    count: int = 0
    values: Mapping[str, "Value"] = field(default_factory=dict)
    confirm: str = ""

    def english(self) -> str:
        """Return the English pattern, the values still to be put in."""
        return self.plural if self.plural and self.count != 1 else self.message

    def parts(self) -> Iterator["Sentence"]:
        """Yield this sentence and every sentence that stands inside it."""
        yield self
        for value in self.values.values():
            if isinstance(value, Sentence):
                yield from value.parts()


Value = Number | Exact | Name | Typed | Day | Moment | Sentence


def say(message: str, /, *, source: Source, confirm: str = "", **values: Value) -> Sentence:
    """Return a sentence; its words stand as one literal, so that they are found for translation."""
    return Sentence(message, source, values=values, confirm=confirm)


def say_n(one: str, many: str, n: int, /, *, source: Source, confirm: str = "", **values: Value) -> Sentence:
    """Return a sentence that depends on the number `n`, which stands in it as {n}."""
    return Sentence(one, source, many, n, {"n": Number(n), **values}, confirm)
