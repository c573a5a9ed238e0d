"""What one version of a plan says otherwise than another, in plain words: medicines and doses first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from plans.choice_words import SLOT_WORDS
from plans.plan import Medicine, Plan, Slot
from plans.plan_rows import NOT_SAID, Items, Names, Parts, Show, Slots, Value, dose, unit_of
from plans.plan_words import TABLE


class Kind(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """One thing that changed: what it is, and what each plan says of it ("" where it has no such thing)."""

    kind: Kind
    words: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return the difference as one line."""
        if self.kind is Kind.ADDED:
            return f"{self.words} added: {self.after}"
        if self.kind is Kind.GONE:
            return f"{self.words} no longer on the plan: {self.before}"
        return f"{self.words}: {self.before} -> {self.after}"


def differences(before: Plan, after: Plan, names: Names) -> tuple[Difference, ...]:
    """Return everything that `after` says otherwise than `before`, in the order of the table of fields.

    Nothing of ids, signatures and status, nor the order of a list, counts as a difference.
    """
    return tuple(_in_record(before, after, names))


def _in_record(before: Any, after: Any, names: Names) -> Iterator[Difference]:
    for field, row in TABLE[type(after)].items():
        old, new = getattr(before, field), getattr(after, field)
        match row:
            case Value(words, show):
                yield from _value(words, show, (old, names), (new, names))
            case Parts():
                yield from _parts(row, old, new, names)
            case Items():
                yield from _items(row, old, new, names)
            case Slots():
                yield from chain.from_iterable(
                    _slot(slot, old.get(slot), new.get(slot), names) for slot in Slot
                )


def _value(words: str, show: Show, old: tuple[Any, Names], new: tuple[Any, Names]) -> Iterator[Difference]:
    texts = [_shown(show, *each) for each in (old, new)]
    if old[0] != new[0] or texts[0] != texts[1]:
        yield Difference(Kind.CHANGED, words, *texts)


def _shown(show: Show, value: Any, names: Names) -> str:
    return NOT_SAID if value is None or value == "" else show(value, names)


def _parts(row: Parts, old: Any, new: Any, names: Names) -> Iterator[Difference]:
    if row.words and (old is None) != (new is None):
        yield Difference(Kind.CHANGED, row.words, row.there[old is not None], row.there[new is not None])
    # A record in which nothing stands says as much as none.
    yield from _in_record(old or row.kind(), new or row.kind(), names)


def _items(row: Items, old: Sequence[Any], new: Sequence[Any], names: Names) -> Iterator[Difference]:
    for key in dict.fromkeys(row.key(one) for one in (*old, *new)):
        was = [one for one in old if row.key(one) == key]
        now = [one for one in new if row.key(one) == key]
        texts = [", ".join(sorted(row.show(one, names) for one in each)) for each in (was, now)]
        if texts[0] != texts[1] or len(was) != len(now):
            yield Difference(_kind(was, now), row.words((now or was)[0]), *texts)


def _slot(slot: Slot, old: Medicine | None, new: Medicine | None, names: Names) -> Iterator[Difference]:
    title = SLOT_WORDS[slot]
    if old is None or new is None:
        texts = [_whole(each, names) if each else "" for each in (old, new)]
        if old or new:
            yield Difference(_kind(old, new), title, *texts)
        return
    own = [replace(names, unit=unit_of(each, names)) for each in (old, new)]
    for field, row in _medicine_rows():
        was, now = getattr(old, field), getattr(new, field)
        yield from _value(row.words.format(slot=title), row.show, (was, own[0]), (now, own[1]))


def _whole(medicine: Medicine, names: Names) -> str:
    """Return all that is said of a medicine: "Clenil Modulite 50 microgram, 2 puffs in the morning"."""
    own = replace(names, unit=unit_of(medicine, names))
    said = ((row, getattr(medicine, field)) for field, row in _medicine_rows())
    return ", ".join(_said(row, value, own) for row, value in said if value is not None and value != "")


def _said(row: Value, value: Any, names: Names) -> str:
    when = row.words.format(slot="").lstrip(": ")
    return f"{row.show(value, names)} {when}" if row.show is dose else row.show(value, names)


def _medicine_rows() -> Iterable[tuple[str, Value]]:
    return ((field, row) for field, row in TABLE[Medicine].items() if isinstance(row, Value))


def _kind(was: object, now: object) -> Kind:
    if was and now:
        return Kind.CHANGED
    return Kind.ADDED if now else Kind.GONE
