"""A record that was imported is known again by its digest, until anything else is imported for its child."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhir.store.tables.imported_records import ImportedRecord, find, forget, remember

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RECORD = ImportedRecord("child-1", "a1b2", 1, '{"used":{}}', "2026-11-21")


@pytest.fixture
def do(store):
    """Do one thing in a write of its own."""

    def one_write(what, *values):
        with store.write(by="system", at=NOW) as write:
            return what(write, *values)

    return one_write


def test_a_record_is_found_by_its_digest(store, do):
    do(remember, RECORD)

    assert find(store, RECORD.digest, RECORD.intake) == RECORD
    assert find(store, "another", RECORD.intake) is None


def test_a_record_that_other_rules_read_is_not_found(store, do):
    do(remember, RECORD)

    assert find(store, RECORD.digest, RECORD.intake + 1) is None


def test_a_later_record_of_the_child_takes_the_place_of_the_one_before(store, do):
    later = replace(RECORD, digest="c3d4", intake=2, report="{}", counted_on="2026-11-22")
    do(remember, RECORD)

    do(remember, later)

    assert find(store, RECORD.digest, RECORD.intake) is None
    assert find(store, later.digest, later.intake) == later


def test_each_child_has_a_record_of_its_own(store, do):
    other = replace(RECORD, child_id="child-2", digest="c3d4")
    do(remember, RECORD)
    do(remember, other)

    do(forget, RECORD.child_id)

    assert find(store, RECORD.digest, RECORD.intake) is None
    assert find(store, other.digest, other.intake) == other


def test_a_record_is_known_only_if_its_write_landed(store, do):
    def remember_and_fail(write):
        remember(write, RECORD)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(remember_and_fail)

    assert find(store, RECORD.digest, RECORD.intake) is None
