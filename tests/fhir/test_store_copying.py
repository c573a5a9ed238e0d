"""A copied store is the same on the other engine, row by row; a copy that was not whole leaves nothing."""

import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

import psycopg
import pytest

from fhir.store import migrations, open_store
from fhir.store.copying.errors import NotHeldThere, NotTheSame, TablesDiffer, TargetNotEmpty
from fhir.store.copying.side import in_both
from fhir.store.copying.whole import copy, open_new, side_of
from fhir.store.errors import NotOurDatabase, StoreDamaged, StoreTooNew
from fhir.store.postgres import PostgresEngine
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.checking import check_seals
from fhir.store.seals.sealing import head_of, seal_waiting
from fhir.store.sqlite import SqliteEngine
from fhir.store.tables import accounts, drafts, incoming, links, outbox, sessions

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/dr-lee"
# Some of each kind: they sort otherwise by a dictionary, by bytes, and by the units of UTF-16.
WORDS = [
    "Zoë",
    "zoe",
    "Ångström",
    "a b",
    "ab",
    "A-b",
    "ß",
    "ss",
    "أمينة",
    "安",
    "\U0001f98a",
    "\uffee",
    "e\u0301",
]
ALL_OF_UNICODE = [chr(number) for number in range(1, 0x110000) if not 0xD800 <= number <= 0xDFFF]


@pytest.fixture
def other(store, tmp_path, request):
    """A new store on the other engine than `store`, closed at the end."""
    opened = open_new(*_new_place(store, tmp_path, request))
    yield opened
    opened.close()


def _new_place(store, tmp_path, request):
    """Return where a new store on the other engine can be."""
    if isinstance(store.engine, SqliteEngine):
        return tmp_path, _database_that_sorts_as_people_do(request.getfixturevalue("postgres_server"))
    return tmp_path / "copy", ""


def _database_that_sorts_as_people_do(server):
    name = f"sorted_{next(server.numbers)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'"
        )
    return server.url(name)


@pytest.fixture
def full(store, keep):
    """A store with something in it that each engine would like to have another way."""
    child = keep({"resourceType": "Patient", "birthDate": "2015-06-01", "active": True})
    for word in WORDS:
        keep({"resourceType": "Patient", "name": [{"family": word}], "active": False})
    with store.write(by=DR_LEE, at=NOW) as write:
        write.update(child | {"active": False}, if_match="1")
        write.audit("U", f"Patient/{child['id']}")
        for word in WORDS:
            _something_of_each(write, word)
    return store


def _something_of_each(write, word):
    username = word.encode().hex()
    account = accounts.add(write, accounts.NewAccount(username, word, "hash", demo=word < "a"))
    sessions.begin(write, word, account_id=account.id, state={word: word}, expires_at=NOW)
    draft = drafts.create(write, "child", {"trigger": word})
    drafts.save(write, draft.id, {"trigger": word * 2}, 1)
    links.create(write, links.NewLink(word, "child", "plan", NOW))
    outbox.enqueue(write, outbox.NewMessage(word, "webhook", "team", {"about": word}))
    incoming.keep(write, incoming.NewIncoming("adt", word, "nobody", {}))


def everything(*stores):
    """Return every row of each store, by table, in what all of them keep."""
    sides = [side_of(store.engine) for store in stores]
    tables = reduce(in_both, [side.tables() for side in sides])
    return [{table.name: list(side.rows(table)) for table in tables} for side in sides]


def test_what_is_copied_is_the_same_on_the_other_engine(full, other):
    copied = copy(full, other)

    here, there = everything(full, other)
    assert copied.rows == {name: len(rows) for name, rows in here.items()}
    assert here == there
    assert copied.rows["accounts"] == len(WORDS)
    assert not copied.went_on


