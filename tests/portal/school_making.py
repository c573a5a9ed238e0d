"""A school with its nurses and a child whose plan is shared with both, for the tests of school."""

from dataclasses import replace

from fhir.organization import to_organization
from plans.places import Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import make_child, make_plan


def name_the_team(store, school_id, team_id):
    """Keep which nursing team looks after the school of the office."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Organization", school_id)
        school = replace(HOMES[Role.SCHOOL_STAFF], id=school_id, nursing_team_id=team_id)
        write.update(to_organization(school), if_match=kept["meta"]["versionId"])
        write.audit("U", f"Organization/{school_id}", detail="name the nursing team")


def make_pupil(store, gp, office, nurse, *, with_school=True, plan=(), **changes):
    """Keep a child of the school with a plan that its nurses, and its staff, may see."""
    child = make_child(store, gp, school_id=office.organisation_id, **changes)
    made = make_plan(store, child, gp, **dict(plan))
    readers = [Wanted(Reader.SCHOOL_NURSE, nurse.organisation_id, Basis.DIRECT_CARE)]
    if with_school:
        readers.append(Wanted(Reader.SCHOOL, office.organisation_id, Basis.CONSENT))
    share(store, child.id, readers, by=gp, at=MONDAY_9AM)
    return child, made
