"""Whose record each resource belongs to: that of the one child it is about, or nobody's."""

import json

from fhir.store.engine import Database
from fhir.store.search.indexing import reference_parts, rows
from fhir.store.search.parameters import Kind, Parameter, parameters_of
from fhir.store.sight import OPEN_TYPES

SIGNATURE, AUDIT = "Provenance", "AuditEvent"
IN_AUDIT = Parameter(Kind.REFERENCE, ("agent.who", "entity.what"), target="Patient")
ON_IT = (
    "SELECT r.key, v.text FROM reference_index AS f JOIN resources AS r ON r.key = f.resource"
    " JOIN versions AS v ON v.sequence = r.sequence"
    " WHERE f.type = 'Provenance' AND f.parameter = 'target' AND f.target_type = ? AND f.target_id = ?"
)


def child_in(resource: dict) -> str | None:
    """Return the id of the one child who is the patient or subject of a resource, or the resource itself."""
    resource_type = resource["resourceType"]
    if resource_type == "Patient":
        return resource["id"]
    known = {"patient": IN_AUDIT} if resource_type == AUDIT else parameters_of(resource_type)
    named = known.get("patient") or known.get("subject")
    found = rows(resource, named) if named else ()
    return _only({target_id for target_type, target_id, _ in found if target_type == "Patient"})


def child_of(db: Database, resource: dict) -> str | None:
    """Return the child of a resource; a signature is about the child of all that it is on."""
    return _signed_child(db, resource) if resource["resourceType"] == SIGNATURE else child_in(resource)


def pass_on(db: Database, resource: dict) -> None:
    """Keep whose each signature on a resource is, as the child of that has just become known or another."""
    if resource["resourceType"] in (SIGNATURE, AUDIT):  # the audit has its seals instead
        return
    for key, text in db.execute(ON_IT, (resource["resourceType"], resource["id"])).fetchall():
        db.execute("UPDATE resources SET child = ? WHERE key = ?", (child_of(db, json.loads(text)), key))


def _signed_child(db: Database, signature: dict) -> str | None:
    """Return the child of all that a signature is on; none where any of it is not here, or about another."""
    found: set[str | None] = set()
    for target in signature["target"]:
        kind, id, _ = reference_parts(target.get("reference", ""))
        if kind in OPEN_TYPES:
            continue
        row = db.execute("SELECT child FROM resources WHERE type = ? AND id = ?", (kind, id)).fetchone()
        found.add(row[0] if row else None)
    return _only(found)


def _only(found: set[str] | set[str | None]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None
