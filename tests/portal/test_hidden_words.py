"""Who is barred and why, reasons of safeguarding, and what was judged: for the practice alone."""

import json
import re

import pytest

from fhir.kept_bars import bars_of
from plans.competence import Finding
from plans.content.copies import PLAN_COPIES
from plans.places import Role
from plans.sharing import PLACES, Basis, Reader
from portal.access import who_may_use
from portal.actions.circle.deciding import Talk, judge
from portal.actions.circle.ending import bar, lift
from portal.actions.circle.sharing import Wanted, share
from portal.actions.exporting import export
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_family_member, make_plan

WORDS = ("Zebrafinch", "Quokkaname", "Wombatreason", "Numbatlifted", "Dingojudged")
READERS = {
    Role.HOSPITAL: Reader.HOSPITAL,
    Role.COMMUNITY_NURSE: Reader.COMMUNITY_NURSE,
    Role.PHARMACIST: Reader.PHARMACIST,
    Role.SOCIAL_WORKER: Reader.SOCIAL_CARE,
    Role.SCHOOL_STAFF: Reader.SCHOOL,
}
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp, client_for):
    """A child around whom every hidden word was written down, and whose plan every kind of place has."""
    school = client_for(Role.SCHOOL_STAFF).person.organisation_id
    made = make_child(store, gp.person, school_id=school)
    make_plan(store, made, gp.person)
    make_family_member(store, made)
    wanted = [
        Wanted(reader, client_for(role).person.organisation_id, Basis.SAFEGUARDING, "Wombatreason")
        for role, reader in READERS.items()
    ]
    share(store, made.id, wanted, by=gp.person, at=MONDAY_9AM)
    talk = Talk(Finding.DOES_NOT_YET, "Dingojudged", MONDAY_9AM.date())
    judge(store, made.id, talk, by=gp.person, at=MONDAY_9AM)
    for name in ("Quokkaname", "Quokkaname Elder"):
        bar(store, made.id, name, "Zebrafinch", by=gp.person, at=MONDAY_9AM)
    lift(store, made.id, bars_of(store, made.id)[0].id, "Numbatlifted", by=gp.person, at=MONDAY_9AM)
    return made


def pages_of(portal, browser, role, child, plan_id):
    """Yield each page that this role may open, about this child where it is about one."""
    known = {"child_id": child.id, "plan_id": plan_id, "member_id": "x"}
    for rule in portal.url_map.iter_rules():
        who = who_may_use(portal.view_functions[rule.endpoint])
        if "GET" in rule.methods and isinstance(who, frozenset) and role in who and "pdf" not in rule.rule:
            address = VARIABLE.sub(lambda found: known.get(found[1], child.id), rule.rule)
            yield address, browser.get(address).text


def hidden_in(text):
    return [word for word in WORDS if word in text]


def test_every_place_that_a_plan_can_be_shared_with_is_looked_at_here():
    assert set(READERS.values()) | {Reader.SCHOOL_NURSE} == set(PLACES)


def test_the_practice_reads_each_of_them(gp, child):
    read = [
        gp.get(f"/children/{child.id}/share{rest}").text for rest in ("", "/must-not-have", "/understanding")
    ]

    assert hidden_in("".join(read)) == list(WORDS)


@pytest.mark.parametrize("role", READERS)
def test_no_other_reader_finds_one_of_them_on_any_page(portal, store, client_for, child, role):
    browser = client_for(role)
    plan_id = store.search("CarePlan", subject=f"Patient/{child.id}")[0]["id"]

    pages = dict(pages_of(portal, browser, role, child, plan_id))

    assert any(child.given in text for text in pages.values())
    assert {address: hidden_in(text) for address, text in pages.items() if hidden_in(text)} == {}


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_no_copy_of_the_plan_holds_one_of_them(store, child, copy):
    plan_id = store.search("CarePlan", subject=f"Patient/{child.id}")[0]["id"]

    exported = json.dumps(export(store, plan_id, copy, by="system", at=MONDAY_9AM))

    assert hidden_in(exported) == []


def test_what_says_so_is_labelled_as_restricted(store, child):
    for kind in ("Consent", "Observation"):
        for one in store.search(
            kind, **{"patient" if kind == "Consent" else "subject": f"Patient/{child.id}"}
        ):
            labels = [label["code"] for label in one["meta"].get("security", ())]
            assert not hidden_in(json.dumps(one)) or labels == ["R"]
