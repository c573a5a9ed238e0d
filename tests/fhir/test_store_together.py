"""Many processes and threads share one store: everything lands, and nobody is locked out."""

import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from fhir.store import open_store, postgres, sqlite
from fhir.store.errors import DatabaseNotReached, StoreBusy

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
PROCESSES, CHANGES = 4, 50

READ_THEN_CHANGE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fhir.store import open_store

store = open_store(Path(sys.argv[1]), sys.argv[4])
for _ in range(int(sys.argv[3])):
    with store.write(by="system", at=datetime(2026, 11, 20, tzinfo=UTC)) as write:
        child = write.read("Patient", sys.argv[2])
        write.update(child, if_match=child["meta"]["versionId"])
        write.audit("U", "Patient/" + sys.argv[2])
"""


def test_processes_that_read_and_then_change_all_land(store, store_place, keep):
    child = keep({"resourceType": "Patient"})
    folder, url = store_place
    command = [sys.executable, "-c", READ_THEN_CHANGE, str(folder), child["id"], str(CHANGES), url]

    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(PROCESSES)]
    failures = [process.communicate()[1] for process in running]

    assert failures == [b""] * PROCESSES
    assert store.read("Patient", child["id"])["meta"]["versionId"] == str(PROCESSES * CHANGES + 1)
    assert store.count("AuditEvent") == PROCESSES * CHANGES + 1


def test_threads_share_a_store(store, keep):
    child = keep({"resourceType": "Patient"})

    def change():
        with store.write(by="system", at=NOW) as write:
            now = write.read("Patient", child["id"])
            write.update(now, if_match=now["meta"]["versionId"])
            write.audit("U", f"Patient/{child['id']}")
        store.close()

    threads = [threading.Thread(target=change) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.read("Patient", child["id"])["meta"]["versionId"] == "9"


def test_nobody_is_refused_a_new_file_that_others_open_at_the_same_moment(tmp_path):
    rounds = 200
    together, opened = threading.Barrier(6, timeout=10), []

    def begin():
        for number in range(rounds):
            together.wait()
            engine = sqlite.SqliteEngine(tmp_path / str(number))
            opened.append(engine.version(engine.mine()))
            engine.close()

    threads = [threading.Thread(target=begin) for _ in range(together.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [0] * rounds * together.parties


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_new_store_is_made_once_by_all_who_open_it_at_the_same_moment(engine, tmp_path, request):
    url = request.getfixturevalue("postgres_server").new_database() if engine == "postgres" else ""
    together, opened = threading.Barrier(6), []

    def begin():
        together.wait()
        store = open_store(tmp_path, url)
        opened.append(store.count("Patient"))
        store.close()

    threads = [threading.Thread(target=begin) for _ in range(together.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [0] * together.parties


def test_a_store_that_another_makes_while_the_database_is_looked_at_is_ours(
    tmp_path, postgres_server, monkeypatch
):
    url = postgres_server.new_database()
    look, looks = postgres.PostgresDatabase.execute, []

    def look_and_be_overtaken(db, sql, values=()):
        found = look(db, sql, values)
        looks.append(sql)
        if len(looks) == 1:
            other = threading.Thread(target=lambda: open_store(tmp_path, url).close())
            other.start()
            other.join()
        return found

    monkeypatch.setattr(postgres.PostgresDatabase, "execute", look_and_be_overtaken)

    store = open_store(tmp_path, url)

    assert store.count("Patient") == 0
    store.close()


def test_who_stood_in_line_sees_what_landed_meanwhile_whatever_the_database_is_set_to(
    tmp_path, postgres_server
):
    url = postgres_server.new_store_database()
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
    store = open_store(tmp_path, url)
    landed = []

    def change():
        with store.write(by="system", at=NOW) as write:
            write.audit("C", write.create({"resourceType": "Patient"})["id"])
            landed.append(write.count("Patient"))
        store.close()

    threads = [threading.Thread(target=change) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert landed == list(range(1, 9))
    store.close()


def test_whoever_waits_too_long_is_told(store, store_place, monkeypatch):
    for engine in (sqlite, postgres):
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    impatient = open_store(*store_place)

    with store.write(by="system", at=NOW), pytest.raises(StoreBusy), impatient.write(by="system", at=NOW):
        pass

    impatient.close()


def test_a_database_that_says_nothing_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 2)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(DatabaseNotReached):
            open_store(tmp_path, f"postgresql://puffin@127.0.0.1:{port}/puffin")


@pytest.fixture
def far_store(tmp_path, postgres_server):
    """A store in a database, and what ends its connection, as a restart of the database does."""
    with postgres_server.lent_store() as url:
        opened = open_store(tmp_path, url)

        def hang_up() -> None:
            [(mine,)] = opened.db.execute("SELECT pg_backend_pid()").fetchall()
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))

        yield opened, hang_up
        opened.close()


def test_after_a_restart_of_the_database_the_next_question_is_answered(far_store):
    store, hang_up = far_store
    hang_up()

    assert store.count("Patient") == 0


def test_after_a_restart_of_the_database_the_next_write_lands(far_store):
    store, hang_up = far_store
    hang_up()

    with store.write(by="system", at=NOW) as write:
        write.audit("C", write.create({"resourceType": "Patient"})["id"])

    assert store.count("Patient") == 1


def test_a_write_that_loses_the_database_keeps_nothing_and_says_so(far_store):
    store, hang_up = far_store

    def lose_it_in_a_write() -> None:
        with store.write(by="system", at=NOW) as write:
            write.audit("C", write.create({"resourceType": "Patient"})["id"])
            hang_up()

    with pytest.raises(psycopg.OperationalError):
        lose_it_in_a_write()
    assert store.count("Patient") == 0


def test_what_has_landed_survives_a_loss_of_power(new_folder, settings_in_use, monkeypatch):
    monkeypatch.setattr(sqlite, "SETTINGS", settings_in_use)
    embedded = open_store(new_folder)
    settings = {
        name: embedded.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    }

    embedded.close()

    assert settings == {"journal_mode": "wal", "synchronous": 2}
