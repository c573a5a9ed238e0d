"""A card for a wallet: parts of a page set into panels of the size of a bank card, cut and folded by hand.

The printer itself says what fits: each part is set on pages of the size of a panel, and stands on the panel
whose page it was set on. A part that runs over a page is too large for its type, and nothing is cut off.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

MOST_PANELS = 8  # two strips of four, back to back
STRIPS = 2
SIZES = (14, 13, 12, 11, 10)  # points, the largest first

CARD = re.compile(r'<!--card--><div class="card">(.*?)</div><!--/card-->', re.DOTALL)
ITEM = re.compile(r"<!--item-->(.*?)<!--/item-->", re.DOTALL)
CODE = re.compile(r"<!--code-->.*?<!--/code-->", re.DOTALL)

Anchors = Sequence[Mapping[str, object]]
Fitted = TypeVar("Fitted")


def texts(html: str) -> tuple[str, str]:
    """Return the document with its code and without, which goes before the type gets too small."""
    return html, CODE.sub("", html)


def largest(fitted: Callable[[float], Fitted | None]) -> tuple[Fitted, float] | None:
    """Return what fits in the largest type in points, with its size; None where nothing does.

    What fits in one size fits in every smaller one, so after the largest comes the middle of the others.
    """
    found = None
    first, last, tried = 0, len(SIZES), 0
    while first < last:
        parts = fitted(SIZES[tried])
        if parts is None:
            first = tried + 1
        else:
            found, last = (parts, SIZES[tried]), tried
        tried = (first + last) // 2
    return found


def to_measure(html: str, size: float) -> str:
    """Return the document with a mark at the beginning and at the end of each part of the card."""
    parts = (
        f'<div class="card__item" id="part-{number}">{part}<i id="end-{number}"></i></div>'
        for number, part in enumerate(ITEM.findall(html))
    )
    return CARD.sub(lambda _: _card("".join(parts), size), html)


def panels(html: str, pages: Anchors) -> list[list[str]] | None:
    """Return the parts that stand on each panel, None where one is too large or there are too many panels."""
    if len(pages) > MOST_PANELS:
        return None
    found: list[list[str]] = [[] for _ in pages]
    for number, part in enumerate(ITEM.findall(html)):
        page = next(page for page, anchors in enumerate(pages) if f"part-{number}" in anchors)
        if f"end-{number}" not in pages[page]:
            return None
        found[page].append(part)
    return found


def folded(html: str, parts: Sequence[Sequence[str]], size: float) -> str:
    """Return the document with the panels as two strips, to be read down the first and then the second."""
    high = rows(len(parts))
    padded = [*parts, *[[]] * (high * STRIPS - len(parts))]
    strips = (padded[start : start + high] for start in range(0, len(padded), high))
    card = "".join(f'<div class="strip">{"".join(map(_panel, strip))}</div>' for strip in strips)
    return CARD.sub(lambda _: _card(card, size), html)


def rows(count: int) -> int:
    """Return how many panels of `count` lie above each other in a strip."""
    return -(-count // STRIPS)


def _panel(parts: Sequence[str]) -> str:
    items = "".join(f'<div class="card__item">{part}</div>' for part in parts)
    return f'<div class="panel">{items}</div>'


def _card(inner: str, size: float) -> str:
    return f'<div class="card" style="font-size: {size}pt">{inner}</div>'