def test_every_table_of_the_schema_is_copied(full, other):
    listed = {
        SqliteEngine: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        PostgresEngine: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    tables = {name for (name,) in full.db.execute(listed[type(full.engine)]).fetchall()}

    assert set(copy(full, other).rows) == tables - {"puffin_schema"}


def test_both_engines_have_the_same_tables_columns_and_keys(store, other):
    tables = in_both(side_of(store.engine).tables(), side_of(other.engine).tables())

    assert all(table.key for table in tables)
    names = [table.name for table in tables]
    assert all(names.index(to) < names.index(table.name) for table in tables for to in table.refers_to)


def test_there_and_back_it_is_the_store_it_was(full, other, tmp_path, postgres_server):
    copy(full, other)
    place = (
        (tmp_path / "back", "")
        if isinstance(full.engine, SqliteEngine)
        else (tmp_path, postgres_server.new_database())
    )

    with closing(open_new(*place)) as back:
        copy(other, back)

        here, _, there = everything(full, other, back)
        assert here == there


def test_what_arrived_at_one_moment_stays_in_its_order(full, other):
    copy(full, other)

    for reads in (drafts.all_open, outbox.unsent, incoming.open_list):
        assert reads(other) == reads(full)
    assert links.of_child(other, "child") == links.of_child(full, "child")


def test_the_copy_goes_on_where_the_store_was(full, other):
    before = copy(full, other).rows

    with other.write(by=DR_LEE, at=NOW) as write:
        made = write.create({"resourceType": "Patient"})
        write.audit("C", f"Patient/{made['id']}")
        _something_of_each(write, "later")

    after = {name: len(rows) for name, rows in everything(other)[0].items()}
    assert after["versions"] == before["versions"] + 2
    assert outbox.unsent(other)[-1].key == "later"
    assert other.db.execute("SELECT max(sequence) FROM versions").fetchone() == (after["versions"],)


def test_a_sealed_audit_stays_whole(full, other):
    place = KeyPlace(given="elm and oak and ash and birch and yew")
    seal_waiting(full, place, lambda: NOW)
    faults = []

    copied = copy(full, other)

    check_seals(other, place, head=None, found=faults.append)
    assert copied.is_sealed
    assert faults == []
    assert head_of(other) == head_of(full)


def test_the_rules_of_the_schema_hold_in_the_copy(full, other):
    copy(full, other)

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="never deleted"):
        other.db.execute("DELETE FROM versions")


def test_every_letter_there_is_comes_over(store, other, keep):
    texts = ["".join(ALL_OF_UNICODE[start::7]) for start in range(7)]
    with store.write(by=DR_LEE, at=NOW) as write:
        for text in texts:
            incoming.keep(write, incoming.NewIncoming("adt", text, "\\N\t\\.\r\n", {}))

    copy(store, other)

    assert [one.text for one in incoming.open_list(other)] == texts


def test_what_is_written_meanwhile_is_not_in_the_copy_and_is_told(full, other, store_place):
    meanwhile = open_store(*store_place)
    families = full.count("Patient")

    def write_now(rows, _count, doing):
        if doing == "Copy resources":
            with meanwhile.write(by=DR_LEE, at=NOW) as write:
                write.create({"resourceType": "Patient"})
                write.audit("C")
        return rows

    copied = copy(full, other, write_now)

    meanwhile.close()
    assert copied.went_on
    assert (full.count("Patient"), other.count("Patient")) == (families + 1, families)


def test_a_place_that_is_not_empty_is_refused_and_stays_as_it_is(full, other):
    with other.write(by=DR_LEE, at=NOW) as write:
        outbox.enqueue(write, outbox.NewMessage("key", "webhook", "team", {}))
    [before] = everything(other)

    with pytest.raises(TargetNotEmpty, match="new folder"):
        copy(full, other)

    assert everything(other) == [before]


def test_a_store_is_not_opened_as_a_new_one(full, store_place):
    full.close()

    with pytest.raises(TargetNotEmpty):
        open_new(*store_place)


def test_a_place_with_something_else_is_refused(tmp_path, postgres_server):
    url = postgres_server.new_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE letters (id text)")
    (tmp_path / "puffin.sqlite").write_text("Dear family")

    with pytest.raises(NotOurDatabase):
        open_new(tmp_path, url)
    with pytest.raises(StoreDamaged):
        open_new(tmp_path)


