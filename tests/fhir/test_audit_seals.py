"""The audit is sealed in a chain, on each engine: without gaps, a batch at a time, by a key that is kept."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fhir.audit_event import Action, AuditEntry, to_audit_event
from fhir.store import migrations, open_store
from fhir.store.errors import AuditMissing, AuditNeverChanges, engine_faults
from fhir.store.moments import moment_text
from fhir.store.postgres import PostgresEngine
from fhir.store.seals.audit_key import FILE_NAME, KeyPlace
from fhir.store.seals.chain import Sealed, digest_of, seal_of
from fhir.store.seals.checking import check_seals
from fhir.store.seals.errors import AuditKeyLost, AuditKeyMissing, AuditKeyTooShort, WrongAuditKey
from fhir.store.seals.sealing import NO_HEAD, Head, head_of, seal_waiting
from fhir.store.sqlite import SqliteEngine
from tests.fhir.conftest import DR_LEE, NOW

ROOT = Path(__file__).parents[2]
AN_ENTRY = AuditEntry(Action.READ, "system", NOW, "Patient/1")
GIVEN = KeyPlace(given="elm and oak and ash and birch and yew")


@pytest.fixture
def note(store):
    """Keep some audit entries, each in a write of its own."""

    def make(count=1, at=NOW):
        for _ in range(count):
            with store.write_beside(by=DR_LEE, at=at) as write:
                write.audit("R", "Patient/1", "Patient/1", "see the child's record")

    return make


def seal(store, place=GIVEN, **changes):
    return seal_waiting(store, place, lambda: NOW, **changes)


def checked(store, place=GIVEN, head=None):
    """Return what a check comes to, and the faults that it found."""
    found = []
    return check_seals(store, place, head=head, found=found.append), found


def numbers(store):
    return [
        number for (number,) in store.db.execute("SELECT number FROM audit_seals ORDER BY number").fetchall()
    ]


def test_what_is_sealed_is_whole_and_what_came_since_waits(store, note):
    note(3)
    assert seal(store) == 3
    note(2)

    verdict, faults = checked(store)

    assert faults == []
    assert (verdict.sealed, verdict.whole, verdict.waiting, verdict.oldest_waiting) == (3, 3, 2, NOW)
    assert verdict.head == head_of(store)
    assert verdict.head.number == 3


def test_a_seal_is_made_of_the_one_before_and_of_the_text_as_kept(store, note):
    note(2)
    seal(store)

    rows = store.db.execute(
        "SELECT s.seal, r.id FROM audit_seals AS s JOIN resources AS r ON r.key = s.resource"
        " ORDER BY s.number"
    ).fetchall()
    previous = ""
    for number, (kept, id) in enumerate(rows, start=1):
        digest = digest_of(store.read_text("AuditEvent", id))
        previous = seal_of(
            GIVEN.given.encode(), previous, Sealed(number, "AuditEvent", id, 1, digest, moment_text(NOW))
        )
        assert kept == previous


def test_an_empty_audit_needs_no_key_and_is_whole(store):
    verdict, faults = checked(store, KeyPlace())

    assert faults == []
    assert (verdict.sealed, verdict.waiting, verdict.oldest_waiting, verdict.head) == (0, 0, None, NO_HEAD)
    assert seal(store, KeyPlace()) == 0


def test_numbers_of_seals_have_no_gaps_whatever_was_undone(store, note):
    note(2)
    with pytest.raises(AuditMissing), store.write(by=DR_LEE, at=NOW) as write:
        write.create({"resourceType": "Patient"})
    with pytest.raises(AuditNeverChanges), store.write(by=DR_LEE, at=NOW) as write:
        write.update(write.audit("R", "Patient/2"), if_match="1")
    note(2)

    seal(store, batch=3)

    assert numbers(store) == [1, 2, 3, 4]
    assert checked(store)[1] == []


def test_each_batch_is_a_write_of_its_own_and_others_have_their_turn_between(store, note):
    note(7)
    turns = []

    def others_write():
        turns.append(len(numbers(store)))
        if len(turns) == 1:
            note()

    assert seal(store, batch=3, rest=others_write) == 8
    assert turns == [3, 6]


def test_a_batch_that_fails_seals_nothing_of_it_and_the_next_one_goes_on(store, note, refuse_rows):
    note(4)
    seal(store, batch=2, must_stop=iter([False, True]).__next__)
    note(1)

    refuse_rows("audit_seals")
    with pytest.raises(engine_faults()):
        seal(store)

    verdict, faults = checked(store)
    assert faults == []
    assert (verdict.sealed, verdict.waiting) == (2, 3)


SEAL_BATCH_AFTER_BATCH = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fhir.store import open_store
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.sealing import seal_waiting

store = open_store(Path(sys.argv[1]), sys.argv[2])
clock = lambda: datetime.now(UTC)
seal_waiting(store, KeyPlace(sys.argv[3]), clock, batch=5, rest=lambda: print("sealed", flush=True))
"""


def test_a_sealer_that_is_killed_between_batches_leaves_a_whole_chain(store, store_place, note):
    note(200)
    folder, url = store_place
    command = [sys.executable, "-c", SEAL_BATCH_AFTER_BATCH, str(folder), url, GIVEN.given]

    sealer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert sealer.stdout.readline() == b"sealed\n"
    sealer.kill()
    sealer.communicate()

    verdict, faults = checked(store)
    assert faults == []
    assert verdict.sealed + verdict.waiting == 200
    assert verdict.sealed % 5 == 0
    seal(store)
    assert checked(store)[0].whole == 200


