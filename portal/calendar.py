"""Bank holidays of each UK nation: those packaged from GOV.UK, and those that it lacks, read offline."""

import csv
import logging
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from govuk_bank_holidays.bank_holidays import BankHolidays

from plans.places import Nation
from plans.working_days import Holidays

WARNED_BEFORE = timedelta(days=184)  # 6 months, however long they are
logger = logging.getLogger(__name__)
EXTRA_HOLIDAYS = Path(__file__).with_name("extra_holidays.csv")


@cache
def holidays_for(nation: Nation) -> Holidays:
    """Return the bank holidays of `nation`, known from the first to the last that GOV.UK had published.

    The days after the last one are refused, even those left of its year: a one-off holiday may yet come.
    """
    published = _published(nation)
    return Holidays(
        nation=nation,
        days=published | _extra(nation),
        known_from=min(published),
        known_until=max(published),
    )


def ends_soon(today: date) -> date | None:
    """Return the last day up to which bank holidays are known in every nation, from 6 months before on.

    None where there is more time than that.
    """
    first = min(holidays_for(nation).known_until for nation in Nation)
    return first if first - WARNED_BEFORE <= today else None


@cache
def warn_of_the_end(today: date) -> None:
    """Say in the log, once a day, that the bank holidays will soon not be known any more."""
    last = ends_soon(today)
    if last:
        logger.warning(
            "Bank holidays are known only to %s: no review after hospital can be counted past that day. "
            "Bring govuk-bank-holidays up to date now.",
            last,
        )


def days_left(nation: Nation, today: date) -> int:
    """Return for how many days after `today` bank holidays are known; below 0 once they have run out."""
    return (holidays_for(nation).known_until - today).days


def _published(nation: Nation) -> frozenset[date]:
    # Without use_cached_holidays the package asks GOV.UK each time, and waits for it.
    packaged = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in packaged.get_holidays(division=nation.value))


def _extra(nation: Nation) -> frozenset[date]:
    with EXTRA_HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return frozenset(
            date.fromisoformat(row["date"]) for row in csv.DictReader(file) if Nation(row["nation"]) is nation
        )
