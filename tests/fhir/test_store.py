"""What the store keeps: every version, untouched; and never anything without its audit entry."""

import json
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest

from fhir.store import open_store
from fhir.store.errors import (
    AuditMissing,
    AuditNeverChanges,
    ResourceAlreadyKept,
    ResourceNotFound,
    StaleVersion,
    WriteAlreadyOpen,
    WriteClosed,
    engine_faults,
)

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"
PATIENT = {"resourceType": "Patient", "name": [{"family": "Wiśniewska", "given": ["Zofia"]}]}
PLAN = {
    "resourceType": "CarePlan",
    "status": "active",
    "intent": "plan",
    "subject": {"reference": "Patient/p1"},
}


def rows(store):
    return store.db.execute("SELECT count(*) FROM versions").fetchone()[0]


def sign_plan(store):
    """Keep a plan with its audit entry."""
    with store.write(by=DR_LEE, at=NOW) as write:
        write.create(PLAN)
        write.audit("C", "CarePlan/c1", "Patient/p1", "sign plan")


def sign_plan_whatever_happens_to_the_audit(store):
    """Keep a plan and then lose sight of the failure of its audit entry."""
    with store.write(by=DR_LEE, at=NOW) as write:
        write.create(PLAN)
        with suppress(*engine_faults()):
            write.audit("C", "CarePlan/c1")


def audit_and_go_on_writing(store):
    """Lose sight of a failure that undid the whole transaction, and write on."""
    with store.write(by=DR_LEE, at=NOW) as write:
        with suppress(*engine_faults()):
            write.audit("R", "Patient/p1")
        write.create(PLAN)


def interrupt_a_write(store):
    """Be interrupted when all is written and nothing has landed."""
    with store.write(by=DR_LEE, at=NOW) as write:
        write.create(PLAN)
        write.audit("C", "CarePlan/c1")
        raise KeyboardInterrupt


def test_a_resource_comes_back_as_it_was_kept(store, keep):
    kept = keep(PATIENT)

    assert store.read("Patient", kept["id"]) == kept
    assert kept == PATIENT | {
        "id": kept["id"],
        "meta": {"versionId": "1", "lastUpdated": "2026-11-20T18:30:00Z"},
    }


def test_profiles_and_labels_stay_in_meta(keep):
    labelled = PATIENT | {"meta": {"security": [{"code": "R"}], "profile": ["https://example.org/p"]}}

    meta = keep(labelled)["meta"]

    assert meta["security"] == [{"code": "R"}]
    assert meta["profile"] == ["https://example.org/p"]


def test_the_text_is_served_byte_for_byte(store, keep):
    awkward = PATIENT | {
        "text": {"status": "generated", "div": "<div>\u2066  2,50\u2069\r\n\u06a9\U0001f600</div>"}
    }

    kept = keep(awkward)

    served = store.read_text("Patient", kept["id"])
    assert store.db.execute("SELECT text FROM versions ORDER BY sequence").fetchone() == (served,)
    assert served == json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def test_the_resource_of_the_caller_is_not_changed(keep):
    mine = dict(PATIENT)

    keep(mine)

    assert mine == PATIENT


def test_every_version_is_kept(store, keep):
    first = keep(PATIENT)

    with store.write(by=DR_LEE, at=NOW + timedelta(days=1)) as write:
        second = write.update(first | {"active": False}, if_match="1")
        write.audit("U", f"Patient/{first['id']}")

    assert store.read("Patient", first["id"]) == second
    assert store.vread("Patient", first["id"], "1") == first
    assert store.vread("Patient", first["id"], "2") == second
    assert store.history("Patient", first["id"]) == [second, first]
    assert second["meta"] == {"versionId": "2", "lastUpdated": "2026-11-21T18:30:00Z"}


@pytest.mark.parametrize("statement", ["UPDATE versions SET text = '{}'", "DELETE FROM versions"])
def test_a_kept_version_cannot_be_changed_or_deleted(store, keep, statement):
    keep(PATIENT)

    with pytest.raises(engine_faults(), match="a kept version"):
        store.db.execute(statement)


@pytest.mark.parametrize("version", ["2", "0", "", "01", "x"])
def test_a_version_that_is_not_kept_is_not_found(store, keep, version):
    kept = keep(PATIENT)

    with pytest.raises(ResourceNotFound):
        store.vread("Patient", kept["id"], version)


def test_what_is_not_kept_is_not_found(store, keep):
    kept = keep(PATIENT)

    for ask in (store.read, store.read_text, store.history):
        with pytest.raises(ResourceNotFound):
            ask("CarePlan", kept["id"])


def test_a_change_from_an_older_version_is_refused(store, keep):
    first = keep(PATIENT)
    with store.write(by=DR_LEE, at=NOW) as write:
        second = write.update(first | {"active": True}, if_match="1")
        write.audit("U", f"Patient/{first['id']}")

    with pytest.raises(StaleVersion), store.write(by=DR_LEE, at=NOW) as write:
        write.update(first | {"active": False}, if_match="1")

    assert store.read("Patient", first["id"]) == second


