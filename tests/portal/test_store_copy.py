"""The commands that take a store elsewhere say what they did, and never an address or a password."""

import io
from contextlib import closing

import pytest
from click.testing import CliRunner

import run
from fhir.store import open_store
from fhir.store.tables import marks
from portal.row_progress import RowProgress

SECRET = "postgresql://puffin:a-secret@/puffin?host=/nowhere"


@pytest.fixture
def door():
    """Call a command on the store in a folder, or in the database at an address."""

    def call(*words, folder="", url=""):
        environ = {"PUFFIN_DATA": str(folder), "PUFFIN_DATABASE_URL": url}
        return CliRunner(env=environ).invoke(run.door, [str(word) for word in words])

    return call


@pytest.fixture
def demo(tmp_path, door):
    """The folder of a store with the invented demo in it."""
    assert door("seed", folder=tmp_path / "demo").exit_code == 0
    return tmp_path / "demo"


def plans(door, **where):
    return sorted(door("plans", "--json", **where).stdout.splitlines())


def tables(told):
    """Return the tables that a copy told of: each copy is audited where it is made, and so adds a row."""
    return [line.partition(":")[0] for line in told.splitlines()]


def test_a_store_goes_to_a_database_and_back_to_a_folder(door, demo, tmp_path, postgres_server):
    url, back = postgres_server.new_database(), tmp_path / "back"

    there = door("copy-store", "--to", url, folder=demo)
    again = door("copy-store", "--to", back, url=url)

    assert (there.exit_code, there.stdout) == (0, "")
    assert "accounts: 11, the same in both\n" in there.stderr
    assert tables(there.stderr) == tables(again.stderr)
    assert plans(door, folder=demo) == plans(door, url=url) == plans(door, folder=back) != []


def test_each_table_is_told_in_a_line_and_all_of_them_in_one(door, demo, tmp_path):
    told = door("copy-store", "--to", tmp_path / "other", folder=demo).stderr.splitlines()

    assert all(line.endswith(", the same in both") for line in told[:-1])
    assert told[-1].startswith("The store is copied: ")
    assert told[-1].endswith(" rows, the same in both.")


def test_a_place_with_a_store_is_refused(door, demo, postgres_server):
    url = postgres_server.new_database()
    door("copy-store", "--to", url, folder=demo)

    for place in (url, demo):
        result = door("copy-store", "--to", place, folder=demo)

        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("There is a store already where the copy should go.")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (SECRET, "The database that the copy should go to cannot be reached."),
        ("postgresql://puffin:a-secret%zz@db/puffin", "The database that the copy should go to cannot"),
        ("mysql://puffin:a-secret@db/puffin", "Name a folder, or a PostgreSQL address"),
    ],
)
def test_no_address_is_ever_shown(door, demo, place, said):
    result = door("copy-store", "--to", place, folder=demo)

    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert "a-secret" not in result.output


def test_what_holds_something_else_is_refused(door, demo, tmp_path):
    (tmp_path / "puffin.sqlite").write_text("Dear family")

    result = door("copy-store", "--to", tmp_path, folder=demo)

    assert result.exit_code == 1
    assert "something other than a Puffin store" in result.stderr
    assert (tmp_path / "puffin.sqlite").read_text() == "Dear family"


def test_what_is_needed_besides_the_copy_is_told(door, demo, tmp_path):
    with closing(open_store(demo)) as store:
        store.db.insert("audit_key", {"one": 1, "fingerprint": "f"})

    told = door("copy-store", "--to", tmp_path / "other", folder=demo).stderr

    assert "set PUFFIN_AUDIT_KEY there" in told


def test_a_backup_is_made_and_restored_with_the_same_words_on_both_engines(
    door, demo, tmp_path, postgres_server
):
    url, new, file = postgres_server.new_database(), postgres_server.new_database(), tmp_path / "backup"
    door("copy-store", "--to", url, folder=demo)

    assert door("backup", file, url=url).stderr.startswith("The store is copied to backup.")
    assert door("restore", file, url=new).stderr == "The store is as it was in backup.\n"

    assert plans(door, url=new) == plans(door, folder=demo)
    refused = door("restore", file, url=url)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("The database of PUFFIN_DATABASE_URL has a store in it already.")


def test_long_work_that_nobody_watches_says_how_far_it_is_now_and_then():
    out, seconds = io.StringIO(), iter(range(0, 1000, 4))

    with RowProgress(out, lambda: next(seconds)) as progress:
        rows = list(progress.watch(range(5000, 5007), 7, "Copy versions"))

    assert rows == list(range(5000, 5007))
    assert out.getvalue().splitlines() == ["Copy versions: 2 of 7", "Copy versions: 5 of 7"]


def test_a_store_is_a_demo_after_it_was_copied(door, demo, tmp_path):
    door("copy-store", "--to", tmp_path / "other", folder=demo)

    with closing(open_store(tmp_path / "other")) as store:
        assert marks.is_demo(store)
