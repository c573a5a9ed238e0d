"""Passwords: what a new one must be, and how it is kept and checked (argon2id)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from plans.errors import PuffinError

SHORTEST = 12  # characters; length protects better than rules about their kind
LONGEST = 200  # hashing more would only cost time

HASHER = PasswordHasher()


class PasswordNotGoodEnough(PuffinError):
    """A new password that is too short, too long, or the user name again."""

    def __init__(self) -> None:
        super().__init__(f"Choose a password of {SHORTEST} to {LONGEST} characters that is not the username.")


class PasswordNotText(PuffinError):
    """A password that came in bytes which are no text."""

    def __init__(self) -> None:
        super().__init__("The password cannot be read. Give it as one line of text in UTF-8.")


def read_typed(line: bytes) -> str:
    """Return the password in a line of standard input; raises PasswordNotText."""
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise PasswordNotText from None


def hash_of(password: str, *, username: str) -> str:
    """Return a new password as it is kept; raises PasswordNotGoodEnough."""
    if not SHORTEST <= len(password) <= LONGEST or password.casefold() == username.casefold():
        raise PasswordNotGoodEnough
    return HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Return whether `password` is the one that was kept.

    Takes as long for somebody who has no account (`kept` is None), so that time does not tell who has one.
    """
    if len(password) > LONGEST:
        return False
    try:
        return HASHER.verify(kept or _nobodys(HASHER), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of nobody")
