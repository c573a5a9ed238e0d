"""The paper card: panels of a bank card's size, nothing past their edges, in type that can be read."""

import io
import re
from functools import cache

import pytest
from pypdf import PdfReader

from plans.content import Copy
from plans.errors import CardTooSmall
from plans.leaflet import card
from plans.leaflet.languages import languages
from plans.leaflet.page import Leaflet, article, document
from plans.leaflet.pdf import CARD, _layout, folded_card, pdf
from plans.leaflet.wording import in_language
from tests.plans.examples import FULL, PLANS, copy_of
from tests.plans.leaflet.conftest import in_languages
from tests.plans.leaflet.letters import letters

POINTS_IN_MM = 72 / 25.4
PANEL = (85.6 * POINTS_IN_MM, 54 * POINTS_IN_MM)  # ISO 7810 ID-1: a bank card
A4 = (595.28, 841.89)
TOP, LEFT = 10 * POINTS_IN_MM, (A4[0] - 2 * PANEL[0]) / 2
INSIDE = 1.5 * POINTS_IN_MM  # white that a fold may eat
SMALLEST = 10  # points
EVERY = {**PLANS, **{f"full {name}": one for name, one in FULL.items()}}
LONGEST = [name for name in EVERY if name.startswith("full")]
EACH = in_languages(EVERY, longest=LONGEST)
# English fits where Urdu does, which stands tallest.
PRINTED = [*in_languages(LONGEST, longest=LONGEST), *((name, "ur") for name in PLANS), ("draft", "en")]


def leaflet(name, code):
    plan, age = EVERY[name]
    parts = copy_of(plan, age, Copy.WALLET)
    wording = in_language(code, parts, demo=True)
    return Leaflet(parts, wording, Copy.WALLET, "https://puffin.example.org/c/8K2QJ7")


@cache
def printed(name, code):
    """Return the card as PDF, the size of its type, and where each letter of its panels stands."""
    html, size, high = folded_card(document(leaflet(name, code)))
    made = _layout(html, CARD).write_pdf(pdf_variant="pdf/ua-1")
    bottom = A4[1] - TOP - high * PANEL[1]
    drawn = [one for page in letters(made) for one in page if one.text.strip()]
    return made, size, [one for one in drawn if (one.y0 + one.y1) / 2 > bottom]


@pytest.mark.parametrize(("name", "code"), PRINTED)
def test_a_card_is_one_page_and_nothing_runs_off_its_panels(name, code):
    made, _size, drawn = printed(name, code)

    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert drawn
    for one in drawn:
        across, down = one.x0 - LEFT, A4[1] - TOP - one.line
        assert 0 <= across // PANEL[0] < card.STRIPS
        assert INSIDE <= across % PANEL[0] <= PANEL[0] - INSIDE - (one.x1 - one.x0)
        assert INSIDE <= down % PANEL[1] <= PANEL[1] - INSIDE


@pytest.mark.parametrize(("name", "code"), EACH)
def test_no_sentence_of_the_plan_is_lost_when_it_is_parted_into_panels(name, code):
    html = document(leaflet(name, code))
    parts = card.ITEM.findall(html)
    panels = [parts[:3], parts[3:]]

    folded = card.folded(html, panels, 12)

    assert all(part in folded for part in parts)
    assert folded.count('<div class="card__item">') == len(parts)


@pytest.mark.parametrize(("name", "code"), PRINTED)
def test_type_on_the_card_is_10_point_or_more(name, code):
    _made, size, drawn = printed(name, code)
    warning = set() if languages()[code].is_signed_off else {10.0}

    assert size >= SMALLEST
    assert min({round(one.size, 1) for one in drawn} - warning, default=size) >= SMALLEST


def test_a_plan_with_little_to_say_is_set_larger_than_one_with_much():
    assert printed("draft", "en")[1] > printed("full mart", "ur")[1]


def test_a_part_that_is_taller_than_a_panel_is_never_cut_but_refused():
    html = document(leaflet("two inhalers", "en"))
    long = html.replace("Sudden trouble breathing", "Sudden trouble breathing " * 60)

    with pytest.raises(CardTooSmall, match="print the family copy instead"):
        pdf(long)


def test_more_than_8_panels_are_refused():
    html = document(leaflet("two inhalers", "en"))
    item = card.ITEM.search(html)[0]

    with pytest.raises(CardTooSmall):
        pdf(html.replace(item, item * 18))


def test_the_code_goes_before_the_type_gets_too_small():
    html = document(leaflet("two inhalers", "en"))

    assert ["code__drawing" in text for text in card.texts(html)] == [True, False]


@pytest.mark.parametrize("largest", card.SIZES)
def test_the_largest_type_that_fits_is_found(largest):
    assert card.largest(lambda size: [] if size <= largest else None) == ([], largest)
    assert card.largest(lambda _size: None) is None


def test_steps_are_numbered_as_their_words_say():
    """The steps say "Do step 2 again": it must be the one with the inhaler, whatever panel it is on."""
    html = article(leaflet("two inhalers", "en"))
    steps = re.findall(r'card__number">(\d)</span>([^<]*)', html)

    assert [number for number, _words in steps] == ["1", "2", "3", "4", "5"]
    assert steps[1][1].startswith("Use Ventolin")


def test_the_words_for_999_are_there_in_english_and_in_their_sound():
    html = article(leaflet("two inhalers", "ur"))

    assert "Asthma attack. A child cannot breathe. Please send an ambulance." in html
    assert "انگریزی میں" in html
