"""The table of languages, and the catalogue that each needs."""

import pytest

from plans.content.language_words import NAMES
from plans.leaflet.languages import language, languages


@pytest.mark.parametrize("code", languages())
def test_each_language_says_how_it_is_set(code):
    found = language(code)

    assert found.direction in {"ltr", "rtl"}
    assert found.endonym
    assert found.english
    assert found.font
    assert found.line_height > 1


def test_each_language_is_named_on_a_plan_and_no_code_is_shown():
    assert {code: one.message for code, one in NAMES.items()} == {
        code: one.english for code, one in languages().items()
    }


@pytest.mark.parametrize("code", languages())
def test_each_language_but_the_source_has_a_catalogue(code):
    found = language(code)

    assert found.is_source or found.catalogue.exists()


def test_only_a_script_with_tall_lines_is_laid_out_with_the_attack_first():
    assert [code for code in languages() if language(code).is_tall] == ["ur"]
