"""Who acts: a reference that also knows the post, the role, the place and the purpose of this act."""

from collections.abc import Mapping
from enum import StrEnum

from plans.places import Role

FAMILY_LINK = "link"  # the role of somebody at home, who has no account


class Purpose(StrEnum):
    """Why a record is read or changed. Source: FHIR R4, PurposeOfUse (v3 ActReason)."""

    DIRECT_CARE = "TREAT"
    CARE_TOGETHER = "COC"
    OVERSIGHT = "HCOMPL"
    FAMILY = "FAMRQT"
    EMERGENCY = "BTG"


PURPOSE_OF: Mapping[Role, Purpose] = {
    Role.CLINICIAN: Purpose.DIRECT_CARE,
    Role.HOSPITAL: Purpose.DIRECT_CARE,
    Role.SCHOOL_NURSE: Purpose.DIRECT_CARE,
    Role.COMMUNITY_NURSE: Purpose.DIRECT_CARE,
    Role.PHARMACIST: Purpose.DIRECT_CARE,
    Role.SOCIAL_WORKER: Purpose.CARE_TOGETHER,
    Role.SCHOOL_STAFF: Purpose.CARE_TOGETHER,
    Role.PRIVACY_LEAD: Purpose.OVERSIGHT,
}


class Actor(str):
    """The reference of whoever acts, such as "Practitioner/...", for the `by` of a write.

    It is a plain reference wherever one is wanted; the audit of the write also keeps what else it knows.
    `post_id` is a PractitionerRole's and `organisation_id` an Organization's, "" for who has none.
    """

    role: str
    purpose: Purpose
    post_id: str
    organisation_id: str

    def __new__(
        cls, ref: str, *, role: str, purpose: Purpose, post_id: str = "", organisation_id: str = ""
    ) -> "Actor":
        actor = super().__new__(cls, ref)
        actor.role, actor.purpose = role, purpose
        actor.post_id, actor.organisation_id = post_id, organisation_id
        return actor


def by_link(related_person_id: str) -> Actor:
    """Return somebody at home, who comes by their own link."""
    return Actor(f"RelatedPerson/{related_person_id}", role=FAMILY_LINK, purpose=Purpose.FAMILY)
