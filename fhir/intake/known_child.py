"""A child who is known here already: how a record finds the child, and what it leaves as it was."""

import re
from collections.abc import Callable, Iterator, Mapping

from fhir.intake.errors import TwoChildrenHere
from fhir.intake.kept import Kept
from fhir.store import Reader
from fhir.store.tables import imported

# What an address ends in that nobody can have given to another child.
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
# Elements that list things of several kinds: a record that names one kind says nothing about the others.
KINDS: Mapping[str, Callable[[dict], object]] = {
    "identifier": lambda one: one.get("system"),
    "contact": lambda one: sorted(kind.get("text", "") for kind in one.get("relationship", ())),
}


def find_child(reader: Reader, patient: Kept) -> dict | None:
    """Return the Patient here whom a record is about, None if there is none; nobody is matched by name.

    Without any identifier it is the child whose record came under the same address before. Raises
    TwoChildrenHere where its identifiers, those that have ended among them, lead to more than one.
    """
    found = list(_all_by_identifier(reader, patient))
    if len({one["id"] for one in found}) > 1:
        raise TwoChildrenHere
    if found or not UUID.search(patient.key):
        return found[0] if found else None
    child_id = imported.child_at(reader, patient.key)
    return reader.read("Patient", child_id) if child_id else None


def find_by_identifier(reader: Reader, one: Kept) -> dict | None:
    """Return the resource here that carries one of the identifiers."""
    return next(iter(_all_by_identifier(reader, one)), None)


def _all_by_identifier(reader: Reader, one: Kept) -> Iterator[dict]:
    for system, value in one.identifiers:
        yield from reader.search(one.kind, identifier=f"{system}|{value}")


def with_what_is_known(patient: dict, known: dict) -> dict:
    """Return the Patient of a record, completed with what is known: a discharge names no school."""
    lists = {name: _with_other_kinds(name, patient, known) for name in KINDS}
    return known | patient | {name: listed for name, listed in lists.items() if listed}


def _with_other_kinds(name: str, patient: dict, known: dict) -> list[dict]:
    said, kind = patient.get(name, []), KINDS[name]
    kinds = [kind(one) for one in said]
    return [*said, *(one for one in known.get(name, []) if kind(one) not in kinds)]
