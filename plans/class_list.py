"""A class list as a school exports it: each row read whole or refused with its reason, nothing filled in."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.class_list_dates import DateNotRead, birth_date, is_month_first
from plans.errors import NhsNumberInvalid, PuffinError
from plans.people import nhs_number
from plans.shown import on_one_line

MOST_ROWS = 3000
LONGEST_NAME = 100  # characters
LONGEST_CLASS = 50
SEPARATORS = (",", ";", "\t")
SEPARATOR_SAID = re.compile(r"\A\"?sep=.\"?(?=[\r\n])")  # a first line of Excel's


class Column(StrEnum):
    GIVEN = "First name"
    FAMILY = "Last name"
    BORN = "Date of birth"
    CLASS = "Class"
    YEAR = "Year group"
    NHS_NUMBER = "NHS number"


REQUIRED = (Column.GIVEN, Column.FAMILY, Column.BORN)

# What schools' systems call each column, without capitals, signs and spaces.
KNOWN_AS: Mapping[Column, frozenset[str]] = {
    Column.GIVEN: frozenset(
        {"firstname", "forename", "forenames", "givenname", "legalforename", "firstnames"}
    ),
    Column.FAMILY: frozenset({"lastname", "surname", "familyname", "legalsurname"}),
    Column.BORN: frozenset({"dateofbirth", "dob", "birthdate", "born", "birthday"}),
    Column.CLASS: frozenset(
        {"class", "classname", "form", "reg", "reggroup", "registrationgroup", "tutorgroup"}
    ),
    Column.YEAR: frozenset({"year", "yeargroup", "yr", "yrgroup", "nationalcurriculumyear", "ncyear"}),
    Column.NHS_NUMBER: frozenset({"nhsnumber", "nhsno", "nhs"}),
}


class ColumnsMissing(PuffinError):
    def __init__(self, missing: Sequence[Column]) -> None:
        super().__init__(
            f"The first line of the file must name its columns. Add: {', '.join(missing)}. "
            "Separate columns with commas, semicolons or tabs."
        )


class ColumnTwice(PuffinError):
    def __init__(self, column: Column) -> None:
        super().__init__(f"Two columns of the file are the {column.lower()}. Take one out.")


class NoRows(PuffinError):
    def __init__(self) -> None:
        super().__init__("The file names its columns and no pupils. Export the list again.")


class TooManyRows(PuffinError):
    def __init__(self) -> None:
        super().__init__("This list has more than 3,000 pupils. Upload it in parts.")


class QuotesOpen(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "A quotation mark in the file has no partner. Save it as CSV UTF-8 again, and upload that."
        )


class MonthFirst(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Some dates in this file have the month first, so none of them is sure. "
            "Write dates with the day first, like 17/05/2018."
        )


@dataclass(frozen=True)
class Row:
    """One pupil as the list names them; `number` is the line in the file, counted from its first one."""

    number: int
    given: str
    family: str
    born: date
    class_name: str = ""
    year: str = ""
    nhs_number: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Refused:
    """A row that was not read, and why in one sentence; `name` is what stands in its name cells."""

    number: int
    name: str
    why: str


@dataclass(frozen=True)
class ClassList:
    """What was read. `read_as` says which header stands for which column, `not_used` which were left alone.

    `repeated` are numbers of rows that say again what a row before them says.
    """

    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]
    read_as: Mapping[Column, str]
    not_used: tuple[str, ...]
    repeated: tuple[int, ...] = ()


def read_class_list(text: str, *, today: date) -> ClassList:
    """Return every row, read or refused with a reason.

    Raises ColumnsMissing, ColumnTwice, NoRows, TooManyRows, QuotesOpen and MonthFirst for the whole list.
    """
    lines, header, columns = _table(text)
    if len(lines) > MOST_ROWS:
        raise TooManyRows
    if not lines:
        raise NoRows
    born = columns[Column.BORN]
    if any(is_month_first(cells[born]) for _, cells in lines if len(cells) > born):
        raise MonthFirst
    read: list[Row] = []
    refused: list[Refused] = []
    for number, cells in lines:
        try:
            read.append(_row(number, cells, len(header), columns, today))
        except (RowRefused, DateNotRead) as refusal:
            refused.append(Refused(number, _shown_name(cells, columns), str(refusal)))
    kept, again, clashing = _sorted_out(read)
    return ClassList(
        rows=kept,
        refused=tuple(sorted((*refused, *clashing), key=lambda one: one.number)),
        read_as={column: header[place] for column, place in columns.items()},
        not_used=tuple(name for place, name in enumerate(header) if name and place not in columns.values()),
        repeated=again,
    )


class RowRefused(PuffinError):
    """A row that cannot be read without guessing."""


Line = tuple[int, list[str]]


def _table(text: str) -> tuple[list[Line], list[str], dict[Column, int]]:
    """Return the rows that hold anything, the header, and which of its places is which column."""
    text = SEPARATOR_SAID.sub("", text)
    best: list[Column] = list(REQUIRED)
    is_broken = False
    for separator in SEPARATORS:
        try:
            lines = _lines(text, separator)
        except QuotesOpen:
            is_broken = True
            continue
        header = [on_one_line(cell) for cell in lines[0][1]] if lines else []
        columns = _columns(header)
        missing = [column for column in REQUIRED if column not in columns]
        if not missing:
            return lines[1:], header, columns
        best = min(best, missing, key=len)
    if is_broken and len(best) == len(REQUIRED):
        raise QuotesOpen
    raise ColumnsMissing(best)


def _lines(text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        raise QuotesOpen from None


def _columns(header: Sequence[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        plain = "".join(letter for letter in name.casefold() if letter.isalnum())
        column = next((one for one, names in KNOWN_AS.items() if plain in names), None)
        if column and column in found:
            raise ColumnTwice(column)
        if column:
            found[column] = place
    return found


def _row(number: int, cells: Sequence[str], width: int, columns: Mapping[Column, int], today: date) -> Row:
    if any(cell.strip() for cell in cells[width:]):
        raise RowRefused("This row has more columns than the first line. Put names with a comma in quotes.")
    said = {column: _cell(cells, place, column) for column, place in columns.items()}
    return Row(
        number=number,
        given=_name(said[Column.GIVEN], Column.GIVEN),
        family=_name(said[Column.FAMILY], Column.FAMILY),
        born=birth_date(said[Column.BORN], today=today),
        class_name=_class(said.get(Column.CLASS, "")),
        year=_class(said.get(Column.YEAR, "")),
        nhs_number=_number(said.get(Column.NHS_NUMBER, "")),
    )


def _cell(cells: Sequence[str], place: int, column: Column) -> str:
    """Return what stands in a cell, always as text: what begins like a formula is never worked out."""
    text = cells[place].replace("\u00a0", " ").strip() if place < len(cells) else ""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in text):
        raise RowRefused(f"The {column.lower()} holds a character that cannot be shown. Type it again.")
    return " ".join(text.split())


def _name(text: str, column: Column) -> str:
    if not text:
        raise RowRefused(f"The {column.lower()} is missing.")
    if len(text) > LONGEST_NAME:
        raise RowRefused(f"The {column.lower()} is longer than 100 characters.")
    if not any(letter.isalpha() for letter in text):
        raise RowRefused(f"The {column.lower()} has no letters.")
    if "?" in text:
        raise RowRefused(f"A letter of the {column.lower()} was lost: it has a question mark. Type it again.")
    return text


def _class(text: str) -> str:
    if len(text) > LONGEST_CLASS:
        raise RowRefused("The class is longer than 50 characters.")
    return text


def _number(text: str) -> str:
    if not text:
        return ""
    try:
        return nhs_number(text)
    except NhsNumberInvalid:
        raise RowRefused("The NHS number is not one. Check its 10 digits, or leave it out.") from None


def _sorted_out(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[int, ...], list[Refused]]:
    """Return the rows that name one pupil each, the numbers of those that only repeat one, and the others."""
    seen: dict[tuple[object, ...], Row] = {}
    again = []
    for row in rows:
        what = (*_who(row), row.class_name.casefold(), row.year.casefold(), row.nhs_number)
        if what in seen:
            again.append(row.number)
        seen.setdefault(what, row)
    kept = list(seen.values())
    clashes = dict(_clashes(kept))
    refused = [Refused(row.number, row.name, clashes[row.number]) for row in kept if row.number in clashes]
    return tuple(row for row in kept if row.number not in clashes), tuple(again), refused


def _clashes(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the number of each row that contradicts another, and how: neither of the two is taken."""
    names = Counter(_who(row) for row in rows)
    numbers = Counter(row.nhs_number for row in rows if row.nhs_number)
    without = {_who(row) for row in rows if not row.nhs_number}
    for row in rows:
        if names[_who(row)] > 1 and _who(row) in without:
            yield row.number, "Another row has this name and date of birth, and says something else."
        if numbers[row.nhs_number] > 1:
            yield row.number, "Another row has the same NHS number."


def _who(row: Row) -> tuple[str, str, date]:
    return row.given.casefold(), row.family.casefold(), row.born


def _shown_name(cells: Sequence[str], columns: Mapping[Column, int]) -> str:
    said = (cells[columns[one]] for one in (Column.GIVEN, Column.FAMILY) if columns[one] < len(cells))
    return on_one_line(" ".join(said))[:LONGEST_NAME]
