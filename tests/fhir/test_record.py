"""The store as one person may see it: what they may not see does not exist, and reading is recorded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_plans, kept_reviews, kept_shares
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.record import Record
from fhir.sights import SIGHT_OF
from fhir.store.errors import ResourceNotFound
from plans.errors import PlanNotFound
from plans.people import Child, Professional
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Medicine, Plan, Regimen, Slot, Status, replaced
from plans.review import Review
from plans.sharing import Basis, Reader, Share, stopped

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PRACTICE, SCHOOL, HOSPITAL, OTHER = (f"9e107d9d-372b-4d28-9b0c-1c0e7d5f001{n}" for n in range(4))
KIND = {
    PRACTICE: OrganisationKind.PRACTICE,
    SCHOOL: OrganisationKind.SCHOOL,
    HOSPITAL: OrganisationKind.HOSPITAL,
    OTHER: OrganisationKind.PRACTICE,
}
CHILD = Child(
    id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0041",
    given="Amina",
    family="Test",
    born=date(2018, 5, 1),
    practice_id=PRACTICE,
    school_id=SCHOOL,
)
SIGNER = Professional(
    id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0040", name="Dr Amara Okoro", job="GP", organisation_id=PRACTICE
)
PLAN = Plan(
    id="9e107d9d-372b-4d28-9b0c-1c0e7d5f0042",
    child_id=CHILD.id,
    regimen=Regimen.PREVENTER_RELIEVER,
    medicines={Slot.RELIEVER: Medicine(product="ventolin-evohaler-100", when_needed=2)},
    language="en",
    review_by=date(2027, 11, 1),
    status=Status.SIGNED,
    author=SIGNER,
    signed_at=NOON,
)
DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Plan</p></div>'


@dataclass(frozen=True)
class Somebody:
    role: Role
    organisation_id: str
    ref: str = "Practitioner/9e107d9d-372b-4d28-9b0c-1c0e7d5f0001"


@pytest.fixture
def kept(store):
    """A practice, a school, a hospital, a child and the child's live plan; shared with nobody."""
    with store.write(by="system", at=NOON) as write:
        for id, kind in KIND.items():
            write.create(to_organization(Organisation(id=id, kind=kind, name=kind)))
        write.create(to_patient(CHILD))
        kept_plans.keep(write, PLAN, narrative=DIV, words=())
        write.audit("C", f"CarePlan/{PLAN.id}", f"Patient/{CHILD.id}", "sign the plan")
    return store


def share_with(store, reader, organisation_id, until=None):
    share = Share(
        id=str(uuid4()),
        child_id=CHILD.id,
        reader=reader,
        reader_id=organisation_id,
        reader_name="",
        basis=Basis.CONSENT,
        by=SIGNER.id,
        since=NOON,
        until=until,
    )
    with store.write(by="system", at=NOON) as write:
        kept_shares.keep(write, share, PLAN.id)
        write.audit("C", f"Consent/{share.id}", f"Patient/{CHILD.id}", "share the plan")
    return share


def record_of(store, role, organisation_id):
    return Record(store, Somebody(role, organisation_id), lambda: NOON)


def test_the_table_says_for_every_role_what_it_sees():
    assert set(SIGHT_OF) == set(Role)


def test_the_childs_own_practice_sees_the_child_and_the_plan(kept):
    record = record_of(kept, Role.CLINICIAN, PRACTICE)

    assert record.children() == [CHILD]
    assert record.plan(PLAN.id) == PLAN


@pytest.mark.parametrize(
    ("role", "organisation_id"),
    [
        pytest.param(Role.CLINICIAN, OTHER, id="another practice"),
        pytest.param(Role.SCHOOL_STAFF, SCHOOL, id="the school before it is shared"),
        pytest.param(Role.HOSPITAL, HOSPITAL, id="the hospital before it is shared"),
    ],
)
def test_for_everybody_else_the_child_does_not_exist(kept, role, organisation_id):
    record = record_of(kept, role, organisation_id)

    assert record.children() == []
    with pytest.raises(ResourceNotFound):
        record.child(CHILD.id)
    with pytest.raises(PlanNotFound):
        record.plan(PLAN.id)


