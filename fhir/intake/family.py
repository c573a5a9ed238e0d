"""The people around the child: who has parental responsibility, who reads what, and who is barred."""

import re

from fhir.codes import LANGUAGE
from fhir.intake.bundle import Entry
from fhir.intake.elements import codes, full_name, phone, words
from fhir.intake.ledger import Ledger
from fhir.provisions import DENY, rules
from fhir.related_person import PARENTAL_RESPONSIBILITY
from plans.people import FamilyMember

PROFICIENCY = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
READS, SPEAKS = "RWR", "ESP"
# What a young person may keep from a parent without barring that parent from the plan.
OWN_TOPIC = re.compile(r"\b(vap\w*|smok\w*)\b", re.IGNORECASE)
LIMITS = ("data", "class", "code", "securityLabel", "purpose", "dataPeriod", "provision")
READS_WORD = re.compile(r"\b(reads?|reading|script)\b", re.IGNORECASE)
SPEAKS_WORD = re.compile(r"\b(speaks?|speaking|spoken)\b", re.IGNORECASE)


def read_family(ledger: Ledger) -> tuple[FamilyMember, ...]:
    """Return those who are still in the child's life, in the order of the file."""
    barred = _barred(ledger)
    family = []
    for entry in ledger.about_the_child("RelatedPerson"):
        ledger.use(entry)
        if entry.resource.get("active", True):
            family.append(_member(entry, ledger.child.address, entry.number in barred))
    return tuple(family)


def language_read(communications: list[dict]) -> str:
    """Return the language to write to somebody in: one that they read, the preferred one first.

    Where nobody says whether they read it, the preferred one; a language only spoken is never it.
    """
    preferred = [one for one in communications if one.get("preferred")]
    readers = [one for one in communications if _reads(one)]
    best = [one for one in preferred if _reads(one)] or [one for one in preferred if not _only_spoken(one)]
    return next((_language(one) for one in (*best, *readers)), "")


def needs_interpreter(patient: dict) -> bool | None:
    """Return what the Patient says of an interpreter, None where it says nothing."""
    extensions = (one for one in patient.get("extension", ()) if one.get("url") == INTERPRETER)
    return next((one["valueBoolean"] for one in extensions if "valueBoolean" in one), None)


def languages_spoken(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Return in words what each person is said to speak, by their address in the file; "" is the child."""
    people = {one.address: one.resource for one in ledger.about_the_child("RelatedPerson")}
    everybody = {"": ledger.child.resource} | people
    spoken = {name: _spoken(one.get("communication", [])) for name, one in everybody.items()}
    return {name: languages for name, languages in spoken.items() if languages}


def _spoken(communications: list[dict]) -> tuple[str, ...]:
    names = (_in_words(one) for one in communications if _speaks(one))
    return tuple(filter(None, names))


def _in_words(communication: dict) -> str:
    """Return the name of the language, without what the record adds in brackets."""
    return words(communication.get("language")).partition("(")[0].strip()


def _member(entry: Entry, child: str, barred: bool) -> FamilyMember:
    person = entry.resource
    said = [words(one) for one in person.get("relationship", ())]
    communications = person.get("communication", [])
    reads = language_read(communications)
    spoken = (_language(one) for one in communications)
    return FamilyMember(
        id=entry.address,
        child_id=child,
        name=" ".join(full_name(person)).strip(),
        relationship=next((text for text in said if text and not _is_responsibility(text)), ""),
        with_parental_responsibility=any(_is_responsibility(text) for text in said),
        barred=barred,
        phone=phone(person),
        reads=reads,
        speaks=tuple(language for language in spoken if language and language != reads),
    )


def _is_responsibility(text: str) -> bool:
    return text.strip().casefold() == PARENTAL_RESPONSIBILITY.casefold()


def _barred(ledger: Ledger) -> set[int]:
    """Return the entry numbers of those whom a consent in force denies everything.

    An end date does not lift it: a person does. What only limits a topic bars nobody, and is doubtful.
    """
    barred: set[int] = set()
    for entry in ledger.about_the_child("Consent"):
        ledger.use(entry)
        denials = [rule for rule in rules(entry.resource) if rule.get("type") == DENY]
        if not denials:
            continue
        ledger.restrict(entry)
        if entry.resource.get("status") != "active":
            continue
        for denial in denials:
            barred |= _denied(entry.resource, denial, ledger)
    return barred


def _denied(consent: dict, denial: dict, ledger: Ledger) -> set[int]:
    """Return the entry numbers of those whom a rule denies everything; doubt one that does not say whom."""
    if _is_about_a_topic(consent, denial, ledger):
        ledger.doubt("A consent limits what some people may see. Read it before you share anything.")
        return set()
    denied = [ledger.bundle.at(actor.get("reference")) for actor in denial.get("actor", ())]
    if not denied or None in denied:
        ledger.doubt(
            "A consent denies somebody whom the record does not name. Read it before you share anything."
        )
    return {one.number for one in denied if one and one.kind == "RelatedPerson"}


def _is_about_a_topic(consent: dict, denial: dict, ledger: Ledger) -> bool:
    own = any(ledger.bundle.at(one) is ledger.child for one in consent.get("performer", ()))
    policy = words(consent.get("policyRule"))
    limited = any(name in denial for name in LIMITS)
    return limited or (own and OWN_TOPIC.search(policy) is not None)


def _language(communication: dict) -> str:
    return next(iter(codes(communication.get("language"), frozenset({LANGUAGE}))), "")


def _reads(communication: dict) -> bool:
    return READS in _proficiencies(communication) or bool(READS_WORD.search(_said(communication)))


def _speaks(communication: dict) -> bool:
    return SPEAKS in _proficiencies(communication) or bool(SPEAKS_WORD.search(_said(communication)))


def _only_spoken(communication: dict) -> bool:
    return _speaks(communication) and not _reads(communication)


def _said(communication: dict) -> str:
    return communication.get("language", {}).get("text", "")


def _proficiencies(communication: dict) -> set[str]:
    extensions = (one for one in communication.get("extension", ()) if one.get("url") == PROFICIENCY)
    parts = (part for one in extensions for part in one.get("extension", ()))
    return {part["valueCoding"].get("code", "") for part in parts if "valueCoding" in part}