def test_what_is_not_kept_cannot_be_changed(store):
    with pytest.raises(ResourceNotFound), store.write(by=DR_LEE, at=NOW) as write:
        write.update(PATIENT | {"id": "p1"}, if_match="1")


def test_an_id_is_used_once(store, keep):
    kept = keep(PATIENT)

    with pytest.raises(ResourceAlreadyKept), store.write(by=DR_LEE, at=NOW) as write:
        write.create(PATIENT | {"id": kept["id"]})


def test_a_plan_is_never_kept_without_its_audit_entry(store, refuse_rows):
    refuse_rows("audit_unsealed")

    with pytest.raises(engine_faults(), match="disk full"):
        sign_plan(store)

    assert rows(store) == 0
    assert store.search("CarePlan") == []


def test_an_audit_entry_that_fails_and_is_caught_still_keeps_the_plan_out(store, refuse_rows):
    refuse_rows("audit_unsealed")

    with pytest.raises(AuditMissing):
        sign_plan_whatever_happens_to_the_audit(store)

    assert rows(store) == 0


def test_a_write_that_nobody_audited_is_refused(store, keep):
    kept = keep(PATIENT)
    before = rows(store)

    with pytest.raises(AuditMissing), store.write(by=DR_LEE, at=NOW) as write:
        write.create(PLAN)
    with pytest.raises(AuditMissing), store.write(by=DR_LEE, at=NOW) as write:
        write.update(kept | {"active": True}, if_match="1")

    assert rows(store) == before


def test_any_error_undoes_the_whole_write(store):
    with pytest.raises(KeyboardInterrupt):
        interrupt_a_write(store)

    assert rows(store) == 0
    assert not store.db.in_transaction


def test_a_write_that_the_database_undid_cannot_go_on(embedded):
    embedded.db.execute(
        "CREATE TRIGGER t BEFORE INSERT ON audit_unsealed BEGIN SELECT RAISE(ROLLBACK, 'gone'); END"
    )

    with pytest.raises(WriteClosed):
        audit_and_go_on_writing(embedded)

    assert rows(embedded) == 0


def test_a_write_sees_what_it_has_written_and_others_do_not(store, store_place):
    with closing(open_store(*store_place)) as other, store.write(by=DR_LEE, at=NOW) as write:
        kept = write.create(PLAN)
        write.audit("C", f"CarePlan/{kept['id']}")

        assert write.read("CarePlan", kept["id"]) == kept
        assert write.search("CarePlan", subject="Patient/p1") == [kept]
        assert other.count("CarePlan") == 0


def test_a_write_inside_a_write_is_refused_and_undoes_nothing_by_itself(store):
    with store.write(by=DR_LEE, at=NOW) as write:
        write.create(PLAN)
        with pytest.raises(WriteAlreadyOpen), store.write(by=DR_LEE, at=NOW):
            pass
        write.audit("C", "CarePlan/c1")

    assert store.count("CarePlan") == 1


def test_an_ended_write_is_refused(store):
    with store.write(by=DR_LEE, at=NOW) as write:
        pass

    with pytest.raises(WriteClosed):
        write.create(PLAN)


def test_a_write_has_an_author_and_a_moment_with_a_timezone(store):
    with pytest.raises(ValueError, match="somebody"), store.write(by="", at=NOW):
        pass
    with pytest.raises(ValueError, match="timezone"), store.write(by=DR_LEE, at=NOW.replace(tzinfo=None)):
        pass


def test_an_audit_entry_never_changes(store):
    with store.write(by=DR_LEE, at=NOW) as write:
        entry = write.audit("R", "Patient/p1")

    with pytest.raises(AuditNeverChanges), store.write(by=DR_LEE, at=NOW) as write:
        write.update(entry, if_match="1")


def test_an_audit_entry_says_who_did_what_to_whom(store):
    with store.write(by=DR_LEE, at=NOW) as write:
        entry = write.audit("U", "CarePlan/c1", "Patient/p1", "sign plan")

    assert entry["agent"] == [{"who": {"reference": DR_LEE}, "requestor": True}]
    assert [each["what"]["reference"] for each in entry["entity"]] == ["CarePlan/c1", "Patient/p1"]
    on_that_day = {"_lastUpdated": "2026-11-20"}
    assert store.search("AuditEvent", entity="Patient/p1", agent=DR_LEE, **on_that_day) == [entry]
    assert store.search("AuditEvent", entity="CarePlan/c1") == [entry]


def test_our_fhir_and_the_library_of_that_name_both_import():
    import fhir.resources.R4B.patient

    import fhir.store

    assert fhir.resources.R4B.patient.Patient
    assert fhir.store.open_store
