"""Drafts: plans that are not signed yet. Every version of one is kept."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import DraftClosed, ResourceNotFound, StaleVersion
from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, json_text, many, one

DRAFT, SIGNED, DROPPED = "draft", "signed", "dropped"

SELECT = (
    "SELECT d.id, d.child_id, d.status, d.created_at, v.version, v.fields, v.saved_by, v.saved_at"
    " FROM drafts AS d JOIN draft_versions AS v ON v.draft_id = d.id"
)
CURRENT = f"{SELECT} AND v.version = d.version"


@dataclass(frozen=True)
class Draft:
    """One version of a draft; `saved_by` and `saved_at` tell of this version."""

    id: str
    child_id: str
    version: int
    status: str
    fields: Row
    saved_by: str
    saved_at: datetime
    created_at: datetime


def create(write: Write, child_id: str, fields: Row) -> Draft:
    """Begin a draft for a child and return its version 1."""
    draft_id, now = str(uuid.uuid4()), moment_text(write.at)
    insert(
        write,
        "drafts",
        {"id": draft_id, "child_id": child_id, "version": 1, "status": DRAFT, "created_at": now},
    )
    _keep_version(write, draft_id, 1, fields)
    return read(write, draft_id)


def read(reader: Reader, draft_id: str) -> Draft:
    """Return a draft as it is now; raises ResourceNotFound."""
    row = one(reader, f"{CURRENT} WHERE d.id = ?", draft_id)
    if row is None:
        raise ResourceNotFound
    return _draft(row)


def save(write: Write, draft_id: str, fields: Row, if_version: int) -> Draft:
    """Keep the next version and return it.

    Raises StaleVersion unless `if_version` is the version that is current, DraftClosed, ResourceNotFound.
    """
    _must_be_open(write, draft_id, if_version)
    change(write, "drafts", draft_id, {"version": if_version + 1})
    _keep_version(write, draft_id, if_version + 1, fields)
    return read(write, draft_id)


def mark_signed(write: Write, draft_id: str, if_version: int) -> None:
    """Close a draft because this version of it was signed; raises as `save` does."""
    _must_be_open(write, draft_id, if_version)
    change(write, "drafts", draft_id, {"status": SIGNED})


def drop(write: Write, draft_id: str, if_version: int) -> None:
    """Close a draft because nobody wants it; raises as `save` does."""
    _must_be_open(write, draft_id, if_version)
    change(write, "drafts", draft_id, {"status": DROPPED})


def of_child(reader: Reader, child_id: str) -> list[Draft]:
    """Return a child's open drafts, the one saved last first."""
    sql = f"{CURRENT} WHERE d.child_id = ? AND d.status = ? ORDER BY v.saved_at DESC, d.rowid DESC"
    return [_draft(row) for row in many(reader, sql, child_id, DRAFT)]


def open_of(reader: Reader, child_ids: Sequence[str]) -> list[Draft]:
    """Return the open drafts of these children, the one saved last first."""
    whose = f"d.child_id IN (SELECT wanted.value ->> 0 FROM {reader.db.each_of})"
    sql = f"{CURRENT} WHERE {whose} AND d.status = ? ORDER BY v.saved_at DESC, d.rowid DESC"
    return [_draft(row) for row in many(reader, sql, json.dumps([[one] for one in child_ids]), DRAFT)]


def all_open(reader: Reader) -> list[Draft]:
    """Return every open draft, the one saved last first."""
    sql = f"{CURRENT} WHERE d.status = ? ORDER BY v.saved_at DESC, d.rowid DESC"
    return [_draft(row) for row in many(reader, sql, DRAFT)]


def versions(reader: Reader, draft_id: str) -> list[Draft]:
    """Return every version of a draft, newest first."""
    return [_draft(row) for row in many(reader, f"{SELECT} WHERE d.id = ? ORDER BY v.version DESC", draft_id)]


def _must_be_open(write: Write, draft_id: str, if_version: int) -> None:
    draft = read(write, draft_id)
    if draft.status != DRAFT:
        raise DraftClosed(draft.status)
    if draft.version != if_version:
        raise StaleVersion


def _keep_version(write: Write, draft_id: str, version: int, fields: Row) -> None:
    row = {
        "draft_id": draft_id,
        "version": version,
        "fields": json_text(fields),
        "saved_by": write.by,
        "saved_at": moment_text(write.at),
    }
    insert(write, "draft_versions", row)


def _draft(row: Row) -> Draft:
    times = {"saved_at": moment(row["saved_at"]), "created_at": moment(row["created_at"])}
    return Draft(**row | times | {"fields": json.loads(row["fields"])})
