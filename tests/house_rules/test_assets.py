"""What setup fetches for pages and plans asks no other site for anything."""

import re

import pytest

from setup.assets import own_stylesheet, without_source_map
from setup.fonts import FAMILIES, WEIGHTS
from tests.house_rules.module import ROOT

VENDOR = ROOT / "static" / "vendor"


def test_the_font_of_another_site_is_taken_out():
    css = '@font-face{font-family:F;src:url(https://assets.example/f.woff2) format("woff2")}body{margin:0}'

    assert own_stylesheet(css) == "body{margin:0}"


def test_images_are_looked_for_beside_the_stylesheet():
    assert own_stylesheet("a{background:url(/assets/images/x.svg)}") == "a{background:url(images/x.svg)}"


@pytest.mark.parametrize("ending", ["//# sourceMappingURL=a.js.map", "/*# sourceMappingURL=a.css.map */"])
def test_the_pointer_to_a_source_map_is_taken_out(ending):
    assert without_source_map(f"a(){ending}\n") == "a()\n"


def test_the_stylesheet_asks_only_for_images_that_are_there():
    css = (VENDOR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    asked_for = set(re.findall(r"url\(([^)]*)\)", css))

    assert asked_for
    assert [image for image in asked_for if not (VENDOR / image).exists()] == []


def test_no_image_is_a_trade_mark_of_the_nhs():
    allowed = re.compile(r"nhsuk-icon-(arrow|chevron|cross|minus|plus|search|tick|user)[a-z-]*\.svg")

    assert [image.name for image in (VENDOR / "images").iterdir() if not allowed.fullmatch(image.name)] == []


def test_every_family_has_every_weight_and_its_licence():
    fonts = ROOT / "static" / "fonts"
    expected = {f"{family}-{weight}.ttf" for family in FAMILIES.values() for weight in WEIGHTS.values()}
    licences = {f"{family}-LICENCE.txt" for family in FAMILIES.values()}

    assert {font.name for font in fonts.iterdir()} == expected | licences


def test_fontconfig_is_shown_no_font_of_the_machine():
    configuration = (ROOT / ".fontconfig" / "fonts.conf").read_text(encoding="utf-8")

    assert re.findall(r"<dir>(.*)</dir>", configuration) == [str(ROOT / "static" / "fonts")]
    assert "<include" not in configuration
