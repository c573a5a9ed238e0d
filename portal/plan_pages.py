"""A copy of a plan on the pages of professionals: in the language asked for, or in English and why."""

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from plans.content import Copy
from plans.errors import LanguageLacksSentence, LanguageNotSignedOff, UnknownLanguage
from plans.leaflet.languages import SOURCE, Language, language, languages
from portal.actions.copies import page_of
from portal.actions.originals import Original

HEADING = re.compile(r"(</?h)([1-5])\b")
REFUSALS = (UnknownLanguage, LanguageLacksSentence, LanguageNotSignedOff)


@dataclass(frozen=True)
class CopyOnScreen:
    """A copy as a part of a page; `refused` is one sentence on why it is in English, "" where it is not."""

    page: Markup
    language: Language
    refused: str = ""


def copy_on_screen(original: Original, copy: Copy, code: str, *, today: date) -> CopyOnScreen:
    """Return a copy in the language `code`, or in English where that language cannot carry this plan."""
    try:
        return CopyOnScreen(page_of(original, copy, code, today=today), language(code))
    except REFUSALS as refusal:
        english = page_of(original, copy, SOURCE, today=today)
        return CopyOnScreen(english, language(SOURCE), str(refusal))


def within_a_page(copy: Markup) -> Markup:
    """Return a copy with its headings one level lower, for a page that has a heading of its own."""
    lowered = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", copy)
    return Markup(lowered)  # noqa: S704 (a template that escapes made it)


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where plans are not printed in it."""
    return languages()[code].english if code in languages() else code
