"""A child who is known here already: what a thinner record leaves unsaid stays as it was."""

from collections.abc import Callable, Mapping

# Elements that list things of several kinds: a record that names one kind says nothing about the others.
KINDS: Mapping[str, Callable[[dict], object]] = {
    "identifier": lambda one: one.get("system"),
    "contact": lambda one: sorted(kind.get("text", "") for kind in one.get("relationship", ())),
}


def with_what_is_known(patient: dict, known: dict) -> dict:
    """Return the Patient of a record, completed with what is known: a discharge names no school."""
    lists = {name: _with_other_kinds(name, patient, known) for name in KINDS}
    return known | patient | {name: listed for name, listed in lists.items() if listed}


def _with_other_kinds(name: str, patient: dict, known: dict) -> list[dict]:
    said, kind = patient.get(name, []), KINDS[name]
    kinds = [kind(one) for one in said]
    return [*said, *(one for one in known.get(name, []) if kind(one) not in kinds)]
