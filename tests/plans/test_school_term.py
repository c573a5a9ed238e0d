"""Terms, absence and months on a box: where each begins and ends, and what cannot be so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plans.month_year import NotAMonth, month_year, read_month
from plans.school_form import NotWhole
from plans.school_term import FACTS, Absence, Season, Term, checked, fact_about, term_of, terms_before

TODAY = date(2026, 11, 23)
FIGURES = Absence("child", Term(Season.AUTUMN, 2026), 0, 100, "post", datetime(2026, 11, 23, tzinfo=UTC))


def test_every_day_of_a_year_is_in_the_term_that_begins_and_ends_around_it():
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(days=number)

        assert term_of(day).begins <= day <= term_of(day).ends


def test_the_terms_before_go_back_over_the_new_year():
    assert [term.key for term in terms_before(date(2027, 2, 1), 4)] == [
        "2027-spring",
        "2026-autumn",
        "2026-summer",
        "2026-spring",
    ]


@pytest.mark.parametrize(
    ("missed", "at_least"), [(0, None), (9, None), (10, 10), (49, 10), (50, 50), (100, 50)]
)
def test_a_fact_begins_exactly_at_the_published_figure(missed, at_least):
    fact = fact_about(replace(FIGURES, missed=missed))

    assert (fact.at_least if fact else None) == at_least


def test_no_published_figure_is_passed_off_as_confirmed():
    assert not any(fact.tag.is_sure for fact in FACTS)


@pytest.mark.parametrize(("missed", "possible"), [(-1, 10), (11, 10), (0, 0), (5, 201)])
def test_figures_that_cannot_be_so_are_refused(missed, possible):
    with pytest.raises(NotWhole):
        checked(replace(FIGURES, missed=missed, possible=possible))


@pytest.mark.parametrize(
    ("month", "year", "last_day"),
    [("2", "2028", date(2028, 2, 29)), ("02", "2027", date(2027, 2, 28)), ("12", "2026", date(2026, 12, 31))],
)
def test_a_month_on_a_box_lasts_to_its_last_day(month, year, last_day):
    found = month_year(month, year, today=TODAY)

    assert found.last_day == last_day
    assert read_month(str(found)) == found


@pytest.mark.parametrize(
    ("month", "year"), [("", "2027"), ("13", "2027"), ("0", "2027"), ("11", "27"), ("x", "y"), ("1", "9999")]
)
def test_what_no_box_says_is_refused(month, year):
    with pytest.raises(NotAMonth):
        month_year(month, year, today=TODAY)


@pytest.mark.parametrize("text", ["", "2027", "2027-13", "2027-11-30", "soon"])
def test_a_month_that_is_none_is_not_read(text):
    with pytest.raises(NotAMonth):
        read_month(text)
