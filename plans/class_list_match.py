"""Which child a pupil of a class list is: told by number and birth date, or left to somebody who looks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from plans.people import Child
from plans.similar_names import is_same_name, is_similar, name_key


class Named(Protocol):
    """A pupil as a school names them."""

    @property
    def given(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def born(self) -> date: ...
    @property
    def nhs_number(self) -> str: ...


class Why(StrEnum):
    """How a pupil and a child came to be put beside each other."""

    NUMBER = "number"
    NAME = "name"
    TWIN = "twin"
    NEAR_NAME = "near-name"
    OTHER_BIRTH_DATE = "other-birth-date"
    OTHER_NUMBER = "other-number"
    NUMBER_ONLY = "number-only"
    SAME_AS_ANOTHER = "same-as-another"


# What the person who looks reads above the two.
SENTENCES = {
    Why.NUMBER: "The NHS number, the date of birth and the name are the same.",
    Why.NAME: "The name and the date of birth are the same. The school gave no NHS number.",
    Why.TWIN: "This may be a twin: only the first name is another.",
    Why.NEAR_NAME: "The date of birth is the same, and the names are nearly the same.",
    Why.OTHER_BIRTH_DATE: "The name is the same, and the date of birth is another.",
    Why.OTHER_NUMBER: "The name and the date of birth are the same, and the NHS numbers are not.",
    Why.NUMBER_ONLY: "The NHS number is the same, and the name or the date of birth is another.",
    Why.SAME_AS_ANOTHER: "More than one child has this name and date of birth.",
}


@dataclass(frozen=True)
class Match:
    """Who a pupil may be: `sure` is the one child that it is, None unless nothing speaks against it."""

    sure: Child | None
    why: tuple[tuple[Child, Why], ...]

    @property
    def is_doubtful(self) -> bool:
        return self.sure is None and bool(self.why)


class Known:
    """Children, found by what a pupil may share with them, so that a long list is matched quickly."""

    def __init__(self, children: Iterable[Child]) -> None:
        self._found: dict[object, list[Child]] = defaultdict(list)
        for child in children:
            for key in _keys(child.nhs_number, child.born, child.name):
                self._found[key].append(child)

    def beside(self, pupil: Named) -> list[Child]:
        """Return every child of the pupil's NHS number, birth date or name, each once."""
        keys = _keys(pupil.nhs_number, pupil.born, f"{pupil.given} {pupil.family}")
        return list({child.id: child for key in keys for child in self._found.get(key, ())}.values())


def match(pupil: Named, children: Iterable[Child]) -> Match:
    """Return who of the children a pupil is, or may be; nobody who only has a similar name.

    Sure is only one whose NHS number, birth date and name all fit, with no other child of that number. All
    others are for a person to decide, each with the reason why.
    """
    beside = [(child, why) for child in children if (why := _why(pupil, child))]
    by_number = [child for child, why in beside if why is Why.NUMBER]
    numbered = [child for child, _ in beside if child.nhs_number and child.nhs_number == pupil.nhs_number]
    if len(by_number) == 1 and numbered == by_number:
        return Match(by_number[0], ((by_number[0], Why.NUMBER),))
    return Match(None, _told_apart(beside))


def _keys(number: str, born: date, name: str) -> tuple[object, ...]:
    return (*((number,) if number else ()), born, name_key(name))


def _told_apart(beside: Sequence[tuple[Child, Why]]) -> tuple[tuple[Child, Why], ...]:
    """Return the same with a word where two children have the very name and birth date of the pupil."""
    alike = sum(why in (Why.NAME, Why.OTHER_NUMBER) for _, why in beside)
    if alike < 2:
        return tuple(beside)
    return tuple((child, Why.SAME_AS_ANOTHER if why is Why.NAME else why) for child, why in beside)


def _why(pupil: Named, child: Child) -> Why | None:
    same_name = is_same_name(f"{pupil.given} {pupil.family}", child.name)
    same_day = pupil.born == child.born
    if pupil.nhs_number and pupil.nhs_number == child.nhs_number:
        return Why.NUMBER if same_day and same_name else Why.NUMBER_ONLY
    if same_name and same_day:
        return Why.OTHER_NUMBER if pupil.nhs_number and child.nhs_number else Why.NAME
    if same_name:
        return Why.OTHER_BIRTH_DATE if _is_slip(pupil.born, child.born) else None
    if not same_day or (pupil.nhs_number and child.nhs_number):
        return None
    return _of_similar_name(pupil, child)


def _of_similar_name(pupil: Named, child: Child) -> Why | None:
    as_child = Child("", pupil.given, pupil.family, pupil.born)
    if not is_similar(as_child, child):
        return None
    same_family = is_same_name(pupil.family, child.family)
    near = is_similar(Child("", pupil.given, "-", date.min), Child("", child.given, "-", date.max))
    return Why.TWIN if same_family and not near else Why.NEAR_NAME


def _is_slip(one: date, two: date) -> bool:
    """Return whether one date may be the other mistyped: day and month changed about, or one part."""
    if (one.year, one.month, one.day) == (two.year, two.day, two.month):
        return True
    return sum((one.year == two.year, one.month == two.month, one.day == two.day)) == 2
