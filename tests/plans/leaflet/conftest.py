"""Plans as leaflets, and as PDFs that are made once for all tests."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from functools import cache

import pytest

from plans.content import Copy, discharge_sheet
from plans.leaflet.languages import languages
from plans.leaflet.page import Leaflet, document
from plans.leaflet.pdf import pdf
from plans.leaflet.wording import in_language
from tests.plans.examples import PLANS, PRACTICE, child, copy_of

# English is what all is measured by, and Urdu stands tallest: every plan is printed in these.
IN_FULL = ("en", "ur")
CODE = "https://puffin.example.org/c/8K2QJ7"


def in_languages(names: Iterable[str], longest: Collection[str]) -> list[tuple[str, str]]:
    """Return each plan with the languages to print it in: all of them for those that say the longest."""
    return [(name, code) for name in names for code in (languages() if name in longest else IN_FULL)]


@cache
def leaflet_of(name: str, code: str, copy: Copy = Copy.FAMILY, beside: str = "") -> Leaflet:
    plan, age = PLANS[name]
    parts = copy_of(plan, age, copy)
    other = in_language(beside) if beside else None
    return Leaflet(parts, in_language(code, parts, demo=True), copy, CODE, other)


@cache
def printed(name: str, code: str, copy: Copy = Copy.FAMILY, beside: str = "") -> bytes:
    return pdf(document(leaflet_of(name, code, copy, beside)))


@pytest.fixture(scope="session")
def make_leaflet():
    """Give a plan of tests.plans.examples as a leaflet: its name, a language, a copy, a second language."""
    return leaflet_of


@pytest.fixture(scope="session")
def make_pdf():
    """Give the PDF of such a leaflet."""
    return printed


@cache
def sheet_printed(code: str) -> bytes:
    parts = discharge_sheet(
        child(7),
        PRACTICE,
        due=date(2026, 11, 24),
        discharged_at=datetime(2026, 11, 20, 18, 30, tzinfo=UTC),
        today=date(2026, 11, 24),
    )
    return pdf(document(Leaflet(parts, in_language(code, parts, demo=True), Copy.DISCHARGE)))


@pytest.fixture(scope="session")
def make_sheet():
    """Give the PDF of a sheet after hospital in a language."""
    return sheet_printed
