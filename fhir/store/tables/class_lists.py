"""The registers of schools by their class lists: pupils, whom they may be, and the ends of school years."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, json_text, many, one
from plans.class_list_match import Why
from plans.class_list_register import Pupil
from plans.people import Child


@dataclass(frozen=True)
class Doubt:
    """A pupil and a child who may be the same; open until somebody has answered."""

    id: str
    pupil_id: str
    child_id: str
    why: Why
    task_id: str
    raised_at: datetime
    is_same: bool | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class YearEndDone:
    """A summer in which the classes of a school moved up; `before` is what undoing it puts back."""

    id: str
    school_id: str
    last_day: date
    before: Row
    done_by: str
    done_at: datetime
    undone_at: datetime | None


def add_pupil(write: Write, pupil: Pupil) -> Pupil:
    """Keep a new pupil of a register, and return them with their id."""
    pupil_id = str(uuid.uuid4())
    row = {**_row(pupil), "id": pupil_id, "added_by": write.by, "added_at": moment_text(write.at)}
    insert(write, "pupils", row)
    return pupil_by_id(write, pupil_id)


def keep_pupil(write: Write, pupil: Pupil) -> None:
    """Keep a pupil as they are now; raises ResourceNotFound."""
    change(write, "pupils", pupil.id, {name: value for name, value in _row(pupil).items() if name != "id"})


def pupil_by_id(reader: Reader, pupil_id: str) -> Pupil:
    """Return a pupil, those who have left too; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM pupils WHERE id = ?", pupil_id)
    if row is None:
        raise ResourceNotFound
    return _pupil(row)


def pupils_of_school(reader: Reader, school_id: str) -> list[Pupil]:
    """Return everybody who was ever on a school's register, by class and name."""
    rows = many(reader, "SELECT * FROM pupils WHERE school_id = ?", school_id)
    found = [_pupil(row) for row in rows]
    return sorted(found, key=lambda one: (one.year, one.class_name, one.family.casefold(), one.given, one.id))


def pupils_of_child(reader: Reader, child_id: str) -> list[Pupil]:
    """Return the pupils, of any school, whom somebody has said to be this child."""
    sql = "SELECT * FROM pupils WHERE child_id = ? ORDER BY added_at, id"
    return [_pupil(row) for row in many(reader, sql, child_id)]


def pupils_to_look_at(reader: Reader) -> list[Pupil]:
    """Return the pupils whom nobody has compared with the children here yet, those added first first."""
    sql = "SELECT * FROM pupils WHERE looked_at IS NULL AND child_id = '' ORDER BY added_at, id"
    return [_pupil(row) for row in many(reader, sql)]


def has_pupils_to_find(reader: Reader) -> bool:
    """Return whether any pupil is nobody here yet."""
    return one(reader, "SELECT id FROM pupils WHERE child_id = '' LIMIT 1") is not None


def look_again(write: Write, child: Child) -> None:
    """Have pupils who are nobody yet compared again who may be a child that has changed."""
    write.db.execute(
        "UPDATE pupils SET looked_at = NULL"
        " WHERE child_id = '' AND (born = ? OR nhs_number = ? OR family = ?)",
        (child.born.isoformat(), child.nhs_number or "none", child.family),
    )


def look_at_all_again(write: Write) -> None:
    """Have every pupil who is nobody yet compared again."""
    write.db.execute("UPDATE pupils SET looked_at = NULL WHERE child_id = ''")


def add_doubt(write: Write, pupil_id: str, child_id: str, why: Why, task_id: str) -> None:
    """Keep that a pupil may be a child, and is to be answered anew if it was asked before."""
    known = one(write, "SELECT id FROM pupil_doubts WHERE pupil_id = ? AND child_id = ?", pupil_id, child_id)
    if known:
        opened = {"is_same": None, "answered_by": None, "answered_at": None}
        change(write, "pupil_doubts", known["id"], {"why": why, "task_id": task_id} | opened)
        return
    row = {
        "id": str(uuid.uuid4()),
        "pupil_id": pupil_id,
        "child_id": child_id,
        "why": why,
        "task_id": task_id,
        "raised_at": moment_text(write.at),
    }
    insert(write, "pupil_doubts", row)


