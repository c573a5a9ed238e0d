"""Mends what PDF/UA asks of the text under the glyphs: every glyph names some letter."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import Document

MAP = b"begincmap"
NO_LETTER, ZERO_WIDTH_SPACE = b" <>", b" <200b>"


def name_every_glyph(_document: "Document", file: Any) -> None:
    """Give each glyph that stands for no letter of its own a letter without width, as readers ask for one.

    In scripts that join, a letter may be drawn as several glyphs, of which one alone is mapped to it.
    """
    for item in file.objects:
        lines = getattr(item, "stream", [])
        if MAP in lines:
            lines[:] = [_named(line) for line in lines]


def _named(line: bytes) -> bytes:
    return line.removesuffix(NO_LETTER) + ZERO_WIDTH_SPACE if line.endswith(NO_LETTER) else line
