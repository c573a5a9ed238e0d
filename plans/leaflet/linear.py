"""A section as rows to be read one after another: for the narrative, and for two languages side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.leaflet import labels
from plans.leaflet.wording import Wording
from plans.sections import Fact, Item, Kind, Line, MedicineRow, Phrase, Quote, Section
from plans.sentences import Value


@dataclass(frozen=True)
class Row:
    """What stands on one row, and what it is for; `spoken` is a phrase that stays in English."""

    kind: str
    values: tuple[Value, ...]
    spoken: Phrase | None = None

    def texts(self, wording: Wording) -> tuple[str, ...]:
        """Return the row in a language: an English phrase is followed there by its sound and its meaning."""
        texts = tuple(wording.value(value) for value in self.values)
        if self.spoken is None or wording.language.is_source:
            return texts
        return (*texts, wording.say(self.spoken.sound), wording.say(self.spoken.meaning))


def rows(section: Section) -> Iterator[Row]:
    """Yield the rows of a section, in reading order; danger signs stand under a heading of their own."""
    said = section.heading
    for item in section.items:
        if item.kind == Kind.DANGER and said != labels.DANGER_SIGNS:
            said = labels.DANGER_SIGNS
            yield Row("subheading", (said,))
        yield from _rows_of(item)


def _rows_of(item: Item) -> Iterator[Row]:
    if isinstance(item, Line):
        yield Row(item.kind, item.words)
    elif isinstance(item, MedicineRow):
        yield from _medicine(item)
    elif isinstance(item, Fact):
        yield Row(item.kind, (item.label, item.value))
    elif isinstance(item, Quote):
        yield Row(item.kind, (item.label, item.typed) if item.label else (item.typed,))
    else:
        yield Row("note", (item.label,))
        yield Row(item.kind, (item.english,), item)


def _medicine(item: MedicineRow) -> Iterator[Row]:
    yield Row(item.kind, (item.title, item.name, *((item.colour,) if item.colour else ())))
    for dose in item.doses:
        yield Row("dose", (dose.sentence,))
    if item.words:
        yield Row("note", item.words)
