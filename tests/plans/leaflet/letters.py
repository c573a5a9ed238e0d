"""Where each letter of a PDF stands, found once for all tests that ask."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTItem
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage


@dataclass(frozen=True, slots=True)
class Letter:
    """A drawn character. Points, from the left and from the foot of the page; `line` is its base line."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    line: float
    size: float


@lru_cache(maxsize=200)
def letters(document: bytes) -> list[list[Letter]]:
    """Return every drawn character of each page, as it is drawn: nothing is put together to words."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    found = []
    for page in PDFPage.get_pages(io.BytesIO(document)):
        interpreter.process_page(page)
        found.append([_letter(one) for one in _drawn(device.get_result())])
    return found


def _drawn(box: LTItem) -> Iterator[LTChar]:
    if isinstance(box, LTChar):
        yield box
    elif isinstance(box, LTContainer):
        for inner in box:
            yield from _drawn(inner)


def _letter(one: LTChar) -> Letter:
    return Letter(one.get_text(), one.x0, one.x1, one.y0, one.y1, one.matrix[5], one.size)
