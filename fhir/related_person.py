"""People at home as RelatedPersons, and back."""

from fhir.codes import LANGUAGE, id_in, profile, reference, value_of
from fhir.languages import code_of, language_read
from plans.people import FamilyMember
from plans.shown import on_one_line

PARENTAL_RESPONSIBILITY = "Has parental responsibility"


def to_related_person(member: FamilyMember) -> dict:
    """Return a RelatedPerson; that somebody is barred is never written here, see Consent and Flag."""
    relationships = [{"text": member.relationship}] if member.relationship else []
    if member.with_parental_responsibility:
        relationships.append({"text": PARENTAL_RESPONSIBILITY})
    person: dict = {
        "resourceType": "RelatedPerson",
        "id": member.id,
        "meta": profile("RelatedPerson"),
        "active": True,
        "patient": reference("Patient", member.child_id),
        "name": [{"use": "official", "text": member.name}],
    }
    if relationships:
        person["relationship"] = relationships
    if member.phone:
        person["telecom"] = [{"system": "phone", "value": member.phone, "use": "mobile"}]
    # FHIR R4 has no element that tells reading from speaking here: to read is to prefer.
    languages = [_language(code) for code in member.speaks]
    if member.reads:
        languages.insert(0, _language(member.reads) | {"preferred": True})
    if languages:
        person["communication"] = languages
    return person


def from_related_person(person: dict, *, barred: bool = False) -> FamilyMember:
    """Return the family member; `barred` comes from the child's Consents, which the caller has read."""
    relationships = person.get("relationship", ())
    texts = [_said(relationship) for relationship in relationships]
    languages = person.get("communication", [])
    reads, others = language_read(languages), map(code_of, languages)
    return FamilyMember(
        id=person["id"],
        child_id=id_in(person["patient"]),
        name=on_one_line(_full_name(person.get("name", [{}])[0])),
        relationship=on_one_line(
            next((text for text in texts if text and text != PARENTAL_RESPONSIBILITY), "")
        ),
        with_parental_responsibility=PARENTAL_RESPONSIBILITY in texts,
        barred=barred,
        phone=value_of(person.get("telecom", ()), "phone"),
        reads=reads,
        speaks=tuple(code for code in others if code and code != reads),
    )


def _said(relationship: dict) -> str:
    coding: dict = next(iter(relationship.get("coding", ())), {})
    return relationship.get("text") or coding.get("display", "")


def _full_name(name: dict) -> str:
    return name.get("text") or " ".join([*name.get("given", ()), name.get("family", "")]).strip()


def _language(code: str) -> dict:
    return {"language": {"coding": [{"system": LANGUAGE, "code": code}]}}
