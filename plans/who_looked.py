"""The organisations that used a child's record, as the privacy lead lets one person at home have the list.

What is left out leaves no gap: the list has names alone, in the order of the alphabet (hazard 23).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plans.errors import PuffinError
from plans.places import OrganisationKind
from plans.sharing import Basis

LONGEST_REASON = 1000  # characters


class LeaveOutReasonMissing(PuffinError):
    def __init__(self, place_id: str) -> None:
        self.place_id = place_id
        super().__init__("Write why you leave this organisation out, in up to 1,000 characters.")


class NothingLeft(PuffinError):
    def __init__(self) -> None:
        super().__init__("Leave one organisation in. An empty list tells that something is left out.")


class ListChanged(PuffinError):
    def __init__(self) -> None:
        super().__init__("Another organisation has looked since. Look through the list again, then give it.")


@dataclass(frozen=True)
class Place:
    """An organisation that used the record; `must_stay_out` where it looked to keep a child safe."""

    id: str
    name: str
    kind: OrganisationKind
    last: datetime
    must_stay_out: bool


@dataclass(frozen=True)
class Released:
    """The list that one person (a RelatedPerson) got; `by` is the privacy lead."""

    id: str
    task_id: str
    child_id: str
    reader: str
    by: str
    at: datetime
    names: tuple[str, ...]


def must_stay_out(kind: OrganisationKind, bases: Collection[Basis]) -> bool:
    """Return whether a family is never told of a place that was given the plan on these bases, if at all.

    Social care that nobody at home agreed to is there because a child may be at risk.
    """
    if kind is OrganisationKind.SOCIAL_CARE:
        return Basis.CONSENT not in bases
    return set(bases) == {Basis.SAFEGUARDING}


def vetted(places: Iterable[Place], left_out: Mapping[str, str]) -> tuple[list[Place], dict[str, str]]:
    """Return which places the family is told, by name, and why each other is not, by its id.

    Raises LeaveOutReasonMissing and NothingLeft.
    """
    told, kept_back = [], {}
    for place in sorted(places, key=lambda one: (one.name.casefold(), one.id)):
        if place.must_stay_out:
            kept_back[place.id] = "shared for safeguarding"
        elif place.id in left_out:
            kept_back[place.id] = _reason(place.id, left_out[place.id])
        else:
            told.append(place)
    if not told:
        raise NothingLeft
    return told, kept_back


def _reason(place_id: str, reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise LeaveOutReasonMissing(place_id)
    return said
