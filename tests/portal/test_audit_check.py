"""`audit verify` says what is sealed and whole, what waits, and each fault by name; a fault is status 1."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import run
from fhir.store import open_store
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.errors import AuditKeyMissing, AuditKeyTooShort
from fhir.store.seals.sealing import seal_waiting
from portal import serving
from portal.actions.audit.check import head_from, key_place
from portal.settings import Settings, settings_from

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = "s" * 32


@pytest.fixture
def engine():
    """These tests tamper with the embedded file; what finds it is the same on each engine."""
    return "sqlite"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a store with two sealed audit entries and one that waits."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))
    store = open_store(tmp_path / "data")
    for number in range(3):
        with store.write(by="system", at=NOON) as write:
            write.audit("R", f"Patient/{number}", detail="see the child's record")
        if number == 1:
            seal_waiting(store, KeyPlace(file=tmp_path / "data" / "audit.key"), lambda: NOON)
    store.close()
    return tmp_path / "data"


def verify(*options):
    return CliRunner().invoke(run.door, ["audit", "verify", *options])


def tamper(folder, *statements):
    with closing(sqlite3.connect(folder / "puffin.sqlite")) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        file.commit()


def head(folder):
    with closing(sqlite3.connect(folder / "puffin.sqlite")) as file:
        return "{}:{}".format(
            *file.execute("SELECT number, seal FROM audit_seals WHERE number = 2").fetchone()
        )


def test_a_whole_audit_is_said_to_be_whole_with_its_head_and_what_waits(folder):
    answer = verify()

    assert answer.exit_code == 0
    assert answer.stdout.splitlines() == [
        "2 audit entries are sealed, and 2 of them are whole.",
        f"The last seal is {head(folder)}",
        "Write it down away from this machine: `audit verify --head` tells if it is still there.",
        "Waiting for a seal: 1, the oldest since 21 November 2026 at 12:00.",
    ]


def test_other_programs_are_told_one_object_a_line(folder):
    answer = verify("--json")

    (told,) = map(json.loads, answer.stdout.splitlines())
    assert told == {
        "sealed": 2,
        "whole": 2,
        "head": head(folder),
        "waiting": 1,
        "oldest_waiting": "2026-11-21T12:00:00+00:00",
        "faults": 0,
    }


def test_each_fault_is_named_and_ends_with_status_1(folder):
    tamper(
        folder,
        "UPDATE versions SET text = '{}'"
        " WHERE resource = (SELECT resource FROM audit_seals WHERE number = 1)",
        "DELETE FROM audit_unsealed",
    )

    answer, as_json = verify(), verify("--json")

    assert answer.exit_code == as_json.exit_code == 1
    changed, lost, *rest = answer.stdout.splitlines()
    assert changed.startswith("changed-text (seal 1, AuditEvent/")
    assert lost.startswith("not-sealed-nor-waiting (AuditEvent/")
    assert rest[0] == "2 audit entries are sealed, and 1 of them are whole."
    assert rest[-1].startswith("2 faults: the audit was changed.")
    *faults, summary = map(json.loads, as_json.stdout.splitlines())
    assert [one["fault"] for one in faults] == ["changed-text", "not-sealed-nor-waiting"]
    assert (summary["whole"], summary["faults"]) == (1, 2)


def test_people_are_shown_a_hundred_faults_and_told_of_the_rest(folder):
    tamper(
        folder,
        "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1119)"
        " INSERT INTO resources (key, type, id, version, last_updated)"
        " SELECT i, 'AuditEvent', i, 1, '2026-11-21T12:00:00.000000Z' FROM n",
    )

    lines = verify().stdout.splitlines()

    assert sum(line.startswith("not-sealed-nor-waiting") for line in lines) == 100
    assert "20 more faults are not shown: `audit verify --json` shows all." in lines


def test_a_seal_that_was_written_down_must_still_be_there(folder):
    written_down = head(folder)
    assert verify("--head", written_down).exit_code == 0

    tamper(folder, "DELETE FROM audit_seals WHERE number = 2")

    answer = verify("--head", written_down)
    assert answer.exit_code == 1
    assert "head-not-found (seal 2)" in answer.stdout


@pytest.mark.parametrize("text", ["", "12", "x:12", "0:" + "0" * 64, "1:" + "g" * 64, "1:" + "0" * 63])
def test_what_cannot_be_a_seal_is_wrong_usage(folder, text):
    assert head_from(text) is None
    assert verify("--head", text).exit_code == 2


def test_with_another_key_nothing_is_said_about_the_audit(folder, monkeypatch):
    monkeypatch.setenv("PUFFIN_AUDIT_KEY", "w" * 40)

    answer = verify()

    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("The audit was sealed with another key than the one here.")


def test_without_the_key_nothing_is_said_about_the_audit(folder):
    (folder / "audit.key").unlink()

    answer = verify()

    assert answer.exit_code == 1
    assert answer.stderr.startswith("The key of the audit is not here.")
    assert not (folder / "audit.key").exists()


def test_an_embedded_store_has_its_key_beside_it_and_a_database_needs_one_given():
    embedded = settings_from({"PUFFIN_DATA": "there"})
    shared = settings_from({"PUFFIN_DATA": "there", "PUFFIN_DATABASE_URL": "postgresql://db.example/puffin"})

    assert key_place(embedded) == KeyPlace(file=Path("there") / "audit.key")
    assert key_place(shared) == KeyPlace()
    assert key_place(shared, is_demo=True) == key_place(embedded)
    assert key_place(settings_from({"PUFFIN_AUDIT_KEY": SECRET})).given == SECRET


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"database_url": "postgresql://nowhere.example/puffin"}, AuditKeyMissing),
        ({"database_url": "postgresql://nowhere.example/puffin", "audit_key": "short"}, AuditKeyTooShort),
        ({"audit_key": "short"}, AuditKeyTooShort),
    ],
)
def test_serving_real_people_needs_a_key_that_the_audit_can_be_sealed_with(tmp_path, changes, refusal):
    settings = Settings(data=tmp_path, url="", secret_key=SECRET, **changes)

    with pytest.raises(refusal):
        serving.prepare(settings, demo=False, at=NOON)
