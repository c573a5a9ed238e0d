"""Opening a store brings it up to date, once, and never touches one from a newer Puffin."""

import sqlite3

import pytest

from fhir.store import migrations, open_store
from fhir.store.errors import StoreTooNew


def schema(store):
    return store.db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_opening_twice_changes_nothing(store, keep):
    kept = keep({"resourceType": "Patient"})
    before = schema(store)

    again = open_store(store.file.parent)

    assert schema(again) == before
    assert again.read("Patient", kept["id"]) == kept
    assert migrations.version(again.db) == migrations.latest()
    again.close()


def test_the_steps_are_numbered_without_gaps():
    numbers = [int(step.name.partition("_")[0]) for step in migrations.STEPS]

    assert numbers == list(range(1, len(numbers) + 1))


def test_a_step_that_fails_leaves_nothing_and_can_run_again(store, tmp_path, monkeypatch):
    step = tmp_path / "0099_more.sql"
    step.write_text("CREATE TABLE more (id TEXT);\nCREATE TABLE resources (id TEXT);\n", encoding="utf-8")
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, step])
    before = schema(store)

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.migrate(store.db)
    assert schema(store) == before

    step.write_text("CREATE TABLE more (id TEXT);\n", encoding="utf-8")
    migrations.migrate(store.db)
    assert migrations.version(store.db) == 99


def test_a_store_of_a_newer_puffin_is_refused(store):
    store.db.execute("PRAGMA user_version = 999")

    with pytest.raises(StoreTooNew, match="newer Puffin"):
        open_store(store.file.parent)


def test_others_on_the_machine_cannot_look_into_the_folder(tmp_path):
    open_store(tmp_path / "new").close()

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
