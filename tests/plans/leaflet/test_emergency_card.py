"""The emergency card on paper: two small pages, nothing cut off, type that can be read at arm's length."""

import io

import pytest
from pypdf import PdfReader

from plans.content import Copy
from plans.leaflet.languages import languages
from tests.plans.leaflet.letters import letters

A6, A5 = (297.64, 419.53), (419.53, 595.28)  # points
SMALLEST = 10  # points
FOOT = 40  # points from the foot of a page: whose card it is, in small type
EDGE = 8  # points of white that a printer may not reach
NAMES = ("two inhalers", "mask", "mart with backup", "written for terbutaline")


def pages_of(made):
    return PdfReader(io.BytesIO(made)).pages


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", languages())
def test_it_is_two_small_pages_with_nothing_past_their_edges(make_pdf, name, code):
    made = make_pdf(name, code, Copy.EMERGENCY)
    (width, height) = (float(side) for side in pages_of(made)[0].mediabox[2:])

    assert len(pages_of(made)) == 2
    assert (round(width, 2), round(height, 2)) in {A6, A5}
    for page in letters(made):
        for one in (letter for letter in page if letter.text.strip()):
            assert EDGE < one.x0 <= one.x1 < width - EDGE
            assert EDGE < one.line < height - EDGE


@pytest.mark.parametrize("name", NAMES)
def test_in_english_it_is_a6(make_pdf, name):
    assert float(pages_of(make_pdf(name, "en", Copy.EMERGENCY))[0].mediabox.width) == pytest.approx(
        A6[0], abs=1
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_to_do_is_in_type_that_is_read_at_arms_length(make_pdf, name):
    drawn = [
        one for page in letters(make_pdf(name, "en", Copy.EMERGENCY)) for one in page if one.text.strip()
    ]
    small = "".join(one.text for one in drawn if one.y0 > FOOT and round(one.size, 1) < SMALLEST)

    assert small in {"", "Scantoseeifthiscopyisstillthenewest."}


def test_the_steps_stand_together_on_the_second_page(make_pdf):
    first, second = pages_of(make_pdf("two inhalers", "en", Copy.EMERGENCY))

    assert "Any danger sign: call 999" in " ".join(first.extract_text().split())
    for step in ("Sit up.", "up to 10 puffs", "Do step 2 again", "0121 496 0123"):
        assert step in " ".join(second.extract_text().split())
