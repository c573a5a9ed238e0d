"""A class list beside the register that a school has already: what is new, what changes, who is not on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plans.class_list import Row
from plans.class_list_match import Known, Why, match
from plans.people import Child

SAME = (Why.NUMBER, Why.NAME)


@dataclass(frozen=True)
class Pupil:
    """Somebody on a school's register, in the school's own words, until `left_on`.

    `child_id` is the child with a record here whom `linked_by` said that this is, "" for nobody.
    """

    id: str
    school_id: str
    given: str
    family: str
    born: date
    class_name: str = ""
    year: str = ""
    nhs_number: str = ""
    child_id: str = ""
    linked_by: str = ""
    looked_at: datetime | None = None
    left_on: date | None = None

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    def is_here_on(self, day: date) -> bool:
        """Return whether they go to this school on a day; the last day counts."""
        return self.left_on is None or day <= self.left_on


@dataclass(frozen=True)
class Changes:
    """What a list would do to a register. `near` waits for a person: the same pupil, or another one?

    `missing` are pupils of the register who are not on the list; nothing happens to them by that.
    """

    new: tuple[Row, ...]
    same: tuple[tuple[Row, Pupil], ...]
    changed: tuple[tuple[Row, Pupil], ...]
    near: tuple[tuple[Row, Pupil], ...]
    missing: tuple[Pupil, ...]


def compare(rows: Sequence[Row], pupils: Iterable[Pupil]) -> Changes:
    """Return what the rows of a list would do to the pupils who are at the school now."""
    here = {pupil.id: pupil for pupil in pupils}
    known = Known(_as_child(pupil) for pupil in here.values())
    sure, near = _paired(rows, known, here)
    taken = {pupil.id for pupil in sure.values()} | {pupil.id for pupil in near.values()}
    met = [(row, sure[row.number]) for row in rows if row.number in sure]
    return Changes(
        new=tuple(row for row in rows if row.number not in sure and row.number not in near),
        same=tuple((row, pupil) for row, pupil in met if not _differs(row, pupil)),
        changed=tuple((row, pupil) for row, pupil in met if _differs(row, pupil)),
        near=tuple((row, near[row.number]) for row in rows if row.number in near),
        missing=tuple(pupil for pupil in here.values() if pupil.id not in taken),
    )


def _paired(
    rows: Sequence[Row], known: Known, here: Mapping[str, Pupil]
) -> tuple[dict[int, Pupil], dict[int, Pupil]]:
    """Return which pupil each row surely is, and which it may be: one who is no other row for sure."""
    sure: dict[int, Pupil] = {}
    may_be: dict[int, list[Pupil]] = {}
    for row in rows:
        beside = match(row, known.beside(row)).why
        same = [here[child.id] for child, why in beside if why in SAME]
        if len(same) == 1:
            sure[row.number] = same[0]
        elif others := [here[child.id] for child, why in beside if why is not Why.TWIN]:
            may_be[row.number] = others
    taken = {pupil.id for pupil in sure.values()}
    near = {number: [one for one in found if one.id not in taken] for number, found in may_be.items()}
    return sure, {number: found[0] for number, found in near.items() if found}


def _differs(row: Row, pupil: Pupil) -> bool:
    said = (row.given, row.family, row.class_name, row.year, row.nhs_number or pupil.nhs_number)
    return said != (pupil.given, pupil.family, pupil.class_name, pupil.year, pupil.nhs_number)


def _as_child(pupil: Pupil) -> Child:
    return Child(pupil.id, pupil.given, pupil.family, pupil.born, pupil.nhs_number)
