"""The table of languages, and the catalogue that each needs."""

import pytest

from plans.leaflet.languages import language, languages


@pytest.mark.parametrize("code", languages())
def test_each_language_says_how_it_is_set(code):
    found = language(code)

    assert found.direction in {"ltr", "rtl"}
    assert found.endonym
    assert found.english
    assert found.font
    assert found.line_height > 1


@pytest.mark.parametrize("code", languages())
def test_each_language_but_the_source_has_a_catalogue(code):
    found = language(code)

    assert found.is_source or found.catalogue.exists()


def test_only_a_script_with_tall_lines_is_laid_out_with_the_attack_first():
    assert [code for code in languages() if language(code).is_tall] == ["ur"]
