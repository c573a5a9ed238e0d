"""The audit of one organisation, page by page: what its people did, and what was done about its children.

Both halves are found by an index that stands in the order of time, so that a page costs as much with a
million entries as with a few.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.search.searching import Part, answers
from fhir.store.sight import Sight

AUDIT = "AuditEvent"
BY = (
    "EXISTS (SELECT 1 FROM reference_index AS agent WHERE agent.resource = r.key"
    " AND agent.type = 'AuditEvent' AND agent.parameter = 'agent'"
    " AND agent.target_type = ? AND agent.target_id = ?)"
)
DONE = (
    "EXISTS (SELECT 1 FROM token_index AS done WHERE done.resource = r.key AND done.type = 'AuditEvent'"
    " AND done.parameter = 'action' AND done.code IN ({}))"
)
OF_PLACE = "resources AS r WHERE r.place = ?"
OF_CHILD = "resources AS r WHERE r.child = ? AND r.type = 'AuditEvent'"


LATEST_BY_PLACE = (
    "SELECT r.place, max(r.last_updated) FROM resources AS r"
    " WHERE r.child = ? AND r.type = 'AuditEvent' AND r.place IS NOT NULL GROUP BY r.place"
)
LATEST_WITHOUT = (
    "SELECT agent.target_id, max(r.last_updated) FROM resources AS r JOIN reference_index AS agent"
    " ON agent.resource = r.key AND agent.type = 'AuditEvent' AND agent.parameter = 'agent'"
    " WHERE r.child = ? AND r.type = 'AuditEvent' AND r.place IS NULL AND agent.target_type = 'Practitioner'"
    " GROUP BY agent.target_id"
)


@dataclass(frozen=True)
class Asked:
    """Which entries: from `since` up to `before`, by people of `place` or about a child that `sight` shows.

    `child` is the id of the one child they are about; `who` the reference of the one person who acted;
    `actions` are codes of AuditEvent.action. Each left out asks for all.
    """

    place: str
    sight: Sight
    since: datetime
    before: datetime
    child: str = ""
    who: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The texts of one page, the newest first; `next` is where the page after begins, None at the end."""

    texts: tuple[str, ...]
    next: tuple[str, int] | None


def found_entries(reader: Reader, asked: Asked, count: int, after: tuple[str, int] | None = None) -> Found:
    """Return a page of entries, after the one whose `next` it was."""
    sql, values = statement(reader, asked, count, after)
    rows = reader.db.execute(sql, values).fetchall()
    shown = rows[:count]
    more = (shown[-1][1], shown[-1][0]) if len(rows) > count else None
    return Found(tuple(text for *_, text in shown), more)


def latest_by_place(reader: Reader, child_id: str) -> dict[str, datetime]:
    """Return when each organisation last did something with a child's record, by its id."""
    return {place: moment(at) for place, at in reader.db.execute(LATEST_BY_PLACE, (child_id,)).fetchall()}


def latest_without_place(reader: Reader, child_id: str) -> dict[str, datetime]:
    """Return the same of each professional (Practitioner id) whose entries say no organisation."""
    return {who: moment(at) for who, at in reader.db.execute(LATEST_WITHOUT, (child_id,)).fetchall()}


def statement(
    reader: Reader, asked: Asked, count: int, after: tuple[str, int] | None
) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that finds a page and one entry more, and its values."""
    halves = [_newest(source, _tests(asked, after), count) for source in _sources(reader, asked)]
    union = " UNION ".join(f"SELECT * FROM ({sql}) AS half{number}" for number, (sql, _) in enumerate(halves))
    sql = (
        f"SELECT found.key, found.last_updated, kept.text FROM ({union}) AS found"
        " JOIN versions AS kept ON kept.sequence = found.sequence"
        " ORDER BY found.last_updated DESC, found.key DESC LIMIT ?"
    )
    return sql, (*(value for _, some in halves for value in some), count + 1)


def _sources(reader: Reader, asked: Asked) -> list[Part]:
    """Return where the entries are: those of a place's people, and those about children whom it sees."""
    if not asked.child:
        source, values = answers(reader.db, AUDIT, {}, asked.sight)
        return [(OF_PLACE, (asked.place,)), (source.format(""), values)]
    own = (f"{OF_CHILD} AND r.place = ?", (asked.child, asked.place))
    sees = reader.count("Patient", asked.sight, _id=asked.child)
    return [(OF_CHILD, (asked.child,))] if sees else [own]


def _tests(asked: Asked, after: tuple[str, int] | None) -> Part:
    tests: list[Part] = [("r.last_updated >= ?", (moment_text(asked.since),))]
    if after:
        # Two tests: for a comparison of rows SQLite takes another index, and reads all that happened.
        tests += [("r.last_updated <= ?", after[:1]), ("NOT (r.last_updated = ? AND r.key >= ?)", after)]
    else:
        tests.append(("r.last_updated < ?", (moment_text(asked.before),)))
    if asked.who:
        kind, _, id = asked.who.partition("/")
        tests.append((BY, (kind, id)))
    if asked.actions:
        tests.append((DONE.format(", ".join("?" * len(asked.actions))), asked.actions))
    return " AND ".join(sql for sql, _ in tests), tuple(value for _, some in tests for value in some)


def _newest(source: Part, tests: Part, count: int) -> Part:
    sql = (
        f"SELECT r.key, r.last_updated, r.sequence FROM {source[0]} AND {tests[0]}"
        " ORDER BY r.last_updated DESC, r.key DESC LIMIT ?"
    )
    return sql, (*source[1], *tests[1], count + 1)
