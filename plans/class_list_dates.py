"""The dates of birth of a class list: in the order of the UK or of ISO 8601, never guessed."""

import re
from datetime import date

from plans.errors import PuffinError

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
UK = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?(\.0+)?$")
TWO_DIGITS = re.compile(r"\d{1,2}[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -]\d{2}")
MANGLED = re.compile(r"#+|\d{4,5}(\.\d+)?|\d(\.\d+)?[Ee]\+?\d+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "sept"),
    *("october", "november", "december"),
)
OLDEST, YOUNGEST = 20, 1  # whole years on the day of the upload. Tag U: who is outside is a slip of the year
LAST_MONTH = 12


class DateNotRead(PuffinError):
    """A date of birth that is missing, or that could be another day than the one that was meant."""


def birth_date(text: str, *, today: date) -> date:
    """Return the day that a cell means; raises DateNotRead, with one sentence that says what to put right."""
    said = MIDNIGHT.sub("", text.strip())
    if not said:
        raise DateNotRead("The date of birth is missing.")
    if MANGLED.fullmatch(said):
        raise DateNotRead("Excel has turned the date of birth into something else. Write it like 17/05/2018.")
    if TWO_DIGITS.fullmatch(said):
        raise DateNotRead("Write the year of birth with four digits.")
    born = _day(said)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not YOUNGEST <= age <= OLDEST:
        raise DateNotRead("Check the year of birth: this is not the age of a pupil.")
    return born


def is_month_first(text: str) -> bool:
    """Return whether a date can only be read with its month first, as in the United States."""
    found = UK.fullmatch(MIDNIGHT.sub("", text.strip()))
    return found is not None and int(found[1]) <= LAST_MONTH < int(found[2])


def _day(said: str) -> date:
    for shape, order in ((ISO, (1, 2, 3)), (UK, (3, 2, 1)), (NAMED, (3, 2, 1))):
        if found := shape.fullmatch(said):
            year, month, day = (found[number] for number in order)
            try:
                return date(int(year), _month(month), int(day))
            except ValueError:
                break
    raise DateNotRead("There is no such date of birth. Write it like 17/05/2018.")


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    name = said.casefold()
    if name not in MONTHS and name not in FULL:
        raise ValueError(said)
    return MONTHS.index(name[:3]) + 1
