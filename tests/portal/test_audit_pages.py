"""The privacy lead reads the audit of their organisation, in plain words; each look is in it too."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_people
from fhir.actor import PURPOSE_OF, Actor, Purpose, by_link
from fhir.audit_event import Action
from fhir.patient import to_patient
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.audit.reading import CELLS, MOST_DAYS, PAGE, Names, plain
from portal.actions.circle.sharing import Wanted, share
from portal.audit_words import ACTIONS, KIND_WORDS, KINDS, PURPOSES, ROLES
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import agreed, make_child, make_family_member, make_plan
from tests.portal.shared_making import make_shared_child
from tests.portal.test_every_reading_is_audited import written

YEW = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99011", "0121 496 0111")


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def lead(client_for, gp):
    return client_for(Role.PRIVACY_LEAD)


@pytest.fixture
def child(store, gp):
    child = make_child(store, gp.person, given="Zephyrine", family="Quill")
    make_plan(store, child, gp.person)
    return child


@pytest.fixture
def stranger_gp(make_person, client_for):
    return client_for(Role.CLINICIAN, make_person(username="dr.reed", name="Dr Jo Reed", organisation=YEW))


def rows(page):
    """Return the words of each entry of a page."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    bare = re.sub(r'<span class="nhsuk-table-responsive__heading".*?</span>', "", body)
    words = (re.sub(r"<[^>]+>|\s+", " ", row) for row in bare.split("<tr ")[1:])
    return [" ".join(row.partition(">")[2].split()) for row in words]


def test_an_entry_says_who_as_what_where_what_whose_and_why(gp, lead, child):
    gp.get(f"/children/{child.id}")

    found = rows(lead.get("/audit").text)

    assert any(
        "Dr Ada Lee GP practice clinician, Elm Surgery See the child&#39;s record Zephyrine Quill Care of"
        in row
        for row in found
    ), found


def test_the_lead_of_the_practice_tells_one_parent_from_the_other_and_no_other_lead_does(
    lead, child, store, stranger_gp
):
    mother = make_family_member(store, child)
    father = make_family_member(store, child, name="Omar Quill", relationship="father")
    for one in (mother, father):
        with store.write_beside(by=by_link(one.id), at=MONDAY_9AM) as write:
            write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", "read by link")

    page = " ".join(rows(lead.get("/audit").text))

    assert f"{mother.name} ({mother.relationship}) Family, by their own link" in page
    assert "Omar Quill (father) Family, by their own link" in page
    names = Names(store, stranger_gp.person, MONDAY_9AM)
    assert names.who(f"RelatedPerson/{father.id}") == "Somebody at home"


