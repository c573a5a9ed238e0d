"""The key of the audit's seals: given by whoever runs Puffin, or made once beside an embedded store."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from fhir.store.reader import Reader
from fhir.store.seals.chain import fingerprint_of
from fhir.store.seals.errors import (
    SHORTEST_KEY,
    AuditKeyLost,
    AuditKeyMissing,
    AuditKeyTooShort,
    WrongAuditKey,
)
from fhir.store.store import Write

FILE_NAME = "audit.key"
SETTING = "PUFFIN_AUDIT_KEY"
KEY_BYTES = 32


@dataclass(frozen=True)
class KeyPlace:
    """Where the key is: what was `given`, else the `file`; a store elsewhere than in a folder has no file."""

    given: str = ""
    file: Path | None = None

    def must_be_usable(self) -> None:
        """Raise AuditKeyMissing or AuditKeyTooShort where nothing could be sealed."""
        if self.read() is None and self.file is None:
            raise AuditKeyMissing

    def read(self) -> bytes | None:
        """Return the key, None where there is none yet; raises AuditKeyTooShort."""
        if self.given:
            return _long_enough(self.given.strip(), SETTING)
        if self.file is None or not self.file.exists():
            return None
        return _long_enough(self.file.read_text(encoding="utf-8").strip(), self.file.name)

    def make(self) -> bytes:
        """Return a new random key, kept where nobody else may read it; raises AuditKeyMissing without a file.

        Only an open write that stands in line may make one, so that no two are made at once.
        """
        if self.file is None:
            raise AuditKeyMissing
        coming, key = self.file.with_name(f"{self.file.name}.coming"), secrets.token_hex(KEY_BYTES)
        coming.unlink(missing_ok=True)
        with open(
            os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        coming.replace(self.file)
        _flush(self.file.parent)
        return key.encode()


def key_to_seal(write: Write, place: KeyPlace) -> bytes:
    """Return the key for the next seal; made at the very first where there is none, and known again later.

    Raises AuditKeyMissing, AuditKeyTooShort, AuditKeyLost and WrongAuditKey.
    """
    found, kept = place.read(), fingerprint(write)
    if kept is None and write.db.execute("SELECT 1 FROM audit_seals LIMIT 1").fetchone() is None:
        key = found or place.make()
        write.db.insert("audit_key", {"one": 1, "fingerprint": fingerprint_of(key)})
        return key
    if found is None:
        raise AuditKeyLost
    if fingerprint_of(found) != kept:
        raise WrongAuditKey
    return found


def fingerprint(reader: Reader) -> str | None:
    """Return by what the key of this store is known again, None before the first seal."""
    row = reader.db.execute("SELECT fingerprint FROM audit_key").fetchone()
    return row[0] if row else None


def _long_enough(key: str, place: str) -> bytes:
    if len(key) < SHORTEST_KEY:
        raise AuditKeyTooShort(place)
    return key.encode()


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
