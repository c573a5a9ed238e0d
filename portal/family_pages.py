"""Pages for families: in the language that was chosen, or in English where it lacks one of their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from fhir.store.tables import marks
from plans.errors import LanguageLacksSentence, LanguageNotSignedOff, UnknownLanguage
from plans.leaflet.languages import SOURCE, Language, languages
from plans.leaflet.wording import Wording, in_language
from plans.sections import Band, Kind, Line, Section
from portal import family_words
from portal.parts import parts

REFUSALS = (UnknownLanguage, LanguageLacksSentence, LanguageNotSignedOff)
WORDS = Section(
    "family-pages", Band.NOTICE, family_words.ATTACK_NOW, (Line(Kind.NOTE, family_words.EVERY_WORD),)
)


@dataclass(frozen=True)
class Choice:
    """A language that these pages are offered in, and where this page stands in it."""

    language: Language
    url: str
    current: bool


def chosen() -> str:
    """Return the language that was asked for, "" if none was."""
    return request.args.get("lang", "")


def family_page(template: str, language: str, *, status: int = 200, **context: object) -> Response:
    """Render a page in `language`, or in English where it is unknown, not signed off or lacks a word."""
    wording = _wording(language) or in_language(SOURCE)
    return make_response(
        render_template(
            template,
            words=family_words,
            say=wording.say,
            wording=wording,
            language=wording.language,
            choices=list(_choices(wording.language)),
            **context,
        ),
        status,
    )


def dead_link() -> ResponseReturnValue:
    """Return the one page of every link that opens nothing, whatever the reason."""
    return family_page("family/dead.jinja", chosen(), status=404)


def _choices(current: Language) -> Iterator[Choice]:
    for code, language in languages().items():
        if _wording(code):
            url = f"?{urlencode({**request.args, 'lang': code})}"  # relative: dead links all look the same
            yield Choice(language, url, current=language == current)


def _wording(code: str) -> Wording | None:
    try:
        return in_language(code, [WORDS], demo=marks.is_demo(parts().store))
    except REFUSALS:
        return None
