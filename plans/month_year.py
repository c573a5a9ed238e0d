"""A month and a year as printed on a box, such as the expiry of an inhaler."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from plans.errors import PuffinError

MOST_YEARS_AWAY = 20  # a slip of the pen, or another century


class NotAMonth(PuffinError):
    def __init__(self) -> None:
        super().__init__("Enter the month and the year as on the box, like 11 2027.")


@dataclass(frozen=True, order=True)
class MonthYear:
    """A month of a year. `str` gives 2027-11; raises NotAMonth for a month that no year has."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and date.min.year <= self.year < date.max.year):
            raise NotAMonth

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def name(self) -> str:
        """Return November 2027."""
        return f"{self.last_day:%B %Y}"

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


def month_year(month: str, year: str, *, today: date) -> MonthYear:
    """Return what was typed as a month and a year of four digits; raises NotAMonth.

    A year far from `today` is refused, because it is a slip of the pen.
    """
    try:
        found = MonthYear(int(year), int(month))
    except ValueError:
        raise NotAMonth from None
    if abs(found.year - today.year) > MOST_YEARS_AWAY:
        raise NotAMonth
    return found


def read_month(text: str) -> MonthYear:
    """Return 2027-11 as a month; raises NotAMonth."""
    year, _, month = text.partition("-")
    try:
        return MonthYear(int(year), int(month))
    except ValueError:
        raise NotAMonth from None
