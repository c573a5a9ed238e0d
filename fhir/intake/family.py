"""The people around the child: who has parental responsibility, who reads what, and who is barred."""

import re

from fhir.intake.bundle import Entry
from fhir.intake.elements import full_name, phone, words
from fhir.intake.ledger import Ledger
from fhir.languages import code_of, language_read, speaks
from fhir.provisions import DENY, rules
from fhir.related_person import PARENTAL_RESPONSIBILITY
from plans.people import FamilyMember

INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
# What a young person may keep from a parent without barring that parent from the plan.
OWN_TOPIC = re.compile(r"\b(vap\w*|smok\w*)\b", re.IGNORECASE)
LIMITS = ("data", "class", "code", "securityLabel", "purpose", "dataPeriod", "provision")


def read_family(ledger: Ledger) -> tuple[FamilyMember, ...]:
    """Return those who are still in the child's life, in the order of the file."""
    barred = _barred(ledger)
    family = []
    for entry in ledger.about_the_child("RelatedPerson"):
        ledger.use(entry)
        if entry.resource.get("active", True):
            family.append(_member(entry, ledger.child.address, entry.number in barred))
    return tuple(family)


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
    names = (_in_words(one) for one in communications if speaks(one))
    return tuple(filter(None, names))


def _in_words(communication: dict) -> str:
    """Return the name of the language, without what the record adds in brackets."""
    return words(communication.get("language")).partition("(")[0].strip()


def _member(entry: Entry, child: str, barred: bool) -> FamilyMember:
    person = entry.resource
    said = [words(one) for one in person.get("relationship", ())]
    communications = person.get("communication", [])
    reads = language_read(communications)
    spoken = (code_of(one) for one in communications)
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
