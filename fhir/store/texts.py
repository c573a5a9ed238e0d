"""Text that every engine keeps as it is: no NUL, which PostgreSQL has no place for, and no half letters."""

from collections.abc import Iterable
from typing import Any

from fhir.store.errors import TextNotKept


def must_be_text(values: Iterable[Any]) -> None:
    """Raise TextNotKept if one of the values for a statement is text that an engine would refuse or cut."""
    if not all(is_text(value) for value in values if isinstance(value, str)):
        raise TextNotKept


def is_text(text: str) -> bool:
    """Return whether every engine keeps this text as it is."""
    if "\x00" in text:
        return False
    try:
        return text.isascii() or bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False
