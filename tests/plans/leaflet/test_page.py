"""The same words on the screen, on paper, beside English, and in a FHIR narrative."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plans.content import Copy
from plans.leaflet.direction import LEFT_TO_RIGHT_ISOLATE as LRI
from plans.leaflet.direction import POP_ISOLATE as PDI
from plans.leaflet.page import Leaflet, article, document, narrative
from plans.leaflet.wording import in_language
from plans.sections import Line, MedicineRow
from tests.plans.examples import ORDINARY, PLANS, TWO_INHALERS, copy_of

STATIC = Path(__file__).parents[3] / "static"
# Elements of HTML 4 that a FHIR narrative may hold.
NARRATIVE = {"div", "h2", "h3", "p", "b"}
TAGS = re.compile(r"<[^>]+>")


def text_of(html):
    from html import unescape

    return " ".join(unescape(TAGS.sub(" ", html)).split())


def bare(text):
    return re.sub(r"[\s\u2066-\u2069]", "", text)


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD])
@pytest.mark.parametrize("name", PLANS)
def test_no_sentence_of_a_copy_is_lost_on_the_page(name, copy, make_leaflet):
    leaflet = make_leaflet(name, "en", copy)
    on_page = bare(text_of(article(leaflet)))

    for part in leaflet.sections:
        for item in part.items:
            for sentence in getattr(item, "words", ()):
                assert bare(leaflet.wording.say(sentence)) in on_page, sentence.message


def test_what_somebody_typed_cannot_become_markup():
    plan = replace(TWO_INHALERS, child_words="<script>alert(1)</script>")
    parts = copy_of(plan, 7)
    html = document(Leaflet(parts, in_language("en"), Copy.FAMILY))

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_page_carries_its_language_and_direction(make_leaflet):
    html = document(make_leaflet("two inhalers", "ur"))

    assert '<html lang="ur" dir="rtl"' in html
    assert '<article class="leaflet leaflet--family leaflet--arab" lang="ur" dir="rtl">' in html


@pytest.mark.parametrize("name", ORDINARY)
def test_no_digit_stands_bare_on_a_right_to_left_page(name, make_leaflet):
    html = article(make_leaflet(name, "ur"))
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    html = re.sub(r'<p class="phrase__english".*?</p>', "", html)
    bare_text = re.sub(f"{LRI}[^{PDI}]*{PDI}", "", TAGS.sub("", html))

    assert re.findall(r".{0,20}\d.{0,20}", bare_text) == []


def test_a_number_is_in_one_piece_with_its_isolates(make_leaflet):
    html = article(make_leaflet("two inhalers", "ur"))

    assert f'<span class="number">{LRI}0121 496 0123{PDI}</span>' in html


def test_wording_that_nobody_signed_off_says_so_on_the_page(make_leaflet):
    assert "head__warning" in article(make_leaflet("two inhalers", "ur"))
    assert "head__warning" not in article(make_leaflet("two inhalers", "en"))


def test_the_english_phrase_is_followed_by_its_sound_in_other_languages(make_leaflet):
    phrase = "Asthma attack. A child cannot breathe. Please send an ambulance."

    assert phrase in text_of(article(make_leaflet("two inhalers", "ur")))
    assert "انگریزی میں" in text_of(article(make_leaflet("two inhalers", "ur")))
    assert "The English sounds like this" not in text_of(article(make_leaflet("two inhalers", "en")))


def test_the_code_says_what_it_is_for_and_may_be_left_out(make_leaflet):
    with_code = make_leaflet("two inhalers", "en")

    assert "Scan to see if this copy is still the newest." in article(with_code)
    assert "<svg" not in article(replace(with_code, code_url=""))


def test_beside_english_each_sentence_has_its_own_row(make_leaflet):
    html = article(make_leaflet("two inhalers", "ur", Copy.FAMILY, "en"))
    urdu = in_language("ur", demo=True)
    words = next(part for part in copy_of(TWO_INHALERS, 7) if part.code == "worse").items[0].words

    row = next(row for row in html.split("<tr") if "short of breath" in row)
    assert urdu.say(words[0]) in row
    # A heading stands again where its box goes on over the page, both languages together.
    assert html.count('<thead><tr class="beside__heading">') == html.count("<table") > 1


@pytest.mark.parametrize("code", ["en", "ur"])
@pytest.mark.parametrize("name", ORDINARY)
def test_a_narrative_is_well_formed_and_of_few_elements(name, code, make_leaflet):
    leaflet = make_leaflet(name, code)
    root = ElementTree.fromstring(narrative(leaflet.sections, leaflet.wording))  # noqa: S314 (our own)

    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= NARRATIVE


def test_a_narrative_has_every_sentence_of_the_page(make_leaflet):
    leaflet = make_leaflet("two inhalers", "en")
    text = bare(text_of(narrative(leaflet.sections, leaflet.wording)))

    for part in leaflet.sections:
        for item in part.items:
            words = item.words if isinstance(item, (Line, MedicineRow)) else ()
            assert all(bare(leaflet.wording.say(sentence)) in text for sentence in words)


def test_every_picture_is_drawn_and_has_its_rule():
    drawn = {path.stem for path in (STATIC / "pictograms").glob("*.svg")}
    ruled = set(
        re.findall(r"\.pic--([\w-]+) \{", (STATIC / "css" / "leaflet.css").read_text(encoding="utf-8"))
    )

    assert ruled == drawn


@pytest.mark.parametrize("copy", [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD])
@pytest.mark.parametrize("name", PLANS)
def test_every_picture_that_a_plan_names_is_there(name, copy, make_leaflet):
    html = article(make_leaflet(name, "en", copy))
    drawn = {path.stem for path in (STATIC / "pictograms").glob("*.svg")}

    assert set(re.findall(r"pic--([\w-]+)", html)) <= drawn
