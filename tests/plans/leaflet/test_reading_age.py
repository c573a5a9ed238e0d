"""Reading age is measured as it is defined, never kinder than a second opinion, and names stand apart."""

import re
from dataclasses import replace

import pytest
from textstat import textstat

from plans.content import Copy
from plans.leaflet.reading_age import harder_than_the_rest, names_on, reading, typed_in
from plans.leaflet.reading_figures import HARDEST_GRADE, as_name, reading_of
from plans.leaflet.syllables import syllables
from plans.medicines import read_medicines
from plans.plan import Allergy
from plans.sections import Band, Fact, Quote, Section
from plans.sentences import Typed
from tests.plans.examples import PLANS, TWO_INHALERS, copy_of, said

COPIES = [Copy.FAMILY, Copy.SCHOOL, Copy.CHILD, Copy.RECORD]
SAID = copy_of(TWO_INHALERS, 7)
NAMES = names_on(TWO_INHALERS, read_medicines())
HEADING = SAID[0].heading  # two words
# textstat rounds before it adds, so it may be this much above us. It hears 1 syllable in "medicine" and 2 in
# "inhaler", so it may be so much below.
ROUNDING, MISSED_SYLLABLES = 0.6, 2.5


def typed(*texts):
    return Section("typed", Band.UNDERSTANDING, HEADING, tuple(Quote(Typed(text)) for text in texts))


def with_child_words(words):
    return copy_of(replace(TWO_INHALERS, child_words=words), 7)


def as_textstat_reads(name, copy):
    """Return the sentences of a copy that textstat takes for such: it passes over those of 1 or 2 words."""
    parts = (part for text in said(copy_of(*PLANS[name], copy)) for part in re.split(r"(?<=[.?!])\s+", text))
    bare = (re.sub(r"[^\w\s']", "", part) for part in parts)
    return [text for text in bare if len(text.split()) > 2]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", PLANS)
def test_figures_of_a_plan_are_those_of_textstat_and_never_kinder(name, copy):
    texts = as_textstat_reads(name, copy)
    whole = ". ".join(texts) + "."

    ours = reading_of(texts)

    assert (ours.words, ours.sentences) == (textstat.lexicon_count(whole), textstat.sentence_count(whole))
    assert -ROUNDING <= ours.grade - max(0, textstat.flesch_kincaid_grade(whole)) <= MISSED_SYLLABLES
    assert -ROUNDING <= ours.smog - textstat.smog_index(whole) <= MISSED_SYLLABLES


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *((word, 1) for word in ("puff", "breathe", "use", "used", "times", "wheeze", "locked", "I")),
        *((word, 2) for word in ("asthma", "needed", "puffy", "doses", "trouble", "likely", "every", "even")),
        *((word, 2) for word in ("evening", "grown-up", "quiet", "airways", "school's-out")),
        *((word, 3) for word in ("inhaler", "medicine", "surgery", "family", "hospital", "reaction")),
        *((word, 3) for word in ("ambulance", "preventer", "reliever", "washing-up", "pollution")),
        *((word, 4) for word in ("adrenaline", "everybody", "interpreter", "paramedics")),
    ],
)
def test_syllables_are_counted_as_they_are_said(word, count):
    assert syllables(word) == count


def test_the_grade_is_that_of_kincaid():
    # 10 words, 2 sentences, 12 syllables: 0.39 * 5 + 11.8 * 1.2 - 15.59 = 0.52
    assert reading_of(["The cat sat on it. Asthma can make babies cough"]).grade == pytest.approx(0.5)


def test_smog_is_scaled_to_30_sentences():
    # 10 sentences with 4 hard words: 1.043 * sqrt(4 * 30 / 10) + 3.1291 = 6.74
    assert reading_of(["Phone the surgery."] * 4 + ["Sit up."] * 6).smog == pytest.approx(6.7)


def test_a_text_too_short_for_smog_has_none():
    assert reading_of(["Phone the surgery."] * 9).smog is None


def test_a_text_without_words_has_no_figures():
    nothing = reading_of(["", "👍", "سانس"])

    assert (nothing.grade, nothing.smog, nothing.longest_words, nothing.sentences) == (0, None, 0, 0)


