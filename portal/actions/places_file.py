"""A CSV file of places: each row is kept, is there already, or is refused with its reason."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fhir.store import Store
from plans.class_list_text import text_of
from plans.errors import PuffinError
from plans.places import Nation, Organisation, OrganisationKind
from portal.actions.places import add_place

REQUIRED = ("kind", "code", "name")
COLUMNS = (*REQUIRED, "phone", "nation", "nurses")


class PlacesColumnsMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "The first line must name the columns kind, code and name; phone, nation and nurses may follow."
        )


class PlacesUnreadable(PuffinError):
    def __init__(self) -> None:
        super().__init__("This file cannot be read as CSV. Save it as CSV UTF-8 with commas, and try again.")


class PlaceRowRefused(PuffinError):
    """A row of a file of places that cannot be read."""


class Became(StrEnum):
    ADDED = "added"
    KNOWN = "already here"
    REFUSED = "refused"


@dataclass(frozen=True)
class PlaceRow:
    """What became of one line of the file; `why` in one sentence where it was refused."""

    line: int
    code: str
    became: Became
    why: str = ""


def bring_in_places(store: Store, data: bytes, *, by: str, at: datetime) -> Iterator[PlaceRow]:
    """Yield what became of each row of a file, in the order of the file.

    Teams stand before the schools that they look after, or are known. Raises PlacesColumnsMissing,
    PlacesUnreadable, and what `text_of` refuses.
    """
    for line, row in _rows(text_of(data)):
        code = (row.get("code") or "").strip().upper()
        try:
            is_new = add_place(
                store, _place(row, code), (row.get("nurses") or "").strip().upper(), by=by, at=at
            )
        except PuffinError as refusal:
            yield PlaceRow(line, code, Became.REFUSED, str(refusal))
        else:
            yield PlaceRow(line, code, Became.ADDED if is_new else Became.KNOWN)


def _rows(text: str) -> list[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in reader.fieldnames or ()]
        if not set(REQUIRED) <= set(header) or not set(header) <= set(COLUMNS):
            raise PlacesColumnsMissing
        reader.fieldnames = header
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise PlacesUnreadable from None


def _place(row: Mapping[str, str], code: str) -> Organisation:
    if None in row:
        raise PlaceRowRefused(
            "This row has more columns than the first line. Put words with a comma in quotes."
        )
    kind, nation = (row.get("kind") or "").strip(), (row.get("nation") or "").strip()
    if kind not in list(OrganisationKind):
        raise PlaceRowRefused(f"The kind is one of: {', '.join(OrganisationKind)}.")
    if nation and nation not in list(Nation):
        raise PlaceRowRefused(f"The nation is one of: {', '.join(Nation)}.")
    return Organisation(
        id="",
        kind=OrganisationKind(kind),
        name=(row.get("name") or "").strip(),
        code=code,
        phone=(row.get("phone") or "").strip(),
        nation=Nation(nation) if nation else Nation.ENGLAND_AND_WALES,
    )
