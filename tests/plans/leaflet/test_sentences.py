"""Every sentence of a plan is found for translation, and what is unsettled in it for confirmation."""

import pytest

from plans.confirmations import WORDINGS
from plans.content import Copy
from plans.content.copies import PLAN_COPIES
from plans.leaflet import labels
from plans.leaflet.catalogues import sentences
from tests.plans.examples import PLANS, copy_of


def printed(name, copy):
    plan, age = PLANS[name]
    return [sentence for part in copy_of(plan, age, copy) for sentence in part.sentences()]


@pytest.mark.parametrize("copy", PLAN_COPIES)
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
