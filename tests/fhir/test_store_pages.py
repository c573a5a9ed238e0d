"""A search comes in pages that follow on each other, with what belongs to its matches."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from fhir.store.errors import PageNotUnderstood, UnknownSearchParameter

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"


def child(number, **more):
    return {"resourceType": "Patient", "id": f"c{number}", "name": [{"family": "Sandhu"}], **more}


def task(number, due):
    return {
        "resourceType": "Task",
        "id": f"t{number}",
        "status": "requested",
        "intent": "order",
        "for": {"reference": f"Patient/c{number}"},
        **({"restriction": {"period": {"end": due}}} if due else {}),
    }


def token(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def ids(texts):
    return [json.loads(text)["id"] for text in texts]


def walked(store, *of, **params):
    """Return the ids on each page."""
    pages, after = [], ""
    while True:
        page = store.page(*of, after, **params)
        pages.append(ids(page.matches))
        after = page.next
        if not after:
            return pages


@pytest.fixture
def seven(keep):
    for number in range(1, 8):
        keep(child(number), at=NOW + timedelta(minutes=number // 2))


def test_pages_follow_on_each_other_the_newest_first(store, seven):
    pages = walked(store, "Patient", None, family="sandhu", _count=3)

    assert pages == [["c7", "c6", "c5"], ["c4", "c3", "c2"], ["c1"]]


def test_the_oldest_may_come_first(store, seven):
    pages = walked(store, "Patient", None, _sort="_lastUpdated", _count=4)

    assert pages == [["c1", "c2", "c3", "c4"], ["c5", "c6", "c7"]]


def test_what_is_as_long_as_a_page_has_no_next(store, seven):
    assert store.page("Patient", _count=7).next == ""
    assert store.page("Patient", _count=0) == store.page("Patient", family="nobody")


def test_what_comes_in_between_two_pages_is_not_shown_in_place_of_another(store, seven, keep):
    first = store.page("Patient", _count=4)

    keep(child(8), at=NOW + timedelta(hours=1))

    assert ids(store.page("Patient", None, first.next, _count=4).matches) == ["c3", "c2", "c1"]


@pytest.mark.parametrize(
    ("sort", "order"), [("due", ["t2", "t3", "t1", "t4"]), ("-due", ["t1", "t3", "t2", "t4"])]
)
def test_pages_in_the_order_of_a_date_end_with_those_that_have_none(store, keep, sort, order):
    for number, due in enumerate(["2026-11-26", "2026-11-24", "2026-11-25", None], start=1):
        keep(task(number, due))

    assert walked(store, "Task", None, _sort=sort, _count=1) == [[each] for each in order]


def test_a_page_is_never_longer_than_a_thousand(store, seven, monkeypatch):
    monkeypatch.setattr("fhir.store.search.pages.MOST", 5)

    assert len(store.page("Patient", _count=1000).matches) == 5


def test_a_page_of_another_search_is_refused(store, seven):
    following = store.page("Patient", family="sandhu", _count=3).next

    with pytest.raises(PageNotUnderstood, match="first page"):
        store.page("Patient", None, following, family="johns", _count=3)
    with pytest.raises(PageNotUnderstood):
        store.page("Patient", None, "not a page")
    with pytest.raises(PageNotUnderstood):
        store.page("Patient", None, "W10", family="sandhu", _count=3)


@pytest.mark.parametrize("change", [{"sequence": 2**63}, {"sequence": -1}, {"place": "a\x00"}], ids=str)
def test_a_page_that_no_store_gave_out_is_refused(store, seven, change):
    given = store.page("Patient", _count=3).next
    digest, place, sequence = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    said = {"digest": digest, "place": place, "sequence": sequence} | change

    with pytest.raises(PageNotUnderstood):
        store.page("Patient", None, token(json.dumps([*said.values()])), _count=3)
    with pytest.raises(PageNotUnderstood):
        store.page("Patient", None, token("[" * 100_000), _count=3)


def test_what_matches_point_to_can_be_included_once(store, keep):
    keep({"resourceType": "Organization", "id": "o1", "name": "Larkhill Surgery"})
    for number in (1, 2):
        keep(child(number, generalPractitioner=[{"reference": "Organization/o1"}]))

    page = store.page("Patient", _include=["Patient:general-practitioner"])

    assert ids(page.matches) == ["c2", "c1"]
    assert ids(page.included) == ["o1"]


def test_what_points_to_matches_can_be_included(store, keep):
    keep(child(1))
    keep(child(2))
    keep(task(1, "2026-11-24"))

    page = store.page("Patient", _revinclude=["Task:subject"])

    assert (ids(page.matches), ids(page.included)) == (["c2", "c1"], ["t1"])


def test_a_reference_to_a_version_includes_that_version(store, keep):
    kept = keep(child(1, active=True))
    with store.write(by=DR_LEE, at=NOW) as write:
        write.update(kept | {"active": False}, if_match="1")
        write.audit("U", "Patient/c1")
    keep(task(1, None) | {"focus": {"reference": "Patient/c1/_history/1"}})

    (included,) = store.page("Task", _include=["Task:focus"]).included

    assert json.loads(included) == kept


@pytest.mark.parametrize("name", ["Patient:family", "Task:subject", "Patient", "Patient:"])
def test_only_a_reference_of_its_own_can_be_included(store, name):
    with pytest.raises(UnknownSearchParameter, match="general-practitioner|Task"):
        store.page("Patient", _include=[name])
