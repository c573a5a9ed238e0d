"""A backup is whole and can be put back; anything else is refused and changes nothing."""

import sqlite3
from contextlib import closing

import pytest

from fhir.store import open_store
from fhir.store.copying.backup import backup, restore
from fhir.store.errors import IsTheStore, NotAPuffinStore, StoreInUse, StoreTooNew


@pytest.fixture
def store_place(new_folder):
    """These rules are of the embedded engine."""
    return new_folder, ""


@pytest.fixture
def copy(store, keep, tmp_path):
    """A backup of a store with one child, and that child."""
    child = keep({"resourceType": "Patient"})
    file = tmp_path / "copy.sqlite"
    backup(store, file)
    return file, child


def test_a_backup_comes_back_in_an_empty_folder(copy, tmp_path):
    file, child = copy

    former = restore(tmp_path / "new", file)

    restored = open_store(tmp_path / "new")
    assert former is None
    assert restored.read("Patient", child["id"]) == child
    restored.close()


def test_a_store_with_something_in_every_index_is_whole(store, keep):
    times = {"birthDate": "2015-06-01", "name": [{"family": "Sandhu"}], "active": True}
    keep({"resourceType": "Patient", "generalPractitioner": [{"reference": "Organization/o1"}]} | times)

    assert store.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_backup_is_one_file_for_its_owner_alone(copy, tmp_path):
    file, _ = copy

    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["copy.sqlite"]
    assert file.stat().st_mode & 0o077 == 0


def test_a_later_backup_takes_the_place_of_an_earlier_one(copy, store, keep):
    file, _ = copy
    keep({"resourceType": "Patient"})

    backup(store, file)

    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM resources WHERE type = 'Patient'").fetchone() == (2,)


def test_a_backup_does_not_overwrite_what_is_no_backup(store, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear family")

    with pytest.raises(NotAPuffinStore, match=r"letter\.txt"):
        backup(store, letter)
    assert letter.read_text() == "Dear family"


def test_a_store_is_not_its_own_backup(store):
    with pytest.raises(IsTheStore):
        backup(store, store.engine.file)
    with pytest.raises(IsTheStore):
        restore(store.engine.file.parent, store.engine.file)


def test_a_backup_to_a_folder_that_is_not_there_names_its_place(store, tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        backup(store, tmp_path / "nowhere" / "copy.sqlite")


def test_the_former_store_stays_beside_the_restored_one(copy, store, keep):
    file, child = copy
    later = keep({"resourceType": "Patient"})
    store.close()

    former = restore(store.engine.file.parent, file)

    with closing(sqlite3.connect(former)) as connection:
        ids = {row[0] for row in connection.execute("SELECT id FROM resources WHERE type = 'Patient'")}
    assert ids == {child["id"], later["id"]}
    assert [each["id"] for each in store.search("Patient")] == [child["id"]]


def test_every_former_store_is_kept(copy, store):
    file, _ = copy
    store.close()

    assert restore(store.engine.file.parent, file) != restore(store.engine.file.parent, file)


def test_a_store_in_use_is_not_replaced(copy, store):
    file, _ = copy
    assert store.count("Patient") == 1

    with pytest.raises(StoreInUse, match="Stop it"):
        restore(store.engine.file.parent, file)

    assert store.count("Patient") == 1


def test_a_damaged_store_is_replaced_and_set_aside(copy, store):
    file, child = copy
    store.close()
    store.engine.file.write_bytes(b"not a store any more" * 500)

    former = restore(store.engine.file.parent, file)

    assert former.read_bytes().startswith(b"not a store")
    assert store.read("Patient", child["id"]) == child


def other_database(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE resources (id TEXT)")


def text(file):
    file.write_text("Dear family")


def nothing(file):
    file.unlink(missing_ok=True)


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize("make", [other_database, text, nothing, empty])
def test_what_is_no_backup_is_refused_and_changes_nothing(store, keep, tmp_path, make):
    child = keep({"resourceType": "Patient"})
    store.close()
    file = tmp_path / "wrong.sqlite"
    make(file)

    with pytest.raises(NotAPuffinStore, match=r"wrong\.sqlite"):
        restore(store.engine.file.parent, file)

    assert sorted(each.name for each in store.engine.file.parent.iterdir()) == ["puffin.sqlite"]
    assert store.read("Patient", child["id"]) == child


def test_a_damaged_backup_is_refused(copy, tmp_path):
    file, _ = copy
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(NotAPuffinStore):
        restore(tmp_path / "new", file)


def test_a_backup_of_a_newer_puffin_is_refused(copy, tmp_path):
    file, _ = copy
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 999")

    with pytest.raises(StoreTooNew):
        restore(tmp_path / "new", file)
