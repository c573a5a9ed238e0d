"""Every sentence says where its words come from, and none is taken for surer than it is."""

from collections import defaultdict

import pytest

from docs.said import every_sentence
from plans.confirmations import WORDINGS
from plans.content import Copy
from plans.products import Tag
from plans.sources import Source
from portal.actions.coverage import every_sentence as every_message
from tests.plans.examples import PLANS, copy_of

COPIES = (Copy.FAMILY, Copy.SCHOOL, Copy.CHILD, Copy.RECORD)

# No text was read for these, and no clinician is asked about them yet: the list may only get shorter.
WAITING = {
    # The child's own copy
    # After hospital
    "Say: {words}",
    "You can ask for an interpreter.",
    # Paper that is old, or that is another child's
    "Attack now? Call 999.",
    "The review date of this plan has passed.",
    "Do not use it. Phone your GP surgery and tell them.",
    "In an attack, call 999. Phone the surgery for a new plan.",
    "In an attack, still follow the attack steps.",
    "Phone the surgery to book a review.",
    "This plan was withdrawn on {day}. Do not follow it.",
    "Ask the GP surgery for a new copy.",
    "No. This copy is out of date.",
    "Print the plan again. Give old copies back to the surgery.",
    "The child's name or NHS number has changed.",
    "Use the newest plan.",
    # A family that tells the surgery something
    "Attack? Call 999.",
    "Do not ask for help here. In an attack, call 999.",
    "No inhaler for an attack? Go to a pharmacy or call 111 now.",
    "No inhaler for an attack? Phone the surgery, go to a pharmacy or call 111 now.",
    "No reliever? Go to a pharmacy or call 111 now.",
    "No reliever? Phone the surgery, go to a pharmacy or call 111 now.",
    "Nobody reads this before {day}.",
    "The surgery is closed today.",
    "The surgery is late. Phone the surgery now, or call 111.",
    "What you send here is not read at night, or while the surgery is closed.",
}


def printed(name):
    plan, age = PLANS[name]
    for copy in COPIES:
        for part in copy_of(plan, age, copy):
            for sentence in part.sentences():
                yield from sentence.parts()


def test_every_sentence_that_is_translated_is_found_with_its_source():
    assert {said.message for said in every_sentence()} == every_message()


def test_the_same_words_have_the_same_source():
    """But words read for one inhaler may be unsettled for another, where a clinician confirms them."""
    sources = defaultdict(set)
    for said in every_sentence():
        sources[said.message, said.confirmed].add(said.source)

    assert {message: found for message, found in sources.items() if len(found) > 1} == {}


def test_words_that_a_clinician_confirms_are_never_marked_as_read():
    assert [said for said in every_sentence() if said.confirmed and said.source.is_sure] == []


def test_words_that_nothing_settles_are_known_one_by_one():
    assert {said.message for said in every_sentence() if said.waits} == WAITING


@pytest.mark.parametrize("name", PLANS)
def test_every_sentence_of_every_copy_has_a_source_that_the_page_of_sentences_shows(name):
    shown = {(said.message, said.source, said.confirmed) for said in every_sentence()}

    assert {(one.message, one.source, bool(one.confirm)) for one in printed(name)} <= shown


@pytest.mark.parametrize("name", PLANS)
def test_what_a_clinician_is_told_of_words_is_what_their_source_says(name):
    asked = [sentence for sentence in printed(name) if sentence.confirm]

    assert all(WORDINGS[one.confirm].tag is one.source.tag for one in asked)


def test_every_source_has_a_key_of_its_own_and_a_title():
    assert len({source.key for source in Source}) == len(Source)
    assert all(source.key == source.name.lower().replace("_", "-") and source.title for source in Source)


def test_what_is_read_or_in_conflict_says_where_the_clinical_reference_has_it():
    tagged = [source for source in Source if source.tag in {Tag.READ, Tag.SECOND_HAND, Tag.CONFLICT}]

    assert all(source.place.startswith("clinical reference ") for source in tagged)


def test_only_labels_and_what_was_entered_have_no_tag():
    assert {source for source in Source if source.tag is None} == {Source.LAYOUT, Source.ENTERED}
