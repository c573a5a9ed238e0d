"""Values of a resource by the names of their elements."""

from collections.abc import Iterator
from typing import Any


def values_at(value: Any, path: str) -> Iterator[Any]:
    """Yield each value at a path such as "participant.actor", whatever is a list on the way.

    A null in a list, which FHIR writes where only an extension stands, is no value.
    """
    if isinstance(value, list):
        for each in value:
            yield from values_at(each, path)
        return
    if value is None:
        return
    if not path:
        yield value
        return
    name, _, rest = path.partition(".")
    if isinstance(value, dict) and name in value:
        yield from values_at(value[name], rest)
