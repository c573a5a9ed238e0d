"""Resources and all their versions, as JSON text that is served as it was kept."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from fhir.audit_event import place_in
from fhir.store.children import child_of, pass_on
from fhir.store.engine import Database
from fhir.store.errors import (
    ResourceAlreadyKept,
    ResourceNotFound,
    ResourceNotValid,
    SecondLivePlan,
    StaleVersion,
)
from fhir.store.moments import moment_text
from fhir.store.search.indexing import forget, index
from fhir.store.validation.checking import check, must_have_a_head

AUDIT = "AuditEvent"
AS_KEPT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
ONE_LIVE_PLAN = "a child has one live plan"  # as the trigger of that name says it


def current_text(db: Database, resource_type: str, resource_id: str) -> str:
    """Return the current version's text; raises ResourceNotFound."""
    return _only(
        db,
        "SELECT v.text FROM resources AS r JOIN versions AS v ON v.sequence = r.sequence"
        " WHERE r.type = ? AND r.id = ?",
        (resource_type, resource_id),
    )


def version_text(db: Database, resource_type: str, resource_id: str, version_id: str) -> str:
    """Return one version's text; raises ResourceNotFound."""
    return _only(
        db,
        "SELECT v.text FROM resources AS r JOIN versions AS v ON v.resource = r.key"
        " WHERE r.type = ? AND r.id = ? AND CAST(v.version AS TEXT) = ?",
        (resource_type, resource_id, version_id),
    )


def all_texts(db: Database, resource_type: str, resource_id: str) -> list[str]:
    """Return every version's text, newest first; raises ResourceNotFound."""
    texts = db.execute(
        "SELECT v.text FROM resources AS r JOIN versions AS v ON v.resource = r.key"
        " WHERE r.type = ? AND r.id = ? ORDER BY v.version DESC",
        (resource_type, resource_id),
    ).fetchall()
    if not texts:
        raise ResourceNotFound
    return [text for (text,) in texts]


def create(db: Database, resource: dict, *, by: str, at: datetime) -> dict:
    """Keep a new resource and return it as kept, with its id and version.

    Raises ResourceNotValid and ResourceAlreadyKept.
    """
    must_have_a_head(resource)
    kept = _stamped(resource, resource.get("id", str(uuid.uuid4())), version=1, at=at)
    check(kept)
    child = child_of(db, kept)
    with db.atomic():
        new = db.execute(
            "INSERT INTO resources (type, id, version, last_updated, child, place) VALUES (?, ?, 1, ?, ?, ?)"
            " ON CONFLICT (type, id) DO NOTHING RETURNING key",
            (kept["resourceType"], kept["id"], moment_text(at), child, _place(kept)),
        ).fetchall()
        if not new:
            raise ResourceAlreadyKept(kept["resourceType"])
        [(key,)] = new
        sequence = _keep_version(db, key, kept, by=by, at=at)
        db.execute("UPDATE resources SET sequence = ? WHERE key = ?", (sequence, key))
        _keep_index(db, key, kept)
        if child is not None:
            pass_on(db, kept)
        if kept["resourceType"] == AUDIT:
            db.execute("INSERT INTO audit_unsealed (resource) VALUES (?)", (key,))
    return kept


def update(db: Database, resource: dict, *, if_match: str, by: str, at: datetime) -> dict:
    """Keep the next version of a resource and return it as kept.

    Raises ResourceNotFound, StaleVersion unless `if_match` is the current version, and ResourceNotValid.
    """
    must_have_a_head(resource)
    where = (resource["resourceType"], resource.get("id"))
    found = db.execute(
        "SELECT key, version, child FROM resources WHERE type = ? AND id = ?", where
    ).fetchone()
    if found is None:
        raise ResourceNotFound
    key, version, child_before = found
    if if_match != str(version):
        raise StaleVersion
    kept = _stamped(resource, resource["id"], version=version + 1, at=at)
    check(kept)
    child = child_of(db, kept)
    with db.atomic():
        forget(db, key)
        sequence = _keep_version(db, key, kept, by=by, at=at)
        db.execute(
            "UPDATE resources SET version = ?, last_updated = ?, sequence = ?, child = ? WHERE key = ?",
            (version + 1, moment_text(at), sequence, child, key),
        )
        _keep_index(db, key, kept)
        if child != child_before:
            pass_on(db, kept)
    return kept


def _place(kept: dict) -> str | None:
    """Return for which organisation somebody did what an audit entry says; nobody asks of other types."""
    return place_in(kept) if kept["resourceType"] == AUDIT else None


def _keep_version(db: Database, key: int, kept: dict, *, by: str, at: datetime) -> int:
    [(sequence,)] = db.execute(
        "INSERT INTO versions (resource, version, last_updated, written_by, text) VALUES (?, ?, ?, ?, ?)"
        " RETURNING sequence",
        (key, int(kept["meta"]["versionId"]), moment_text(at), by, _text(kept)),
    ).fetchall()
    return sequence


def _keep_index(db: Database, key: int, kept: dict) -> None:
    try:
        index(db, key, kept)
    except (ValueError, OverflowError):
        raise ResourceNotValid(kept["resourceType"], ["its dates"]) from None
    except Exception as error:
        if db.refuses(error, ONE_LIVE_PLAN):
            raise SecondLivePlan from None
        raise


def _stamped(resource: dict, resource_id: str, *, version: int, at: datetime) -> dict:
    """Return the resource with its id, version and moment; its profiles, tags and labels stay."""
    when = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    meta = {**resource.get("meta", {}), "versionId": str(version), "lastUpdated": when}
    head = {"resourceType": resource.get("resourceType"), "id": resource_id, "meta": meta}
    return {**head, **{name: value for name, value in resource.items() if name not in head}}


def _text(kept: dict) -> str:
    try:
        return AS_KEPT.encode(kept)
    except (TypeError, ValueError):
        raise ResourceNotValid(kept["resourceType"], ["what JSON cannot hold"]) from None


def _only(db: Database, sql: str, values: tuple[str, ...]) -> str:
    row = db.execute(sql, values).fetchone()
    if row is None:
        raise ResourceNotFound
    return row[0]


def loaded(texts: list[str]) -> Iterator[dict]:
    """Yield the resources of these texts."""
    return (json.loads(text) for text in texts)
