"""Whose names or birthdays are so alike that one child's plan could be taken for another's."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from plans.people import Child

# What people and machines write for an apostrophe; letters whose stroke somebody in a hurry leaves out.
APOSTROPHES = frozenset("'\u2019\u2018\u02bc\u00b4`\u2032")
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})

# From this likeness on, names are nearly the same: a letter or two of a usual name. Tag U: a working rule.
NEARLY = 0.85


def similar_to(child: Child, others: Iterable[Child]) -> tuple[Child, ...]:
    """Return the other children who could be taken for this one, in the order given.

    Their name is the same or nearly so, in any order of its parts, or they share family name and birthday
    as twins do. Source: hazard 10 of the safety list.
    """
    return tuple(other for other in others if other.id != child.id and is_similar(child, other))


def is_similar(one: Child, two: Child) -> bool:
    """Return whether these two could be taken for each other by their names and birthdays."""
    if is_near(" ".join(_words(one.name)), " ".join(_words(two.name))):
        return True
    return one.born == two.born and _words(one.family) == _words(two.family)


def is_named_anew(was: Child, now: Child) -> bool:
    """Return whether paper that says who a child was says it wrongly of the same child now.

    It does for another name, birthday or NHS number. Accents and capitals alone make no other name: a school
    that is told in an attack that its copy is wrong would doubt the steps. Nor is a copy wrong that lacks
    the number which a child has been given since.
    """
    if not is_written_alike(was.name, now.name) or was.born != now.born:
        return True
    return has_another_number(was, now)


def has_another_number(was: Child, now: Child) -> bool:
    """Return whether a child does not have the NHS number of before any more: so it is after an adoption."""
    return bool(was.nhs_number) and was.nhs_number != now.nhs_number


def is_near(mine: str, theirs: str) -> bool:
    """Return whether the words of two names (see `name_key`), joined, are the same or nearly so."""
    return _may_be_near(mine, theirs) and SequenceMatcher(None, mine, theirs).ratio() >= NEARLY


def is_same_name(one: str, two: str) -> bool:
    """Return whether two names are the same but for accents, capitals and order; nobody is named ""."""
    return bool(_words(one)) and _words(one) == _words(two)


def is_written_alike(one: str, two: str) -> bool:
    """Return whether two names are the same words in the same order but for accents and capitals."""
    return _in_order(one) == _in_order(two) and (bool(_in_order(one)) or one == two)


def name_key(name: str) -> tuple[str, ...]:
    """Return what two names have in common if they are the same but for accents, capitals and order."""
    return _words(name)


def _may_be_near(mine: str, theirs: str) -> bool:
    """Return whether two names can come near enough: a letter that one of them lacks matches nothing.

    It never refuses what the whole comparison would let pass, and spares a register most comparisons.
    """
    if 2 * min(len(mine), len(theirs)) < NEARLY * (len(mine) + len(theirs)):
        return False
    ours, others = _letters(mine), _letters(theirs)
    matches = min(len(mine) - len(ours - others), len(theirs) - len(others - ours))
    return 2 * matches >= NEARLY * (len(mine) + len(theirs))


@lru_cache(maxsize=20_000)
def _letters(name: str) -> frozenset[str]:
    return frozenset(name)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name as somebody in a hurry reads them: no accents, no capitals, any order.

    Whoever is barred is told by these words, so no way to write an apostrophe or a dash makes another name.
    """
    return tuple(sorted(_in_order(name)))


def _in_order(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", "".join(c for c in name if c not in APOSTROPHES))
    return "".join(map(_plain, letters)).casefold().translate(STROKES).split()


def _plain(letter: str) -> str:
    """Return a letter as it counts: an accent or what nobody sees as "", what is no letter as a space."""
    kind = unicodedata.category(letter)
    if unicodedata.combining(letter) or kind == "Cf":
        return ""
    return " " if kind[0] in "PSZC" else letter
