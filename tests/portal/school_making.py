"""A school with its nurses and a child whose plan is shared with both, for the tests of school."""

from dataclasses import replace

from fhir.organization import to_organization
from fhir.patient import with_school
from plans.places import Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import agreed, make_child, make_plan


def name_the_team(store, school_id, team_id, place=HOMES[Role.SCHOOL_STAFF]):
    """Keep which nursing team looks after a school, usually that of the office."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Organization", school_id)
        school = replace(place, id=school_id, nursing_team_id=team_id)
        write.update(to_organization(school), if_match=kept["meta"]["versionId"])
        write.audit("U", f"Organization/{school_id}", detail="name the nursing team")


def move_to_school(store, child, school_id):
    """Keep that a child goes to another school now."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        write.update(with_school(kept, school_id), if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "go to another school")


def make_pupil(store, gp, office, nurse, *, with_school=True, plan=(), **changes):
    """Keep a child of the school with a plan that its nurses, and its staff, may see."""
    child = make_child(store, gp, school_id=office.organisation_id, **changes)
    made = make_plan(store, child, gp, **dict(plan))
    readers = [Wanted(Reader.SCHOOL_NURSE, nurse.organisation_id, Basis.DIRECT_CARE)]
    if with_school:
        word = agreed(store, child.id)
        readers.append(Wanted(Reader.SCHOOL, office.organisation_id, Basis.CONSENT, consent=word))
    share(store, child.id, readers, by=gp, at=MONDAY_9AM)
    return child, made
