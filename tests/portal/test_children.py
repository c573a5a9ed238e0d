"""The children of a practice: listed, searched without an address that names them, and seen one by one."""

from datetime import date

import pytest

from fhir import kept_people
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.importing.record import import_file
from portal.actions.plans import withdraw_plan
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import (
    TODAY,
    make_child,
    make_draft,
    make_family_member,
    make_organisation,
    make_plan,
)


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


def search(gp, text):
    return gp.post("/children", data={"search": text}).text


def share_with_hospital(store, child, gp, hospital_id):
    wanted = Wanted(Reader.HOSPITAL, hospital_id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)


def test_the_list_says_who_has_which_plan_until_when(store, gp, child):
    make_plan(store, child, gp.person)

    page = gp.get("/children").text

    assert "Amina Test" in page
    assert "1 May 2018" in page
    assert "999 000 0018" in page
    assert "Version 1, review by 11 June 2027" in page


def test_the_list_shows_who_has_no_plan_and_who_has_a_draft(store, gp, child):
    draft = make_draft(store, child, gp.person)

    page = gp.get("/children").text

    assert "No plan" in page
    assert f'href="/drafts/{draft.id}"' in page


def test_the_list_is_of_this_practice(store, gp, child, make_person, client_for):
    elsewhere = make_organisation(store, OrganisationKind.PRACTICE, "Yew Surgery")
    make_child(store, gp.person, given="Leo", nhs_number="", practice_id=elsewhere.id)

    page = gp.get("/children").text

    assert "Amina" in page
    assert "Leo" not in page


@pytest.mark.parametrize("text", ["amina", "TEST", "test ami", "9990000018", "999 000 0018"])
def test_a_child_is_found_by_name_and_by_nhs_number(store, gp, child, text):
    make_child(store, gp.person, given="Leo", family="Marsh", nhs_number="")

    page = search(gp, text)

    assert "Amina" in page
    assert "Leo" not in page
    assert "Found 1 of 2." in page


def test_what_was_searched_for_is_never_in_an_address(gp, child):
    page = gp.get("/children").text

    assert 'method="post" action="/children" role="search"' in page


def test_a_search_that_finds_nobody_says_so(gp, child):
    assert "Found 0 of 1." in search(gp, "nobody <here>")


def test_a_child_of_another_practice_is_not_there(store, gp, child):
    elsewhere = make_organisation(store, OrganisationKind.PRACTICE, "Yew Surgery")
    stranger = make_child(store, gp.person, nhs_number="", practice_id=elsewhere.id)

    assert gp.get(f"/children/{stranger.id}").status_code == 404
    assert gp.get("/children/no-such-child").status_code == 404


def test_the_page_of_a_child_shows_every_version_with_what_became_of_it(store, gp, child):
    first = make_plan(store, child, gp.person)
    second = make_plan(store, child, gp.person, replaces=first.id)

    page = gp.get(f"/children/{child.id}").text

    assert f'href="/plans/{first.id}"' in page
    assert f'href="/plans/{second.id}"' in page
    assert "replaced on 23 November 2026" in page
    assert "Version 2 is live." in page


def test_a_withdrawn_plan_leaves_no_live_one(store, gp, child):
    plan = make_plan(store, child, gp.person)
    withdraw_plan(store, plan.id, reason="Wrong child", by=gp.person, at=MONDAY_9AM)

    page = gp.get(f"/children/{child.id}").text

    assert "withdrawn on 23 November 2026" in page
    assert "No plan" in page


def test_the_practice_sees_who_at_home_reads_what_and_who_is_barred(store, gp, child):
    make_family_member(store, child, reads="ur")
    make_family_member(store, child, name="Omar Test", relationship="father", barred=True)

    page = gp.get(f"/children/{child.id}").text

    assert "Urdu" in page
    assert page.count("Barred") == 1


