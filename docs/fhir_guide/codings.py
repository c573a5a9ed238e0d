"""The codes that our resources carry, found in the examples."""

from collections.abc import Iterator, Mapping
from functools import cache

from docs.fhir_guide.examples import EXAMPLES
from fhir.codes import LANGUAGE, OWN


@cache
def codings() -> Mapping[tuple[str, str], str]:
    """Return what each code of the examples says, by its system and itself; "" where it says nothing."""
    found: dict[tuple[str, str], str] = {}
    for example in EXAMPLES:
        for system, code, display in _in_element(example.make()):
            found[system, code] = found.get((system, code)) or display
    return found


def of_others() -> Iterator[tuple[str, str, str]]:
    """Yield the codes of others: system, code, and what it says. A language may be any, so none is named."""
    for (system, code), display in sorted(codings().items()):
        if not system.startswith(OWN) and system != LANGUAGE:
            yield system, code, display


def _in_element(element: object) -> Iterator[tuple[str, str, str]]:
    """Yield each code with its system, but for those of medicines: each product has its own."""
    match element:
        case {"system": str() as system, "code": str() as code, **rest}:
            yield system, code, str(rest.get("display", ""))
        case dict():
            for name, inner in element.items():
                if name != "medicationCodeableConcept":
                    yield from _in_element(inner)
        case list():
            for inner in element:
                yield from _in_element(inner)
