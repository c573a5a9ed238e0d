"""The English is short and plain, and every sentence of it is found for translation."""

import re

import pyphen
import pytest

from plans.confirmations import WORDINGS
from plans.content import Copy
from plans.leaflet import labels
from plans.leaflet.catalogues import sentences
from tests.plans.examples import PLANS, copy_of, in_english

MOST_WORDS = 20  # in a sentence. Source: NHS digital service manual
HARDEST_GRADE = 5.5  # Flesch-Kincaid: reading age 10 to 11

SYLLABLES = pyphen.Pyphen(lang="en_GB")
COPIES = [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD]


def printed(name, copy):
    plan, age = PLANS[name]
    return [sentence for part in copy_of(plan, age, copy) for sentence in part.sentences()]


def split(text):
    return [part.strip(" .?!:") for part in re.split(r"(?<=[.?!:])\s+", text) if part.strip(" .?!:")]


def grade(texts):
    """Return the Flesch-Kincaid grade of sentences; a name as on the box counts as one short word."""
    words = [word for text in texts for word in re.findall(r"[A-Za-z']+", text)]
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(texts) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", PLANS)
def test_no_sentence_is_long(name, copy):
    too_long = [
        part
        for sentence in printed(name, copy)
        for part in split(in_english(sentence))
        if len(part.split()) > MOST_WORDS
    ]

    assert too_long == []


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", PLANS)
def test_a_child_of_11_could_read_it(name, copy):
    texts = [part for sentence in printed(name, copy) for part in split(sentence.english())]

    assert grade([re.sub(r"\{\w+\}", "Blue", text) for text in texts]) <= HARDEST_GRADE


@pytest.mark.parametrize("copy", [*COPIES, Copy.RECORD])
@pytest.mark.parametrize("name", PLANS)
def test_every_sentence_is_found_for_translation(name, copy):
    found = {_key(message.id) for message in sentences() if message.id}

    assert [s.message for s in (*printed(name, copy), *labels.ALL) if _key_of(s) not in found] == []


@pytest.mark.parametrize("name", PLANS)
def test_every_unsettled_sentence_has_a_wording_to_confirm(name):
    keys = {sentence.confirm for sentence in printed(name, Copy.RECORD)} - {""}

    assert keys <= set(WORDINGS)


def _key(message_id):
    return message_id if isinstance(message_id, tuple) else (message_id, "")


def _key_of(sentence):
    return (sentence.message, sentence.plural)
