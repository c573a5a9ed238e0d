"""The page on how hard plans are to read: the figures of every template plan, and of the sentences alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docs.markdown import NOTE, table
from docs.template_plans import TEMPLATES, after_hospital
from plans.leaflet.catalogues import sentences
from plans.leaflet.reading_age import names_on, reading
from plans.leaflet.reading_figures import HARDEST_GRADE, HARDEST_SMOG, MOST_WORDS, Reading, reading_of
from plans.medicines import read_medicines
from plans.plan import Plan
from plans.sections import Section

PAGE = """\
# How hard plans are to read

{note}

Every copy of every template plan keeps to Flesch-Kincaid grade {grade:g} or lower (about age 10 to 11), SMOG
{smog:g} or lower, and {most} words a sentence. The same figures are shown for each plan before it is signed.

Measured is the English, as printed. Signs, headings and sentences each count as a sentence. Names of people,
places, medicines and allergies count as one easy word, as do numbers and days. A hard word has 3 syllables or
more. Syllables are counted by vowels and hyphens, whichever finds more, so that a grade is rather too high
than too low. SMOG was made on 30 sentences and is scaled for shorter copies.

Such figures see length, not sense. That people understand a plan is only known from people.

## Every copy of every template plan

{plans}

## The sheet after hospital

{after_hospital}

## Every sentence alone

{count} sentences. The longest has {longest_words} words: {longest}

Hard words, and how many times each stands among them: {hard_words}.
"""

HEADINGS = ("Plan", "Copy", "Flesch-Kincaid", "SMOG", "Longest sentence, words", "Hard words")
VALUE = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Measured:
    """One copy of a template plan, and its figures."""

    plan: str
    copy: str
    figures: Reading


def measured_plans() -> Iterator[Measured]:
    """Yield the figures of each copy of each template plan."""
    for name, template in TEMPLATES.items():
        for copy, said in template.copies():
            yield Measured(f"{name}, age {template.age}", copy.value, figures_of(said, template.plan))


def measured_sheets() -> Iterator[Measured]:
    """Yield the figures of each sheet after hospital."""
    for name, said in after_hospital():
        yield Measured(name, "discharge", figures_of(said, Plan("", "")))


def figures_of(said: Iterable[Section], plan: Plan) -> Reading:
    """Return the figures of what a copy of `plan` says."""
    return reading(said, names_on(plan, read_medicines()))


def sentence_bank() -> tuple[str, ...]:
    """Return the English of every sentence, singular and plural, a value as one easy word."""
    ids = (message.id for message in sentences() if message.id)
    texts = (text for one in ids for text in ([one] if isinstance(one, str) else one))
    return tuple(VALUE.sub("5", text) for text in texts)


def reading_age_page() -> str:
    """Return the figures of every copy of every template plan, and of the sentences alone."""
    bank = reading_of(sentence_bank())
    return PAGE.format(
        note=NOTE,
        grade=HARDEST_GRADE,
        smog=HARDEST_SMOG,
        most=MOST_WORDS,
        plans=_table(measured_plans()),
        after_hospital=_table(measured_sheets()),
        count=bank.sentences,
        longest_words=bank.longest_words,
        longest=bank.longest,
        hard_words=", ".join(f"{word} {count}" for word, count in bank.hard_words),
    )


def _table(measured: Iterable[Measured]) -> str:
    return table(HEADINGS, (_row(one) for one in measured))


def _row(one: Measured) -> Iterator[str]:
    figures = one.figures
    yield one.plan
    yield one.copy
    yield f"{figures.grade:g}"
    yield "too short" if figures.smog is None else f"{figures.smog:g}"
    yield f"{figures.longest_words}"
    yield f"{sum(count for _word, count in figures.hard_words)}"