def test_a_sign_without_a_full_stop_is_a_sentence():
    assert reading_of(["Coughing or wheezing a lot", "Sit up. Stay calm.\nWait"]).sentences == 4


def test_the_longest_sentence_is_given_as_it_is_printed():
    longest = reading_of(["Sit up.", f"Keep {as_name('Salamol Easi-Breathe')} with you. Wait."])

    assert (longest.longest, longest.longest_words) == ("Keep Salamol Easi-Breathe with you.", 4)


def test_hard_words_have_3_syllables_or_more_and_are_counted():
    hard = reading_of(["The inhaler helps. No inhaler? Phone the Surgery."]).hard_words

    assert hard == (("inhaler", 2), ("surgery", 1))


def test_numbers_with_their_unit_are_one_easy_word():
    assert reading_of(["Take 200mg at 5:30pm"]).words == 4
    assert reading_of(["Take 200mg at 5:30pm"]).hard_words == ()


def test_names_of_medicines_and_allergies_are_one_easy_word():
    names = names_on(replace(TWO_INHALERS, allergies=(Allergy("Macadamia nuts", True),)), read_medicines())

    read = reading([typed("Salbutamol, adrenaline, Salamol Easi-Breathe or macadamia nuts")], names)

    assert read.hard_words == ()
    assert read.words == 5 + len(HEADING.message.split())


def test_no_name_of_a_medicine_is_a_word_that_sentences_use():
    ours = {word for text in said(SAID) for word in re.findall(r"[a-z]+", text)}

    assert {word for word in ours if NAMES.fullmatch(word)} <= {"adrenaline"}


@pytest.mark.parametrize("odd", ["medicine", "names", "n", "{n}", "day", "(", ".*", " "])
def test_an_allergy_of_any_name_can_be_measured(odd):
    plan = replace(TWO_INHALERS, allergies=(Allergy(odd, True),))

    assert reading(copy_of(plan, 7), names_on(plan, read_medicines())).words > 100


def test_labels_of_facts_are_no_sentences_but_typed_words_beside_them_are_read():
    head = Section("head", Band.HEAD, HEADING, (Fact(HEADING, Typed("He sits up. He waits.")),))

    assert reading([head], NAMES).sentences == 3  # the heading, and the two


def test_what_somebody_typed_is_found_wherever_it_is_printed():
    parts = (typed("In the office", "In the office"), *SAID)

    found = typed_in(parts)

    assert found.count("In the office") == 1
    assert TWO_INHALERS.child_words in found
    assert "Peanut and tree nuts, Egg" in found


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Exercise-induced bronchoconstriction deteriorates rapidly.", id="hard words"),
        pytest.param("I run and run and I play and then I sit and I " * 2, id="a sentence of over 20 words"),
        pytest.param("Reception medication cupboard", id="a place in hard words"),
    ],
)
def test_typed_words_that_are_harder_than_the_rest_are_found(words):
    assert harder_than_the_rest(words, with_child_words(words), NAMES)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(TWO_INHALERS.child_words, id="what a child says"),
        pytest.param("In the school office", id="a place"),
        pytest.param("Penicillin", id="one word is a name"),
        pytest.param("Peanut and tree nuts, Egg", id="allergies are names"),
        pytest.param("سانس لینا مشکل ہے", id="another script is not measured"),
        pytest.param("", id="nothing"),
    ],
)
def test_typed_words_that_are_as_easy_as_the_rest_are_left_alone(words):
    assert harder_than_the_rest(words, with_child_words(words), NAMES) is None


def test_typed_words_are_compared_with_what_the_product_says_and_not_with_themselves():
    hard = "Exercise-induced bronchoconstriction deteriorates rapidly. " * 50

    found = harder_than_the_rest(hard, with_child_words(hard), NAMES)

    assert found
    assert found.grade > HARDEST_GRADE


def test_what_somebody_typed_counts_in_the_figures_of_a_copy():
    hard = with_child_words("Exercise-induced bronchoconstriction deteriorates rapidly.")

    assert ("deteriorates", 1) in reading(hard, NAMES).hard_words
