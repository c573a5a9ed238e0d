"""Sealing the audit: what waits is chained to what was sealed, a batch a write, by one sealer at a time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fhir.store.moments import moment_text
from fhir.store.reader import Reader
from fhir.store.seals.audit_key import KeyPlace, key_to_seal
from fhir.store.seals.chain import BEFORE_THE_FIRST, Sealed, digest_of, seal_of
from fhir.store.store import Store, Write

BATCH = 1000  # entries a write: some 20 ms on the embedded engine
SEALER = "system"
# CROSS JOIN, because SQLite would else begin at every audit entry there is.
WAITING = (
    "SELECT u.resource, r.type, r.id, v.version, v.text"
    " FROM audit_unsealed AS u CROSS JOIN resources AS r CROSS JOIN versions AS v"
    " WHERE r.key = u.resource AND r.type = 'AuditEvent' AND v.resource = u.resource AND v.version = 1"
    " AND NOT EXISTS (SELECT 1 FROM audit_seals AS s WHERE s.resource = u.resource)"
    " ORDER BY u.resource LIMIT ?"
)
KEEP = (
    "INSERT INTO audit_seals (number, resource, digest, seal, sealed_at)"
    " SELECT CAST(wanted.value ->> 0 AS bigint), CAST(wanted.value ->> 1 AS bigint),"
    " wanted.value ->> 2, wanted.value ->> 3, wanted.value ->> 4 FROM {each_of}"
)
TAKE_AWAY = "DELETE FROM audit_unsealed WHERE resource IN (SELECT resource FROM audit_seals WHERE number > ?)"


@dataclass(frozen=True)
class Head:
    """The last seal of the chain: kept elsewhere, it shows whether anything up to it was changed or cut."""

    number: int
    seal: str

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


NO_HEAD = Head(0, BEFORE_THE_FIRST)


def head_of(reader: Reader) -> Head:
    """Return the last seal, NO_HEAD before the first."""
    row = reader.db.execute("SELECT number, seal FROM audit_seals ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*row) if row else NO_HEAD


def seal_waiting(
    store: Store,
    place: KeyPlace,
    clock: Callable[[], datetime],
    *,
    rest: Callable[[], object] = lambda: None,
    must_stop: Callable[[], bool] = lambda: False,
    batch: int = BATCH,
) -> int:
    """Seal all that waits, and return how many entries that was; each batch lands whole or not at all.

    `rest` is called between two batches, so that other writers have their turn.
    Raises AuditKeyMissing, AuditKeyTooShort, AuditKeyLost and WrongAuditKey; then nothing more is sealed.
    """
    count = 0
    while not must_stop():
        with store.write(by=SEALER, at=clock()) as write:
            sealed = _seal_batch(write, place, batch)
        count += sealed
        if sealed < batch:
            break
        rest()
    return count


def _seal_batch(write: Write, place: KeyPlace, batch: int) -> int:
    rows = write.db.execute(WAITING, (batch,)).fetchall()
    if not rows:
        return 0
    key, head, at = key_to_seal(write, place), head_of(write), moment_text(write.at)
    made, previous = [], head.seal
    for number, (resource, kind, id, version, text) in enumerate(rows, start=head.number + 1):
        about = Sealed(number, kind, id, version, digest_of(text), at)
        previous = seal_of(key, previous, about)
        made.append([number, resource, about.digest, previous, at])
    write.db.execute(KEEP.format(each_of=write.db.each_of), (json.dumps(made),))
    write.db.execute(TAKE_AWAY, (head.number,))
    return len(made)
