"""Signing in and out: the password, the wait after too many tries, and the audit of both."""

import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

from fhir.store import Store
from fhir.store.tables import accounts, sign_in_failures
from fhir.store.tables.accounts import Account
from plans.errors import PuffinError
from portal.passwords import is_right

MOST_FAILURES = 5
WITHIN = timedelta(minutes=15)
WAIT = timedelta(minutes=15)
STRANGER = "somebody not signed in"
MINOR_FAILURE = "4"  # FHIR R4, AuditEventOutcome


class WrongPassword(PuffinError):
    """The password is not that of the user name, or nobody has it: the two must not be told apart."""

    def __init__(self) -> None:
        super().__init__("This username and password do not belong together. Check both and try again.")


class TooManyTries(PuffinError):
    """Signing in failed too often for this user name, whether or not somebody has it."""

    def __init__(self) -> None:
        super().__init__("Signing in failed too often. Wait 15 minutes, then try again.")


def sign_in(store: Store, username: str, password: str, *, at: datetime) -> Account:
    """Return the account that may now begin a session; raises WrongPassword and TooManyTries.

    Success and failure are both kept in the audit; what was typed is not.
    """
    who = _digest(username)
    if _must_wait(sign_in_failures.latest(store, who, MOST_FAILURES), at):
        raise TooManyTries
    account = accounts.by_username(store, username)
    active = account is not None and account.stopped_at is None
    # Outside the write: checking a password takes long, and others wait for a write to end.
    if not is_right(password, account.password_hash if account and active else None) or account is None:
        _note_failure(store, who, account, at=at)
        raise WrongPassword
    with store.write_beside(by=_name(account), at=at) as write:
        sign_in_failures.forget(write, who, before=at - WITHIN - WAIT)
        write.audit("E", what=_name(account), detail="sign in")
    return account


def begin_work(store: Store, *, by: str, post_id: str, at: datetime) -> None:
    """Keep in the audit that somebody who works in several places works in this post from now on."""
    with store.write_beside(by=by, at=at) as write:
        write.audit("E", what=f"PractitionerRole/{post_id}", detail="begin work")


def sign_out(store: Store, *, by: str, at: datetime) -> None:
    """Keep in the audit that `by` signed out; the session itself is ended by the portal."""
    with store.write_beside(by=by, at=at) as write:
        write.audit("E", what=by, detail="sign out")


def _must_wait(failures: list[datetime], now: datetime) -> bool:
    """Return whether `failures`, the newest first, are so many and so close that the wait is not over."""
    if len(failures) < MOST_FAILURES:
        return False
    return failures[0] - failures[-1] <= WITHIN and now - failures[0] < WAIT


def _note_failure(store: Store, who: str, account: Account | None, *, at: datetime) -> None:
    with store.write_beside(by=STRANGER, at=at) as write:
        sign_in_failures.note(write, who)
        what = _name(account) if account else "an account that does not exist"
        write.audit("E", what=what, detail="sign in", outcome=MINOR_FAILURE)


def _name(account: Account) -> str:
    return f"Practitioner/{account.practitioner_id}"


def _digest(username: str) -> str:
    folded = unicodedata.normalize("NFKC", username).strip().casefold()
    return sha256(folded.encode()).hexdigest()
