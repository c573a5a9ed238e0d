"""The bench of the sweep fills a store in which ten of many open reviews are due, and measures just that."""

from contextlib import closing

import pytest

from bench.sweep import DUE, HEADING, NOW, Took, fill, measure, section, sweeps
from fhir.store import open_store
from fhir.store.tables import next_looks
from tests.portal.conftest import on_both_engines

MANY = 40
engine = on_both_engines()


@pytest.fixture
def empty(engine, tmp_path, request):
    """An empty store on each engine."""
    if engine == "sqlite":
        with closing(open_store(tmp_path)) as store:
            yield store
        return
    with (
        request.getfixturevalue("postgres_server").lent_store() as url,
        closing(open_store(tmp_path, url)) as store,
    ):
        yield store


def test_the_copies_are_open_reviews_that_are_not_due(empty):
    fill(empty, MANY)

    assert empty.count("Task", code="review-after-hospital", status="requested") == MANY + 1
    assert empty.count("Task", encounter="Encounter/encounter7") == 1
    assert next_looks.due(empty, NOW, 100) == []


def test_every_sweep_raises_the_alert_of_each_that_is_due(empty):
    places = fill(empty, MANY)

    assert len(list(sweeps(empty, places, 2))) == 2

    assert empty.count("Communication", category="alert") == 2 * DUE


def test_the_page_compares_with_the_fewest():
    said = section([Took("SQLite", 10, 40.0, 50.0), Took("SQLite", 1000, 50.0, 60.0)])

    assert said.startswith(HEADING)
    assert "| 1,000 | SQLite | 50 ms (60 ms) | 1.25 |" in said


def test_what_is_measured_leaves_out_the_first(empty, monkeypatch):
    monkeypatch.setattr(
        "bench.sweep.sweeps", lambda _store, _places, times: iter([900.0] + [10.0] * (times - 1))
    )

    assert measure(empty, "SQLite", 5) == Took("SQLite", 5, 10.0, 10.0)
