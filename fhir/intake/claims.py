"""Which UK Core profile a resource from elsewhere may go on claiming: one whose demands it meets as kept.

What is kept is not quite what came: narrative is left out, and so are references that lead nowhere. A claim
of another profile, or of one version of it, is of something that nobody here can check.
Source of the demands: UK Core, the definitions of each profile beyond FHIR R4 itself.
"""

from collections.abc import Callable, Mapping

from fhir.codes import LANGUAGE, NHS_NUMBER, ODS_CODE, UK_CORE

ODS_SITE = "https://fhir.nhs.uk/Id/ods-site-code"


def claimed(resource: dict) -> list[str]:
    """Return the profiles that a resource may claim: the UK Core one of its kind, or none."""
    own = UK_CORE + resource["resourceType"]
    is_met = MET.get(resource["resourceType"], _has_coded_languages)
    return [own] if own in resource.get("meta", {}).get("profile", ()) and is_met(resource) else []


def _has_coded_languages(resource: dict) -> bool:
    """Return whether each language is a tag: UK Core allows no other words for it."""
    return all(
        any(coding.get("system") == LANGUAGE and coding.get("code") for coding in _codings(one))
        for one in resource.get("communication", ())
    )


def _codings(communication: dict) -> list[dict]:
    # A Practitioner has the language itself there, a Patient and a RelatedPerson have it inside.
    return communication.get("language", communication).get("coding", [])


def _has_plain_identifiers(*systems: str) -> Callable[[dict], bool]:
    """Return the demand that there is one identifier of each of these systems at most, with its value."""

    def is_met(resource: dict) -> bool:
        listed = [one for one in resource.get("identifier", ()) if one.get("system") in systems]
        return len({one["system"] for one in listed}) == len(listed) and all(map(_has_value, listed))

    return is_met


def _has_value(identifier: dict) -> bool:
    return bool(identifier.get("value"))


def _is_met_by_patient(patient: dict) -> bool:
    return _has_coded_languages(patient) and _has_plain_identifiers(NHS_NUMBER)(patient)


def _says_of_substitution(request: dict) -> bool:
    return "substitution" in request


def _names_the_substance(allergy: dict) -> bool:
    return "code" in allergy


MET: Mapping[str, Callable[[dict], bool]] = {
    "AllergyIntolerance": _names_the_substance,
    "Location": _has_plain_identifiers(ODS_SITE),
    "MedicationRequest": _says_of_substitution,
    "Organization": _has_plain_identifiers(ODS_CODE, ODS_SITE),
    "Patient": _is_met_by_patient,
}