@pytest.mark.parametrize(
    ("role", "reader", "organisation_id"),
    [(Role.SCHOOL_STAFF, Reader.SCHOOL, SCHOOL), (Role.HOSPITAL, Reader.HOSPITAL, HOSPITAL)],
)
def test_a_live_share_lets_its_reader_see_until_it_is_stopped(kept, role, reader, organisation_id):
    share = share_with(kept, reader, organisation_id)
    assert record_of(kept, role, organisation_id).children() == [CHILD]

    with kept.write(by="system", at=NOON) as write:
        kept_shares.keep_changed(write, stopped(share, NOON))
        write.audit("U", f"Consent/{share.id}", f"Patient/{CHILD.id}", "stop the share")

    assert record_of(kept, role, organisation_id).children() == []
    assert kept_shares.shares_of(kept, CHILD.id)[0].stopped_at == NOON


def test_a_share_ends_with_its_last_day(kept):
    share_with(kept, Reader.SCHOOL, SCHOOL, until=date(2026, 11, 23))
    nurse = Somebody(Role.SCHOOL_STAFF, SCHOOL)

    last_minute = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    assert Record(kept, nurse, lambda: last_minute).children() == [CHILD]
    assert Record(kept, nurse, lambda: last_minute + timedelta(minutes=1)).children() == []


def test_in_summer_too_the_practice_sees_a_share_end_at_midnight_in_the_uk(kept):
    share = share_with(kept, Reader.SCHOOL, SCHOOL, until=date(2027, 7, 1))
    gp = Somebody(Role.CLINICIAN, PRACTICE)

    last_minute = datetime(2027, 7, 1, 22, 59, tzinfo=UTC)
    assert Record(kept, gp, lambda: last_minute).shares(CHILD.id) == [share]
    assert Record(kept, gp, lambda: last_minute + timedelta(minutes=1)).shares(CHILD.id) == []


def test_a_share_with_another_school_shows_the_child_to_neither(kept):
    share_with(kept, Reader.SCHOOL, OTHER)

    assert record_of(kept, Role.SCHOOL_STAFF, OTHER).children() == []
    assert record_of(kept, Role.SCHOOL_STAFF, SCHOOL).children() == []


def test_the_people_at_home_and_the_shares_are_for_the_practice_alone(kept):
    share_with(kept, Reader.SCHOOL, SCHOOL)
    nurse = record_of(kept, Role.SCHOOL_STAFF, SCHOOL)

    for look in (nurse.family, nurse.shares):
        with pytest.raises(ResourceNotFound):
            look(CHILD.id)


def test_each_reading_is_recorded_with_who_and_whose_record(kept):
    record_of(kept, Role.CLINICIAN, PRACTICE).plan(PLAN.id)

    (event,) = kept.search("AuditEvent", entity=f"CarePlan/{PLAN.id}", action="R")
    assert "Practitioner/9e107d9d-372b-4d28-9b0c-1c0e7d5f0001" in str(event["agent"])
    assert f"Patient/{CHILD.id}" in str(event["entity"])


def test_a_replaced_plan_stays_readable_and_is_marked(kept):
    later = NOON + timedelta(days=1)
    with kept.write(by="system", at=later) as write:
        kept_plans.end(write, replaced(PLAN, at=later))
        write.audit("U", f"CarePlan/{PLAN.id}", f"Patient/{CHILD.id}", "replace the plan")

    assert kept_plans.plan(kept, PLAN.id) == replaced(PLAN, at=later)
    assert kept_plans.live_plan(kept, CHILD.id) is None
    assert kept.read("CarePlan", PLAN.id)["status"] == "revoked"


def test_the_hospital_sees_the_child_whose_review_it_asked_for_and_another_does_not(kept):
    review = Review(
        id=str(uuid4()),
        child_id=CHILD.id,
        encounter_id=str(uuid4()),
        discharged_at=NOON,
        due=date(2026, 11, 25),
        owner_id=PRACTICE,
        requester_id=HOSPITAL,
    )
    with kept.write(by="system", at=NOON) as write:
        kept_reviews.keep(write, review)
        write.audit("C", f"Task/{review.id}", f"Patient/{CHILD.id}", "start the review")

    assert record_of(kept, Role.HOSPITAL, HOSPITAL).review(review.id) == review
    assert record_of(kept, Role.CLINICIAN, PRACTICE).reviews() == [review]
    with pytest.raises(ResourceNotFound):
        record_of(kept, Role.CLINICIAN, OTHER).review(review.id)
