"""The list of many children: in pages, who needs something first, and cheap however many there are."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from fhir.patient import to_patient
from fhir.record import Record
from fhir.store import reader
from fhir.store import resources as kept_resources
from plans.people import Child
from plans.places import Role
from plans.similar_names import similar_to
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import make_child, make_draft, make_plan

engine = on_both_engines()

NAMES = re.compile(r'href="/children/([0-9a-f-]{36})">([^<]+)')


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


def keep_many(store, gp, number, first=0):
    """Keep children with a plan by name alone, without signing each: signing takes longer."""
    with store.write(by="system", at=MONDAY_9AM) as write:
        for one in range(first, first + number):
            child = Child(
                str(UUID(int=one + 1, version=4)),
                f"Given{one:03}",
                f"Kin{'abcdefghij'[one % 10]}{one:03}",
                date(2012, 1, 1) + timedelta(days=one),
                practice_id=gp.person.organisation_id,
            )
            write.create(to_patient(child))
        write.audit("C", "Patient/many", detail="keep many children")


def names_on(page):
    return [name for _id, name in NAMES.findall(page)]


@pytest.fixture
def texts(monkeypatch):
    """The resources that are read whole, one after the other."""
    read = []

    def loaded(some, was=kept_resources.loaded):
        found = list(some)
        read.extend(found)
        return was(found)

    monkeypatch.setattr(reader.resources, "loaded", loaded)
    return read


def test_who_needs_something_is_first_and_counted_and_the_others_are_on_further_pages(store, gp):
    keep_many(store, gp, 51)
    drafted = make_child(store, gp.person, given="Zoe", family="Zz")
    make_draft(store, drafted, gp.person)
    past = make_child(store, gp.person, given="Yan", family="Zy", nhs_number="")
    make_plan(store, past, gp.person, at=MONDAY_9AM - timedelta(days=300), review_by="2026-11-01")
    well = make_child(store, gp.person, given="Abe", family="Aa", nhs_number="")
    make_plan(store, well, gp.person)

    first, second = gp.get("/children").text, gp.get("/children?page=2").text

    assert names_on(first)[:3] == ["Yan Zy", "Zoe Zz", "Given000 Kina000"]
    assert (len(names_on(first)), names_on(second)[-1], "Page 1 of 2" in first) == (50, "Abe Aa", True)
    for number, words in ((1, "review date has passed"), (1, "nobody has signed"), (52, "without a plan")):
        for page in (first, second):
            assert re.search(rf">{number}</span> with[^<]*{words}|>{number}</span> {words}", page), words
    assert names_on(gp.get("/children?show=past").text) == ["Yan Zy"]
    searched = gp.post("/children", data={"search": "KIN given", "page": "2"}).text
    assert ("Found 51 of 54." in searched, len(names_on(searched))) == (True, 1)
    for query in ("page=3", "page=x", "show=everything"):
        assert gp.get(f"/children?{query}").status_code == 404


def test_the_list_and_the_similar_names_read_as_many_records_of_hundreds_of_children_as_of_fifty(
    store, gp, texts
):
    amina = make_child(store, gp.person, given="Zara", family="Quill")
    twin = make_child(store, gp.person, given="Omar", family="Quill", nhs_number="")
    near = make_child(store, gp.person, given="Zarah", family="Quill", born=date(2012, 3, 4), nhs_number="")
    record = Record(store, gp.person, lambda: MONDAY_9AM)
    keep_many(store, gp, 50)
    gp.get("/children")
    few = len(texts)
    keep_many(store, gp, 250, first=50)
    texts.clear()

    gp.get("/children")

    assert len(texts) <= few
    texts.clear()
    assert {one.id for one in record.similar(amina)} == {twin.id, near.id}
    assert len(texts) <= 6
    assert set(record.similar(amina)) == set(similar_to(amina, record.children()))
