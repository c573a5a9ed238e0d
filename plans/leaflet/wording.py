"""Sentences in a language: found in its catalogue, filled with values, refused where it lacks one."""

import gettext
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from plans.errors import LanguageLacksSentence, LanguageNotSignedOff
from plans.leaflet import labels
from plans.leaflet.direction import (
    in_its_own_direction,
    is_right_to_left,
    left_to_right,
    with_numbers_isolated,
)
from plans.leaflet.languages import Language, language
from plans.sections import Section
from plans.sentences import Day, Exact, Moment, Name, Number, Sentence, Typed, Value
from plans.working_days import uk_time

NOON = 12


@dataclass(frozen=True)
class Wording:
    """One language with its catalogue; on a right-to-left page it isolates every number and Latin name."""

    language: Language
    catalogue: gettext.NullTranslations

    def say(self, sentence: Sentence) -> str:
        """Return the sentence in this language; raises LanguageLacksSentence if it is not translated."""
        try:
            pattern = self._pattern(sentence)
        except _NotTranslatedError:
            raise LanguageLacksSentence(self.language.english, 1) from None
        return pattern.format(**{name: self.value(value) for name, value in sentence.values.items()})

    def value(self, value: Value) -> str:
        """Return what goes into a sentence, as this language writes it."""
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, Number):
            return self._left_to_right(str(value.count))
        if isinstance(value, Exact):
            return self._left_to_right(value.text)
        if isinstance(value, Day):
            return self._numbers(self._day(value.day, with_weekday=value.with_weekday))
        if isinstance(value, Moment):
            return self._numbers(self._moment(uk_time(value.at)))
        return self.typed(value)

    def number(self, count: int) -> str:
        """Return a number that a page adds, such as that of a step."""
        return self.value(Number(count))

    def typed(self, typed: Typed | Name) -> str:
        """Return what somebody typed, in its own direction; marked where the page is in another language."""
        text = in_its_own_direction(typed.text) if self._must_isolate(typed.text) else typed.text
        if isinstance(typed, Name) or self.language.is_source:
            return text
        return f"{text} ({self.say(labels.NOT_TRANSLATED)})"

    def direction(self, typed: Typed) -> str:
        """Return "rtl" or "ltr" for a paragraph of typed words: in a PDF an isolate ends with its line."""
        return "rtl" if is_right_to_left(typed.text) else "ltr"

    def lacks(self, sections: Iterable[Section]) -> tuple[str, ...]:
        """Return the English of every sentence of these sections, and of the page, that is not translated."""
        return tuple(dict.fromkeys(s.message for s in _all(sections) if not self._has(s)))

    def _has(self, sentence: Sentence) -> bool:
        try:
            self._pattern(sentence)
        except _NotTranslatedError:
            return False
        return True

    def _pattern(self, sentence: Sentence) -> str:
        if sentence.plural:
            found = self.catalogue.ngettext(sentence.message, sentence.plural, sentence.count)
        else:
            found = self.catalogue.gettext(sentence.message)
        return self._numbers(found)

    def _numbers(self, text: str) -> str:
        return with_numbers_isolated(text) if self.language.is_right_to_left else text

    def _left_to_right(self, text: str) -> str:
        return left_to_right(text) if self.language.is_right_to_left else text

    def _must_isolate(self, text: str) -> bool:
        return self.language.is_right_to_left or in_its_own_direction(text) != left_to_right(text)

    def _day(self, day: date, *, with_weekday: bool) -> str:
        pattern = "EEEE d MMMM y" if with_weekday else "d MMMM y"
        return format_date(day, pattern, locale=self.language.code.replace("-", "_"))

    def _moment(self, at: datetime) -> str:
        clock = _english_clock(at) if self.language.is_source else f"{at:%H:%M}"
        comma = "\u060c" if self.language.script == "Arab" else ","
        return f"{self._day(at.date(), with_weekday=True)}{comma} {clock}"


def in_language(code: str, sections: Iterable[Section] = (), *, demo: bool = False) -> Wording:
    """Return the wording of a language that has every sentence of `sections`.

    Raises UnknownLanguage, LanguageLacksSentence, and outside a demo LanguageNotSignedOff.
    """
    found = language(code)
    if not (found.is_signed_off or demo):
        raise LanguageNotSignedOff(found.english)
    wording = Wording(found, _catalogue(found))
    lacking = wording.lacks(sections)
    if lacking:
        raise LanguageLacksSentence(found.english, len(lacking))
    return wording


def _all(sections: Iterable[Section]) -> Iterator[Sentence]:
    yield from labels.ALL
    for section in sections:
        yield from section.sentences()


class _NotTranslatedError(LookupError):
    """The catalogue has no words for a sentence."""


class _NothingElse(gettext.NullTranslations):
    """Stands behind a catalogue, so that a missing sentence is an error and never English."""

    def gettext(self, message: str) -> str:
        raise _NotTranslatedError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 (the library's names)
        raise _NotTranslatedError(msgid1)


@cache
def _catalogue(found: Language) -> gettext.NullTranslations:
    if found.is_source:
        return gettext.NullTranslations()
    if not found.catalogue.exists():
        return _NothingElse()
    with found.catalogue.open("rb") as file:
        return compiled(read_po(file, locale=found.code.replace("-", "_")))


def compiled(catalogue: object) -> gettext.NullTranslations:
    """Return a Babel catalogue as one that raises for what it lacks; fuzzy and empty entries are lacking."""
    memory = io.BytesIO()
    write_mo(memory, catalogue)  # type: ignore[arg-type]
    memory.seek(0)
    translations = gettext.GNUTranslations(memory)
    translations.add_fallback(_NothingElse())
    return translations


def _english_clock(at: datetime) -> str:
    """Return 6:30pm, 5pm, midday or midnight, as the NHS writes them."""
    if at.minute == 0 and at.hour in {0, NOON}:
        return "midday" if at.hour == NOON else "midnight"
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % NOON or NOON}{minutes}{'am' if at.hour < NOON else 'pm'}"