def test_a_child_with_a_similar_name_is_pointed_out(store, gp, child):
    make_child(store, gp.person, given="Aminah", nhs_number="")
    make_child(store, gp.person, given="Leo", family="Marsh", born=date(2012, 1, 2), nhs_number="")

    page = gp.get(f"/children/{child.id}").text

    assert "Check that this is the right child." in page
    assert "Aminah Test" in page
    assert "Leo" not in page


def test_the_page_without_a_record_says_that_there_is_none(gp, child):
    assert "No GP record was brought in for this child." in gp.get(f"/children/{child.id}").text


def test_the_hospital_sees_the_children_shared_with_it_and_their_copy(store, gp, child, client_for):
    ward = client_for(Role.HOSPITAL)
    make_plan(store, child, gp.person)
    assert "Amina" not in ward.get("/children").text

    share_with_hospital(store, child, gp, ward.person.organisation_id)

    page = ward.get("/children").text
    assert f'href="/shared/{child.id}"' in page
    assert f"/children/{child.id}" not in page
    assert ward.get(f"/children/{child.id}").status_code == 404


def test_a_school_nurse_has_another_list(client_for):
    assert client_for(Role.SCHOOL_STAFF).get("/children").status_code == 404


@pytest.fixture
def gp_of_record(make_person, client_for):
    """The GP of the practice that the made GP records name."""
    home = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
    return client_for(Role.CLINICIAN, make_person(organisation=home))


@pytest.fixture
def bring_in(store, gp_of_record, tmp_path):
    """Import a GP record and return the address of the child's page; name only what your test is about."""

    def bring(*resources):
        file = tmp_path / "record.json"
        file.write_bytes(gp_records.raw(gp_records.bundle(*map(gp_records.entry, resources))))
        how = {"by": "system", "at": MONDAY_9AM, "today": TODAY, "holidays_for": holidays_for}
        return f"/children/{import_file(store, file, **how).child_id}"

    return bring


def test_facts_from_the_record_stand_with_their_sources_and_in_no_order_of_risk(gp_of_record, bring_in):
    address = bring_in(*(gp_records.issue(f"2026-{month:02}-03") for month in range(4, 12)))

    page = gp_of_record.get(address).text

    assert "Blue inhalers in 12 months: 8 (6 or more asks for a priority review)." in page
    assert "Scottish prescribing strategy; England IIF RESP-01" in page
    assert "Counted in records to 3 November 2026." in page


def test_no_facts_found_is_not_low_risk(gp_of_record, bring_in):
    category = {"category": [gp_records.concept("736056000")], "created": "2026-06-01"}
    plan = gp_records.about_the_child("CarePlan", status="active", intent="plan", **category)

    page = gp_of_record.get(bring_in(gp_records.issue("2026-10-03"), plan)).text

    assert "No facts found in records to 3 October 2026; that is not low risk." in page


def test_a_plan_signed_here_is_a_plan_on_record(store, gp_of_record, bring_in):
    address = bring_in(gp_records.issue("2026-10-03"))
    assert "No asthma action plan on record." in gp_of_record.get(address).text

    make_plan(store, kept_people.child(store, address.rpartition("/")[2]), gp_of_record.person)

    assert "No asthma action plan on record." not in gp_of_record.get(address).text


def test_a_plan_begins_from_the_record_with_each_dose_to_be_confirmed(store, gp_of_record, bring_in):
    address = bring_in(gp_records.repeat(gp_records.BROWN, {"text": "2 puffs twice a day"}))

    page = gp_of_record.get(gp_of_record.post(f"{address}/drafts").location).text

    assert "On repeat today:" in page
    assert "2 puffs twice a day" in page
    assert "I confirm this dose today" in page
    assert 'value="clenil-modulite-100" selected' in page


def test_looking_at_a_child_is_recorded(store, gp, child):
    gp.get(f"/children/{child.id}")

    seen = store.search("AuditEvent", action="R", entity=f"Patient/{child.id}")
    assert {event["agent"][0]["who"]["reference"] for event in seen} == {gp.person.ref}
