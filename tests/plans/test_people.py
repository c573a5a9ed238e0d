"""Who people are: ages, and NHS numbers that can be trusted."""

from datetime import date

import pytest

from plans.errors import NhsNumberInvalid
from plans.people import Child, nhs_number, spaced_nhs_number


@pytest.mark.parametrize(
    "typed", ["999 104 7077", "999-104-7077", "9991047077", " 9991047077 ", "999\u2013104\u20137077"]
)
def test_an_nhs_number_is_read_with_spaces_and_dashes(typed):
    assert nhs_number(typed) == "9991047077"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("9991047078", id="wrong check digit"),
        pytest.param("999104707", id="too short"),
        pytest.param("99910470770", id="too long"),
        pytest.param("AB123456C", id="National Insurance number"),
        pytest.param("0000000000", id="zeros pass the sum"),
        pytest.param("9999999999", id="nines pass the sum"),
        pytest.param("\u0669\u0669\u06691047077", id="other digits"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(NhsNumberInvalid):
        nhs_number(typed)


def test_an_nhs_number_is_shown_in_three_groups():
    assert spaced_nhs_number("9991047077") == "999 104 7077"


def test_age_counts_whole_years_up_to_the_birthday():
    child = Child(id="c", given="A", family="B", born=date(2019, 3, 14))

    assert child.age_on(date(2026, 3, 13)) == 6
    assert child.age_on(date(2026, 3, 14)) == 7