def test_a_young_person_stands_there_by_the_name_of_now_and_never_by_a_former_one(lead, child, store):
    who = kept_people.young_person(store, child.id)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_people.keep_young_person(write, child.id)
        before = write.read("Patient", child.id)
        write.update(to_patient(replace(child, family="Newname")), if_match=before["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "adopted")

    names = Names(store, lead.person, MONDAY_9AM)

    assert "Zephyrine Quill" in who.name
    assert names.who(f"RelatedPerson/{who.id}").startswith("Zephyrine Newname")


def test_the_same_act_within_minutes_is_one_line_with_each_time_and_another_childs_of_the_name_is_not(
    gp, lead, child, store, clock
):
    twin = make_child(store, gp.person, given="Zephyrine", family="Quill", nhs_number="9990000026")
    for minutes, one in ((0, child), (4, child), (1, twin), (8, child), (12, child)):
        clock.let_pass(minutes=minutes)
        gp.get(f"/children/{one.id}")

    seen = [row for row in rows(lead.get("/audit").text) if "See the child&#39;s record" in row]

    assert [row.count("3 times") for row in seen if "times" in row] == [1]
    assert len(seen) == 3  # the child twelve minutes later, the child three times, the twin
    (folded_row,) = [row for row in seen if "3 times" in row]
    for moment in ("9:00am", "9:04am", "9:13am"):
        assert moment in folded_row


def test_what_another_practice_did_for_its_own_children_is_not_there(stranger_gp, lead, store):
    make_child(store, stranger_gp.person, given="Robin", family="Other", nhs_number="9990000026")
    stranger_gp.get("/children")

    page = lead.get("/audit").text

    assert "Reed" not in page
    assert "Robin" not in page


def test_what_a_place_did_with_a_shared_child_is_read_by_both_leads(
    gp, child, store, client_for, make_person
):
    school = client_for(Role.SCHOOL_STAFF)
    at_school = make_child(
        store,
        gp.person,
        school_id=school.person.organisation_id,
        nhs_number="9990000026",
    )
    make_plan(store, at_school, gp.person)
    word, place = agreed(store, at_school.id), school.person.organisation_id
    wanted = [Wanted(Reader.SCHOOL, place, Basis.CONSENT, consent=word)]
    share(store, at_school.id, wanted, by=gp.person, at=MONDAY_9AM)
    school.get(f"/shared/{at_school.id}")
    home = Organisation("", OrganisationKind.SCHOOL, "Oak School", "X99002", "0121 496 0102")
    of_school = client_for(
        Role.PRIVACY_LEAD, make_person(Role.PRIVACY_LEAD, username="lead.oak", organisation=home)
    )

    for browser in (client_for(Role.PRIVACY_LEAD), of_school):
        assert any("May Brook" in row and "Amina Test" in row for row in rows(browser.get("/audit").text))
    assert "Zephyrine" not in of_school.get("/audit").text


def test_the_child_is_named_by_post_and_the_answer_is_about_that_child_alone(gp, lead, child, store):
    make_child(store, gp.person, given="Robin", family="Other", nhs_number="9990000026")

    for text in ("quill", "999 000 0018"):
        answer = lead.post("/audit", data={"child": text})
        assert answer.status_code == 200
        assert rows(answer.text)
        assert all("Zephyrine Quill" in row for row in rows(answer.text))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"child": "Nobody"}, "No child here has this name or NHS number."),
        ({"child": "Z"}, "More than one child has this name."),
        ({"who": "somebody-else"}, "Choose somebody from the list."),
        ({"first-day": "40", "first-month": "1", "first-year": "2026"}, "Enter the day, month and year"),
        ({"first-day": "1", "first-month": "1", "first-year": "2026"}, "Choose no more than 31 days"),
        ({"first-day": "1", "first-month": "1", "first-year": "2027"}, "The last day must not be before"),
    ],
)
def test_what_cannot_be_asked_for_is_said_in_one_sentence(gp, lead, child, store, typed, sentence):
    make_child(store, gp.person, given="Zelda", family="Other", nhs_number="9990000026")

    for address in ("/audit", "/audit/entries.csv"):
        answer = lead.post(address, data=typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert rows(answer.text) == []


def test_a_child_of_another_practice_is_as_one_who_is_not_there(stranger_gp, lead, store):
    make_child(store, stranger_gp.person, given="Robin", family="Other", nhs_number="9990000026")

    answer = lead.post("/audit", data={"child": "9990000026"})

    assert answer.status_code == 422
    assert "Robin" not in answer.text


def test_one_child_is_followed_back_for_years(gp, lead, child):
    answer = lead.post(
        "/audit",
        data={"child": "quill", "first-day": "1", "first-month": "1", "first-year": "2020"},
    )

    assert answer.status_code == 200


def test_by_person_and_by_kind(gp, lead, child):
    gp.get(f"/children/{child.id}")

    by_gp = lead.post("/audit", data={"who": gp.person.practitioner_id, "kind": "change"}).text
    assert rows(by_gp)
    assert all("Dr Ada Lee" in row for row in rows(by_gp))
    assert not any("See the child" in row for row in rows(by_gp))
    assert rows(lead.post("/audit", data={"who": lead.person.practitioner_id, "kind": "change"}).text) == []


def test_older_entries_follow_page_by_page(gp, lead, child, store):
    for number in range(PAGE + 5):
        with store.write(by=gp.person.ref, at=MONDAY_9AM + timedelta(seconds=number)) as write:
            write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", f"number {number} of many")

    first = lead.post("/audit", data={"child": "quill"})
    after = re.search(r'name="after" value="([^"]+)"', first.text)[1]
    older = lead.post("/audit", data={"child": "quill", "after": after})

    numbers = [int(one) for page in (first, older) for one in re.findall(r"Number (\d+) of many", page.text)]
    assert numbers == sorted(range(PAGE + 5), reverse=True)
    assert 'name="after"' not in older.text


@pytest.mark.parametrize("after", ["x", "2026-11-23T09:00:00.000000Z", "'; DROP 1", "9" * 40])
def test_a_forged_next_page_is_the_first(gp, lead, child, after):
    assert rows(lead.post("/audit", data={"after": after}).text)


def test_the_file_has_what_was_asked_for_and_no_formula(gp, lead, child, store):
    with store.write(by=gp.person.ref, at=MONDAY_9AM) as write:
        write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", "=1+1, they said")

    answer = lead.post("/audit/entries.csv", data={"child": "quill"})

    assert answer.mimetype == "text/csv"
    head, *found = list(csv.reader(io.StringIO(answer.text)))
    assert tuple(head) == CELLS
    assert {row[5] for row in found} == {"Zephyrine Quill"}
    assert "'=1+1, they said" in {row[4] for row in found}


def test_each_look_is_in_the_audit(gp, lead, child, store):
    _, last = written(store)
    lead.get("/audit")
    lead.post("/audit", data={"child": "quill"})
    lead.post("/audit/entries.csv", data={"child": "quill"})

    entries, _ = written(store, last)
    ours = f"Organization/{lead.person.organisation_id}"
    looks = [(one.detail, one.what, one.child) for one in entries]
    assert looks == [
        ("look at the audit", ours, None),
        ("look at the audit", ours, f"Patient/{child.id}"),
        ("save the audit as a file", ours, f"Patient/{child.id}"),
    ]
    assert all(one.by.role == Role.PRIVACY_LEAD and one.by.purpose is Purpose.OVERSIGHT for one in entries)


def test_what_ones_people_did_with_the_child_of_another_is_there_without_the_name(
    lead, stranger_gp, store, gp
):
    child = make_child(store, stranger_gp.person, given="Robin", family="Other", nhs_number="9990000026")
    with store.write(by=gp.person.ref, at=MONDAY_9AM) as write:
        write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", "open the record in an emergency")

    page = lead.get("/audit").text

    assert "A child who is not yours to see" in page
    assert "Robin" not in page


@pytest.mark.parametrize("named", [{}, {"child": "Zephyrine Quill"}])
def test_a_place_with_which_a_plan_is_shared_reads_what_its_own_people_did_and_nobody_elses(
    gp, client_for, make_person, store, named
):
    office = client_for(Role.SCHOOL_STAFF)
    child = make_shared_child(store, gp.person, office.person, given="Zephyrine", family="Quill")
    with store.write(by=gp.person.ref, at=MONDAY_9AM) as write:
        patient = f"Patient/{child.id}"
        write.audit("U", patient, patient, "leave out of the list of who looked: a refuge")
    office.get(f"/shared/{child.id}")
    school = HOMES[Role.SCHOOL_STAFF]
    its_lead = client_for(
        Role.PRIVACY_LEAD, make_person(Role.PRIVACY_LEAD, username="lead", organisation=school)
    )

    found = rows(its_lead.post("/audit", data=named).text)

    assert any("May Brook" in one and "Zephyrine Quill" in one for one in found)
    assert not any("Dr Ada Lee" in one or "refuge" in one for one in found)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY_LEAD])