def doubts_of_pupil(reader: Reader, pupil_id: str) -> list[Doubt]:
    """Return whom a pupil may be, and what was answered, in the order of asking."""
    sql = "SELECT * FROM pupil_doubts WHERE pupil_id = ? ORDER BY raised_at, id"
    return [_doubt(row) for row in many(reader, sql, pupil_id)]


def open_doubts(reader: Reader) -> list[Doubt]:
    """Return every doubt that nobody has answered, the oldest first."""
    sql = "SELECT * FROM pupil_doubts WHERE answered_at IS NULL ORDER BY raised_at, id"
    return [_doubt(row) for row in many(reader, sql)]


def open_doubts_of_task(reader: Reader, task_id: str) -> list[Doubt]:
    """Return the doubts of one task that nobody has answered, the oldest first."""
    sql = "SELECT * FROM pupil_doubts WHERE answered_at IS NULL AND task_id = ? ORDER BY raised_at, id"
    return [_doubt(row) for row in many(reader, sql, task_id)]


def answer_doubt(write: Write, doubt_id: str, *, is_same: bool) -> None:
    """Keep what somebody has found; raises ResourceNotFound."""
    answer = {"is_same": is_same, "answered_by": write.by, "answered_at": moment_text(write.at)}
    change(write, "pupil_doubts", doubt_id, answer)


def add_year_end(write: Write, school_id: str, last_day: date, before: Mapping[str, object]) -> None:
    """Keep that the classes of a school moved up, and what undoing that puts back."""
    row = {
        "id": str(uuid.uuid4()),
        "school_id": school_id,
        "last_day": last_day.isoformat(),
        "before": json_text(dict(before)),
        "done_by": write.by,
        "done_at": moment_text(write.at),
    }
    insert(write, "year_ends", row)


def year_ends_of(reader: Reader, school_id: str) -> list[YearEndDone]:
    """Return the summers of a school, the last one first, those that were undone too."""
    sql = "SELECT * FROM year_ends WHERE school_id = ? ORDER BY done_at DESC, id"
    return [_year_end(row) for row in many(reader, sql, school_id)]


def undo_year_end(write: Write, year_end_id: str) -> None:
    """Keep that somebody took a summer back; raises ResourceNotFound."""
    change(write, "year_ends", year_end_id, {"undone_by": write.by, "undone_at": moment_text(write.at)})


def _row(pupil: Pupil) -> Row:
    return vars(pupil) | {
        "born": pupil.born.isoformat(),
        "looked_at": moment_text(pupil.looked_at) if pupil.looked_at else None,
        "left_on": pupil.left_on.isoformat() if pupil.left_on else None,
    }


def _pupil(row: Row) -> Pupil:
    known = {name: row[name] for name in Pupil.__dataclass_fields__}
    days = {
        "born": date.fromisoformat(row["born"]),
        "looked_at": moment_or_none(row["looked_at"]),
        "left_on": date.fromisoformat(row["left_on"]) if row["left_on"] else None,
    }
    return Pupil(**known | days)


def _doubt(row: Row) -> Doubt:
    answered = {
        "why": Why(row["why"]),
        "raised_at": moment(row["raised_at"]),
        "is_same": None if row["is_same"] is None else bool(row["is_same"]),
        "answered_by": row["answered_by"] or "",
        "answered_at": moment_or_none(row["answered_at"]),
    }
    return Doubt(**row | answered)


def _year_end(row: Row) -> YearEndDone:
    known = {name: row[name] for name in YearEndDone.__dataclass_fields__}
    said = {
        "last_day": date.fromisoformat(row["last_day"]),
        "before": json.loads(row["before"]),
        "done_at": moment(row["done_at"]),
        "undone_at": moment_or_none(row["undone_at"]),
    }
    return YearEndDone(**known | said)
