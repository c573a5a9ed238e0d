"""HTML to PDF: tagged for screen readers, set in our own fonts, fetching nothing but our own pictures."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from plans.errors import CardTooSmall, FontsMissing
from plans.leaflet import card
from plans.leaflet.text_layer import name_every_glyph

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

ROOT = Path(__file__).parents[2]
FONTCONFIG = ROOT / ".fontconfig" / "fonts.conf"
STYLES = ROOT / "static" / "css"
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Arrangement:
    """A way to lay out the pages: its stylesheets, and what changes places.

    The bands for an ill child can come first, and what explains the inhalers can follow the attack.
    """

    styles: tuple[str, ...]
    ill_first: bool = False
    explained_last: bool = False


ROOMY = Arrangement(("print.css",))
CLOSER = Arrangement(("print.css", "bands.css"))
# The bands fill page one, and what follows an attack opens page two.
FLOWING = (
    Arrangement(("print.css", "bands.css", "flow.css")),
    Arrangement(("print.css", "bands.css", "parts.css", "flow.css")),
)
# The bands are more than a page.
ILL_FIRST = (
    Arrangement(("print.css", "bands.css", "ill_first.css"), ill_first=True),
    Arrangement(("print.css", "bands.css", "parts.css", "ill_first.css"), ill_first=True),
)

OWN_STYLES = (
    ("print.css", "own.css"),
    ("print.css", "own.css", "own_closer.css"),
    ("print.css", "own.css", "own_closer.css", "own_closest.css"),
)
OWN = tuple(Arrangement(styles, explained_last=last) for last in (False, True) for styles in OWN_STYLES)
TO_MEASURE = Arrangement(("print.css", "card_measure.css"))
CARD = Arrangement(("print.css", "card.css"))

# An emergency card is two pages of A6; where its words do not fit in type that can be read, of A5.
SMALLER = ("emergency.css", "emergency_closer.css", "emergency_closest.css")
LARGER = (
    "emergency.css",
    "emergency_larger.css",
    "emergency_larger_closer.css",
    "emergency_larger_closest.css",
    "emergency_flow.css",
)
OF_A6 = tuple(Arrangement(("print.css", *SMALLER[:n])) for n in (1, 2, 3))
OF_A5 = tuple(Arrangement(("print.css", *LARGER[:n])) for n in (2, 3, 4, 5))

ATTACK = "plan-attack"  # the id of its band
BANDS = re.compile(
    r'(?P<everyday><section class="band band--everyday.*?)(?P<worse><section class="band band--worse.*?)'
    r'(?P<attack><section class="band band--attack.*?)(?P<after><div class="after".*?)'
    r'(?=<div class="understanding">)',
    re.DOTALL,
)
EXPLAINED = re.compile(
    r"(?P<explained><!--explained-->.*?<!--/explained-->)\s*"
    r'(?P<attack><section class="band band--attack.*?</section>)',
    re.DOTALL,
)
REORDERED = r"\g<attack>\g<worse>\g<after>\g<everyday>"

CHILD = re.compile(r'<html[^>]* data-copy="child"')
EMERGENCY_CARD = re.compile(r'<html[^>]* data-copy="emergency"')
IF_ROOM = re.compile(r"<!--if-room-->.*?<!--/if-room-->", re.DOTALL)  # left out before the type is smaller
TALL = re.compile(r"<html[^>]* data-tall>")
MOST_PAGES = re.compile(r'<html[^>]* data-most-pages="(\d+)"')


def pdf(html: str) -> bytes:
    """Return the document as PDF/UA-1, laid out as roomily as its number of pages allows.

    Raises FontsMissing if `make setup` has not put the fonts in place, and CardTooSmall for a wallet card
    that cannot hold what it must say.
    """
    return _fitted(html).write_pdf(finisher=name_every_glyph, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]


def _fitted(html: str) -> "Document":
    if card.CARD.search(html):
        return _layout(folded_card(html)[0], CARD)
    found = MOST_PAGES.search(html)
    most = int(found[1]) if found else None
    tried: list[Document] = []
    for layout in _layouts(html, most):
        if most is None or len(layout.pages) <= most:
            return layout
        tried.append(layout)
    # Of a child's own copy the closest keeps the attack on one page.
    return min(reversed(tried) if CHILD.search(html) else tried, key=lambda layout: len(layout.pages))


def folded_card(html: str) -> tuple[str, float, int]:
    """Return a wallet card as panels in the largest type with which every part fits on one.

    With it that size in points, and how many panels lie above each other. Raises CardTooSmall.
    """
    for text in card.texts(html):
        found = card.largest(partial(_panels, text))
        if found is not None:
            parts, size = found
            return card.folded(text, parts, size), size, card.rows(len(parts))
    raise CardTooSmall


def _panels(html: str, size: float) -> list[list[str]] | None:
    measured = _layout(card.to_measure(html, size), TO_MEASURE)
    return card.panels(html, [page.anchors for page in measured.pages])


def _layouts(html: str, most: int | None) -> Iterator["Document"]:
    """Yield the layouts worth trying, from the roomiest to the closest."""
    if EMERGENCY_CARD.search(html):
        yield from _emergency_cards(html, most)
        return
    others = OWN if CHILD.search(html) else ILL_FIRST
    if not CHILD.search(html) and not TALL.search(html):
        yield _layout(html, ROOMY)
        closer = _layout(html, CLOSER)
        yield closer
        others = FLOWING if ATTACK in closer.pages[0].anchors else ILL_FIRST
    for arrangement in others:
        yield _layout(html, arrangement)


def _emergency_cards(html: str, most: int | None) -> Iterator["Document"]:
    """Yield the layouts of A6 and then of A5; where the closest of A6 is too long, so are those before it."""
    texts = dict.fromkeys((html, IF_ROOM.sub("", html)))
    first, *others, last = [(text, arrangement) for arrangement in OF_A6 for text in texts]
    yield _layout(*first)
    closest = _layout(*last)
    if most is None or len(closest.pages) <= most:
        yield from (_layout(*one) for one in others)
    yield closest
    yield from (_layout(text, arrangement) for arrangement in OF_A5 for text in texts)


def _layout(html: str, arrangement: Arrangement) -> "Document":
    fonts = _fonts()
    from weasyprint import HTML

    text = BANDS.sub(REORDERED, html) if arrangement.ill_first else html
    text = EXPLAINED.sub(r"\g<attack>\g<explained>", text) if arrangement.explained_last else text
    parsed = HTML(string=text, base_url=STYLES.as_uri() + "/", url_fetcher=_fetcher())
    styles = [_style("leaflet.css"), *(_style(name) for name in arrangement.styles)]
    return parsed.render(font_config=fonts, stylesheets=styles, pdf_variant="pdf/ua-1", cache=_images())


@cache
def _fonts() -> "FontConfiguration":
    """Return the one configuration that lives as long as the process, of our fonts alone."""
    if not FONTCONFIG.exists():
        raise FontsMissing
    os.environ["FONTCONFIG_FILE"] = str(FONTCONFIG)  # read once, when the first font is looked for
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _style(name: str) -> "CSS":
    from weasyprint import CSS

    path = STYLES / name if name == "leaflet.css" else TEMPLATES / name
    return CSS(filename=path, url_fetcher=_fetcher(), font_config=_fonts())


@cache
def _fetcher() -> "URLFetcher":
    from weasyprint.urls import URLFetcher

    class OwnFilesAlone(URLFetcher):  # type: ignore[misc]
        """Opens what lies under static/ and the stylesheets beside the templates; nothing of the network."""

        def fetch(self, url, headers=None):  # type: ignore[no-untyped-def]
            if not url.startswith(((ROOT / "static").as_uri() + "/", TEMPLATES.as_uri() + "/")):
                raise ValueError("A plan fetches its own pictures and nothing else.")
            return super().fetch(url, headers)

    return OwnFilesAlone(allowed_protocols=("file",))


@cache
def _images() -> dict[str, object]:
    """Return the pictures that are already read; only our own ever are."""
    return {}
