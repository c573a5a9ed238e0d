"""A store from before a change of the search parameters is found by the new ones once it is opened."""

import pytest

from fhir.store import open_store
from fhir.store.search import reindexing
from fhir.store.search.parameters import SEARCH_PARAMETERS, Kind, Parameter
from fhir.store.sight import Sight, Witness

PATIENT = {"resourceType": "Patient", "name": [{"family": "Sandhu"}], "gender": "female"}


@pytest.fixture
def found_by_gender(monkeypatch):
    """Patients are searched by gender from now on, and no longer by name."""
    now = {"gender": Parameter(Kind.TOKEN, ("gender",))} | SEARCH_PARAMETERS["Patient"]
    del now["family"], now["name-key"]
    monkeypatch.setitem(SEARCH_PARAMETERS, "Patient", now)


def index_rows(store, table):
    return store.db.execute(f"SELECT count(*) FROM {table} WHERE type = 'Patient'").fetchone()  # noqa: S608


def test_a_new_parameter_finds_what_was_kept_before_it(store, store_place, keep, found_by_gender):
    kept = keep(PATIENT)
    store.db.execute("DELETE FROM token_index WHERE parameter = 'gender'")

    opened = open_store(*store_place)

    assert opened.search("Patient", gender="female") == [kept]
    opened.close()


def test_what_is_no_longer_searched_by_leaves_no_rows(store, store_place, keep, monkeypatch, request):
    keep(PATIENT)
    assert index_rows(store, "string_index") == (2,)  # the family name, and the name as a whole

    request.getfixturevalue("found_by_gender")
    open_store(*store_place).close()

    assert index_rows(store, "string_index") == (0,)


def test_more_resources_than_one_batch_are_all_indexed_again(store, store_place, keep, monkeypatch, request):
    kept = [keep(PATIENT) for _ in range(5)]
    monkeypatch.setattr(reindexing, "BATCH", 2)

    request.getfixturevalue("found_by_gender")
    opened = open_store(*store_place)

    assert opened.count("Patient", gender="female") == len(kept)
    opened.close()


def test_nothing_is_indexed_again_where_nothing_has_changed(store, store_place, keep):
    keep(PATIENT)
    store.db.execute("DELETE FROM string_index")

    open_store(*store_place).close()

    assert index_rows(store, "string_index") == (0,)


def test_whose_record_each_belongs_to_is_looked_up_again(store, store_place, keep):
    child = keep(PATIENT)
    about = {"reference": f"Patient/{child['id']}"}
    flag = keep({"resourceType": "Flag", "status": "active", "code": {"text": "asthma"}, "subject": about})
    on_it = {"target": [{"reference": f"Flag/{flag['id']}"}], "recorded": "2026-11-20T18:30:00Z"}
    keep({"resourceType": "Provenance", **on_it, "agent": [{"who": {"display": "Dr Lee"}}]})
    store.db.execute("UPDATE resources SET child = NULL")
    store.db.execute("DELETE FROM marks")

    opened = open_store(*store_place)

    sight = Sight(((Witness("Patient", {"_id": child["id"]}),),))
    assert [opened.count(kind, sight) for kind in ("Patient", "Flag", "Provenance")] == [1, 1, 1]
    opened.close()
