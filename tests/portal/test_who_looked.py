"""A family asks which places used the record; the privacy lead looks through the list; the family gets it."""

import re
from dataclasses import replace

import pytest

from fhir import kept_team_tasks
from fhir.actor import Actor, Purpose
from fhir.patient import to_patient
from fhir.store.tables import marks
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share
from tests.portal.conftest import MONDAY_9AM
from tests.portal.family_making import share_with
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan, open_by_link
from tests.portal.test_every_reading_is_audited import written

ASK = "Ask for the list"


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
def at_home(store, gp, child, portal):
    """Return the browser of somebody at home who has come in by their own link, and that link."""

    def come_in(name="Sana Test", **more):
        member = make_family_member(store, child, name=name, **more)
        link = share_with(store, member, gp.person)
        browser = portal.test_client()
        open_by_link(browser, store, link, gp.person)
        return browser, link

    return come_in


def note(store, child, place, who="reed"):
    by = Actor(
        f"Practitioner/{who}",
        role=Role.SOCIAL_WORKER,
        purpose=Purpose.CARE_TOGETHER,
        post_id="post",
        organisation_id=place.id,
    )
    with store.write(by=by, at=MONDAY_9AM) as write:
        write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", "see the child's record")


def requests(store, gp):
    tasks = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    return [one for one in tasks if one.kind is TaskKind.WHO_LOOKED]


def give(lead, task, **typed):
    """Give the list as the page has it; return the answer."""
    page = lead.get(f"/audit/asked/{task.id}").text
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    return lead.post(f"/audit/asked/{task.id}", data={"seen": seen} | typed)


def listed(page):
    return re.findall(r"<li><bdi>([^<]*)</bdi>", page)


def test_the_family_asks_once_and_is_told_since_when_they_wait(at_home, store, gp):
    browser, link = at_home()
    assert ASK in browser.get(f"{link}/who-looked").text

    for _ in range(2):
        assert browser.post(f"{link}/who-looked").status_code == 303

    assert len(requests(store, gp)) == 1
    page = browser.get(f"{link}/who-looked").text
    assert "You asked on" in page
    assert ASK not in page


def test_of_a_child_of_no_practice_the_family_asks_where_the_plan_was_signed(at_home, store, gp, child):
    browser, link = at_home()
    with store.write(by="system", at=MONDAY_9AM) as put:
        before = put.read("Patient", child.id)
        put.update(to_patient(replace(child, practice_id="")), if_match=before["meta"]["versionId"])
        put.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "no practice is known any more")

    assert ASK in browser.get(f"{link}/who-looked").text
    browser.post(f"{link}/who-looked")

    assert len(requests(store, gp)) == 1


def test_the_lead_sees_organisations_and_never_the_names_of_staff(at_home, store, gp, lead, child):
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    gp.get(f"/children/{child.id}")
    [task] = requests(store, gp)

    assert "Zephyrine Quill" in lead.get("/audit/asked").text
    page = lead.get(f"/audit/asked/{task.id}").text
    assert "Elm Surgery" in page
    assert "Ada Lee" not in page


def test_the_family_gets_the_list_with_its_date_and_can_ask_again(at_home, store, gp, lead, child):
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    note(store, child, make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital"))
    [task] = requests(store, gp)

    assert give(lead, task).status_code == 303

    page = browser.get(f"{link}/who-looked").text
    assert listed(page) == ["Ash Hospital", "Elm Surgery"]
    assert "The surgery gave you this list on" in page
    assert "Reed" not in page
    assert ASK in page
    assert requests(store, gp) == []
    assert lead.get(f"/audit/asked/{task.id}").status_code == 404


def test_what_is_left_out_leaves_no_gap_and_its_reason_is_in_the_audit_alone(at_home, store, gp, lead, child):
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    council = make_organisation(store, OrganisationKind.PHARMACY, "Elm Pharmacy")
    note(store, child, council)
    [task] = requests(store, gp)
    tick = {f"leave-out-{council.id}": "yes"}

    assert give(lead, task, **tick).status_code == 422
    _, last = written(store)
    answer = give(lead, task, **tick, **{f"reason-{council.id}": "A hidden inquiry"})

    assert answer.status_code == 303
    page = browser.get(f"{link}/who-looked").text
    assert listed(page) == ["Elm Surgery"]
    assert "Pharmacy" not in page
    kept = [one for one in store.search("Communication") + store.search("Task") if "inquiry" in repr(one)]
    assert kept == []
    entries, _ = written(store, last)
    assert any(
        one.detail.endswith("A hidden inquiry") and one.what == f"Organization/{council.id}"
        for one in entries
    )


def test_a_place_that_safeguarding_alone_let_in_is_never_on_the_list(at_home, store, gp, lead, child):
    browser, link = at_home()
    council = make_organisation(store, OrganisationKind.SOCIAL_CARE, "Elm Council")
    wanted = Wanted(Reader.SOCIAL_CARE, council.id, Basis.SAFEGUARDING, reason="A hidden inquiry")
    share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)
    note(store, child, council)
    browser.post(f"{link}/who-looked")
    [task] = requests(store, gp)

    assert "for safeguarding alone" in lead.get(f"/audit/asked/{task.id}").text
    give(lead, task)

    assert listed(browser.get(f"{link}/who-looked").text) == ["Elm Surgery"]


def test_one_parent_sees_nothing_of_what_the_other_asked_or_got(at_home, store, gp, lead):
    mother, her_link = at_home()
    mother.post(f"{her_link}/who-looked")
    [task] = requests(store, gp)
    father, his_link = at_home("Omar Test", relationship="father")

    assert "You asked on" not in father.get(f"{his_link}/who-looked").text
    give(lead, task)
    page = father.get(f"{his_link}/who-looked").text
    assert listed(page) == []
    assert ASK in page


@pytest.mark.parametrize("language", ["ur", "pl", "bn"])
def test_the_page_is_there_in_every_language(at_home, store, gp, lead, language):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")  # no translation is signed off yet
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    [task] = requests(store, gp)
    give(lead, task)

    page = browser.get(f"{link}/who-looked?lang={language}").text

    assert listed(page) == ["Elm Surgery"]
    assert ASK not in page


def test_another_teams_request_is_not_there(at_home, store, gp, client_for, make_person):
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    [task] = requests(store, gp)
    from_school = Organisation("", OrganisationKind.SCHOOL, "Oak School", "X99002", "0121 496 0102")
    other = client_for(
        Role.PRIVACY_LEAD,
        make_person(Role.PRIVACY_LEAD, username="lead.oak", organisation=from_school),
    )

    assert "Zephyrine" not in other.get("/audit/asked").text
    assert other.get(f"/audit/asked/{task.id}").status_code == 404
    assert other.post(f"/audit/asked/{task.id}").status_code == 404
    assert len(requests(store, gp)) == 1


def test_who_looks_while_the_lead_looks_through_the_list_is_not_given_unseen(at_home, store, gp, lead, child):
    browser, link = at_home()
    browser.post(f"{link}/who-looked")
    [task] = requests(store, gp)
    page = lead.get(f"/audit/asked/{task.id}").text
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    note(store, child, make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital"))

    answer = lead.post(f"/audit/asked/{task.id}", data={"seen": seen})

    assert answer.status_code == 422
    assert "Another organisation has looked since." in answer.text
    assert listed(browser.get(f"{link}/who-looked").text) == []
