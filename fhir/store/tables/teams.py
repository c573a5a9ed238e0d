"""Teams: who covers each, the days on which it is away, and when its inbox was last opened and by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, many, one


@dataclass(frozen=True)
class NewClosedDays:
    """Days on which a team is away, both ends included."""

    id: str
    organisation_id: str
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True)
class ClosedDays:
    """Days on which a team is away, unless they were taken back."""

    id: str
    organisation_id: str
    first_day: date
    last_day: date
    reason: str
    said_by: str
    said_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True)
class Opening:
    """When an inbox was last opened, and by whom: a reference."""

    opened_by: str
    opened_at: datetime


def covered_by(reader: Reader, organisation_id: str) -> str:
    """Return the id of the team that covers this one, "" for none."""
    row = one(reader, "SELECT covered_by FROM teams WHERE organisation_id = ?", organisation_id)
    return (row and row["covered_by"]) or ""


def covered_teams(reader: Reader, organisation_id: str) -> list[str]:
    """Return the ids of the teams that this one covers, in a steady order."""
    sql = "SELECT organisation_id FROM teams WHERE covered_by = ? ORDER BY organisation_id"
    return [row["organisation_id"] for row in many(reader, sql, organisation_id)]


def cover(write: Write, organisation_id: str, by: str) -> None:
    """Keep which team covers this one; "" for none."""
    write.db.execute(
        "INSERT INTO teams (organisation_id, covered_by) VALUES (?, ?) "
        " ON CONFLICT (organisation_id) DO UPDATE SET covered_by = excluded.covered_by",
        (organisation_id, by or None),
    )


def closed_days(reader: Reader, organisation_id: str) -> list[ClosedDays]:
    """Return the days on which a team is or was away, the first ones first; none that were taken back."""
    sql = (
        "SELECT * FROM closed_days WHERE organisation_id = ? AND taken_back_at IS NULL"
        " ORDER BY first_day, last_day, id"
    )
    return [_closed_days(row) for row in many(reader, sql, organisation_id)]


def close(write: Write, new: NewClosedDays) -> None:
    """Keep days on which a team is away."""
    days = {"first_day": new.first_day.isoformat(), "last_day": new.last_day.isoformat()}
    said = {"said_by": write.by, "said_at": moment_text(write.at)}
    insert(write, "closed_days", vars(new) | days | said)


def take_back(write: Write, organisation_id: str, days_id: str) -> None:
    """Keep that a team is not away on these days after all; raises ResourceNotFound for those of another."""
    if days_id not in {one.id for one in closed_days(write, organisation_id)}:
        raise ResourceNotFound
    change(write, "closed_days", days_id, {"taken_back_at": moment_text(write.at)})


def note_opening(write: Write, organisation_id: str) -> None:
    """Keep that the inbox of a team was opened; of two at one moment the later one stays."""
    write.db.execute(
        "INSERT INTO inbox_openings (organisation_id, opened_by, opened_at) VALUES (?, ?, ?) "
        " ON CONFLICT (organisation_id) DO UPDATE"
        " SET opened_by = excluded.opened_by, opened_at = excluded.opened_at"
        " WHERE excluded.opened_at > inbox_openings.opened_at",
        (organisation_id, write.by, moment_text(write.at)),
    )


def last_opening(reader: Reader, organisation_id: str) -> Opening | None:
    """Return when the inbox of a team was last opened, None for never."""
    row = one(reader, "SELECT * FROM inbox_openings WHERE organisation_id = ?", organisation_id)
    return Opening(row["opened_by"], moment(row["opened_at"])) if row else None


def _closed_days(row: Row) -> ClosedDays:
    days = {name: date.fromisoformat(row[name]) for name in ("first_day", "last_day")}
    times = {"said_at": moment(row["said_at"]), "taken_back_at": moment_or_none(row["taken_back_at"])}
    return ClosedDays(**row | days | times)
