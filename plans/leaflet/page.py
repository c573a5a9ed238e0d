"""Sections to HTML: the same words for the screen, for paper, for two languages, and for a FHIR narrative."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plans.content import Copy
from plans.leaflet import labels
from plans.leaflet.languages import SOURCE
from plans.leaflet.linear import rows
from plans.leaflet.wording import Wording, in_language
from plans.sections import Band, Item, Kind, Section, parted
from plans.sentences import Name

# Pages, of A4 where nothing else is said, that a copy may fill in one language; a record has no limit.
MOST_PAGES: Mapping[Copy, int] = {
    Copy.FAMILY: 2,
    Copy.SCHOOL: 1,
    Copy.CHILD: 2,
    Copy.WALLET: 1,
    Copy.EMERGENCY: 2,  # of A6
    Copy.MEDICINES: 1,
    Copy.DISCHARGE: 1,
}

TEMPLATES: Mapping[Copy, str] = {
    Copy.WALLET: "card.html.jinja",
    Copy.EMERGENCY: "emergency.html.jinja",
}
BANDS = (Band.EVERYDAY, Band.WORSE, Band.ATTACK, Band.DATE)
MOST_DOTS = 10  # puffs drawn as dots; the numeral stands beside them
# With its isolates: a line of text is set box by box, and an isolate does not reach into another box.
SPACED_NUMBER = re.compile(r"\u2066?\d+(?:(?: \d+)+| L/min)\u2069?")
EMERGENCY = re.compile(r"\b999\b")
LETTERS_IN_A_LINE, HEADING_LINES, CODE = 44, 2, 4  # about, in half the width of a page; CODE in lines
PAGE_MARK, PAGES_MARK = "\ue000", "\ue001"  # private letters that a printer's counters replace


@dataclass(frozen=True)
class Columns:
    """A band as it is laid out: what comes before all else, how I am, what I do, what to say."""

    first: tuple[Item, ...]
    signs: tuple[Item, ...]
    dangers: tuple[Item, ...]
    actions: tuple[Item, ...]
    last: tuple[Item, ...]


@dataclass(frozen=True)
class Leaflet:
    """What is printed, in which language, as which copy, and the address its code leads to ("" for none)."""

    sections: Sequence[Section]
    wording: Wording
    copy: Copy
    code_url: str = ""
    beside: Wording | None = None  # a second language, a sentence beside its sentence

    @property
    def most_pages(self) -> int | None:
        """Return the pages of A4 that this may fill: twice as many for two languages side by side.

        A school reads English on one page; in another language its copy may take two.
        """
        most = MOST_PAGES.get(self.copy)
        needs_two = self.copy is Copy.SCHOOL and not self.wording.language.is_source
        return most and most * (2 if self.beside or needs_two else 1)

    @property
    def explained_before_the_attack(self) -> tuple[Section, ...]:
        """Return what is to be understood and stands above the attack, where there is an attack."""
        above = list(takewhile(lambda section: section.band is not Band.ATTACK, self.sections))
        has_attack = len(above) < len(self.sections)
        return tuple(one for one in above if one.band is Band.UNDERSTANDING and has_attack)

    @property
    def explained_after_it(self) -> tuple[Section, ...]:
        """Return the rest of what is to be understood."""
        return self.of(Band.UNDERSTANDING)[len(self.explained_before_the_attack) :]

    def of(self, *bands: Band) -> tuple[Section, ...]:
        """Return the sections of these bands, in their order."""
        return tuple(section for section in self.sections if section.band in bands)


def article(leaflet: Leaflet) -> Markup:
    """Return the plan as a part of a web page; the same markup is printed."""
    template = "bilingual.html.jinja" if leaflet.beside else TEMPLATES.get(leaflet.copy, "article.html.jinja")
    return Markup(_render(template, leaflet))  # noqa: S704 (a template that escapes made it)


def document(leaflet: Leaflet) -> str:
    """Return a whole HTML document to print, with the name on every page."""
    return _render("document.html.jinja", leaflet, article=article(leaflet), foot=_foot(leaflet.wording))


def narrative(sections: Sequence[Section], wording: Wording) -> str:
    """Return the plan as the text of a FHIR resource: XHTML of HTML 4 elements, without bdi or SVG."""
    return ENVIRONMENT.get_template("narrative.html.jinja").render(
        sections=sections, wording=wording, say=wording.say, rows=rows
    )


def columns(section: Section) -> Columns:
    """Return the items of a band, parted into what stands first, on the left and on the right."""
    band = parted(section)
    actions = tuple(item for item in band.rest if item.kind != Kind.PHRASE)
    last = tuple(item for item in band.rest if item.kind == Kind.PHRASE)
    return Columns(band.first, band.signs, band.dangers, actions, last)


def side_by_side(sections: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """Return two columns of about the same height: the first two sections head them, the others follow."""
    left, right = list(sections[:1]), list(sections[1:2])
    for section in sections[2:]:
        (left if height(left) <= height(right) else right).append(section)
    return left, right


def height(sections: Sequence[Section]) -> int:
    """Return about how many lines the sections fill in half the width of a page, by their English."""
    return sum(_lines_of(section) for section in sections)


def _lines_of(section: Section) -> int:
    texts = (" ".join(row.texts(ENGLISH)) for row in rows(section))
    return HEADING_LINES + sum(1 + len(text) // LETTERS_IN_A_LINE for text in texts)


def stressed(text: str) -> Markup:
    """Return the text with the number to call standing out, and with other numbers kept on one line."""
    whole = SPACED_NUMBER.sub(r'<span class="number">\g<0></span>', str(Markup.escape(text)))
    return Markup(EMERGENCY.sub('<b class="call">999</b>', whole))  # noqa: S704 (escaped above)


def _render(template: str, leaflet: Leaflet, **more: object) -> str:
    wording = leaflet.wording
    return ENVIRONMENT.get_template(template).render(
        leaflet=leaflet, wording=wording, say=wording.say, value=wording.value, code=_code(leaflet), **more
    )


def _code(leaflet: Leaflet) -> Markup | None:
    if not leaflet.code_url:
        return None
    title = leaflet.wording.say(labels.SCAN)
    drawn = segno.make(leaflet.code_url, error="m", micro=False)
    svg = drawn.svg_inline(title=title, omitsize=True, border=2, svgclass="code__drawing", lineclass=None)
    return Markup(svg)  # noqa: S704 (drawn by us, its title escaped by segno)


def _foot(wording: Wording) -> Markup:
    """Return "Page 1 of 2" with a place for each counter: only the printer knows the numbers."""
    words = Markup.escape(wording.say(labels.page_of(PAGE_MARK, PAGES_MARK)))
    for mark, counter in ((PAGE_MARK, "page"), (PAGES_MARK, "pages")):
        words = words.replace(mark, Markup('<span class="foot__{}"></span>').format(counter))
    return words


ENGLISH = in_language(SOURCE)

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    labels=labels, columns=columns, side_by_side=side_by_side, height=height, rows=rows, Band=Band, Name=Name,
    bands=BANDS, most_dots=MOST_DOTS,
)  # fmt: skip
ENVIRONMENT.filters["stressed"] = stressed
