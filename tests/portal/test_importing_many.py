"""Many records in one go: each stands or falls alone, a stopped run goes on, and no change is hidden."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from secrets import choice
from string import ascii_letters

import pytest

from bench.population import number_of, record
from fhir.store import open_store
from fhir.store.errors import StoreBusy
from fhir.store.postgres import PostgresEngine
from fhir.store.sqlite import SqliteEngine
from portal.actions.importing import many as importing_many
from portal.actions.importing import read as importing_read
from portal.actions.importing.files import Found
from portal.actions.importing.many import ImportStopped, Run, State, import_all
from portal.actions.importing.read import ReaderHere, Rules
from portal.calendar import holidays_for

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
RULES = Rules(TODAY, holidays_for)


def raw(content):
    return json.dumps(content).encode()


def found(name, content):
    return Found(name, content if isinstance(content, bytes) else raw(content), 0)


def changed(number, **patient):
    """The record of a child of the population whose Patient says something else."""
    bundle = record(number)
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] == "Patient":
            entry["resource"] |= patient
    return bundle


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    shared = request.param == "postgres"
    url = request.getfixturevalue("postgres_server").new_store_database() if shared else ""
    store = open_store(tmp_path, url)
    yield store
    store.close()


@pytest.fixture
def bring(store):
    """Bring in contents by name and return what became of each; changes of the run may be named."""

    def call(contents, records=None, **changes):
        run = replace(Run(store, "system", lambda: NOON, RULES), **changes)
        some = records or [found(name, content) for name, content in contents.items()]
        return list(import_all(run, some, [ReaderHere(run.rules)]))

    return call


@pytest.fixture
def city(store):
    """Return the city of a child of the population, as kept."""

    def read(number):
        (kept,) = store.search("Patient", identifier=f"https://fhir.nhs.uk/Id/nhs-number|{number_of(number)}")
        return kept["address"][0]["city"]

    return read


def moved(number, city):
    return changed(number, address=[{"use": "home", "city": city}])


def states(outcomes):
    return [outcome.state for outcome in outcomes]


def test_each_record_is_kept_with_its_audit_and_a_report(store, bring):
    outcomes = bring({"a": record(0), "b": record(1)}, reports=True)

    assert states(outcomes) == [State.KEPT, State.KEPT]
    assert [one.report["file"] for one in outcomes] == ["a", "b"]
    for one in outcomes:
        assert store.count("AuditEvent", entity=f"Patient/{one.report['child']}") == 1


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"Dear Dr Lee", id="not JSON"),
        pytest.param(b'{"resourceType": "Patient"}', id="no bundle"),
        pytest.param(raw(record(5)).replace(b'"active"', b'"activ"'), id="not FHIR"),
        pytest.param(raw(record(5)).replace(b'"gender"', b'"birthDate"'), id="two values under one name"),
        pytest.param(raw(record(5)).replace(b"Testford", b"Test\\u0000"), id="a NUL"),
        pytest.param(b'{"a":' * 200 + b"1" + b"}" * 200, id="nested deeply"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(raw(changed(5, birthDate="2011-02-30")), id="a day that no month has"),
        pytest.param(raw({"resourceType": "Bundle", "type": "collection"}), id="no child"),
        pytest.param(raw(record(5) | {"entry": record(5)["entry"] + record(6)["entry"]}), id="two children"),
        pytest.param(raw(record(5)).replace(number_of(5).encode(), b"9991230042"), id="wrong check digit"),
        pytest.param(raw(changed(0, birthDate="2011-01-01")), id="the number of another child"),
    ],
)
def test_a_bad_record_is_refused_by_name_and_the_rest_goes_on(store, bring, bad):
    first, refused, last = bring({"a": record(0), "bad": bad, "c": record(2)})

    assert (first.state, last.state) == (State.KEPT, State.KEPT)
    assert (refused.name, refused.state) == ("bad", State.REFUSED)
    assert refused.refusal.endswith(".")
    assert "\n" not in refused.refusal
    assert store.count("Patient") == 2


@pytest.mark.parametrize("where", ["fullUrl", "identifier"])
def test_a_record_with_an_address_or_number_without_end_is_kept_once(store, bring, where):
    bundle, endless = record(0), "".join(choice(ascii_letters) for _ in range(6000))
    entry = next(one for one in bundle["entry"] if one["resource"]["resourceType"] == "Condition")
    if where == "fullUrl":
        entry["fullUrl"] = f"https://gp.example/{endless}"
    else:
        entry["resource"]["identifier"] = [{"system": "https://gp.example/Id", "value": endless}]

    assert states(bring({"a": bundle, "c": record(1)}, reads_all=True)) == [State.KEPT, State.KEPT]
    assert states(bring({"a": bundle, "c": record(1)}, reads_all=True)) == [State.KNOWN, State.KNOWN]


def test_a_fault_of_ours_with_one_record_refuses_that_one(monkeypatch, bring):
    def fail(bundle):
        if len(bundle.entries) == len(record(1)["entry"]) + 1:
            raise KeyError(number_of(1))
        return read_and_keep(bundle)

    read_and_keep = importing_read.read_and_keep
    monkeypatch.setattr(importing_read, "read_and_keep", fail)
    odd = record(1) | {"entry": [*record(1)["entry"], {"resource": {"resourceType": "Basic"}}]}

    outcomes = bring({"a": record(0), "odd": odd, "c": record(2)})

    assert states(outcomes) == [State.KEPT, State.REFUSED, State.KEPT]
    assert number_of(1) not in outcomes[1].refusal


REFUSE_ONE = {
    SqliteEngine: "CREATE TRIGGER refuse_one BEFORE INSERT ON string_index WHEN NEW.value = 'unlucky'"
    " BEGIN SELECT RAISE(ABORT, 'no'); END",
    PostgresEngine: "ALTER TABLE string_index ADD CHECK (value <> 'unlucky')",
}


def test_a_fault_of_the_engine_with_one_record_refuses_that_one_and_leaves_nothing_of_it(store, bring):
    store.db.execute(REFUSE_ONE[type(store.engine)])
    unlucky = changed(1, name=[{"family": "Unlucky"}])

    outcomes = bring({"a": record(0), "unlucky": unlucky, "c": record(2)})

    assert states(outcomes) == [State.KEPT, State.REFUSED, State.KEPT]
    assert store.count("Patient") == 2
    assert store.count("RelatedPerson") == 2


@pytest.mark.parametrize("fault", [sqlite3.OperationalError("database or disk is full"), StoreBusy()])
def test_a_store_that_fails_stops_the_run_and_says_how_to_go_on(store, bring, monkeypatch, fault):
    kept = importing_many.keep

    def fill(write, *rest):
        if store.count("Patient") == 3:
            raise fault
        return kept(write, *rest)

    monkeypatch.setattr(importing_many, "TOGETHER", 1)
    monkeypatch.setattr(importing_many, "keep", fill)

    with pytest.raises(ImportStopped, match="same command again"):
        bring({str(number): record(number) for number in range(5)})

    assert store.count("Patient") == 3


def test_what_is_done_is_skipped_unread_and_nothing_changes(store, bring, monkeypatch):
    contents = {str(number): record(number) for number in range(3)}
    bring(contents)
    before = store.db.execute("SELECT count(*) FROM versions").fetchone()
    monkeypatch.setattr(importing_read, "read", None)

    again = bring(contents)

    assert states(again) == [State.SKIPPED] * 3
    assert store.db.execute("SELECT count(*) FROM versions").fetchone() == before


def test_what_is_skipped_is_reported_on_as_before_and_that_is_audited(store, bring, monkeypatch):
    (first,) = bring({"a": record(0)}, reports=True)
    monkeypatch.setattr(importing_read, "read", None)

    (again,) = bring({"renamed": record(0)}, reports=True)

    assert again.state is State.SKIPPED
    assert again.report == first.report | {"file": "renamed"}
    assert list(again.report) == list(first.report)
    assert store.count("AuditEvent", entity=f"Patient/{first.report['child']}") == 2


def test_on_another_day_a_report_is_counted_again(bring):
    bring({"a": record(0)}, reports=True)

    (again,) = bring({"a": record(0)}, reports=True, rules=replace(RULES, today=date(2027, 11, 21)))

    assert again.state is State.KNOWN
    assert again.report["counts"]["reliever_12m"] == 0


def test_a_record_that_changed_is_read(bring, city):
    bring({"a": record(0)})

    (again,) = bring({"a": moved(0, "Newford")})

    assert again.state is State.KEPT
    assert city(0) == "Newford"


def test_other_rules_of_the_intake_read_everything_again(bring, monkeypatch):
    bring({"a": record(0)})
    monkeypatch.setattr(importing_many, "INTAKE", importing_many.INTAKE + 1)

    assert states(bring({"a": record(0)})) == [State.KNOWN]


def test_an_older_record_of_the_child_is_read_again_after_a_newer_one(bring, city):
    bring({"older": record(0)})
    bring({"newer": moved(0, "Newford")})

    (again,) = bring({"older": record(0)})

    assert again.state is State.KEPT
    assert city(0) == "Testford"


@pytest.mark.parametrize("together", [1, 32])
def test_of_two_records_of_a_child_in_one_run_the_later_stays_each_time(bring, city, monkeypatch, together):
    monkeypatch.setattr(importing_many, "TOGETHER", together)
    both = {"newer": moved(0, "Newford"), "older": record(0)}

    for _ in range(3):
        bring(both)
        assert city(0) == "Testford"


def test_a_record_that_was_refused_is_tried_again(bring):
    wrong = changed(0, birthDate="2011-01-01")
    bring({"right": record(0), "wrong": wrong})

    assert states(bring({"right": record(0), "wrong": wrong})) == [State.SKIPPED, State.REFUSED]


def test_a_run_that_reads_all_skips_nothing(bring):
    bring({"a": record(0)})

    (again,) = bring({"a": record(0)}, reads_all=True)

    first, *details = again.lines(in_full=True)
    assert first == "a: known already, nothing changed. 12 resources used, 0 ignored."
    assert details
    assert all(line.startswith("  To look at: ") for line in details)
    assert again.lines(in_full=False) == []


def test_the_same_child_without_a_number_stays_one_child(store, bring):
    nameless = {number: changed(number, identifier=[]) for number in (0, 1)}
    contents = {str(number): content for number, content in nameless.items()}

    bring(contents)
    bring(contents)
    bring(contents, reads_all=True)

    assert store.count("Patient") == 2
