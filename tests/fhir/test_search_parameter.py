"""What we search by beyond FHIR R4 is declared as FHIR asks for it, from the table that the store uses."""

import pytest

from fhir.search_parameter import OUR_OWN, address, to_search_parameters
from fhir.store.search.parameters import SEARCH_PARAMETERS
from fhir.store.validation.checking import check


def test_each_of_our_own_is_a_valid_search_parameter():
    made = list(to_search_parameters())

    for resource in made:
        check(resource)
    assert [one["url"] for one in made] == [address(*name) for name in OUR_OWN]


def test_due_is_the_end_of_the_period_that_restricts_a_task():
    due = next(to_search_parameters())

    assert (due["code"], due["base"], due["type"]) == ("due", ["Task"], "date")
    assert due["expression"] == "Task.restriction.period.end"


@pytest.mark.parametrize(("resource_type", "name"), OUR_OWN)
def test_what_is_declared_is_what_the_store_searches_by(resource_type, name):
    assert name in SEARCH_PARAMETERS[resource_type]
