"""Signing in that failed, so that somebody who guesses must wait, whichever process they ask."""

from datetime import datetime

from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import insert, many


def note(write: Write, who: str) -> None:
    """Note that signing in failed now for `who`, a digest of the user name that was typed."""
    insert(write, "sign_in_failures", {"who": who, "failed_at": moment_text(write.at)})


def latest(reader: Reader, who: str, count: int) -> list[datetime]:
    """Return when signing in last failed for `who`, the newest first, no more than `count`."""
    rows = many(
        reader,
        "SELECT failed_at FROM sign_in_failures WHERE who = ? ORDER BY failed_at DESC, key DESC LIMIT ?",
        who,
        count,
    )
    return [moment(row["failed_at"]) for row in rows]


def forget(write: Write, who: str, *, before: datetime) -> None:
    """Forget the failures of `who`, who is signed in now, and everybody's from before a moment.

    What another write is forgetting is left to that.
    """
    old = f"SELECT key FROM sign_in_failures WHERE who = ? OR failed_at < ?{write.db.skip_locked}"
    write.db.execute(f"DELETE FROM sign_in_failures WHERE key IN ({old})", (who, moment_text(before)))
