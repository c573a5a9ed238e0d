"""A resource from elsewhere goes on claiming a UK Core profile only where it meets what that profile asks."""

import pytest

from fhir.codes import LANGUAGE, NHS_NUMBER, ODS_CODE, UK_CORE
from fhir.intake.claims import claimed

NUMBER = {"system": NHS_NUMBER, "value": "9991230041"}
URDU = {"coding": [{"system": LANGUAGE, "code": "ur"}]}


def claiming(kind, *profiles, **said):
    return {"resourceType": kind, "meta": {"profile": list(profiles or [UK_CORE + kind])}} | said


@pytest.mark.parametrize(
    "resource",
    [
        claiming("Condition"),
        claiming("MedicationRequest", substitution={"allowedBoolean": False}),
        claiming("AllergyIntolerance", code={"text": "Peanut"}),
        claiming("Organization", identifier=[{"system": ODS_CODE, "value": "Y99901"}]),
        claiming("Patient", identifier=[NUMBER], communication=[{"language": URDU}]),
        claiming("RelatedPerson", communication=[{"language": URDU}]),
        claiming("Practitioner", communication=[URDU]),
    ],
    ids=lambda one: one["resourceType"],
)
def test_a_claim_that_holds_is_kept(resource):
    assert claimed(resource) == [UK_CORE + resource["resourceType"]]


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(claiming("MedicationRequest"), id="nothing about substitution"),
        pytest.param(claiming("AllergyIntolerance"), id="no substance"),
        pytest.param(
            claiming("Organization", identifier=[{"system": ODS_CODE}]), id="a code without a value"
        ),
        pytest.param(claiming("Patient", identifier=[NUMBER, NUMBER]), id="two NHS numbers"),
        pytest.param(claiming("Patient", communication=[{"language": {"text": "Urdu"}}]), id="words, no tag"),
        pytest.param(claiming("Practitioner", communication=[{"text": "Urdu"}]), id="words of a doctor"),
        pytest.param(
            claiming("Condition", "https://example.org/profile"), id="a profile nobody here can check"
        ),
        pytest.param(claiming("Condition", UK_CORE + "Condition|9.9.9"), id="one version of a profile"),
        pytest.param(claiming("Condition", UK_CORE + "Patient"), id="the profile of another kind"),
        pytest.param({"resourceType": "Condition"}, id="no claim"),
    ],
)
def test_a_claim_that_does_not_hold_or_cannot_be_checked_is_not_repeated(resource):
    assert claimed(resource) == []
