"""A record that somebody outside the child's circle opens in an emergency: for hours, with a reason."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.errors import PuffinError
from plans.places import Role

LASTS = timedelta(hours=8)  # a shift (U): as long as somebody may look after one child
LONGEST_REASON = 1000  # characters
# Health professionals who meet a child whom they do not know.
MAY_OPEN = frozenset({Role.CLINICIAN, Role.HOSPITAL})


class ReasonMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write why you need this record now, in up to 1,000 characters.")


@dataclass(frozen=True)
class EmergencyAccess:
    """One person's sight of one child's record, from `since` until `until`, or until they closed it."""

    id: str
    child_id: str
    by: str  # Practitioner id
    organisation_id: str
    reason: str
    since: datetime
    until: datetime
    is_closed: bool = False


def opened(
    id: str, child_id: str, reason: str, *, by: str, organisation_id: str, at: datetime
) -> EmergencyAccess:
    """Return the access that begins now; raises ReasonMissing."""
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise ReasonMissing
    return EmergencyAccess(id, child_id, by, organisation_id, said, at, at + LASTS)


def closed(access: EmergencyAccess, at: datetime) -> EmergencyAccess:
    """Return it as closed by the one who opened it."""
    return replace(access, until=at, is_closed=True)
