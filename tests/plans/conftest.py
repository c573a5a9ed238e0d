"""Fixtures of the rules' tests."""

from collections.abc import Callable
from datetime import date

import pytest

from plans.places import Nation
from plans.working_days import Holidays

# As printed on gov.uk/bank-holidays, typed by hand, so that a person can check it against a calendar.
IN_ALL = """
    2026-01-01 2026-04-03 2026-05-04 2026-05-25 2026-12-25 2026-12-28
    2027-01-01 2027-03-26 2027-05-03 2027-05-31 2027-12-27 2027-12-28
"""
ONLY_IN = {
    "england-and-wales": "2026-04-06 2026-08-31 2027-03-29 2027-08-30",
    "scotland": """
        2026-01-02 2026-06-15 2026-08-03 2026-11-30
        2027-01-04 2027-08-02 2027-11-30
    """,
    "northern-ireland": """
        2026-03-17 2026-04-06 2026-07-13 2026-08-31
        2027-03-17 2027-03-29 2027-07-12 2027-08-30
    """,
}


@pytest.fixture(scope="session")
def holidays_of() -> Callable[[str], Holidays]:
    """Give the bank holidays of a nation, named as in Nation: 2026 and 2027, nothing known beyond."""

    def holidays(nation: str) -> Holidays:
        return Holidays(
            nation=Nation(nation),
            days=frozenset(map(date.fromisoformat, (IN_ALL + ONLY_IN[nation]).split())),
            known_from=date(2026, 1, 1),
            known_until=date(2027, 12, 31),
        )

    return holidays
