"""What is for health professionals stays with them, and nothing that is said of a child is a score."""

from dataclasses import fields

import pytest

from fhir import kept_people
from plans.content.copies import PLAN_COPIES
from plans.fact_seen import FactSeen
from plans.places import Organisation, OrganisationKind, Role
from plans.record_facts import RecordFacts
from plans.risk import Counts
from plans.sharing import Basis, Reader
from plans.signals import FoundFact, Rule, Signal
from plans.thresholds import Threshold
from portal.actions import originals
from portal.actions.children import Listed
from portal.actions.circle.sharing import Wanted, share
from portal.actions.copies import page_of
from portal.actions.facts.about import Facts
from portal.actions.facts.listing import Listed as WithFacts
from portal.actions.importing.record import import_file
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal import test_export
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import TODAY, agreed, make_child, make_family_member, make_plan, open_by_link

PRACTICE = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
SCHOOL = Organisation("", OrganisationKind.SCHOOL, "Example School", "EE999909", "0121 496 0199")
COLLECTED = "Blue inhalers in 12 months: 8"
KINDS = (Signal, Rule, Counts, RecordFacts, Facts, Listed, FoundFact, FactSeen, Threshold, WithFacts)
JUDGES = ("score", "rank", "risk", "level", "weight", "grade", "total")


@pytest.fixture
def gp(make_person, client_for):
    return client_for(Role.CLINICIAN, make_person(organisation=PRACTICE))


@pytest.fixture
def child(store, gp, make_person, tmp_path):
    """A child of the record's practice and school, for whom eight blue inhalers were collected."""
    make_person(Role.SCHOOL_STAFF, organisation=SCHOOL)
    issues = [gp_records.entry(gp_records.issue(f"2026-{month:02}-03")) for month in range(4, 12)]
    file = tmp_path / "record.json"
    file.write_bytes(gp_records.raw(gp_records.bundle(*issues)))
    how = {"by": "system", "at": MONDAY_9AM, "today": TODAY, "holidays_for": holidays_for}
    return kept_people.child(store, import_file(store, file, **how).child_id)


@pytest.fixture
def school(child, store, portal):
    """The browser of the staff of the child's school."""
    browser = portal.test_client()
    browser.post("/sign-in", data={"username": "office.may", "password": "elm and oak and ash"})
    return browser


def test_what_was_collected_is_read_neither_at_school_nor_at_home_nor_on_paper(
    store, gp, school, stranger, child
):
    mother = make_family_member(store, child)
    plan = make_plan(store, child, gp.person)
    word = agreed(store, child.id)
    readers = [
        Wanted(Reader.SCHOOL, child.school_id, Basis.CONSENT, consent=word),
        Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=word),
    ]
    (link,) = share(store, child.id, readers, by=gp.person, at=MONDAY_9AM)
    path = f"/f/{link.token}"
    open_by_link(stranger, store, path, gp.person, child.born)

    original = originals.in_store(store, plan.id, url="https://plans.example")
    read = [school.get(address).text for address in ("/shared", f"/shared/{child.id}")]
    read += [stranger.get(f"{path}/{name}").text for name in ("plan", "pictures")]
    read += [page_of(original, copy, "en", today=TODAY).unescape() for copy in PLAN_COPIES]

    assert COLLECTED in gp.get(f"/children/{child.id}").text
    assert all("Robin" in page for page in read)
    assert [page for page in read if "Blue inhalers" in page or "over-reliance" in page] == []


def test_children_stand_by_name_whatever_their_records_say(store, gp, child):
    before = make_child(store, gp.person, given="Ada", family="Aster", nhs_number="")
    after = make_child(store, gp.person, given="Zara", family="Yarrow", nhs_number="")

    page = gp.get("/children").text

    assert page.index(before.name) < page.index(child.name) < page.index(after.name)


def test_no_fact_or_count_of_a_child_is_a_score():
    names = {field.name for kind in KINDS for field in fields(kind)}

    assert [name for name in names if any(word in name for word in JUDGES)] == []


def test_the_planted_words_are_looked_for_in_every_copy_of_a_plan():
    """A new copy that is not in that list would be let out unseen."""
    assert set(test_export.PLAN_COPIES) == set(PLAN_COPIES)
