"""People at home as RelatedPersons, and back."""

from fhir.codes import (
    LANGUAGE,
    concept,
    extension,
    extension_value,
    id_in,
    is_coded,
    profile,
    reference,
    value_of,
)
from fhir.languages import code_of, language_read
from plans.people import FamilyMember
from plans.shown import on_one_line

PARENTAL_RESPONSIBILITY = "Has parental responsibility"
# FHIR R4, patient relationship type: the young person themself, as one who reads by a link of their own.
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ONESELF = "ONESELF"
THEMSELF = "the young person"
SYSTEMS = frozenset({"phone", "email"})


def to_related_person(member: FamilyMember) -> dict:
    """Return a RelatedPerson; that somebody is barred is never written here, see Consent and Flag."""
    relationships: list[dict] = [{"text": member.relationship}] if member.relationship else []
    if member.is_themself:
        relationships = [concept(ROLE_CODE, ONESELF, "self") | relationship for relationship in relationships]
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
    contacts = _contacts(member)
    if contacts:
        person["telecom"] = contacts
    # FHIR R4 has no element that tells reading from speaking here: to read is to prefer.
    languages = [_language(code) for code in member.speaks]
    if member.reads:
        languages.insert(0, _language(member.reads) | {"preferred": True})
    if languages:
        person["communication"] = languages
    return person


def with_contacts(person: dict, member: FamilyMember) -> dict:
    """Return a RelatedPerson with this member's phone and e-mail address, and all else as it stands."""
    others, replaced = [], set()
    for one in person.get("telecom", ()):
        if one.get("system") not in SYSTEMS or one["system"] in replaced:
            others.append(one)
        else:
            replaced.add(one["system"])
    telecom = [*_contacts(member), *others]
    rest = {name: value for name, value in person.items() if name != "telecom"}
    return rest | ({"telecom": telecom} if telecom else {})


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
        email=value_of(person.get("telecom", ()), "email"),
        phone_is_safe=_is_safe(person, "phone"),
        email_is_safe=_is_safe(person, "email"),
        is_themself=any(is_coded(one, ROLE_CODE, ONESELF) for one in relationships),
    )


def _contacts(member: FamilyMember) -> list[dict]:
    phone = {"system": "phone", "value": member.phone, "use": "mobile"}
    email = {"system": "email", "value": member.email}
    return [
        _marked(contact, is_safe=is_safe)
        for contact, is_safe in ((phone, member.phone_is_safe), (email, member.email_is_safe))
        if contact["value"]
    ]


def _marked(contact: dict, *, is_safe: bool) -> dict:
    mark = {"url": extension("safe-to-message"), "valueBoolean": True}
    return {"extension": [mark], **contact} if is_safe else contact


def _is_safe(person: dict, system: str) -> bool:
    """Return whether the contact that we read of this system is marked as safe to write to."""
    listed = (one for one in person.get("telecom", ()) if one.get("system") == system and one.get("value"))
    return extension_value(next(listed, {}), "safe-to-message", "valueBoolean") is True


def _said(relationship: dict) -> str:
    coding: dict = next(iter(relationship.get("coding", ())), {})
    return relationship.get("text") or coding.get("display", "")


def _full_name(name: dict) -> str:
    return name.get("text") or " ".join([*name.get("given", ()), name.get("family", "")]).strip()


def _language(code: str) -> dict:
    return {"language": {"coding": [{"system": LANGUAGE, "code": code}]}}
