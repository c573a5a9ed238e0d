"""Practices, schools and hospitals as Organizations, and back."""

from typing import cast

from fhir.codes import (
    ODS_CODE,
    ORGANISATION_TYPES,
    concept,
    extension,
    extension_value,
    id_in,
    profile,
    reference,
    value_of,
)
from plans.places import Nation, Organisation, OrganisationKind
from plans.shown import on_one_line

PROVIDER = concept(ORGANISATION_TYPES, "prov", "Healthcare Provider")
TYPE = {
    OrganisationKind.PRACTICE: PROVIDER,
    OrganisationKind.SCHOOL: concept(ORGANISATION_TYPES, "edu", "Educational Institute"),
    OrganisationKind.HOSPITAL: PROVIDER,
    OrganisationKind.NURSING_TEAM: concept(ORGANISATION_TYPES, "team", "Organizational team"),
    OrganisationKind.PHARMACY: PROVIDER,
    OrganisationKind.SOCIAL_CARE: concept(ORGANISATION_TYPES, "govt", "Government"),
}
KIND_TEXT = {
    OrganisationKind.PRACTICE: "GP practice",
    OrganisationKind.SCHOOL: "School",
    OrganisationKind.HOSPITAL: "Hospital",
    OrganisationKind.NURSING_TEAM: "Nursing team",
    OrganisationKind.PHARMACY: "Pharmacy",
    OrganisationKind.SOCIAL_CARE: "Social care",
}
COUNTRY = {
    Nation.ENGLAND_AND_WALES: "England",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
NATION = {country: nation for nation, country in COUNTRY.items()} | {"Wales": Nation.ENGLAND_AND_WALES}


def to_organization(organisation: Organisation) -> dict:
    """Return a UK Core Organization; its nation is the country of its address, as in a GP record."""
    result: dict = {
        "resourceType": "Organization",
        "id": organisation.id,
        "meta": profile("Organization"),
        "active": True,
        "type": [TYPE[organisation.kind] | {"text": KIND_TEXT[organisation.kind]}],
        "name": organisation.name,
        "address": [{"use": "work", "country": COUNTRY[organisation.nation]}],
    }
    if organisation.code:
        result["identifier"] = [{"system": ODS_CODE, "value": organisation.code}]
    telecom = (("phone", organisation.phone), ("email", organisation.email))
    if any(value for _system, value in telecom):
        result["telecom"] = [
            {"system": system, "value": value, "use": "work"} for system, value in telecom if value
        ]
    if organisation.nursing_team_id:
        team = reference("Organization", organisation.nursing_team_id)
        result["extension"] = [{"url": extension("nursing-team"), "valueReference": team}]
    return result


def from_organization(resource: dict) -> Organisation:
    """Return the organisation; a country that we do not know counts as England."""
    country = next((a["country"] for a in resource.get("address", ()) if "country" in a), "England")
    return Organisation(
        id=resource["id"],
        kind=_kind(resource),
        name=on_one_line(resource.get("name", "")),
        code=value_of(resource.get("identifier", ()), ODS_CODE),
        phone=on_one_line(value_of(resource.get("telecom", ()), "phone")),
        nation=NATION.get(country, Nation.ENGLAND_AND_WALES),
        email=on_one_line(value_of(resource.get("telecom", ()), "email")),
        nursing_team_id=id_in(cast(dict | None, extension_value(resource, "nursing-team", "valueReference"))),
    )


def _kind(resource: dict) -> OrganisationKind:
    types = resource.get("type", ())
    if any(coding.get("code") == "edu" for kind in types for coding in kind.get("coding", ())):
        return OrganisationKind.SCHOOL
    said = {kind.get("text") for kind in types}
    return next((kind for kind, text in KIND_TEXT.items() if text in said), OrganisationKind.PRACTICE)
