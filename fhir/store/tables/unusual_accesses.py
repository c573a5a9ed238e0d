"""What stood out in the audit: each line is found once, and stays with what a privacy lead wrote."""

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, many, one
from plans.unusual_access import Rule, Unusual

KEEP = (
    "INSERT INTO unusual_accesses (id, rule, organisation_id, who, place, child_id, children, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET children = excluded.children"
    " WHERE unusual_accesses.reviewed_at IS NULL AND unusual_accesses.children < excluded.children"
)


def keep(write: Write, new: Unusual) -> None:
    """Keep a line; one that is there already only grows, until somebody has looked at it."""
    values = (new.id, new.rule, new.organisation_id, new.who, new.place, new.child_id, new.children)
    write.db.execute(KEEP, (*values, moment_text(new.at)))


def by_id(reader: Reader, id: str) -> Unusual:
    """Return a line; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM unusual_accesses WHERE id = ?", id)
    if row is None:
        raise ResourceNotFound
    return _unusual(row)


def of_organisation(reader: Reader, organisation_id: str, *, is_open: bool, count: int) -> list[Unusual]:
    """Return the newest lines of an organisation, those still to be looked at or the others."""
    null = "IS NULL" if is_open else "IS NOT NULL"
    sql = (
        f"SELECT * FROM unusual_accesses WHERE organisation_id = ? AND reviewed_at {null}"
        " ORDER BY at DESC, id LIMIT ?"
    )
    return [_unusual(row) for row in many(reader, sql, organisation_id, count)]


def review(write: Write, id: str, note: str) -> None:
    """Keep what the one who writes found; raises ResourceNotFound."""
    changes = {"reviewed_by": str(write.by), "reviewed_at": moment_text(write.at), "note": note}
    change(write, "unusual_accesses", id, changes)


def _unusual(row: Row) -> Unusual:
    return Unusual(
        id=row["id"],
        rule=Rule(row["rule"]),
        organisation_id=row["organisation_id"],
        who=row["who"],
        place=row["place"],
        at=moment(row["at"]),
        child_id=row["child_id"],
        children=row["children"],
        reviewed_by=row["reviewed_by"] or "",
        reviewed_at=moment_or_none(row["reviewed_at"]),
        note=row["note"] or "",
    )
