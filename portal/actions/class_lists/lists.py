"""The register of a school by its class lists: looked at before anything is kept, and in the school's words.

A school learns nothing here of which of its pupils have a record: whom they are is found out afterwards, see
matching.py, and asked only of people who see the child already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from fhir.store import Reader, Store, Write
from fhir.store.tables import class_lists
from plans.class_list import ClassList, Row, read_class_list
from plans.class_list_match import Known, match
from plans.class_list_register import Changes, Pupil, compare
from plans.class_list_text import text_of
from plans.people import Child
from plans.review_events import SYSTEM
from plans.similar_names import is_similar
from portal.actions.school.places import school_of
from portal.person import Person

ANOTHER = "another"  # the answer that a near row is not the pupil beside it


@dataclass(frozen=True)
class Preview:
    """A class list that nothing was kept of. `alike` are rows that could be mistaken for another of the list.

    `sure` and `doubtful` count the rows that are, or may be, a child whom the reader sees anyway.
    """

    text: str
    read: ClassList
    changes: Changes
    alike: frozenset[int]
    sure: int
    doubtful: int


@dataclass(frozen=True)
class Kept:
    """How many rows of a list became what; `left_out` are those that somebody still has to decide on."""

    new: int
    changed: int
    same: int
    left_out: int
    refused: int


def see_register(store: Store, school_id: str, *, by: Person, at: datetime) -> list[Pupil]:
    """Return everybody who was ever on the register of one of their schools, and record that it was seen."""
    school_of(store, by, school_id)
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{school_id}", detail="see the register of a school")
        return class_lists.pupils_of_school(write, school_id)


def preview(
    store: Store,
    school_id: str,
    data: bytes,
    children: Iterable[Child],
    *,
    by: Person,
    at: datetime,
    today: date,
) -> Preview:
    """Return what a file would do to a school's register, with nothing kept; `children` are in their sight.

    Raises what reading the file refuses, and ResourceNotFound.
    """
    school_of(store, by, school_id)
    text = text_of(data)
    read = read_class_list(text, today=today)
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{school_id}", detail="look at a class list before it is kept")
        changes = compare(read.rows, here(write, school_id, today))
    known = Known(children)
    found = [match(row, known.beside(row)) for row in read.rows]
    return Preview(
        text=text,
        read=read,
        changes=changes,
        alike=_alike(read.rows),
        sure=sum(one.sure is not None for one in found),
        doubtful=sum(one.is_doubtful for one in found),
    )


def keep(
    store: Store,
    school_id: str,
    text: str,
    decided: Mapping[int, str],
    *,
    by: Person,
    at: datetime,
    today: date,
) -> Kept:
    """Keep a list on a school's register; return how many rows became what. A second time changes nothing.

    `decided` says of each near row which pupil it is, by id, or ANOTHER; one that is not decided is left out.
    Raises as `preview` does.
    """
    read = read_class_list(text_of(text.encode()), today=today)
    with store.write(by=by.ref, at=at) as write:
        school = school_of(write, by, school_id)
        changes = compare(read.rows, here(write, school.id, today))
        left_out = 0
        for row in changes.new:
            _add(write, school.id, row)
        for row, pupil in changes.changed:
            class_lists.keep_pupil(write, _as_said(row, pupil))
        for row, pupil in changes.near:
            left_out += not _decide(write, row, pupil, decided.get(row.number, ""))
        added = len(changes.new) + sum(decided.get(row.number) == ANOTHER for row, _ in changes.near)
        near = len(changes.near) - left_out
        kept = Kept(
            new=added,
            changed=len(changes.changed) + len(changes.new) + near - added,
            same=len(changes.same),
            left_out=left_out,
            refused=len(read.refused),
        )
        detail = f"keep a class list: {kept.new} new, {kept.changed} changed, {kept.same} as they were"
        write.audit("U", f"Organization/{school.id}", detail=detail)
    return kept


def here(reader: Reader, school_id: str, today: date) -> list[Pupil]:
    """Return the pupils who go to a school today, by class and name."""
    return [one for one in class_lists.pupils_of_school(reader, school_id) if one.is_here_on(today)]


def _add(write: Write, school_id: str, row: Row) -> None:
    class_lists.add_pupil(write, _as_said(row, Pupil("", school_id, "", "", row.born)))


def _decide(write: Write, row: Row, pupil: Pupil, answer: str) -> bool:
    """Keep a near row as somebody decided; return whether they did."""
    if answer == ANOTHER:
        _add(write, pupil.school_id, row)
        return True
    if answer == pupil.id:
        class_lists.keep_pupil(write, _as_said(row, pupil))
        return True
    return False


def _as_said(row: Row, pupil: Pupil) -> Pupil:
    """Return a pupil as a row names them; who is named otherwise than before is looked at again."""
    number = row.nhs_number or pupil.nhs_number
    changed = replace(
        pupil,
        given=row.given,
        family=row.family,
        born=row.born,
        class_name=row.class_name,
        year=row.year,
        nhs_number=number,
    )
    before, after = ((one.name, one.born, one.nhs_number) for one in (pupil, changed))
    if before == after or pupil.linked_by not in ("", SYSTEM):
        return changed
    return replace(changed, child_id="", linked_by="", looked_at=None)


def _alike(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows that share a birth date with one that they could be mistaken for: twins, near names."""
    known = Known(_as_child(row) for row in rows)
    return frozenset(
        row.number
        for row in rows
        if any(
            one.id != str(row.number) and one.born == row.born and is_similar(_as_child(row), one)
            for one in known.beside(row)
        )
    )


def _as_child(row: Row) -> Child:
    return Child(str(row.number), row.given, row.family, row.born)
