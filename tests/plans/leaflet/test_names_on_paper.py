"""Whose paper it is stands on every page, so that no loose page is taken for another child's."""

import io
import re

import pytest
from pypdf import PdfReader

from plans.content import Copy
from plans.content.copies import PLAN_COPIES

NAME, BORN = "Rayyan Test", "14 March 2019"


def pages_of(printed):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(printed)).pages]


@pytest.mark.parametrize("copy", PLAN_COPIES)
def test_every_page_of_every_copy_says_whose_it_is(copy, make_pdf):
    pages = pages_of(make_pdf("two inhalers", "en", copy))

    for number, page in enumerate(pages, start=1):
        for words in (NAME, BORN, "Version: 2", f"Page {number} of {len(pages)}"):
            assert words in page


def test_every_page_beside_english_says_whose_it_is(make_pdf):
    """Letters of Urdu come out of a PDF in pieces, so the name and the numbers are looked for."""
    pages = pages_of(make_pdf("two inhalers", "ur", Copy.FAMILY, "en"))

    for number, page in enumerate(pages, start=1):
        assert NAME in page
        assert {"14", "2019", "2", f"{number}", f"{len(pages)}"} <= set(re.findall(r"\d+", page))


def test_the_sheet_after_hospital_says_whose_it_is(make_sheet):
    for page in pages_of(make_sheet("en")):
        assert NAME in page
        assert BORN in page
