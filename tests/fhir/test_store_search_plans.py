"""Every search begins at an index that answers it: none reads all resources of a type."""

import itertools
import re

import pytest

from fhir.codes import PLAN_SERIES
from fhir.sights import SIGHT_OF
from fhir.store.search.searching import answers, named
from plans.places import Role
from tests.fhir.conftest import NOW

QUESTIONS = [
    ("Patient", {"_id": "c1"}),
    ("Patient", {"identifier": "https://fhir.nhs.uk/Id/nhs-number|9991047077"}),
    ("Patient", {"family": "sandhu", "birthdate": "2016-05-01"}),
    ("Patient", {}),
    ("CarePlan", {"subject": "Patient/c1"}),
    ("CarePlan", {"identifier": "https://puffin.example/fhir/Id/plan-series|c1", "status": "active"}),
    ("CarePlan", {"status": "active"}),
    ("Consent", {"patient": "Patient/c1", "actor": "Organization/o1"}),
    (
        "Task",
        {
            "owner": "Organization/o1",
            "code": "https://puffin.example/fhir/CodeSystem/task|review-after-hospital",
            "status": ["requested", "accepted"],
            "due": "lt2026-11-20",
        },
    ),
    (
        "Task",
        {
            "code": "https://puffin.example/fhir/CodeSystem/task|review-after-hospital",
            "status": ["requested", "accepted"],
        },
    ),
]
# The few that were asked for, or found a step before.
SMALL = re.compile(r"SCAN (wanted|start|seen)\b.*")
# Whose sight has no way to any child is answered before anything is read.
WHO_SEES = [role for role in Role if SIGHT_OF[role]("Organization/o1", NOW).ways]
READS_A_TYPE = re.compile(r"\((type=\?( AND parameter=\?)?)\)")


@pytest.fixture
def store_place(new_folder):
    """Only SQLite chooses the same way whatever the store holds."""
    return new_folder, ""


def steps(store, kind, asked, sight):
    """Return the engine's plan of a search, step by step."""
    source, values = answers(store.db, kind, named(kind, asked), sight)
    rows = store.db.execute(f"EXPLAIN QUERY PLAN SELECT r.key FROM {source.format('')}", values)  # noqa: S608
    return [row[3] for row in rows.fetchall()]


@pytest.mark.parametrize("role", WHO_SEES)
@pytest.mark.parametrize(
    ("kind", "asked"), QUESTIONS, ids=[f"{kind} {[*asked]}" for kind, asked in QUESTIONS]
)
def test_a_search_of_what_a_role_may_see_reads_no_type_from_end_to_end(store, role, kind, asked):
    found = steps(store, kind, asked, SIGHT_OF[role]("Organization/o1", NOW))

    assert [one for one in found if one.startswith("SCAN") and not SMALL.fullmatch(one)] == []
    assert [one for one in found if READS_A_TYPE.search(one)] == []


def test_a_search_by_nothing_reads_them_all(store):
    assert any(READS_A_TYPE.search(one) for one in steps(store, "Patient", {}, None))


def plan_of(number):
    return {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": f"Patient/c{number}"},
        "identifier": [{"system": PLAN_SERIES, "value": f"c{number}"}],
    }


def steps_to_keep(store, number):
    """Return how many tens of steps the engine takes to keep one more live plan."""
    taken = itertools.count()
    store.db.conn.set_progress_handler(lambda: next(taken) and None, 10)
    with store.write(by="system", at=NOW) as write:
        write.create(plan_of(number))
        write.audit("C", f"Patient/c{number}")
    store.db.conn.set_progress_handler(None, 10)
    return next(taken)


def test_a_plan_is_kept_in_as_many_steps_however_many_children_have_one(store):
    few = steps_to_keep(store, 0)
    with store.write(by="system", at=NOW) as write:
        for number in range(1, 300):
            write.create(plan_of(number))
        write.audit("C", "Patient/c1")

    assert steps_to_keep(store, 300) < few * 1.5
