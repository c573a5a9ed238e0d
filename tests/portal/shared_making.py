"""Makes children whose plan is shared with somebody's place, as each kind of reader."""

from uuid import uuid4

from fhir.organization import to_organization
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_plan, word_for

READERS = {
    Role.SCHOOL_STAFF: (Reader.SCHOOL, Basis.CONSENT),
    Role.HOSPITAL: (Reader.HOSPITAL, Basis.DIRECT_CARE),
    Role.SCHOOL_NURSE: (Reader.SCHOOL_NURSE, Basis.DIRECT_CARE),
    Role.COMMUNITY_NURSE: (Reader.COMMUNITY_NURSE, Basis.DIRECT_CARE),
    Role.PHARMACIST: (Reader.PHARMACIST, Basis.DIRECT_CARE),
    Role.SOCIAL_WORKER: (Reader.SOCIAL_CARE, Basis.CONSENT),
}


def make_shared_child(store, gp, person, *, until=None, at=MONDAY_9AM, fields=None, **changes):
    """Keep a child whose signed plan is shared with this person's organisation; name what you need."""
    child = make_child(store, gp, **_school_for(store, person) | changes)
    make_plan(store, child, gp, at=at, **(fields or {}))
    reader, basis = READERS[person.role]
    word = word_for(store, child.id, basis, at.date())
    wanted = Wanted(reader, person.organisation_id, basis, until=until, consent=word)
    share(store, child.id, [wanted], by=gp, at=at)
    return child


def _school_for(store, person):
    if person.role is Role.SCHOOL_STAFF:
        return {"school_id": person.organisation_id}
    if person.role is not Role.SCHOOL_NURSE:
        return {}
    school = Organisation(
        str(uuid4()), OrganisationKind.SCHOOL, "Oak School", nursing_team_id=person.organisation_id
    )
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.create(to_organization(school))
        write.audit("C", f"Organization/{school.id}", detail="add the school")
    return {"school_id": school.id}
