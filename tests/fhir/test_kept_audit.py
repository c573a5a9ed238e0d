"""The audit of one organisation: what its people did and what was done about its children, page by page."""

import re
from datetime import datetime, timedelta

import pytest

from fhir import kept_audit
from fhir.actor import Actor, Purpose
from fhir.sights import with_plan
from fhir.store.search.audit_pages import Asked, statement
from plans.places import Role
from tests.fhir.conftest import NOW

# The few that were asked for or found a step before, and of entries those of a place or a child in some days.
SMALL = re.compile(r"SCAN (wanted|start|seen|found|half[01])\b.*|SCAN \d+ CONSTANT ROWS?")
OF_ENTRIES = re.compile(r"resources_of_(place \(place=\?|child \(child=\? AND type=\?) AND last_updated[>=]")

OURS, THEIRS = "o1", "o2"


def somebody(name, place):
    return Actor(
        f"Practitioner/{name}",
        role=Role.CLINICIAN,
        purpose=Purpose.DIRECT_CARE,
        post_id=f"{name}-post",
        organisation_id=place,
    )


LEE, REED = somebody("lee", OURS), somebody("reed", THEIRS)


def patient(id, practice):
    return {
        "resourceType": "Patient",
        "id": id,
        "generalPractitioner": [{"reference": f"Organization/{practice}"}],
    }


@pytest.fixture
def note(store):
    """Note that somebody did something so many minutes after NOW."""

    def make(by, minutes, child="", action="R", detail=""):
        with store.write(by=by, at=NOW + timedelta(minutes=minutes)) as write:
            write.audit(action, "Organization/x", f"Patient/{child}" if child else None, detail)

    return make


@pytest.fixture
def children(store):
    with store.write(by="system", at=NOW - timedelta(days=400)) as write:
        write.create(patient("c1", OURS))
        write.create(patient("c2", THEIRS))
        write.audit("C", "Patient/c1", "Patient/c1", "add the child")


def asked(**changes):
    usual = {
        "place": OURS,
        "sight": with_plan(f"Organization/{OURS}", NOW),
        "since": NOW - timedelta(days=7),
        "before": NOW + timedelta(days=7),
    }
    return Asked(**usual | changes)


def details(store, wanted, count=100):
    return [one.detail for one in kept_audit.page(store, wanted, count).entries]


@pytest.fixture
def busy(note, children):
    note(LEE, 1, "c1", detail="ours of ours")
    note(LEE, 2, "c2", detail="ours of theirs")
    note(REED, 3, "c1", detail="theirs of ours")
    note(REED, 4, "c2", detail="theirs of theirs")
    note(LEE, 5, detail="ours of nobody")
    note("system", 6, "c1", action="C", detail="the system of ours")


def test_a_lead_reads_what_their_people_did_and_what_was_done_about_their_children(store, busy):
    found = details(store, asked())

    assert found == [
        "the system of ours",
        "ours of nobody",
        "theirs of ours",
        "ours of theirs",
        "ours of ours",
    ]


def test_of_one_child_a_lead_reads_all_where_it_is_theirs_and_only_their_own_where_not(store, busy):
    assert details(store, asked(child="c1")) == ["the system of ours", "theirs of ours", "ours of ours"]
    assert details(store, asked(child="c2")) == ["ours of theirs"]


def test_by_person_and_by_kind(store, busy):
    assert details(store, asked(who="Practitioner/reed")) == ["theirs of ours"]
    assert details(store, asked(actions=("C", "U"))) == ["the system of ours"]
    assert details(store, asked(who="Practitioner/lee", actions=("C",))) == []


def test_only_the_days_that_are_asked_for(store, busy):
    late = asked(since=NOW + timedelta(minutes=5), before=NOW + timedelta(minutes=6))

    assert details(store, late) == ["ours of nobody"]


def test_pages_follow_on_each_other_also_within_one_moment(store, note, children):
    for number in range(7):
        note(LEE, number // 3, "c1", detail=str(number))

    found, after = [], None
    while True:
        page = kept_audit.page(store, asked(), 3, after)
        found.append([one.detail for one in page.entries])
        after = page.next
        if after is None:
            break

    assert found == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert [one.detail for one in kept_audit.each(store, asked())] == list("6543210")


def test_which_places_looked_and_when_last(store, busy):
    looked = kept_audit.places_that_looked(store, "c1")

    assert looked == {OURS: NOW + timedelta(minutes=1), THEIRS: NOW + timedelta(minutes=3)}


def test_an_entry_of_before_counts_for_the_places_where_that_person_worked(store, note, children):
    with store.write(by="system", at=NOW) as write:
        write.create(
            {
                "resourceType": "PractitionerRole",
                "practitioner": {"reference": "Practitioner/old"},
                "organization": {"reference": "Organization/o3"},
            }
        )
        write.audit("C")
    note("Practitioner/old", 9, "c1")

    assert kept_audit.places_that_looked(store, "c1") == {"o3": NOW + timedelta(minutes=9)}


@pytest.mark.parametrize(
    "changes",
    [{}, {"child": "c1"}, {"child": "c2"}, {"who": "Practitioner/lee"}, {"actions": ("R",)}],
    ids=str,
)
def test_no_page_reads_the_audit_from_end_to_end(embedded, changes):
    wanted = asked(**changes)
    sql, values = statement(embedded, wanted, 50, ("2026-11-20T18:30:00.000000Z", 7))

    steps = [row[3] for row in embedded.db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]

    assert [one for one in steps if one.startswith("SCAN") and not SMALL.fullmatch(one)] == []
    read = [OF_ENTRIES.search(one) for one in steps if " r USING INDEX" in one]
    assert read
    assert all(read), steps


def test_the_moments_of_a_page_are_those_of_the_entries(store, busy):
    newest, *_ = kept_audit.page(store, asked(), 1).entries

    assert newest.at == NOW + timedelta(minutes=6)
    assert isinstance(newest.at, datetime)
