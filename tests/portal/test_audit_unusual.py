"""What stands out in the audit is listed once for the privacy lead, who writes what they found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_audit, kept_team_tasks
from fhir.actor import Actor, Purpose
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.sealing import seal_waiting
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.unusual_access import MANY, RULES, AboutYourself, Rule
from portal.actions.audit import unusual as audit_unusual
from portal.actions.circle.sharing import Wanted, share, stop
from portal.calendar import holidays_for
from portal.settings import ManyChildrenInvalid, settings_from
from portal.worker import Work
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import make_child, make_plan
from tests.portal.test_emergency_access import RIGHT
from tests.portal.test_every_reading_is_audited import written

engine = on_both_engines()

KEY = KeyPlace(given="elm and oak and ash and birch and yew")


@pytest.fixture
def gp(make_person):
    return make_person()


@pytest.fixture
def lead(client_for, gp):
    return client_for(Role.PRIVACY_LEAD)


@pytest.fixture
def child(store, gp):
    child = make_child(store, gp, given="Zephyrine", family="Quill")
    make_plan(store, child, gp)
    return child


@pytest.fixture
def look_through(store, clock):
    """Seal the audit and look through it, as the worker does; return what a lead has to look at."""

    def look(organisation_id, most=MANY):
        seal_waiting(store, KEY, clock)
        audit_unusual.look_through(store, now=clock(), most=most)
        found = audit_unusual.lines(store, organisation_id, is_open=True)
        return [(one.rule, one.who, one.child_id) for one in found]

    return look


def note(store, by, child_id, at=MONDAY_9AM, detail="see the child's record"):
    with store.write(by=by, at=at) as write:
        write.audit("R", f"Patient/{child_id}", f"Patient/{child_id}", detail)


def from_elsewhere(role=Role.CLINICIAN, place="yew-surgery", who="reed", purpose=Purpose.DIRECT_CARE):
    return Actor(f"Practitioner/{who}", role=role, purpose=purpose, post_id="post", organisation_id=place)


def test_the_day_of_a_practice_does_not_stand_out(client_for, gp, child, look_through):
    browser = client_for(Role.CLINICIAN, gp)
    browser.get("/children")
    browser.get(f"/children/{child.id}")

    assert look_through(gp.organisation_id) == []


def test_a_look_without_a_relation_is_listed_for_the_childs_surgery_once_a_day(
    store, gp, child, look_through
):
    for minutes in (0, 1, 5):
        note(store, from_elsewhere(), child.id, MONDAY_9AM + timedelta(minutes=minutes))

    assert look_through(gp.organisation_id) == [(Rule.NO_RELATION, "Practitioner/reed", child.id)]
    assert look_through(gp.organisation_id) == [(Rule.NO_RELATION, "Practitioner/reed", child.id)]


def test_a_look_by_a_live_share_is_none_and_nor_is_one_by_a_share_that_ended_since(
    store, gp, child, look_through, make_person
):
    ward = make_person(Role.HOSPITAL)
    wanted = Wanted(Reader.HOSPITAL, ward.organisation_id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
    note(store, ward.ref, child.id, MONDAY_9AM + timedelta(minutes=1))
    assert look_through(gp.organisation_id) == []

    note(store, ward.ref, child.id, MONDAY_9AM + timedelta(minutes=2))
    [given] = store.search("Consent", patient=f"Patient/{child.id}")
    stop(store, child.id, given["id"], by=gp, at=MONDAY_9AM + timedelta(minutes=3))
    assert look_through(gp.organisation_id) == []

    note(store, ward.ref, child.id, MONDAY_9AM + timedelta(minutes=4))
    assert look_through(gp.organisation_id) == [(Rule.NO_RELATION, str(ward.ref), child.id)]


def test_a_share_made_later_excuses_no_earlier_look_however_many_come_after_it(
    store, gp, child, look_through, make_person
):
    ward = make_person(Role.HOSPITAL)
    note(store, ward.ref, child.id, MONDAY_9AM)
    given = MONDAY_9AM + timedelta(minutes=1)
    share(
        store, child.id, [Wanted(Reader.HOSPITAL, ward.organisation_id, Basis.DIRECT_CARE)], by=gp, at=given
    )
    note(store, ward.ref, child.id, MONDAY_9AM + timedelta(minutes=2))

    assert look_through(gp.organisation_id) == [(Rule.NO_RELATION, str(ward.ref), child.id)]


def test_a_record_opened_in_an_emergency_is_listed_once_for_each_opening(client_for, gp, child, look_through):
    ward = client_for(Role.HOSPITAL)
    opened = ward.post("/emergency", data=RIGHT)
    ward.get(opened.location)
    ward.get(opened.location)

    assert look_through(gp.organisation_id) == [(Rule.EMERGENCY, str(ward.person.ref), child.id)]


def test_opening_a_record_in_an_emergency_hides_no_look_before_it(client_for, store, gp, child, look_through):
    ward = client_for(Role.HOSPITAL)
    note(store, ward.person.ref, child.id)
    opened = ward.post("/emergency", data=RIGHT)
    ward.get(opened.location)

    assert {rule for rule, *_ in look_through(gp.organisation_id)} == {Rule.NO_RELATION, Rule.EMERGENCY}


def test_who_looks_into_an_emergency_here_has_done_the_task_of_the_inbox_too(
    client_for, store, gp, lead, child, look_through
):
    client_for(Role.HOSPITAL).post("/emergency", data=RIGHT)
    look_through(gp.organisation_id)
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)

    lead.post(f"/audit/unusual/{line.id}", data={"note": "Fine: brought by ambulance"})

    [task] = kept_team_tasks.tasks_about(store, child.id)
    assert (task.is_settled, task.answer) == (True, "Fine: brought by ambulance")


def test_a_privacy_lead_does_not_look_into_what_they_did_in_another_post(
    client_for, store, gp, lead, child, look_through
):
    ward = client_for(Role.HOSPITAL)
    ward.post("/emergency", data=RIGHT)
    look_through(gp.organisation_id)
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    same = replace(lead.person, practitioner_id=ward.person.practitioner_id)

    with pytest.raises(AboutYourself):
        audit_unusual.review(store, line.id, "It was right", by=same, at=MONDAY_9AM)

    assert audit_unusual.lines(store, gp.organisation_id, is_open=True) == [line]
    assert [one.is_open for one in kept_team_tasks.tasks_about(store, child.id)] == [True]


def test_many_children_in_one_hour_are_counted_by_person_and_grow(store, gp, look_through):
    for number in range(4):
        child = make_child(store, gp, given=f"Child{number}", nhs_number="")
        note(store, gp.ref, child.id, MONDAY_9AM + timedelta(minutes=number))
        note(store, gp.ref, child.id, MONDAY_9AM + timedelta(minutes=number))
        note(store, gp.ref, f"{number}", MONDAY_9AM, detail="see that a name is similar")

    assert look_through(gp.organisation_id, most=5) == []
    last = make_child(store, gp, given="Last", nhs_number="")
    note(store, gp.ref, last.id, MONDAY_9AM + timedelta(minutes=59))
    assert look_through(gp.organisation_id, most=5) == [(Rule.MANY_CHILDREN, str(gp.ref), "")]
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    assert line.children == 5


def test_the_next_hour_counts_anew(store, gp, look_through):
    for number in range(5):
        child = make_child(store, gp, given=f"Child{number}", nhs_number="")
        note(store, gp.ref, child.id, MONDAY_9AM + timedelta(minutes=50 + number * 4))

    assert look_through(gp.organisation_id, most=5) == []


def test_the_same_family_name_is_listed_once(store, gp, look_through):
    child = make_child(store, gp, given="Mo", family="Lee")
    for day in range(3):
        note(store, gp.ref, child.id, MONDAY_9AM + timedelta(days=day))

    assert look_through(gp.organisation_id) == [(Rule.SAME_FAMILY_NAME, str(gp.ref), child.id)]


def test_what_was_looked_through_is_not_read_again(store, gp, child, clock):
    note(store, from_elsewhere(), child.id)
    seal_waiting(store, KEY, clock)

    assert audit_unusual.look_through(store, now=clock()) == len(kept_audit.sealed(store, 0, 1000))
    assert audit_unusual.look_through(store, now=clock()) == 0


def test_the_lead_sees_who_where_when_and_whose_and_writes_what_they_found(
    store, gp, lead, child, look_through
):
    note(store, from_elsewhere(who=gp.practitioner_id), child.id)
    look_through(gp.organisation_id)

    page = lead.get("/audit/unusual").text
    assert RULES[Rule.NO_RELATION].title in page
    assert "Zephyrine Quill" in page
    assert "Dr Ada Lee" in page
    assert "23 November 2026 at 9:00am" in page

    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    assert lead.post(f"/audit/unusual/{line.id}", data={"note": " "}).status_code == 422
    _, last = written(store)
    answer = lead.post(f"/audit/unusual/{line.id}", data={"note": "Fine: a locum of ours"})
    assert answer.status_code == 303
    assert "Fine: a locum of ours" in lead.get("/audit/unusual").text
    assert audit_unusual.lines(store, gp.organisation_id, is_open=True) == []
    entries, _ = written(store, last)
    assert (entries[0].action, entries[0].child) == ("U", f"Patient/{child.id}")


def test_what_was_found_stays_as_it_was_written(store, gp, lead, child, look_through):
    note(store, from_elsewhere(), child.id)
    look_through(gp.organisation_id)
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    lead.post(f"/audit/unusual/{line.id}", data={"note": "First"})
    lead.post(f"/audit/unusual/{line.id}", data={"note": "Second"})
    note(store, from_elsewhere(), child.id, MONDAY_9AM + timedelta(minutes=9))

    assert look_through(gp.organisation_id) == []
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=False)
    assert line.note == "First"


def test_the_line_of_another_organisation_is_not_there(
    store, gp, child, look_through, make_person, client_for
):
    note(store, from_elsewhere(), child.id)
    look_through(gp.organisation_id)
    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    elsewhere = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99011", "0121 496 0111")
    other = client_for(
        Role.PRIVACY_LEAD, make_person(Role.PRIVACY_LEAD, username="lead.yew", organisation=elsewhere)
    )

    assert "Zephyrine" not in other.get("/audit/unusual").text
    assert other.post(f"/audit/unusual/{line.id}", data={"note": "Fine"}).status_code == 404
    assert other.post(f"/audit/unusual/{line.id}", data={"note": ""}).status_code == 404
    assert other.post("/audit/unusual/nothing", data={"note": "Fine"}).status_code == 404


def test_the_look_of_a_privacy_lead_at_the_audit_is_no_look_without_a_relation(
    store, gp, lead, child, look_through
):
    lead.post("/audit", data={"child": "quill"})

    assert look_through(gp.organisation_id) == []


def test_how_many_children_stand_out_is_set_where_puffin_runs():
    assert settings_from({}).many_children == MANY
    assert settings_from({"PUFFIN_MANY_CHILDREN": "45"}).many_children == 45
    for text in ("0", "1", "-3", "many", "99999"):
        with pytest.raises(ManyChildrenInvalid):
            settings_from({"PUFFIN_MANY_CHILDREN": text})


def test_the_worker_looks_through_what_it_has_sealed(store, gp, child, clock):
    note(store, from_elsewhere(), child.id)
    work = Work(store, {}, clock, holidays_for, KEY)

    work.round()

    [line] = audit_unusual.lines(store, gp.organisation_id, is_open=True)
    assert line.rule is Rule.NO_RELATION
