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
LONGEST = "mart with backup"
IN_OTHERS = [code for code in languages() if code != "en"]
PRINTED = [*((name, "en") for name in NAMES), ("mask", "ur"), *((LONGEST, code) for code in IN_OTHERS)]


def pages_of(made):
    return PdfReader(io.BytesIO(made)).pages


@pytest.mark.parametrize(("name", "code"), PRINTED)
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


@pytest.mark.parametrize("name", NAMES)
def test_999_and_every_step_stand_on_the_front_and_the_signs_on_the_back(make_pdf, name):
    front, back = (
        " ".join(page.extract_text().split()) for page in pages_of(make_pdf(name, "en", Copy.EMERGENCY))
    )

    first = front.index("Any danger sign: call 999")
    assert first < front.index("Sit up.") < front.index("Say this on the phone")
    assert "Danger signs" not in front
    for later in ("Danger signs", "Signs of an attack"):
        assert later in back
