"""Who may see a child's plan, and on which lawful basis: recorded for each reader, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plans.errors import PuffinError
from plans.places import OrganisationKind


class Basis(StrEnum):
    """Why a reader may see the plan. Source: clinical.md 8.5 (DfE, Information sharing, 2024)."""

    CONSENT = "consent"
    DIRECT_CARE = "direct-care"
    SAFEGUARDING = "safeguarding"


class Reader(StrEnum):
    """What kind of reader a share is for; it decides what they see."""

    SCHOOL_NURSE = "school-nurse"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    COMMUNITY_NURSE = "community-nurse"
    PHARMACIST = "pharmacist"
    SOCIAL_CARE = "social-care"
    FAMILY = "family"


# Care between professionals needs no consent. A school and social care need it, unless a child may be at
# risk: safeguarding is offered for every reader outside the home, and no refusal blocks it.
BASES: Mapping[Reader, tuple[Basis, ...]] = {
    Reader.SCHOOL_NURSE: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.SCHOOL: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.HOSPITAL: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.COMMUNITY_NURSE: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.PHARMACIST: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.SOCIAL_CARE: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.FAMILY: (Basis.CONSENT, Basis.DIRECT_CARE),
}

# The kind of place that each reader is; somebody at home is none.
PLACES: Mapping[Reader, OrganisationKind] = {
    Reader.SCHOOL_NURSE: OrganisationKind.NURSING_TEAM,
    Reader.SCHOOL: OrganisationKind.SCHOOL,
    Reader.HOSPITAL: OrganisationKind.HOSPITAL,
    Reader.COMMUNITY_NURSE: OrganisationKind.NURSING_TEAM,
    Reader.PHARMACIST: OrganisationKind.PHARMACY,
    Reader.SOCIAL_CARE: OrganisationKind.SOCIAL_CARE,
}


class Part(StrEnum):
    """A part of what is known of a child, as a reader is given it or not."""

    EMERGENCY_CARD = "emergency-card"
    PLAN = "plan"
    MEDICINES = "medicines"
    SUPPLY = "supply"
    SCHOOL_FACTS = "school-facts"
    SIGNALS = "signals"
    REVIEWS = "reviews"
    MAKING_OF_THE_PLAN = "making-of-the-plan"
    CIRCLE = "circle"
    MISUSE = "misuse"


# What each reader sees; the practice sees all. Source: design, clinical reference 8.6; hazards 22 and 25.
# That an inhaler may be misused is read by the practice and the hospital alone.
SEES: Mapping[Reader, frozenset[Part]] = {
    Reader.SCHOOL_NURSE: frozenset(Part) - {Part.MISUSE},
    Reader.SCHOOL: frozenset({Part.EMERGENCY_CARD}),
    Reader.HOSPITAL: frozenset(Part),
    Reader.COMMUNITY_NURSE: frozenset(Part) - {Part.MISUSE},
    Reader.PHARMACIST: frozenset({Part.MEDICINES, Part.SUPPLY}),
    Reader.SOCIAL_CARE: frozenset({Part.EMERGENCY_CARD, Part.PLAN}),
    Reader.FAMILY: frozenset({Part.EMERGENCY_CARD, Part.PLAN, Part.MEDICINES}),
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
