"""Checking the whole audit against its seals, as of one moment, in little memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from fhir.store.engine import Database
from fhir.store.moments import moment_or_none
from fhir.store.reader import Reader
from fhir.store.seals.audit_key import KeyPlace, fingerprint
from fhir.store.seals.chain import fingerprint_of
from fhir.store.seals.errors import AuditKeyLost, WrongAuditKey
from fhir.store.seals.faults import Fault, FaultKind
from fhir.store.seals.sealing import NO_HEAD, Head
from fhir.store.seals.walk import PAGE, Link, Walk, is_of, links
from fhir.store.store import Store

# Each finds resource keys and ids of entries with one fault; `?` are where to go on, and how many. Because of
# || '' no index of types is used, so that each page goes on at the key where the last one ended.
OUTSIDE_THE_CHAIN = {
    FaultKind.NOT_SEALED_NOR_WAITING: (
        "SELECT r.key, r.id FROM resources AS r WHERE r.type || '' = 'AuditEvent' AND r.key > ?"
        " AND NOT EXISTS (SELECT 1 FROM audit_seals AS s WHERE s.resource = r.key)"
        " AND NOT EXISTS (SELECT 1 FROM audit_unsealed AS u WHERE u.resource = r.key)"
        " ORDER BY r.key LIMIT ?"
    ),
    FaultKind.SEALED_AND_WAITING: (
        "SELECT u.resource, r.id FROM audit_unsealed AS u"
        " JOIN audit_seals AS s ON s.resource = u.resource LEFT JOIN resources AS r ON r.key = u.resource"
        " WHERE u.resource > ? ORDER BY u.resource LIMIT ?"
    ),
    FaultKind.MISSING_ENTRY: (
        "SELECT u.resource, r.id FROM audit_unsealed AS u"
        " LEFT JOIN resources AS r ON r.key = u.resource AND r.type = 'AuditEvent'"
        " LEFT JOIN versions AS v ON v.resource = r.key AND v.version = 1"
        " WHERE v.text IS NULL AND u.resource > ? ORDER BY u.resource LIMIT ?"
    ),
    FaultKind.SECOND_VERSION: (
        "SELECT r.key, r.id FROM resources AS r WHERE r.type || '' = 'AuditEvent' AND r.key > ?"
        " AND (r.version <> 1 OR EXISTS (SELECT 1 FROM versions AS v"
        " WHERE v.resource = r.key AND (v.version <> 1 OR v.sequence <> r.sequence)))"
        " ORDER BY r.key LIMIT ?"
    ),
}


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many seals there are and how many are whole, the last, and what waits."""

    sealed: int
    whole: int
    head: Head
    waiting: int
    oldest_waiting: datetime | None
    faults: int


Found = Callable[[Fault], object]
Watch = Callable[[Iterable[Link], int, str], Iterable[Link]]


def check_seals(
    store: Store,
    place: KeyPlace,
    *,
    head: Head | None,
    found: Found,
    watch: Watch = lambda passing, _count, _doing: passing,
) -> Verdict:
    """Check every entry, seal and place of the audit, tell `found` each fault, and return what it comes to.

    `head` is a seal that somebody wrote down. `watch` shows how the links of the chain pass by.
    Raises AuditKeyLost, AuditKeyTooShort and WrongAuditKey: without the key nothing can be said.
    """
    with store.reading() as reader:
        (total,) = _row(reader.db, "SELECT count(*) FROM audit_seals")
        walk, faults = Walk(_key(reader, place) if total else b""), 0
        passing = watch(links(reader.db), total, "Checking the audit")
        for fault in _faults(reader, walk, head, passing):
            faults += 1
            found(fault)
        count, oldest = _row(
            reader.db,
            "SELECT count(*), min(r.last_updated) FROM audit_unsealed AS u"
            " LEFT JOIN resources AS r ON r.key = u.resource",
        )
    return Verdict(walk.sealed, walk.sealed - walk.faulty, walk.head, count, moment_or_none(oldest), faults)


def _faults(reader: Reader, walk: Walk, head: Head | None, passing: Iterable[Link]) -> Iterator[Fault]:
    is_known = head is None or head == NO_HEAD
    if walk.key and fingerprint(reader) != fingerprint_of(walk.key):
        yield Fault(FaultKind.CHANGED_FINGERPRINT)
    for link in passing:
        yield from walk.take(link)
        is_known = is_known or walk.head == head
    yield from walk.end()
    if head and not is_known:
        yield Fault(FaultKind.HEAD_NOT_FOUND, head.number)
    for kind in OUTSIDE_THE_CHAIN:
        yield from _outside(reader.db, kind)


def _key(reader: Reader, place: KeyPlace) -> bytes:
    """Return the key that the seals were made with; the seals themselves have the last word on that."""
    key = place.read()
    if key is None:
        raise AuditKeyLost
    if fingerprint_of(key) != fingerprint(reader) and not is_of(key, list(islice(links(reader.db), PAGE))):
        raise WrongAuditKey
    return key


def _outside(db: Database, kind: FaultKind) -> Iterator[Fault]:
    after = 0
    while page := db.execute(OUTSIDE_THE_CHAIN[kind], (after, PAGE)).fetchall():
        yield from (Fault(kind, entry=id or "") for _key, id in page)
        after = page[-1][0]


def _row(db: Database, sql: str) -> tuple[Any, ...]:
    [row] = db.execute(sql).fetchall()
    return row
