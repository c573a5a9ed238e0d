"""A date as precisely as a record gives it: a day, a month or a year."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class PartialDate:
    """From the `first` to the `last` day that it may have been; both the same when the day is known."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        return self.first == self.last

    @property
    def in_words(self) -> str:
        """Return it as precisely as it is known: "3 June 2025", "June 2025" or "2025"."""
        if self.is_exact:
            return f"{self.first.day} {self.first:%B %Y}"
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first:%B %Y}" if same_month else f"{self.first:%Y}"


class Dated(Protocol):
    """Anything that happened on a day, known or not."""

    @property
    def day(self) -> PartialDate | None: ...


Thing = TypeVar("Thing", bound=Dated)


def latest(things: Sequence[Thing]) -> Thing:
    """Return the last of them in time, the last in order on the same day; there must be one."""
    return sorted(things, key=lambda thing: thing.day.last if thing.day else date.min)[-1]


def on(day: date) -> PartialDate:
    """Return a date that is known to the day."""
    return PartialDate(day, day)


def partial_date(text: str) -> PartialDate | None:
    """Return "2026", "2026-05" or "2026-05-17" as the days that it may mean, None for anything else."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        match numbers:
            case [year]:
                return PartialDate(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return PartialDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            case [year, month, day]:
                return on(date(year, month, day))
    except ValueError:
        pass
    return None


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day where it is shorter.

    Before the first day of all calendars it is that day.
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
