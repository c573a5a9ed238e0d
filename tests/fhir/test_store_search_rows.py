"""PostgreSQL reads few rows for a search, however many resources of other places answer a part of it."""

import json

import pytest

from fhir.sights import SIGHT_OF
from fhir.store import open_store
from fhir.store.search.searching import answers, named
from plans.places import Role
from tests.fhir.conftest import NOW

PLACES, OF_EACH = 300, 10  # practices, and late reviews of each
TASK = "https://puffin.example/fhir/CodeSystem/task"
OURS = "Organization/o7"

# As the store keeps them, but all at once: a child and an open review for each number.
FILL = """
    INSERT INTO resources (type, id, version, last_updated, child)
    SELECT kind, kind || n, 1, '2026-11-20T18:30:00.000000Z', 'Patient' || n
    FROM generate_series(1, {all}) AS n, unnest(ARRAY['Patient', 'Task']) AS kind;

    INSERT INTO versions (resource, version, last_updated, written_by, text)
    SELECT key, 1, last_updated, 'system', '{{}}' FROM resources;

    UPDATE resources AS r SET sequence = v.sequence FROM versions AS v WHERE v.resource = r.key;

    INSERT INTO reference_index
    SELECT key, type, CASE type WHEN 'Task' THEN 'owner' ELSE 'general-practitioner' END, 'Organization',
           'o' || CAST(substr(child, 8) AS bigint) % {places}, ''
    FROM resources;

    INSERT INTO token_index
    SELECT key, type, 'code', 'review-after-hospital', '{task}' FROM resources WHERE type = 'Task';

    INSERT INTO token_index
    SELECT key, type, 'status', 'requested', '' FROM resources WHERE type = 'Task';

    INSERT INTO date_index
    SELECT key, type, 'due', '2026-11-11T00:00:00.000000Z', '2026-11-11T23:59:59.999999Z'
    FROM resources WHERE type = 'Task';

    INSERT INTO date_index
    SELECT key, type, 'birthdate', day || 'T00:00:00.000000Z', day || 'T23:59:59.999999Z'
    FROM (SELECT *, '2018-05-' || lpad(CAST(key % 28 + 1 AS text), 2, '0') AS day FROM resources) AS born
    WHERE type = 'Patient';

    INSERT INTO string_index
    SELECT key, type, 'family', 'name' || key % 40 FROM resources WHERE type = 'Patient'
"""
QUESTIONS = {
    "late reviews of a practice": (
        "Task",
        {"code": f"{TASK}|review-after-hospital", "owner": OURS, "status": ["requested", "accepted"]},
    ),
    "late reviews by the day they were due": (
        "Task",
        {"code": f"{TASK}|review-after-hospital", "owner": OURS, "due": "lt2026-11-20"},
    ),
    "late reviews of whomever the practice sees": ("Task", {"status": ["requested", "accepted"]}),
    "a child by name and birth date": ("Patient", {"family": "name7", "birthdate": "2018-05-08"}),
}


@pytest.fixture(scope="module")
def region(postgres_server, tmp_path_factory):
    """A store with the children of many practices."""
    store = open_store(tmp_path_factory.mktemp("region"), postgres_server.new_store_database())
    with store.engine.transaction(store.db, in_line=True):
        for sql in FILL.format(all=PLACES * OF_EACH, places=PLACES, task=TASK).split(";"):
            store.db.execute(sql)
    store.db.execute("ANALYZE")
    yield store
    store.close()


def most_rows(node):
    """Return the most rows that any step of a plan went through, all its loops together."""
    mine = node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
    return max([mine, *(most_rows(one) for one in node.get("Plans", ()))])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_practice_searches_among_few_rows(region, question):
    kind, asked = QUESTIONS[question]
    source, values = answers(region.db, kind, named(kind, asked), SIGHT_OF[Role.CLINICIAN](OURS, NOW))
    sql = f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT r.key FROM {source.format('')}"  # noqa: S608

    [(plan,)] = region.db.execute(sql, values).fetchall()

    whole = plan if isinstance(plan, list) else json.loads(plan)
    assert most_rows(whole[0]["Plan"]) < PLACES
