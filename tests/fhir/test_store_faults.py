"""An engine's fault with one row is told from a fault that the next row would meet too."""

import sqlite3

import psycopg
import pytest

from fhir.store.faults import is_of_the_data


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (sqlite3.IntegrityError("NOT NULL constraint failed"), True),
        (sqlite3.DataError("string or blob too big"), True),
        (psycopg.errors.UniqueViolation(), True),
        (psycopg.errors.UntranslatableCharacter(), True),
        (psycopg.errors.ProgramLimitExceeded(), True),
        (sqlite3.OperationalError("database or disk is full"), False),
        (sqlite3.DatabaseError("database disk image is malformed"), False),
        (psycopg.errors.DiskFull(), False),
        (psycopg.errors.AdminShutdown(), False),
        (psycopg.OperationalError("the connection is lost"), False),
    ],
)
def test_only_a_refused_row_is_a_fault_of_the_data(fault, expected):
    assert is_of_the_data(fault) is expected
