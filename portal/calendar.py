"""Bank holidays of each UK nation: those packaged from GOV.UK, and those that it lacks, read offline."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from govuk_bank_holidays.bank_holidays import BankHolidays

from plans.places import Nation
from plans.working_days import Holidays

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