def test_many_writers_and_two_sealers_at_once_make_one_whole_chain(store, note):
    note(1)
    seal(store)

    def sealing():
        for _ in range(10):
            seal(store, batch=4)
        store.close()

    def writing():
        note(20)
        store.close()

    threads = [threading.Thread(target=each) for each in (writing, writing, writing, sealing, sealing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(store)

    verdict, faults = checked(store)
    assert faults == []
    assert (verdict.whole, verdict.waiting) == (61, 0)


def test_a_check_sees_one_moment_while_others_write(store, note):
    note(3)
    seal(store)

    def others_write(links, _count, _doing):
        thread = threading.Thread(target=lambda: (note(), seal(store), store.close()))
        thread.start()
        thread.join()
        return links

    found = []
    verdict = check_seals(store, GIVEN, head=None, found=found.append, watch=others_write)

    assert found == []
    assert (verdict.sealed, verdict.waiting) == (3, 0)
    assert checked(store)[0].sealed == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_seals SET seal = 'x'",
        "DELETE FROM audit_seals",
        "UPDATE audit_key SET fingerprint = 'x'",
        "DELETE FROM audit_key",
    ],
)
def test_seals_and_fingerprint_never_change_and_never_go(store, note, statement):
    note()
    seal(store)

    with pytest.raises(engine_faults(), match="never"):
        store.db.execute(statement)


def test_a_head_that_was_written_down_is_found_again_later(store, note):
    note(2)
    seal(store)
    written_down = head_of(store)
    note(2)
    seal(store)

    assert checked(store, head=written_down)[1] == []
    (fault,) = checked(store, head=Head(2, "0" * 64))[1]
    assert fault.kind == "head-not-found"
    assert [one.kind for one in checked(store, head=Head(9, written_down.seal))[1]] == ["head-not-found"]


def test_without_a_key_of_its_own_a_store_with_a_folder_makes_one_that_nobody_else_can_read(
    store, note, tmp_path
):
    note(2)
    place = KeyPlace(file=tmp_path / FILE_NAME)

    seal(store, place)

    assert place.file.stat().st_mode & 0o777 == 0o600
    assert len(place.file.read_text().strip()) >= 32
    before = place.file.read_bytes()
    note()
    seal(store, place)
    assert place.file.read_bytes() == before
    assert checked(store, place)[1] == []
    assert checked(store, KeyPlace(given=before.decode()))[1] == []


def test_a_store_elsewhere_is_not_sealed_without_a_key(store, note):
    note()

    with pytest.raises(AuditKeyMissing, match="PUFFIN_AUDIT_KEY"):
        seal(store, KeyPlace())
    assert checked(store, KeyPlace())[0].waiting == 1


def test_no_new_key_is_made_where_seals_are(store, note, tmp_path):
    note()
    seal(store)
    note()
    empty = KeyPlace(file=tmp_path / FILE_NAME)

    with pytest.raises(AuditKeyLost, match=r"audit\.key"):
        seal(store, empty)
    with pytest.raises(AuditKeyLost):
        checked(store, empty)
    assert not empty.file.exists()


def test_a_wrong_key_is_not_taken_for_a_changed_audit(store, note):
    note()
    seal(store)
    note()
    wrong = KeyPlace(given="w" * 40)

    with pytest.raises(WrongAuditKey, match="another key"):
        seal(store, wrong)
    with pytest.raises(WrongAuditKey):
        checked(store, wrong)
    assert checked(store)[0].whole == 1


@pytest.mark.parametrize("in_file", [False, True])
def test_a_key_that_could_be_guessed_is_refused(store, note, tmp_path, in_file):
    note()
    (tmp_path / FILE_NAME).write_text("short\n")
    place = KeyPlace(file=tmp_path / FILE_NAME) if in_file else KeyPlace(given="s" * 31)

    with pytest.raises(AuditKeyTooShort, match="32"):
        seal(store, place)


OLDER = {
    SqliteEngine: lambda tmp_path, _request: SqliteEngine(tmp_path / "older"),
    PostgresEngine: lambda _tmp_path, request: PostgresEngine(
        request.getfixturevalue("postgres_server").new_database()
    ),
}


@pytest.mark.parametrize("kind", OLDER)
def test_what_an_older_store_kept_waits_for_its_seal(kind, request, tmp_path):
    engine = OLDER[kind](tmp_path, request)
    migrations.migrate(engine, to=4)
    db = engine.mine()
    for id in "abc":
        [(key,)] = db.execute(
            "INSERT INTO resources (type, id, version, last_updated)"
            " VALUES ('AuditEvent', ?, 1, ?) RETURNING key",
            (id, moment_text(NOW)),
        ).fetchall()
        [(sequence,)] = db.execute(
            "INSERT INTO versions (resource, version, last_updated, written_by, text)"
            " VALUES (?, 1, ?, 'system', ?) RETURNING sequence",
            (key, moment_text(NOW), json.dumps(to_audit_event(AN_ENTRY) | {"id": id})),
        ).fetchall()
        db.execute("UPDATE resources SET sequence = ? WHERE key = ?", (sequence, key))
        db.execute("INSERT INTO audit_sequence (resource) VALUES (?)", (key,))
    engine.close()

    store = open_store(tmp_path / "older", getattr(engine, "url", ""))

    assert seal(store) == 3
    assert checked(store)[1] == []
    store.close()
