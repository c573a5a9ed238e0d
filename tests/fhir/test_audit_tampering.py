"""Each way of tampering with the audit, by somebody who has the file and not the key, is found and named."""
# ruff: noqa: S608 (statements of somebody who tampers, with nothing in them from outside)

import sqlite3
from contextlib import closing

import pytest

from fhir.store.seals.chain import digest_of
from fhir.store.seals.faults import SENTENCES, Fault, FaultKind
from tests.fhir.conftest import DR_LEE, NOW
from tests.fhir.test_audit_seals import GIVEN, checked, head_of, seal

SEALED, WAITING = 9, 3
FORGED = '{"resourceType":"AuditEvent","outcome":"0"}'
# The entry of seal 4, by its key among the resources.
FOURTH = "(SELECT resource FROM audit_seals WHERE number = 4)"
SWAP = (
    "UPDATE audit_seals SET number = -1 WHERE number = {0}",
    "UPDATE audit_seals SET number = {0} WHERE number = {1}",
    "UPDATE audit_seals SET number = {1} WHERE number = -1",
)


@pytest.fixture
def store_place(new_folder):
    """Tampering is done to the embedded file; what finds it is the same on each engine."""
    return new_folder, ""


@pytest.fixture
def audit(store):
    """A store with sealed entries and some that wait."""
    for count in (SEALED, WAITING):
        for number in range(count):
            with store.write(by=DR_LEE, at=NOW) as write:
                write.audit("R", f"Patient/{number}")
        if count == SEALED:
            seal(store, batch=4)
    return store


@pytest.fixture
def tamper(audit):
    """Do something to the file, past every trigger and every reference."""

    def do(*statements):
        audit.close()
        with closing(sqlite3.connect(audit.engine.file, isolation_level=None)) as file:
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                file.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                file.execute(statement)

    return do


def found(store, head=None):
    """Return each fault as its name and the seal that it is about."""
    return [(fault.kind, fault.number) for fault in checked(store, head=head)[1]]


