"""A concern that is open goes along with a child who moves to another practice, which is told at once."""

from dataclasses import replace

from fhir import kept_concerns
from fhir.store.tables import outbox
from plans.places import Role
from portal.actions.moves.practice import accept, leave_practice
from tests.portal.concern_making import make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import make_child

FAR_SURGERY = replace(HOMES[Role.CLINICIAN], name="Far Surgery", code="X99021")


def test_an_open_concern_of_the_former_practice_is_told_to_the_new_one_which_must_act_from_then_on(
    store, make_person, client_for
):
    gp, nurse, ward = (make_person(role) for role in (Role.CLINICIAN, Role.SCHOOL_NURSE, Role.HOSPITAL))
    far_gp = make_person(Role.CLINICIAN, username="far.gp", name="Dr Far", organisation=FAR_SURGERY)
    child = make_child(store, gp)
    concern = make_concern(store, child, nurse, how_safe=1)
    withdrawn = make_concern(store, child, nurse)
    client_for(Role.SCHOOL_NURSE, nurse).post(
        f"/concerns/{withdrawn.id}/withdraw", data={"withdraw": "Error"}
    )
    before = kept_concerns.alerts(store, concern)
    assert {one.owner_id for one in before} == {gp.organisation_id}

    move = leave_practice(store, child.id, FAR_SURGERY.code, MONDAY_9AM.date(), by=gp, at=MONDAY_9AM)
    accept(store, move.id, by=far_gp, at=MONDAY_9AM)

    assert kept_concerns.concern(store, concern.id).owner_id == far_gp.organisation_id
    assert kept_concerns.concern(store, withdrawn.id).owner_id == gp.organisation_id
    (new,) = [one for one in kept_concerns.alerts(store, concern) if one not in before]
    assert (new.owner_id, new.told_ids) == (far_gp.organisation_id, (ward.organisation_id,))
    sent = [one for one in outbox.unsent(store) if one.communication_id == new.id]
    assert {one.recipient for one in sent} == {far_gp.organisation_id, ward.organisation_id}
    assert all(set(one.body) == {"id", "rung", "owner", "due", "about", "page"} for one in sent)
    assert store.count("AuditEvent", entity=f"Communication/{new.id}", action="C") == 1
    assert client_for(Role.CLINICIAN, far_gp).get(f"/concerns/{concern.id}").status_code == 200
