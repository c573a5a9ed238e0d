"""A store that any earlier version of Puffin made is brought up to date with all that is in it."""

import json

import pytest

from fhir.store import migrations, open_store
from fhir.store.postgres import PostgresEngine
from fhir.store.search.indexing import index
from fhir.store.sight import Sight, Witness
from fhir.store.sqlite import SqliteEngine
from fhir.store.tables import accounts, posts
from tests.fhir.conftest import NOW

MOMENT = "2026-11-20T18:30:00.000000Z"
# The steps from which on a write does so.
PLAIN_TABLES, AUDIT_IS_QUEUED, CHILD_IS_NAMED, AUDIT_HAS_ONE_ORDER, POSTS = 2, 5, 7, 8, 11
EARLIER = range(1, migrations.latest(SqliteEngine))
OF_THEIR_PRACTICE = Sight(((Witness("Patient", {"general-practitioner": "Organization/o1"}),),))
META = {"versionId": "1", "lastUpdated": "2026-11-20T18:30:00Z"}
RESOURCES = [
    {
        "resourceType": "Patient",
        "id": "c1",
        "name": [{"family": "Sandhu"}],
        "generalPractitioner": [{"reference": "Organization/o1"}],
    },
    {
        "resourceType": "CarePlan",
        "id": "p1",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": "Patient/c1"},
    },
    {
        "resourceType": "Provenance",
        "id": "s1",
        "target": [{"reference": "CarePlan/p1"}],
        "recorded": "2026-11-20T18:30:00Z",
        "agent": [{"who": {"reference": "Practitioner/d1"}}],
    },
    {
        "resourceType": "AuditEvent",
        "id": "a1",
        "type": {"code": "rest"},
        "recorded": "2026-11-20T18:30:00Z",
        "agent": [{"who": {"reference": "Practitioner/d1"}, "requestor": True}],
        "source": {"observer": {"display": "Puffin"}},
        "entity": [{"what": {"reference": "Patient/c1"}}],
    },
]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def new_place(request, tmp_path_factory):
    """Return where no store is yet, each time another: a folder, and an address if it is elsewhere."""

    def make():
        folder = tmp_path_factory.mktemp("before") / "data"
        if request.param == "sqlite":
            return folder, ""
        return folder, request.getfixturevalue("postgres_server").new_database()

    return make


def make_store_of(step, place):
    """Make a store as the version with this last step of the schema did, with one child's plan in it."""
    folder, url = place
    engine = PostgresEngine(url) if url else SqliteEngine(folder)
    migrations.migrate(engine, to=step)
    db = engine.mine()
    with engine.transaction(db, in_line=True):
        for resource in RESOURCES:
            keep_as_before(db, resource, step)
        if PLAIN_TABLES <= step < POSTS:
            for number, role in enumerate(("clinician", "school-nurse", "hospital")):
                keep_account_as_before(db, number, role)
    assert engine.version(db) == step
    engine.close()


def keep_as_before(db, resource, step):
    kind, kept = resource["resourceType"], resource | {"meta": META}
    new = "INSERT INTO resources (type, id, version, last_updated) VALUES (?, ?, 1, ?) RETURNING key"
    [(key,)] = db.execute(new, (kind, resource["id"], MOMENT)).fetchall()
    version = (
        "INSERT INTO versions (resource, version, last_updated, written_by, text)"
        " VALUES (?, 1, ?, 'Practitioner/d1', ?) RETURNING sequence"
    )
    [(sequence,)] = db.execute(version, (key, MOMENT, json.dumps(kept))).fetchall()
    db.execute("UPDATE resources SET sequence = ? WHERE key = ?", (sequence, key))
    index(db, key, kept)
    if kind == "AuditEvent":
        if step < AUDIT_HAS_ONE_ORDER:
            db.execute("INSERT INTO audit_sequence (resource) VALUES (?)", (key,))
        if step >= AUDIT_IS_QUEUED:
            db.execute("INSERT INTO audit_unsealed (resource) VALUES (?)", (key,))
    if step >= CHILD_IS_NAMED:
        db.execute("UPDATE resources SET child = 'c1' WHERE key = ?", (key,))


def keep_account_as_before(db, number, role):
    row = {
        "id": f"a{number}",
        "username": f"amy{number}",
        "username_folded": f"amy{number}",
        "display_name": "Amy Lee",
        "role": role,
        "practitioner_id": f"d{number}",
        "organisation_id": "o1",
        "password_hash": "hash",
        "demo": False,
        "created_at": MOMENT,
        "stopped_at": MOMENT if role == "hospital" else None,
    }
    db.insert("accounts", row)


@pytest.fixture(scope="module", params=EARLIER, ids=[f"step {step}" for step in EARLIER])
def store_of_before(request, new_place):
    """A store of each earlier version, opened by this one; the last test of it writes on it."""
    place = new_place()
    make_store_of(request.param, place)
    opened = open_store(*place)
    yield opened
    opened.close()


def test_what_was_kept_is_there_and_is_found(store_of_before):
    assert store_of_before.read("CarePlan", "p1")["subject"] == {"reference": "Patient/c1"}
    assert [one["id"] for one in store_of_before.search("Patient", family="sandhu")] == ["c1"]
    assert len(store_of_before.history("Provenance", "s1")) == 1


def test_whoever_sees_the_child_sees_what_was_kept_about_the_child(store_of_before):
    seen = {kind: store_of_before.count(kind, OF_THEIR_PRACTICE) for kind in ("Patient", "CarePlan")}

    assert seen == {"Patient": 1, "CarePlan": 1}
    assert store_of_before.count("Provenance", OF_THEIR_PRACTICE, target="CarePlan/p1") == 1
    assert store_of_before.count("CarePlan", Sight(())) == 0


def test_an_audit_entry_of_before_waits_for_its_seal(store_of_before):
    waiting = store_of_before.db.execute("SELECT count(*) FROM audit_unsealed").fetchone()

    assert waiting == (1,)


@pytest.mark.parametrize("step", range(PLAIN_TABLES, POSTS))
def test_an_account_of_before_has_one_post_and_a_schools_nurse_is_its_staff(new_place, step):
    place = new_place()
    make_store_of(step, place)
    store = open_store(*place)

    found = [(one.id, one.role, one.ended_at is None) for one in posts.at(store, "o1")]

    assert found == [("d0", "clinician", True), ("d1", "school-staff", True), ("d2", "hospital", False)]
    assert [one.username for one in accounts.all_accounts(store)] == ["amy0", "amy1", "amy2"]
    store.close()


def test_it_can_be_written_on(store_of_before):
    with store_of_before.write(by="Practitioner/d1", at=NOW) as write:
        plan = write.read("CarePlan", "p1")
        write.update(plan | {"status": "revoked"}, if_match="1")
        write.audit("U", "CarePlan/p1", "Patient/c1")

    assert store_of_before.search("CarePlan", subject="Patient/c1", status="active") == []
