"""What we search by and FHIR R4 does not name, as SearchParameters made from the table of the store."""

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import OWN
from fhir.store.search.parameters import SEARCH_PARAMETERS, Parameter

# By type and name: what it finds.
OUR_OWN: Mapping[tuple[str, str], str] = {
    ("Task", "due"): "Tasks by the moment at which they are due: the end of restriction.period.",
    ("Flag", "status"): "Flags by whether they are active.",
    ("Flag", "category"): "Flags by what kind they are.",
    ("Flag", "code"): "Flags by what they say.",
    ("RelatedPerson", "family"): "People around a child by family name.",
    ("Patient", "school"): "Children by a place among their contacts: the school that they go to.",
    ("Patient", "name-key"): "Children by all words of a name in the order of the alphabet, without accents.",
    ("Consent", "lawful-basis"): "Shares by the reason in law on which they rest: `policyRule`.",
}


def to_search_parameters() -> Iterator[dict]:
    """Yield the SearchParameter of each of our own parameters."""
    for (resource_type, name), finds in OUR_OWN.items():
        parameter = SEARCH_PARAMETERS[resource_type][name]
        yield _search_parameter(resource_type, name, parameter, finds)


def address(resource_type: str, name: str) -> str:
    """Return the address that names one of our own parameters."""
    return f"{OWN}SearchParameter/{resource_type}-{name}"


def _search_parameter(resource_type: str, name: str, parameter: Parameter, finds: str) -> dict:
    url = address(resource_type, name)
    return {
        "resourceType": "SearchParameter",
        "id": str(uuid5(NAMESPACE_URL, url)),
        "url": url,
        "version": "1",
        "name": f"{resource_type}{name.title().replace('-', '')}",
        "status": "active",
        "description": finds,
        "code": name,
        "base": [resource_type],
        "type": parameter.kind,
        "expression": " | ".join(f"{resource_type}.{path}" for path in parameter.paths),
        "xpathUsage": "normal",
    }
