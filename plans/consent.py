"""Somebody's word on sharing: who gave it, how, on which day; and when it has to be asked for again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.people import Child


class How(StrEnum):
    """How somebody said it."""

    IN_PERSON = "in-person"
    BY_PHONE = "by-phone"
    IN_WRITING = "in-writing"


@dataclass(frozen=True)
class Word:
    """What somebody said about sharing. `by` is a reference: "RelatedPerson/..." or the child's own."""

    by: str
    by_name: str
    how: How
    on: date

    def is_of(self, child: Child) -> bool:
        """Return whether the child gave it."""
        return self.by == own_ref(child.id)


@dataclass(frozen=True)
class AgainAt:
    """An age at which the young person is asked, once: from `first` up to and with `last` (whole years)."""

    key: str
    first: int
    last: int | None = None


# Source: clinical.md 8.6, portal defaults (tag U): proxy access is checked again at 11 to 13 and at 16.
AGAIN = (AgainAt("11-to-13", 11, 13), AgainAt("16", 16))


def own_ref(child_id: str) -> str:
    """Return the child as one who agrees or says no."""
    return f"Patient/{child_id}"


def again_at(child: Child, day: date) -> AgainAt | None:
    """Return at which of these ages a child is on a day, None between and before them."""
    age = child.age_on(day)
    return next((one for one in AGAIN if one.first <= age and (one.last is None or age <= one.last)), None)


def is_to_be_asked(child: Child, word: Word | None, day: date) -> bool:
    """Return whether the young person's own word on who reads at home is missing at the age they are.

    A word of theirs from an earlier age does not count, nor does anybody else's.
    """
    now = again_at(child, day)
    if now is None:
        return False
    return word is None or not word.is_of(child) or child.age_on(word.on) < now.first


def is_any_to_be_asked(child: Child, words: Iterable[Word | None], day: date) -> bool:
    """Return whether the young person has to be asked about any of these shares; none, nothing to ask."""
    return any(is_to_be_asked(child, word, day) for word in words)