TAMPERING = {
    "a text was changed": (
        [f"UPDATE versions SET text = '{FORGED}' WHERE resource = {FOURTH}"],
        [(FaultKind.CHANGED_TEXT, 4)],
    ),
    "a text and its digest were changed": (
        [
            f"UPDATE versions SET text = '{FORGED}' WHERE resource = {FOURTH}",
            f"UPDATE audit_seals SET digest = '{digest_of(FORGED)}' WHERE number = 4",
        ],
        [(FaultKind.CHANGED_SEAL, 4)],
    ),
    "the text of an entry is gone": (
        [f"DELETE FROM versions WHERE resource = {FOURTH}"],
        [(FaultKind.MISSING_ENTRY, 4)],
    ),
    "all of an entry is gone": (
        [f"DELETE FROM versions WHERE resource = {FOURTH}", f"DELETE FROM resources WHERE key = {FOURTH}"],
        [(FaultKind.MISSING_ENTRY, 4)],
    ),
    "an entry and its seal are gone": (
        [
            f"DELETE FROM versions WHERE resource = {FOURTH}",
            f"DELETE FROM resources WHERE key = {FOURTH}",
            "DELETE FROM audit_seals WHERE number = 4",
        ],
        [(FaultKind.MISSING_NUMBER, 4)],
    ),
    "an entry and its seal are gone and the rest moved up": (
        [
            f"DELETE FROM versions WHERE resource = {FOURTH}",
            f"DELETE FROM resources WHERE key = {FOURTH}",
            "DELETE FROM audit_seals WHERE number = 4",
            *(f"UPDATE audit_seals SET number = {n} - 1 WHERE number = {n}" for n in range(5, SEALED + 1)),
        ],
        # The one that stands at 4 was made after a seal that is nowhere any more.
        [(FaultKind.CHANGED_SEAL, 4), *((FaultKind.WRONG_ORDER, n) for n in range(5, SEALED))],
    ),
    "a seal is gone": (
        ["DELETE FROM audit_seals WHERE number = 4"],
        [(FaultKind.MISSING_NUMBER, 4), (FaultKind.NOT_SEALED_NOR_WAITING, None)],
    ),
    "several seals are gone": (
        ["DELETE FROM audit_seals WHERE number IN (4, 5)"],
        [(FaultKind.MISSING_NUMBER, 4), *[(FaultKind.NOT_SEALED_NOR_WAITING, None)] * 2],
    ),
    "a seal was changed": (
        [f"UPDATE audit_seals SET seal = '{'0' * 64}' WHERE number = 4"],
        [(FaultKind.CHANGED_SEAL, 4)],
    ),
    "the last seal was changed": (
        [f"UPDATE audit_seals SET seal = '{'0' * 64}' WHERE number = {SEALED}"],
        [(FaultKind.CHANGED_SEAL, SEALED)],
    ),
    "the moment of a seal was changed": (
        ["UPDATE audit_seals SET sealed_at = '2026-01-01T00:00:00.000000Z' WHERE number = 4"],
        [(FaultKind.CHANGED_SEAL, 4)],
    ),
    "an entry was given another id": (
        [f"UPDATE resources SET id = 'another' WHERE key = {FOURTH}"],
        [(FaultKind.CHANGED_SEAL, 4)],
    ),
    "an entry was hidden among other resources": (
        [f"UPDATE resources SET type = 'Basic' WHERE key = {FOURTH}"],
        [(FaultKind.CHANGED_SEAL, 4)],
    ),
    "two neighbours were swapped": (
        [each.format(4, 5) for each in SWAP],
        [(FaultKind.WRONG_ORDER, 4), (FaultKind.WRONG_ORDER, 5)],
    ),
    "two seals far apart were swapped": (
        [each.format(2, 8) for each in SWAP],
        [(FaultKind.WRONG_ORDER, 2), (FaultKind.WRONG_ORDER, 8)],
    ),
    "an entry was given another version": (
        [
            "INSERT INTO versions (resource, version, last_updated, written_by, text)"
            f" VALUES ({FOURTH}, 2, '', 'system', '{FORGED}')",
            "UPDATE resources SET version = 2, sequence = (SELECT max(sequence) FROM versions)"
            f" WHERE key = {FOURTH}",
        ],
        [(FaultKind.SECOND_VERSION, None)],
    ),
    "an entry that waited was taken out of the queue": (
        ["DELETE FROM audit_unsealed WHERE resource = (SELECT max(resource) FROM audit_unsealed)"],
        [(FaultKind.NOT_SEALED_NOR_WAITING, None)],
    ),
    "an entry that waited is gone": (
        [
            "DELETE FROM versions WHERE resource = (SELECT max(resource) FROM audit_unsealed)",
            "DELETE FROM resources WHERE key = (SELECT max(resource) FROM audit_unsealed)",
        ],
        [(FaultKind.MISSING_ENTRY, None)],
    ),
    "a sealed entry was queued again": (
        [f"INSERT INTO audit_unsealed (resource) VALUES ({FOURTH})"],
        [(FaultKind.SEALED_AND_WAITING, None)],
    ),
    "the fingerprint of the key was changed": (
        ["UPDATE audit_key SET fingerprint = 'x'"],
        [(FaultKind.CHANGED_FINGERPRINT, None)],
    ),
    "the fingerprint of the key is gone": (
        ["DELETE FROM audit_key"],
        [(FaultKind.CHANGED_FINGERPRINT, None)],
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found_and_named(audit, tamper, name):
    statements, expected = TAMPERING[name]

    tamper(*statements)

    assert found(audit) == expected


@pytest.mark.parametrize("name", TAMPERING)
def test_the_rest_of_the_chain_is_still_said_to_be_whole(audit, tamper, name):
    statements, expected = TAMPERING[name]
    gone = sum("DELETE FROM audit_seals WHERE number = 4" in one for one in statements)
    gone += 2 * sum("IN (4, 5)" in one for one in statements)
    at_a_seal = [one for one in expected if one[1] is not None and one[0] is not FaultKind.MISSING_NUMBER]

    tamper(*statements)

    verdict, _ = checked(audit)
    assert verdict.sealed == SEALED - gone
    assert verdict.whole == verdict.sealed - len(at_a_seal)


def test_a_tail_that_was_cut_is_found_by_a_head_that_was_written_down(audit, tamper):
    written_down = head_of(audit)
    tail = "SELECT resource FROM audit_seals WHERE number > 6 UNION SELECT resource FROM audit_unsealed"

    tamper(
        f"DELETE FROM versions WHERE resource IN ({tail})",
        f"DELETE FROM resources WHERE key IN ({tail})",
        "DELETE FROM audit_seals WHERE number > 6",
        "DELETE FROM audit_unsealed",
    )

    assert found(audit) == []
    assert found(audit, head=written_down) == [(FaultKind.HEAD_NOT_FOUND, SEALED)]


def test_a_tail_that_was_sealed_anew_is_found_by_a_head_that_was_written_down(audit, tamper):
    written_down = head_of(audit)

    tamper(
        "INSERT INTO audit_unsealed (resource) SELECT resource FROM audit_seals WHERE number > 6",
        f"UPDATE versions SET text = '{FORGED}' WHERE resource IN"
        " (SELECT resource FROM audit_seals WHERE number > 6)",
        "DELETE FROM audit_seals WHERE number > 6",
    )
    seal(audit)

    assert found(audit) == []
    assert found(audit, head=written_down) == [(FaultKind.HEAD_NOT_FOUND, SEALED)]


def test_what_was_tampered_with_stops_no_entry_from_being_sealed(audit, tamper):
    tamper(*TAMPERING["a sealed entry was queued again"][0], *TAMPERING["an entry that waited is gone"][0])

    assert seal(audit) == WAITING - 1
    assert checked(audit)[0].whole == SEALED + WAITING - 1


def test_a_great_many_changed_seals_are_each_named(audit, tamper):
    for number in range(100):
        with audit.write(by=DR_LEE, at=NOW) as write:
            write.audit("R", f"Patient/{number}")
    seal(audit)

    tamper("UPDATE audit_seals SET seal = lower(hex(randomblob(32)))")

    kinds = {fault.kind for fault in checked(audit)[1]}
    assert kinds == {FaultKind.CHANGED_SEAL}
    assert checked(audit)[0].whole == 0


def test_every_fault_has_a_sentence_and_a_test():
    tested = {kind for _, expected in TAMPERING.values() for kind, _ in expected}

    assert set(SENTENCES) == set(FaultKind) == tested | {FaultKind.HEAD_NOT_FOUND}


def test_a_fault_says_where_it_is():
    assert Fault(FaultKind.MISSING_NUMBER, 4, last=6).place == "seals 4 to 6"
    assert Fault(FaultKind.CHANGED_TEXT, 4, "abc").place == "seal 4, AuditEvent/abc"
    assert Fault(FaultKind.CHANGED_FINGERPRINT).place == ""
    assert GIVEN.given not in str(Fault(FaultKind.CHANGED_FINGERPRINT))
