"""Somebody who must not be given a child's plan, by name: recorded with the reason, and lifted with one."""

from dataclasses import dataclass, replace
from datetime import datetime

from plans.errors import PuffinError

LONGEST_REASON = 2000  # characters
LONGEST_NAME = 200  # characters


class BarNeedsName(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write the full name of the person who is barred.")


class BarNeedsReason(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write the reason, such as the court order and its date, in up to 2,000 characters.")


@dataclass(frozen=True)
class Bar:
    """One person barred from one child's plan. `by` and `lifted_by` are Practitioner ids.

    `member_id` is the RelatedPerson that was meant, "" for a name alone.
    """

    id: str
    child_id: str
    name: str
    reason: str
    by: str
    at: datetime
    member_id: str = ""
    lifted_by: str = ""
    lifted_at: datetime | None = None
    lifted_because: str = ""

    @property
    def holds(self) -> bool:
        return self.lifted_at is None


def checked(bar: Bar) -> Bar:
    """Return the bar; raises BarNeedsName and BarNeedsReason."""
    if not bar.name.strip() or len(bar.name) > LONGEST_NAME:
        raise BarNeedsName
    _check_reason(bar.reason)
    return bar


def lifted(bar: Bar, *, because: str, by: str, at: datetime) -> Bar:
    """Return the bar as lifted; one that was lifted before stays as it is. Raises BarNeedsReason."""
    _check_reason(because)
    if not bar.holds:
        return bar
    return replace(bar, lifted_by=by, lifted_at=at, lifted_because=because.strip())


def _check_reason(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_REASON:
        raise BarNeedsReason
