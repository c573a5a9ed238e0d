"""Where references inside a bundle point: the addresses that must be found in it, and those that need not."""

import re
from collections.abc import Iterator, Mapping

RELATIVE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")
HISTORY = re.compile(r"/_history/[^/]+$")
INNER = (dict, list)  # what holds something: most of a record are texts, which need no call each


def references_in(element: object) -> Iterator[str]:
    """Give every address that a Reference anywhere inside the element points to."""
    match element:
        case dict():
            for name, value in element.items():
                if name == "reference" and isinstance(value, str):
                    yield value
                elif isinstance(value, INNER):
                    yield from references_in(value)
        case list():
            for item in element:
                yield from references_in(item)


def pointed_at(reference: str) -> str:
    """Return the address without the version that it may name."""
    return HISTORY.sub("", reference)


def broken_reference(resource: dict, known: Mapping[str, object]) -> str:
    """Return the first address that should be in the bundle and is not, "" if there is none.

    Searches ("Practitioner?identifier=...", as third-party transactions have), contained resources
    ("#med") and addresses of other servers point outside, and are not ours to check.
    """
    return next(
        (
            address
            for reference in references_in(resource)
            if (address := pointed_at(reference)) not in known and _points_inside(address)
        ),
        "",
    )


def _points_inside(address: str) -> bool:
    return address.startswith("urn:") or RELATIVE.fullmatch(address) is not None
