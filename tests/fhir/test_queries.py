"""What a FHIR address asks after its question mark, as the search takes it."""

import pytest

from fhir.store.errors import SearchNotUnderstood
from fhir.store.search.queries import parameters_in


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {}),
        ("status=active", {"status": (["active"],)}),
        ("status=active,revoked", {"status": (["active", "revoked"],)}),
        ("due=ge2026-11-20&due=lt2026-11-24", {"due": (["ge2026-11-20"], ["lt2026-11-24"])}),
        ("identifier=https%3A%2F%2Fexample.org%7C1", {"identifier": (["https://example.org|1"],)}),
        ("family=Nowak+Lis", {"family": (["Nowak Lis"],)}),
        (r"family=Nowak\,Lis\\\$", {"family": ([r"Nowak,Lis\$"],)}),
        ("_count=5&_sort=-due", {"_count": "5", "_sort": "-due"}),
    ],
)
def test_what_is_asked(query, asked):
    assert parameters_in(query) == asked


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("status", id="a name alone"),
        pytest.param("status=active&", id="nothing after the last sign"),
        pytest.param("family=%ff", id="bytes of no text"),
        pytest.param(r"identifier=a\|b", id="a bar that is none"),
        pytest.param("family=Nowak\\", id="half a sign"),
        pytest.param("_sort=due,date", id="two orders"),
        pytest.param("_count=1&_count=2", id="two counts"),
        pytest.param("&".join(["family=a"] * 60_000), id="a name without end"),
    ],
)
def test_what_cannot_be_read_is_refused(query):
    with pytest.raises(SearchNotUnderstood):
        parameters_in(query)
