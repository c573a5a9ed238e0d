"""Opening a store brings it up to date, once, and never touches one from a newer Puffin."""

import sqlite3
from contextlib import closing

import pytest

from fhir.store import migrations, open_store
from fhir.store.errors import StoreDamaged, StoreTooNew
from fhir.store.postgres import PostgresEngine
from fhir.store.sqlite import SqliteEngine


@pytest.fixture
def store_place(new_folder):
    """These rules are of the embedded engine."""
    return new_folder, ""


def schema(store):
    return store.db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_opening_twice_changes_nothing(store, keep):
    kept = keep({"resourceType": "Patient"})
    before = schema(store)

    again = open_store(store.engine.file.parent)

    assert schema(again) == before
    assert again.read("Patient", kept["id"]) == kept
    assert again.engine.version(again.db) == migrations.latest(again.engine)
    again.close()


@pytest.mark.parametrize("engine", [SqliteEngine, PostgresEngine])
def test_the_steps_are_numbered_without_gaps(engine):
    numbers = [migrations.number_of(step) for step in migrations.steps(engine)]

    assert numbers == list(range(1, len(numbers) + 1))


def test_each_step_is_there_for_both_engines():
    embedded, shared = (
        [step.name for step in migrations.steps(each)] for each in (SqliteEngine, PostgresEngine)
    )

    assert embedded == shared


def test_a_step_that_fails_leaves_nothing_and_can_run_again(store, tmp_path, monkeypatch):
    step = tmp_path / "0099_more.sql"
    step.write_text("CREATE TABLE more (id TEXT);\nCREATE TABLE resources (id TEXT);\n", encoding="utf-8")
    steps = migrations.steps(store.engine)
    monkeypatch.setattr(migrations, "steps", lambda _: [*steps, step])
    before = schema(store)

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.migrate(store.engine)
    assert schema(store) == before

    step.write_text("CREATE TABLE more (id TEXT);\n", encoding="utf-8")
    migrations.migrate(store.engine)
    assert store.engine.version(store.db) == 99


def test_a_store_of_a_newer_puffin_is_refused(store):
    store.db.execute("PRAGMA user_version = 999")

    with pytest.raises(StoreTooNew, match="newer Puffin"):
        open_store(store.engine.file.parent)


def somebody_elses(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE letters (id TEXT)")


def a_letter(file):
    file.write_text("Dear family")


def half_a_store(file):
    open_store(file.parent).close()
    file.write_bytes(b"?" * 100 + file.read_bytes()[100:])


@pytest.mark.parametrize("make", [somebody_elses, a_letter, half_a_store])
def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path, make):
    file = tmp_path / "puffin.sqlite"
    make(file)
    before = file.read_bytes()

    with pytest.raises(StoreDamaged, match="restore"):
        open_store(tmp_path)

    assert file.read_bytes() == before


def test_others_on_the_machine_cannot_look_into_the_store(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    for folder in (tmp_path / "new", tmp_path / "open"):
        open_store(folder).close()

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert (tmp_path / "open" / "puffin.sqlite").stat().st_mode & 0o077 == 0
