"""How hard a copy is to read in English, and whether what somebody typed on it is harder than the rest.

Names count as one easy word each, however long: of people, places, medicines and allergies. So do days and
phone numbers. Labels of facts (Name, Version) are no sentences and are left out; every other line is one at
least, a heading and a sign too. What somebody typed is taken for English.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from plans.leaflet.languages import SOURCE
from plans.leaflet.linear import Row, rows
from plans.leaflet.reading_figures import HARDEST_GRADE, MOST_WORDS, Reading, as_name, reading_of
from plans.leaflet.wording import in_language
from plans.medicines import Medicines
from plans.plan import Plan
from plans.sections import Kind, Section
from plans.sentences import Sentence, Typed, Value

Names = re.Pattern[str]

ENGLISH = in_language(SOURCE)
LEAST_WORDS = 3  # for a grade of what somebody typed: one or two are a name or a place
ALSO_MEDICINES = frozenset({"adrenaline"})  # beside those of the list


def reading(sections: Iterable[Section], names: Names) -> Reading:
    """Return the figures of these sections, with what somebody typed; `names` comes from `names_on`."""
    return reading_of(_texts(sections, names, typed_too=True))


def typed_in(sections: Iterable[Section]) -> tuple[str, ...]:
    """Return what somebody typed, as it is printed in these sections, each once."""
    values = (value for section in sections for value in _values(section))
    return tuple(dict.fromkeys(text for value in values for text in _typed(value)))


def harder_than_the_rest(typed: str, sections: Sequence[Section], names: Names) -> Reading | None:
    """Return the figures of typed words that are harder than what the product says in `sections`, else None.

    Harder is a sentence of more than 20 words, or a grade above both 5 and that of the rest.
    """
    own, rest = reading_of([_marked(typed, names)]), reading_of(_texts(sections, names, typed_too=False))
    hard = own.words >= LEAST_WORDS and own.grade > max(HARDEST_GRADE, rest.grade)
    return own if hard or own.longest_words > MOST_WORDS else None


def names_on(plan: Plan, medicines: Medicines) -> Names:
    """Return what finds a name in the words of a plan: of any medicine of the list, and of its allergies."""
    brands = {product.brand for product in medicines}
    first_words = {brand.split()[0] for brand in brands}
    ingredients = {word for product in medicines for one in product.ingredients for word in one.split("-")}
    allergies = {one.name.strip() for one in plan.allergies} - {""}
    names = sorted(ALSO_MEDICINES | brands | first_words | ingredients | allergies, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def _texts(sections: Iterable[Section], names: Names, *, typed_too: bool) -> Iterator[str]:
    for section in sections:
        for value in _values(section):
            if isinstance(value, Sentence) or typed_too:
                yield _text(value, names, typed_too=typed_too)


def _values(section: Section) -> Iterator[Sentence | Typed]:
    """Yield what is read as words, in reading order: no labels of facts, and no name that stands alone."""
    yield section.heading
    for row in rows(section):
        for value in _read_of(row):
            if isinstance(value, (Sentence, Typed)):
                yield value


def _read_of(row: Row) -> tuple[Value, ...]:
    if row.spoken:
        return (row.spoken.meaning,)  # the English to say aloud, as a sentence
    return row.values[1:] if row.kind == Kind.FACT else row.values


def _text(value: Value, names: Names, *, typed_too: bool) -> str:
    if isinstance(value, Sentence):
        inner = {name: _text(one, names, typed_too=typed_too) for name, one in value.values.items()}
        return _marked(value.english(), names).format(**inner)
    if isinstance(value, Typed) and typed_too:
        return _marked(value.text, names)
    return as_name(ENGLISH.value(value))


def _marked(text: str, names: Names) -> str:
    """Return a text with its names marked, but not in {braces}, where a value is still to be put in."""
    parts = re.split(r"(\{\w+\})", text)
    parts[::2] = [names.sub(lambda found: as_name(found[0]), part) for part in parts[::2]]
    return "".join(parts)


def _typed(value: Value) -> Iterator[str]:
    if isinstance(value, Typed):
        yield value.text
    elif isinstance(value, Sentence):
        for inner in value.values.values():
            yield from _typed(inner)
