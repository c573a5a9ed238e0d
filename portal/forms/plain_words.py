"""How hard a draft is to read, in words: figures of the family's copy, and what was typed that is harder.

It informs and never stands in the way: a figure sees the length of words and sentences, not their sense.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plans.content import Copy
from plans.leaflet.reading_age import harder_than_the_rest, names_on, reading, typed_in
from plans.leaflet.reading_figures import HARD, HARDEST_GRADE, HARDEST_SMOG, MOST_WORDS, Reading
from plans.medicines import read_medicines
from portal.actions.copies import copies_there_are, sections_of
from portal.actions.originals import Original
from portal.forms.typed import SAID_BY_THE_RECORD


@dataclass(frozen=True)
class HarderWords:
    """What somebody typed, the field it was typed into ("" if that cannot be told), and what to do."""

    text: str
    field: str
    advice: str


@dataclass(frozen=True)
class PlainWords:
    """Each figure as a label and what it says, and the typed words that are harder than the rest."""

    figures: tuple[tuple[str, str], ...]
    harder: tuple[HarderWords, ...]


def plain_words(original: Original, fields: Mapping[str, str], *, today: date) -> PlainWords:
    """Return how hard the plan is to read; `fields` are those of its draft, `today` the day in the UK."""
    said = sections_of(original, Copy.FAMILY, today=today)
    names = names_on(original.plan, read_medicines())
    typed_into = {text.strip(): name for name, text in fields.items()}
    harder = []
    for text in _typed(original, today):
        field, found = typed_into.get(text.strip(), ""), harder_than_the_rest(text, said, names)
        if found and field not in SAID_BY_THE_RECORD:
            harder.append(HarderWords(text, field, _advice(found)))
    return PlainWords(tuple(_figures(reading(said, names))), tuple(harder))


def _typed(original: Original, today: date) -> tuple[str, ...]:
    """Return what somebody typed that is printed on any copy."""
    copies = (copy for copy in copies_there_are(original, today=today) if copy is not Copy.DISCHARGE)
    return typed_in(part for copy in copies for part in sections_of(original, copy, today=today))


def _figures(read: Reading) -> Iterator[tuple[str, str]]:
    yield "Reading grade (Flesch-Kincaid)", f"{read.grade:g}. The aim is {HARDEST_GRADE:g} or lower."
    if read.smog is not None:
        yield "Reading grade (SMOG)", f"{read.smog:g}. The aim is {HARDEST_SMOG:g} or lower."
    aim = f"The aim is {MOST_WORDS} or fewer."
    yield "Longest sentence", f"{read.longest_words} words. {aim} “{read.longest}”"
    hard = ", ".join(f"{word} {count}" for word, count in read.hard_words)
    yield f"Words of {HARD} syllables or more", f"{hard}." if hard else "None."


def _advice(read: Reading) -> str:
    """Return what makes typed words hard, and what to do; `read` was found harder than the rest."""
    words = ", ".join(word for word, _count in read.hard_words)
    hard = f" Hard words: {words}." if words else ""
    if read.longest_words > MOST_WORDS:
        return f"One sentence has {read.longest_words} words: make it two.{hard}"
    return f"Try shorter words or sentences.{hard}"
