"""Rows of the plain tables: read in either a store or a write, changed only in a write."""

import json
from typing import Any

from fhir.store.errors import ResourceNotFound
from fhir.store.reader import Reader
from fhir.store.store import Write

Row = dict[str, Any]


def one(reader: Reader, sql: str, *values: Any) -> Row | None:
    """Return the first row, if there is one."""
    return next(iter(many(reader, sql, *values)), None)


def many(reader: Reader, sql: str, *values: Any) -> list[Row]:
    """Return every row."""
    return list(reader.db.query(sql, values))


def insert(write: Write, table: str, row: Row) -> None:
    """Add a row."""
    write.db.insert(table, row)


def change(write: Write, table: str, row_id: str, changes: Row) -> None:
    """Change the row with this id; raises ResourceNotFound."""
    columns = ", ".join(f"{name} = ?" for name in changes)
    changed = write.db.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*changes.values(), row_id))
    if changed.rowcount == 0:
        raise ResourceNotFound


def json_text(value: Row) -> str:
    """Return fields as JSON text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
