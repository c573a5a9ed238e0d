"""The bench fills a store that its questions find their answers in, and writes down what it measured."""

import re
from dataclasses import replace

import pytest

from bench.__main__ import PAGE, fill_once
from bench.clients import Took, asked
from bench.fill import import_records, keep_plans, loaded, saved
from bench.page import ENGINES, Size, page_of
from bench.peers import PEERS, prepare
from bench.questions import QUESTIONS, TWENTY
from bench.sweep import Took as TookSweeping
from bench.sweep import section
from fhir.store import open_store

CHILDREN = 25


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A small store as the bench makes it, and some of the children to ask about."""
    folder = tmp_path_factory.mktemp("bench")
    store = open_store(folder)
    import_records(store, folder, CHILDREN)
    known = keep_plans(store, sample=5)
    prepare(store, known)
    yield store, known
    store.close()


def test_every_child_has_a_record_and_a_live_plan(filled):
    store, known = filled

    assert store.count("Patient") == store.count("CarePlan", status="active") == CHILDREN
    assert len(known) == 5


@pytest.mark.parametrize("question", [*PEERS, *QUESTIONS])
def test_every_question_has_an_answer(filled, question):
    store, known = filled

    assert (PEERS | QUESTIONS)[question](store, known[0])


def test_what_is_asked_through_the_access_of_a_practice_leaves_its_audit_entry(filled):
    store, known = filled
    without = {"Read a plan's text, without access or audit"}

    for name in QUESTIONS.keys() - without:
        before = store.count("AuditEvent")
        QUESTIONS[name](store, known[0])
        assert store.count("AuditEvent") == before + 1, name


def test_a_practice_is_not_answered_about_a_child_of_another(filled):
    store, known = filled
    elsewhere = replace(known[0], practice_id="another")

    with pytest.raises(ValueError, match="nothing found"):
        QUESTIONS["Search by NHS number"](store, elsewhere)


def test_twenty_resources_land_in_one_transaction(filled):
    store, known = filled
    before = store.count("Observation")

    QUESTIONS["Transaction of 20"](store, known[0])

    assert store.count("Observation") == before + TWENTY


def test_the_sample_comes_back_as_it_was_saved(filled, tmp_path):
    _, known = filled
    saved(known, tmp_path / "sample.json")

    assert loaded(tmp_path / "sample.json") == known


def test_a_store_that_was_filled_before_is_not_filled_again(tmp_path, monkeypatch):
    filled_for = []
    monkeypatch.setattr(
        "bench.__main__._fill", lambda size, _place, _sample: filled_for.append(size.children)
    )

    for _ in range(2):
        size = Size(CHILDREN, import_seconds=4, plan_seconds=5)
        fill_once(size, (tmp_path, ""), tmp_path / "sample.json")

    assert filled_for == [CHILDREN]
    assert (size.import_seconds, size.plan_seconds) == (4, 5)


def measured(children, milliseconds, megabytes):
    took = Took(milliseconds, milliseconds * 2, 1000 / milliseconds, megabytes)
    every = [
        (engine, name, clients) for engine in ENGINES for name in (*PEERS, *QUESTIONS) for clients in (1, 8)
    ]
    return Size(children, import_seconds=10, plan_seconds=20, took={one: [took] for one in every})


def test_the_page_says_how_much_longer_more_children_take():
    page = page_of([measured(1_000, 2.0, 90), measured(100_000, 3.0, 150)], "ext4")

    assert "100,000 children, as times that with 1,000" in page
    assert "| Read a child | 1.50 | 1.50 |" in page
    assert "| 100,000 | 10 s | 10000 | 20 s | 5000 |" in page
    assert "150 MB" in page
    assert "stood on ext4" in page


def test_nothing_stands_on_the_page_that_the_next_bench_would_drop():
    sizes = [measured(1_000, 2.0, 90), measured(100_000, 3.0, 150)]
    written = page_of(sizes, "tmpfs") + section([TookSweeping("SQLite", 10, 40.0, 50.0)])

    assert prose(PAGE.read_text(encoding="utf-8")) - prose(written) == set()


def prose(page):
    """Return the lines below the head of a page that are in no table, without their numbers."""
    lines = page[page.index("## ") :].splitlines()
    return {re.sub(r"[0-9][0-9,.]*", "#", line) for line in lines if not line.startswith("|")}


def test_a_client_that_fails_ends_the_measuring(filled, tmp_path):
    _, known = filled
    saved(known, tmp_path / "sample.json")
    never_filled = (tmp_path, "")

    with pytest.raises(RuntimeError, match="ResourceNotFound"):
        asked(never_filled, tmp_path / "sample.json", "Read a child", clients=2)
