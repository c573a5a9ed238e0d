"""The part of a FHIR address after the question mark -> what `search` takes."""

import re
from typing import Any
from urllib.parse import parse_qsl

from fhir.store.errors import SearchNotUnderstood
from fhir.store.search.searching import FOR_PAGES, MOST_CONDITIONS

# FHIR R4, Search, "Escaping Search Parameters". An escaped bar is refused: our tokens part at the first one.
SIGNS = re.compile(r"\\(?P<escaped>[\\,$])|(?P<comma>,)|(?P<plain>[^\\,]+)|(?P<wrong>\\)", re.DOTALL)


def parameters_in(query: str) -> dict[str, Any]:
    """Return the parameters of a query: of values between commas any will do, and every name must hold.

    Raises SearchNotUnderstood.
    """
    try:
        pairs = parse_qsl(
            query,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_CONDITIONS,
        )
    except ValueError:
        raise SearchNotUnderstood("the search") from None
    found: dict[str, tuple[list[str], ...]] = {}
    for name, text in pairs:
        found[name] = (*found.get(name, ()), _any_of(name, text))
    return {name: _one(name, wanted) if name in FOR_PAGES else wanted for name, wanted in found.items()}


def _any_of(name: str, text: str) -> list[str]:
    values: list[list[str]] = [[]]
    for sign in SIGNS.finditer(text):
        if sign["wrong"]:
            raise SearchNotUnderstood(name)
        if sign["comma"]:
            values.append([])
        else:
            values[-1].append(sign["escaped"] or sign["plain"])
    return ["".join(parts) for parts in values]


def _one(name: str, wanted: tuple[list[str], ...]) -> str:
    """Return what is asked of the page: no list, and not twice."""
    if len(wanted) > 1 or len(wanted[0]) > 1:
        raise SearchNotUnderstood(name)
    return wanted[0][0]