@pytest.mark.parametrize("address", ["/audit", "/audit/unusual", "/audit/asked"])
def test_nobody_else_has_these_pages(client_for, role, address):
    assert client_for(role).get(address).status_code == 404


def test_the_words_of_an_entry_are_plain():
    link = "make a link 2b55d4a1-1c0d-4f10-b4ca-0c8f5bbcf245"

    assert plain(link) == "make a link"
    assert plain("share the plan: direct-care") == "share the plan: direct care"
    assert plain("sign the plan, version 2") == "sign the plan, version 2"


def test_every_role_purpose_action_and_kind_has_its_words():
    assert set(ROLES) == {*Role, "link"}
    assert set(PURPOSES) == set(Purpose) >= set(PURPOSE_OF.values())
    assert set(ACTIONS) == set(Action) == {one for some in KINDS.values() for one in some}
    assert set(KIND_WORDS) == {"", *KINDS}
    assert MOST_DAYS == 31


def test_every_entry_of_somebody_signed_in_says_post_role_organisation_and_purpose(gp, child, store):
    _, last = written(store)
    gp.get(f"/children/{child.id}")
    gp.post(f"/children/{child.id}/drafts")
    gp.get("/children")

    entries, _ = written(store, last)
    assert entries
    for one in entries:
        assert isinstance(one.by, Actor)
        assert one.by.post_id == gp.person.post_id
        assert one.by.organisation_id == gp.person.organisation_id


def test_an_address_that_is_no_text_is_not_there_for_a_stranger_either(stranger):
    assert stranger.get("/audit/asked/a%00b").status_code == 404
