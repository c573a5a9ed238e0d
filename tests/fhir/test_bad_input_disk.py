"""A disk without room: nothing is kept by halves, the store stays whole, and goes on once there is room."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

import run
from fhir.store import open_store, sqlite
from fhir.store.copying.backup import backup
from fhir.store.errors import engine_faults
from tests.fhir.gp_records import bundle, concept, condition, entry
from tests.fhir.transaction_making import post, transaction

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
PATIENT = {"resourceType": "Patient"}
LONG = {"resourceType": "Binary", "contentType": "text/plain", "data": "aGVs" * 100_000}
LONG_NOTE = condition(concept("195967001"), note=[{"text": "Wheezes at night. " * 20_000}])


def take_in(store, *entries):
    with store.write(by="system", at=NOW) as write:
        write.transaction(transaction(*entries))
        write.audit("C")


@pytest.fixture
def quota(embedded):
    """Leave the embedded store room for so many pages more."""

    def leave(pages):
        (now,) = embedded.db.execute("PRAGMA page_count").fetchone()
        embedded.db.execute(f"PRAGMA max_page_count = {now + pages}").fetchone()

    return leave


def test_what_has_no_room_is_not_kept_by_halves(embedded, quota, tmp_path):
    quota(20)

    with pytest.raises(engine_faults(), match="full"):
        take_in(embedded, post(PATIENT), post(PATIENT), post(LONG))

    assert (embedded.count("Patient"), embedded.count("Binary"), embedded.count("AuditEvent")) == (0, 0, 0)
    backup(embedded, tmp_path / "whole.sqlite")


def test_what_has_room_again_goes_on(embedded, quota):
    quota(20)
    with pytest.raises(engine_faults()):
        take_in(embedded, post(LONG))

    take_in(embedded, post(PATIENT))
    quota(1000)
    take_in(embedded, post(LONG))

    assert (embedded.count("Patient"), embedded.count("Binary")) == (1, 1)


def test_whoever_is_at_the_door_is_told_in_one_line(tmp_path, new_folder, monkeypatch):
    with closing(open_store(new_folder)) as store:
        (pages,) = store.db.execute("PRAGMA page_count").fetchone()
    monkeypatch.setattr(sqlite, "SETTINGS", (*sqlite.SETTINGS, f"max_page_count = {pages + 1}"))
    monkeypatch.setenv("PUFFIN_DATA", str(new_folder))
    (tmp_path / "record.json").write_text(json.dumps(bundle(entry(LONG_NOTE))))

    result = CliRunner().invoke(run.door, ["import", str(tmp_path / "record.json"), "--today", "2026-11-21"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert "has room" in result.stderr
    assert result.stderr.count("\n") == 1