def test_a_table_that_is_not_the_same_after_all_undoes_the_copy(full, other, monkeypatch):
    whole = type(side_of(other.engine)).fill

    def lose_one(self, table, rows):
        rows = list(rows)
        whole(self, table, rows[:-1] if table.name == "links" else rows)

    monkeypatch.setattr(type(side_of(other.engine)), "fill", lose_one)
    [before] = everything(other)

    with pytest.raises(NotTheSame, match="links"):
        copy(full, other)

    assert everything(other) == [before]
    monkeypatch.undo()
    assert copy(full, other).rows["links"] == len(WORDS)


def test_one_letter_that_changed_on_the_way_is_seen(full, other, monkeypatch):
    whole = type(side_of(other.engine)).fill

    def change_one(self, table, rows):
        changed = (tuple("Zoé" if value == "Zoë" else value for value in row) for row in rows)
        whole(self, table, changed if table.name == "accounts" else rows)

    monkeypatch.setattr(type(side_of(other.engine)), "fill", change_one)

    with pytest.raises(NotTheSame, match="accounts"):
        copy(full, other)


def test_stores_whose_tables_differ_are_refused_by_name(full, other):
    other.db.execute("CREATE TABLE letters (id varchar(9) PRIMARY KEY)")
    other.db.execute("ALTER TABLE drafts ADD COLUMN more varchar(9)")

    with pytest.raises(TablesDiffer, match=r"drafts, letters\."):
        copy(full, other)


def test_what_the_other_engine_cannot_hold_is_refused_by_name(embedded, tmp_path, postgres_server):
    embedded.db.conn.execute("INSERT INTO marks (key, value) VALUES ('mark', 'a' || char(0) || 'b')")
    other = open_new(tmp_path, postgres_server.new_database())

    with pytest.raises(NotHeldThere, match="marks"):
        copy(embedded, other)

    other.close()


def test_a_store_of_an_earlier_puffin_is_renewed_and_then_copied(tmp_path, postgres_server):
    old = SqliteEngine(tmp_path / "old")
    migrations.migrate(old, to=2)
    old.mine().execute("INSERT INTO marks (key, value) VALUES ('demo', 'yes')")
    old.close()

    place = (tmp_path, postgres_server.new_database())
    with closing(open_store(tmp_path / "old")) as source, closing(open_new(*place)) as other:
        copy(source, other)

        assert other.db.execute("SELECT value FROM marks WHERE key = 'demo'").fetchone() == ("yes",)


def test_a_store_of_a_newer_puffin_is_no_place_for_a_copy(embedded, new_folder):
    embedded.db.execute("PRAGMA user_version = 999")

    with pytest.raises(StoreTooNew):
        open_new(new_folder)


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
from pathlib import Path
from fhir.store import open_store
from fhir.store.copying.whole import copy, open_new

def die(rows, count, doing):
    for number, row in enumerate(rows):
        if doing == sys.argv[5] and number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        yield row

source, target = open_store(Path(sys.argv[1]), sys.argv[2]), open_new(Path(sys.argv[3]), sys.argv[4])
copy(source, target, die)
"""


@pytest.mark.parametrize("doing", ["Copy versions", "Compare token_index"])
def test_a_copy_that_is_killed_leaves_a_place_that_can_be_tried_again(
    full, store_place, tmp_path, request, doing
):
    place = _new_place(full, tmp_path, request)
    words = [*map(str, store_place), *map(str, place), doing]

    killed = subprocess.run([sys.executable, "-c", KILLED_IN_THE_MIDDLE, *words], cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    with closing(open_new(*place)) as other:
        assert copy(full, other).rows["versions"] > 0
        here, there = everything(full, other)
        assert here == there


def test_a_copy_takes_little_memory_however_much_there_is(store, other):
    megabyte = "x" * 1_000_000
    for number in range(30):
        with store.write(by=DR_LEE, at=NOW + timedelta(seconds=number)) as write:
            incoming.keep(write, incoming.NewIncoming("adt", f"{number}{megabyte}", "nobody", {}))
    tracemalloc.start()

    copy(store, other)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000
