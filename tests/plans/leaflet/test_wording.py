"""Sentences in a language: refused where it lacks one, and never mixed up by its direction."""

from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Catalog

from plans.errors import LanguageLacksSentence, LanguageNotSignedOff, UnknownLanguage
from plans.leaflet.direction import LEFT_TO_RIGHT_ISOLATE as LRI
from plans.leaflet.direction import POP_ISOLATE as PDI
from plans.leaflet.direction import RIGHT_TO_LEFT_ISOLATE as RLI
from plans.leaflet.languages import language, languages
from plans.leaflet.wording import Wording, compiled, in_language
from plans.sections import Band, Section
from plans.sentences import Day, Exact, Moment, Name, Number, Typed, say, say_n
from plans.sources import Source
from tests.plans.examples import AGES, ORDINARY, PLANS, copy_of

ENTERED = Source.ENTERED


def made_of(code, words):
    """Return a wording of a language that has only these words."""
    catalogue = Catalog(locale=code)
    for english, translated in words.items():
        catalogue.add(english, translated)
    return Wording(language(code), compiled(catalogue))


@pytest.fixture
def urdu():
    return in_language("ur", demo=True)


@pytest.fixture
def english():
    return in_language("en")


def test_english_is_the_message_itself(english):
    assert (
        english.say(say("Peak flow below {flow}", flow=Exact("85 L/min"), source=ENTERED))
        == "Peak flow below 85 L/min"
    )


def test_plurals_follow_the_language():
    polish = in_language("pl", demo=True)

    def puffs(n):
        return polish.say(say_n("{n} puff in the morning", "{n} puffs in the morning", n, source=ENTERED))

    assert len({puffs(n).replace(str(n), "") for n in (1, 2, 5)}) == 3


def test_an_unknown_language_is_refused_and_the_known_are_named():
    with pytest.raises(UnknownLanguage, match="'xx'.*en, ur, pl, bn"):
        in_language("xx")


def test_a_language_that_lacks_a_sentence_is_refused_with_their_number():
    part = Section("new", Band.WORSE, say("Never said before", source=Source.LAYOUT), ())

    with pytest.raises(
        LanguageLacksSentence, match=r"in Urdu yet: 1 sentence is not translated\. Print it in English"
    ):
        in_language("ur", [part], demo=True)


def test_an_empty_or_doubtful_translation_is_none():
    wording = made_of("ur", {"Sleeping well": ""})

    with pytest.raises(LanguageLacksSentence):
        wording.say(say("Sleeping well", source=Source.WORSE_SIGNS))


def test_a_changed_english_sentence_is_untranslated_everywhere():
    wording = made_of("pl", {"Up to 10 puffs.": "Do 10 wziewów."})

    with pytest.raises(LanguageLacksSentence):
        wording.say(say("Up to 9 puffs.", source=ENTERED))


def test_wording_that_nobody_signed_off_is_for_a_demo_alone():
    for found in languages().values():
        if not found.is_signed_off:
            with pytest.raises(LanguageNotSignedOff, match=found.english):
                in_language(found.code)


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("name", PLANS)
def test_every_language_can_say_every_plan(name, code):
    plan, age = PLANS[name]

    assert in_language(code, demo=True).lacks(copy_of(plan, age)) == ()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Number(2), f"{LRI}2{PDI}"),
        (Exact("0121 496 0123"), f"{LRI}0121 496 0123{PDI}"),
        (Exact("85 L/min"), f"{LRI}85 L/min{PDI}"),
        (Name("Rayyan Test"), f"{LRI}Rayyan Test{PDI}"),
        (Name("ریان"), f"{RLI}ریان{PDI}"),
    ],
)
def test_on_a_right_to_left_page_each_value_keeps_its_order(urdu, value, written):
    assert urdu.value(value) == written


def test_numbers_inside_a_translated_sentence_are_isolated_too():
    wording = made_of("ur", {"1 puff every 30 to 60 seconds": "ہر 30 سے 60 سیکنڈ بعد 1 پف"})

    assert wording.say(say("1 puff every 30 to 60 seconds", source=ENTERED)) == (
        f"ہر {LRI}30{PDI} سے {LRI}60{PDI} سیکنڈ بعد {LRI}1{PDI} پف"
    )


def test_dates_have_western_digits_in_every_language():
    for code in languages():
        written = in_language(code, demo=True).value(Day(date(2026, 11, 6)))

        assert "6" in written
        assert "2026" in written


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (18, 30, "Friday 20 November 2026, 6:30pm"),
        (17, 0, "Friday 20 November 2026, 5pm"),
        (12, 0, "Friday 20 November 2026, midday"),
        (0, 0, "Friday 20 November 2026, midnight"),
        (0, 5, "Friday 20 November 2026, 12:05am"),
    ],
)
def test_english_times_are_written_as_the_nhs_does(english, hour, minute, written):
    assert english.value(Moment(datetime(2026, 11, 20, hour, minute, tzinfo=UTC))) == written


def test_a_time_is_that_of_a_clock_in_the_uk(english):
    assert english.value(Moment(datetime(2026, 6, 1, 23, 30, tzinfo=UTC))) == "Tuesday 2 June 2026, 12:30am"


def test_what_somebody_typed_prints_as_typed_and_says_that_it_is_not_translated(urdu, english):
    words = Typed("It feels tight")

    assert english.value(words) == "It feels tight"
    assert "It feels tight" in urdu.value(words)
    assert urdu.value(words).endswith(")")
    assert urdu.value(Name("Ada")) == f"{LRI}Ada{PDI}"


def test_right_to_left_words_keep_their_order_on_an_english_page(english):
    assert english.value(Typed("سانس 2 بار")) == f"{RLI}سانس {LRI}2{PDI} بار{PDI}"


def test_every_ordinary_plan_is_one_of_the_examples():
    assert set(ORDINARY) <= set(PLANS)
    assert {age for _, age in PLANS.values()} <= set(AGES)
