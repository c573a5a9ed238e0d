"""A store on PostgreSQL is backed up to one file as any other, and comes back in a new database."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from fhir.store import migrations, open_store
from fhir.store.copying.backup import backup, restore, restore_to_database
from fhir.store.copying.errors import RestoreNeedsNew
from fhir.store.errors import DatabaseNotReached, NotAPuffinStore, StoreTooNew
from fhir.store.sqlite import SqliteEngine
from fhir.store.tables import marks

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.fixture
def store_place(tmp_path, postgres_server):
    """These rules are of PostgreSQL."""
    return tmp_path, postgres_server.new_store_database()


@pytest.fixture
def backed_up(store, keep, tmp_path):
    """A backup of a store with one child, and that child."""
    child = keep({"resourceType": "Patient", "active": True})
    file = tmp_path / "copy.sqlite"
    backup(store, file)
    return file, child


def test_a_backup_comes_back_in_a_folder(backed_up, tmp_path):
    file, child = backed_up

    restore(tmp_path / "new", file)

    with closing(open_store(tmp_path / "new")) as restored:
        assert restored.read("Patient", child["id"]) == child


def test_a_backup_comes_back_in_a_new_database(backed_up, tmp_path, postgres_server):
    file, child = backed_up
    url = postgres_server.new_database()
    before = file.read_bytes()

    restore_to_database(url, file)

    with closing(open_store(tmp_path, url)) as restored:
        assert restored.read("Patient", child["id"]) == child
    assert file.read_bytes() == before


def test_a_backup_is_one_file_for_its_owner_alone(backed_up, tmp_path):
    file, _ = backed_up

    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0


def test_a_later_backup_takes_the_place_of_an_earlier_one_and_of_what_is_left_of_one(
    backed_up, store, keep, tmp_path
):
    file, child = backed_up
    later = keep({"resourceType": "Patient"})
    (tmp_path / "copy.sqlite.copying").mkdir()
    (tmp_path / "copy.sqlite.copying" / "puffin.sqlite").write_text("what was there when it was killed")

    backup(store, file)
    restore(tmp_path / "new", file)

    with closing(open_store(tmp_path / "new")) as restored:
        assert {one["id"] for one in restored.search("Patient")} == {child["id"], later["id"]}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.sqlite", "new"]


def test_a_backup_does_not_overwrite_what_is_no_backup(store, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear family")

    with pytest.raises(NotAPuffinStore, match=r"letter\.txt"):
        backup(store, letter)

    assert letter.read_text() == "Dear family"


def test_a_database_with_a_store_in_it_is_never_written_over(backed_up, store, store_place):
    file, child = backed_up

    with pytest.raises(RestoreNeedsNew, match="new and empty database"):
        restore_to_database(store_place[1], file)

    assert store.read("Patient", child["id"]) == child


def test_a_backup_of_an_earlier_puffin_is_renewed_on_its_way(tmp_path, postgres_server):
    old = SqliteEngine(tmp_path / "old")
    migrations.migrate(old, to=2)
    old.mine().execute("INSERT INTO marks (key, value) VALUES ('demo', 'yes')")
    old.mine().execute("PRAGMA journal_mode = DELETE")
    old.close()
    before, url = old.file.read_bytes(), postgres_server.new_database()

    restore_to_database(url, old.file)

    with closing(open_store(tmp_path, url)) as restored:
        assert marks.is_demo(restored)
    assert old.file.read_bytes() == before


def test_what_is_no_backup_is_refused_before_the_database_is_asked(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear family")

    with pytest.raises(NotAPuffinStore):
        restore_to_database("postgresql://nobody@/nothing?host=/nowhere", letter)


def test_a_database_that_does_not_answer_is_named_without_its_address(backed_up):
    file, _ = backed_up

    with pytest.raises(DatabaseNotReached) as refused:
        restore_to_database("postgresql://puffin:secret@/puffin?host=/nowhere", file)

    assert "secret" not in str(refused.value)


def test_a_backup_of_a_newer_puffin_is_refused(backed_up, tmp_path, postgres_server):
    file, _ = backed_up
    newer = SqliteEngine(tmp_path / "newer")
    migrations.migrate(newer)
    newer.mine().execute("PRAGMA user_version = 999")
    newer.close()

    with pytest.raises(StoreTooNew):
        restore_to_database(postgres_server.new_database(), newer.file)
