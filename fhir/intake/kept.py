"""The resources of a file worth keeping, each under a key that stays the same when the file comes again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fhir.codes import NHS_NUMBER, ODS_CODE, OWN
from fhir.intake.addresses import INNER, pointed_at, references_in
from fhir.intake.bundle import Bundle, Entry
from fhir.intake.claims import claimed
from fhir.intake.elements import identifiers
from fhir.intake.ledger import Ledger, names_of
from fhir.intake.medicines import concept_of
from fhir.security_label import restricted

# Found through what points to them. A doctor or a ward says nothing about the child by itself.
POINTED_AT = frozenset({"Location", "Organization", "Practitioner"})
A_PATIENT = re.compile(r"\bPatient[/?]")  # in a reference that leads nowhere
FIRST = {"Organization": 0, "Practitioner": 1, "Location": 2, "Patient": 3, "RelatedPerson": 4}


@dataclass(frozen=True)
class Kept:
    """A resource without an id; its references to others of the file are their keys.

    `key` stays the same when the same file, or a later export, comes again. `identifiers` are for
    matching people and organisations that are here already; nobody is ever matched by name.
    """

    key: str
    kind: str
    identifiers: tuple[tuple[str, str], ...]
    resource: dict

    def placed(self, id: str, ids: Mapping[str, str]) -> dict:
        """Return the resource under its `id` here; `ids` gives the id of every key of the file."""
        return _pointed(self.resource, ids) | {"id": id}


def use_what_is_pointed_at(ledger: Ledger) -> None:
    """Note as used the places and professionals that used resources point to, and what those point to."""
    waiting = list(ledger.used.values())
    while waiting:
        for reference in references_in(waiting.pop().resource):
            entry = ledger.bundle.by_address.get(pointed_at(reference))
            if entry and entry.kind in POINTED_AT and entry.number not in ledger.used:
                ledger.use(entry)
                waiting.append(entry)


def kept_from(ledger: Ledger) -> tuple[Kept, ...]:
    """Return what was used, people and places first; a medicine in an entry of its own moves inside."""
    used = [entry for entry in ledger.used.values() if entry.kind != "Medication"]
    keys = _keys(used)
    ordered = sorted(used, key=lambda entry: (FIRST.get(entry.kind, len(FIRST)), entry.number))
    return tuple(
        Kept(keys[entry.number], entry.kind, identifiers(entry.resource), _ready(entry, keys, ledger))
        for entry in ordered
    )


def _keys(used: list[Entry]) -> dict[int, str]:
    taken: set[str] = set()
    keys = {}
    for entry in used:
        named = sorted(names_of(entry.resource), key=_preference)
        key = "|".join(named[0]) if named else ""
        if not key or key in taken:
            key = f"{entry.kind}|{entry.address}"
        taken.add(key)
        keys[entry.number] = key
    return keys


def _preference(name: tuple[str, ...]) -> bool:
    return name[1] not in {NHS_NUMBER, ODS_CODE}


def _ready(entry: Entry, keys: Mapping[int, str], ledger: Ledger) -> dict:
    said = _without_ours(_with_its_medicine(entry.resource, ledger))
    inside = (one for one in entry.resource.get("contained", ()) if one.get("resourceType") == "Patient")
    said = _unnamed(said, frozenset(f"#{one.get('id')}" for one in inside), ledger.bundle)
    resource = _rewritten(said, keys, ledger.bundle)
    if not isinstance(resource, dict):
        raise TypeError(entry.where)
    # Narrative of elsewhere is markup that we did not write: it is never shown, so it is not kept.
    for name in ("id", "text", "implicitRules"):
        resource.pop(name, None)
    meta = _meta(resource, is_restricted=entry.number in ledger.restricted)
    resource.pop("meta", None)
    return resource | ({"meta": meta} if meta else {})


def _meta(resource: dict, *, is_restricted: bool) -> dict:
    """Return what stays of `meta`: profiles that hold, tags, and labels, with ours once."""
    said = restricted(resource.get("meta", {})) if is_restricted else resource.get("meta", {})
    kept = {"profile": claimed(resource), "security": said.get("security"), "tag": said.get("tag")}
    return {name: value for name, value in kept.items() if value}


def _without_ours(element: object) -> object:
    """Return the element without identifiers, codes and extensions that only this house gives out.

    By these a plan is known as signed here and a share as given here, which no file may claim.
    """
    match element:
        case dict():
            inner = {
                name: _without_ours(one) if isinstance(one, INNER) else one for name, one in element.items()
            }
            return {name: value for name, value in inner.items() if value not in ({}, [])}
        case list():
            return [_without_ours(item) for item in element if not _is_ours(item)]
    return element


def _is_ours(element: object) -> bool:
    named = (element.get("system"), element.get("url")) if isinstance(element, dict) else ()
    return any(isinstance(name, str) and name.startswith(OWN) for name in named)


def _with_its_medicine(resource: dict, ledger: Ledger) -> dict:
    if "medicationReference" not in resource:
        return resource
    concept = concept_of(resource, ledger)
    rest = {name: value for name, value in resource.items() if name != "medicationReference"}
    return (rest | {"medicationCodeableConcept": concept}) if concept else resource


def _unnamed(element: object, inside: frozenset[str], bundle: Bundle) -> object:
    """Return the element without what its references call a child, who may have another name one day.

    `inside` are the addresses of the Patients that the resource itself contains.
    """
    match element:
        case dict():
            is_to_a_child = _is_to_a_child(element, inside, bundle)
            said = {name: one for name, one in element.items() if not (is_to_a_child and name == "display")}
            return {
                name: _unnamed(one, inside, bundle) if isinstance(one, INNER) else one
                for name, one in said.items()
            }
        case list():
            return [_unnamed(item, inside, bundle) for item in element]
    return element


def _is_to_a_child(element: dict, inside: frozenset[str], bundle: Bundle) -> bool:
    """Return whether an element is a reference to a Patient: resolved or not, contained, or by a number."""
    reference, identifier = element.get("reference"), element.get("identifier")
    if element.get("type") == "Patient":
        return True
    if isinstance(identifier, dict) and identifier.get("system") == NHS_NUMBER:
        return True
    if not isinstance(reference, str):
        return False
    target = bundle.by_address.get(pointed_at(reference))
    return reference in inside or A_PATIENT.search(reference) is not None or _is_a_patient(target)


def _is_a_patient(target: Entry | None) -> bool:
    return target is not None and target.kind == "Patient"


def _rewritten(element: object, keys: Mapping[int, str], bundle: Bundle) -> object:
    """Return the element with references inside the file as keys, and those that lead nowhere left out."""
    match element:
        case {"reference": str() as reference, **rest} if not reference.startswith("#"):
            target = bundle.by_address.get(pointed_at(reference))
            return rest | ({"reference": keys[target.number]} if target and target.number in keys else {})
        case dict():
            inner = {
                name: _rewritten(one, keys, bundle) if isinstance(one, INNER) else one
                for name, one in element.items()
            }
            return {name: value for name, value in inner.items() if value not in ({}, [])}
        case list():
            items = [_rewritten(item, keys, bundle) for item in element]
            return [item for item in items if item not in ({}, [])]
    return element


def _pointed(element: Any, ids: Mapping[str, str]) -> Any:
    """Return a copy of the element in which the keys of `ids` are references to resources here."""
    if isinstance(element, dict):
        return {
            name: f"{value.partition('|')[0]}/{ids[value]}"
            if name == "reference" and isinstance(value, str) and value in ids
            else _pointed(value, ids)
            for name, value in element.items()
        }
    return [_pointed(item, ids) for item in element] if isinstance(element, list) else element
