"""Moves of children between schools and practices: kept for good, whatever became of them."""

import uuid
from datetime import date

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, many, one
from plans.moves import OPEN, Move, MoveKind, MoveState


def add(write: Write, move: Move) -> Move:
    """Keep a new move by and at the moment of this write, and return it with its id."""
    row = {
        "id": str(uuid.uuid4()),
        "kind": move.kind,
        "child_id": move.child_id,
        "from_id": move.from_id,
        "to_id": move.to_id,
        "to_code": move.to_code,
        "on_day": move.on_day.isoformat(),
        "state": move.state,
        "task_id": move.task_id,
        "recorded_by": write.by,
        "recorded_at": moment_text(write.at),
    }
    insert(write, "moves", row)
    return by_id(write, str(row["id"]))


def by_id(reader: Reader, move_id: str) -> Move:
    """Return a move; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM moves WHERE id = ?", move_id)
    if row is None:
        raise ResourceNotFound
    return _move(row)


def of_child(reader: Reader, child_id: str) -> list[Move]:
    """Return every move of a child, the newest first."""
    sql = "SELECT * FROM moves WHERE child_id = ? ORDER BY on_day DESC, recorded_at DESC, id"
    return [_move(row) for row in many(reader, sql, child_id)]


def open_moves(reader: Reader, kind: MoveKind) -> list[Move]:
    """Return the moves of this kind that wait for their day or for an answer, the earliest day first."""
    states = " OR ".join(["state = ?"] * len(OPEN))
    sql = f"SELECT * FROM moves WHERE kind = ? AND ({states}) ORDER BY on_day, recorded_at, id"
    return [_move(row) for row in many(reader, sql, kind, *sorted(OPEN))]


def offer(write: Write, move_id: str, *, to_id: str, task_id: str) -> None:
    """Keep that the next practice was asked; raises ResourceNotFound."""
    change(write, "moves", move_id, {"to_id": to_id, "task_id": task_id, "state": MoveState.OFFERED})


def end(write: Write, move_id: str, state: MoveState) -> None:
    """Keep what became of a move, and by whom; raises ResourceNotFound."""
    ended = {"state": state, "ended_by": write.by, "ended_at": moment_text(write.at)}
    change(write, "moves", move_id, ended)


def _move(row: Row) -> Move:
    said = {
        "kind": MoveKind(row["kind"]),
        "state": MoveState(row["state"]),
        "on_day": date.fromisoformat(row["on_day"]),
        "recorded_at": moment(row["recorded_at"]),
        "ended_by": row["ended_by"] or "",
        "ended_at": moment_or_none(row["ended_at"]),
    }
    return Move(**row | said)
