"""Who may see a child's plan, and on which lawful basis: recorded for each reader, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plans.errors import PuffinError


class Basis(StrEnum):
    """Why a reader may see the plan. Source: clinical.md 8.5 (DfE, Information sharing, 2024)."""

    CONSENT = "consent"
    DIRECT_CARE = "direct-care"
    SAFEGUARDING = "safeguarding"


class Reader(StrEnum):
    """What kind of reader a share is for; it decides which copy they see."""

    SCHOOL = "school"
    HOSPITAL = "hospital"
    FAMILY = "family"


# Care between professionals needs no consent, a school needs it, and safeguarding is never blocked.
BASES: Mapping[Reader, tuple[Basis, ...]] = {
    Reader.SCHOOL: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.HOSPITAL: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.FAMILY: (Basis.CONSENT, Basis.DIRECT_CARE),
}


class ShareNotAllowed(PuffinError):
    """A share without what the law asks for, or to somebody who must not have it."""


@dataclass(frozen=True)
class Share:
    """One reader's access to a child's live plan: from `since` until it ends or is stopped."""

    id: str
    child_id: str
    reader: Reader
    reader_id: str  # Organization id; for the family, RelatedPerson id
    reader_name: str
    basis: Basis
    by: str  # Practitioner id
    since: datetime
    reason: str = ""
    until: date | None = None
    stopped_at: datetime | None = None


def checked(share: Share) -> Share:
    """Return the share; raises ShareNotAllowed for a basis that does not fit, or a missing reason."""
    if share.basis not in BASES[share.reader]:
        raise ShareNotAllowed("Choose the reason in law why this reader may see the plan.")
    if share.basis is Basis.SAFEGUARDING and not share.reason.strip():
        raise ShareNotAllowed("Write why you share without consent: it is kept with your name.")
    return share


def stopped(share: Share, at: datetime) -> Share:
    """Return the share as ended at `at`; what was seen before stays recorded."""
    return replace(share, stopped_at=share.stopped_at or at)
