"""The places and teams around a child: what kind each is, and what people do there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Nation(StrEnum):
    """Whose bank holidays count: that of the GP practice."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class OrganisationKind(StrEnum):
    """What a place or a team is. A nursing team looks after schools, or children at home."""

    PRACTICE = "practice"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    NURSING_TEAM = "nursing-team"
    PHARMACY = "pharmacy"
    SOCIAL_CARE = "social-care"


class Role(StrEnum):
    """What a person who signs in does at one place; decides what they may do, with that place."""

    CLINICIAN = "clinician"
    HOSPITAL = "hospital"
    SCHOOL_NURSE = "school-nurse"
    COMMUNITY_NURSE = "community-nurse"
    PHARMACIST = "pharmacist"
    SOCIAL_WORKER = "social-worker"
    SCHOOL_STAFF = "school-staff"
    PRIVACY_LEAD = "privacy-lead"


# A school nurse is a health professional of a nursing team, and never a school's staff (hazard 25).
WORKS_IN: Mapping[Role, tuple[OrganisationKind, ...]] = {
    Role.CLINICIAN: (OrganisationKind.PRACTICE,),
    Role.HOSPITAL: (OrganisationKind.HOSPITAL,),
    Role.SCHOOL_NURSE: (OrganisationKind.NURSING_TEAM,),
    Role.COMMUNITY_NURSE: (OrganisationKind.NURSING_TEAM,),
    Role.PHARMACIST: (OrganisationKind.PHARMACY, OrganisationKind.PRACTICE),
    Role.SOCIAL_WORKER: (OrganisationKind.SOCIAL_CARE,),
    Role.SCHOOL_STAFF: (OrganisationKind.SCHOOL,),
    Role.PRIVACY_LEAD: tuple(OrganisationKind),
}


@dataclass(frozen=True)
class Organisation:
    """A place or a team. `code` is its ODS code, a school's URN; `phone` as printed.

    `nursing_team_id` is the team that looks after a school, "" where nobody has said. `email` is the mailbox
    that the whole team reads, "" where none of its people entered one: no record that comes in brings it.
    """

    id: str
    kind: OrganisationKind
    name: str
    code: str = ""
    phone: str = ""
    nation: Nation = Nation.ENGLAND_AND_WALES
    nursing_team_id: str = ""
    email: str = ""
