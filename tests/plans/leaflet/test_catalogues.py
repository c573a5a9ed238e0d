"""Every catalogue says what the English says: all of it, with the same values and the same numbers."""

import re
import string
import unicodedata

import pytest
from babel.messages.pofile import read_po

from plans.leaflet.catalogues import sentences, updated
from plans.leaflet.languages import languages

SOUND = "The English sounds like this:"  # spells numbers out
TRANSLATED = [language for language in languages().values() if not language.is_source]


def messages(language):
    with language.catalogue.open("rb") as file:
        return [message for message in read_po(file, locale=language.code) if message.id]


def ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def texts(message):
    return message.string if isinstance(message.string, (tuple, list)) else (message.string,)


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def numbers(text):
    return sorted(set(re.findall(r"\d+", text)))


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
class TestCatalogue:
    def test_it_has_every_sentence_and_no_other(self, language):
        found = {ids(message) for message in messages(language)}
        wanted = {ids(message) for message in sentences() if message.id}

        assert sorted(wanted - found) == []
        assert sorted(found - wanted) == []

    def test_each_form_has_words(self, language):
        forms = updated(language).num_plurals

        for message in messages(language):
            assert all(texts(message)), message.id
            assert not message.fuzzy, message.id
            if isinstance(message.id, tuple):
                assert len(texts(message)) == forms, message.id

    def test_the_same_values_go_in(self, language):
        for message in messages(language):
            for text in texts(message):
                assert fields(text) == fields(ids(message)[-1]), message.id

    def test_the_same_numbers_are_said_in_western_digits(self, language):
        for message in messages(language):
            for text in texts(message):
                if not ids(message)[0].startswith(SOUND):
                    assert numbers(text) == numbers(ids(message)[-1]), message.id
                assert [c for c in text if unicodedata.category(c) == "Nd" and not c.isascii()] == []

    def test_no_two_numbers_stand_side_by_side_and_no_dash_makes_a_range(self, language):
        for message in messages(language):
            for text in texts(message):
                assert not re.search(r"\d\s+\d", text), message.id
                assert not re.search(r"[\d}]\s*[-\u2010-\u2015]\s*[\d{]", text), message.id
