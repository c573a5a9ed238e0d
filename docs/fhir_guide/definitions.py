"""Our code systems as CodeSystem resources, for a validator or a terminology server to load."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from docs.fhir_guide.addresses import ADDRESSES, Address
from fhir.codes import OWN

BEGINNING = f"{OWN}CodeSystem/"


def code_system_files() -> Mapping[str, Callable[[], str]]:
    """Return the text of each code system of ours, by the name of its file."""
    return {f"CodeSystem-{_name(one)}.json": partial(_text, one) for one in _code_systems()}


def to_code_system(one: Address) -> dict:
    """Return the CodeSystem of an address, with every code that it can have."""
    concepts = [{"code": code, "display": display} for code, display in one.values()]
    return {
        "resourceType": "CodeSystem",
        "id": _name(one),
        "url": one.url,
        "version": "1",
        "name": "Puffin" + _name(one).title().replace("-", ""),
        "status": "active",
        "experimental": False,
        "description": one.means,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }


def _code_systems() -> Iterator[Address]:
    return (one for one in ADDRESSES if one.url.startswith(BEGINNING))


def _name(one: Address) -> str:
    return one.url.removeprefix(BEGINNING)


def _text(one: Address) -> str:
    return json.dumps(to_code_system(one), ensure_ascii=False, indent=2) + "\n"
