"""The text of a class list: read only where its letters are sure, as a wrong letter makes another name."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from plans.errors import PuffinError

LARGEST_FILE = 1_000_000  # bytes; the longest of our lists, 3,000 pupils in UTF-16, has far fewer
LONGEST_TEXT = 400_000  # bytes of UTF-8: what a page can carry from the preview to the keeping
# A workbook, an old workbook, a PDF, a picture: none of them is text.
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
# What a spreadsheet may have saved without a word on it: all must agree, or nobody knows the letters. Tag U.
ONE_BYTE_CODES = ("cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850")
SIGNS_IN_NAMES = frozenset("\u2019\u2018\u2013\u00a0")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
SAVE_AS = "In Excel choose File, Save as, and the type CSV UTF-8. Then upload that file."


class FileEmpty(PuffinError):
    def __init__(self) -> None:
        super().__init__("Choose the file of the class list. The one that came has nothing in it.")


class FileTooLarge(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "This file is too large for a class list. Upload up to 3,000 pupils at a time, with only the "
            "columns that are asked for."
        )


class NotACsvFile(PuffinError):
    def __init__(self) -> None:
        super().__init__(f"This file is not plain text, so it cannot be read as a class list. {SAVE_AS}")


class LettersNotSure(PuffinError):
    def __init__(self) -> None:
        super().__init__(f"Some letters in this file could be read in more than one way. {SAVE_AS}")


class LettersLost(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Some letters in this file were lost or changed before it was uploaded. "
            "Export the list again, and save it as CSV UTF-8."
        )


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or Windows-1252 where that is sure.

    Raises FileEmpty, FileTooLarge, NotACsvFile, LettersNotSure and LettersLost.
    """
    if len(data) > LARGEST_FILE:
        raise FileTooLarge
    if not data.strip():
        raise FileEmpty
    if data.startswith(NOT_TEXT):
        raise NotACsvFile
    text = unicodedata.normalize("NFC", _decoded(data))
    if "\x00" in text:
        raise NotACsvFile
    if "\ufffd" in text or _was_read_wrongly_before(text):
        raise LettersLost
    if not text.strip():
        raise FileEmpty
    if len(text.encode()) > LONGEST_TEXT:
        raise FileTooLarge
    return text


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            raise NotACsvFile
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if b"\x00" in data:
            raise NotACsvFile
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in_one_byte_code(data)


def _in_one_byte_code(data: bytes) -> str:
    """Return the one text that these bytes can be; raises LettersNotSure where there are more, or none."""
    found = set(_plausible(data))
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or len(found) != 1:
        raise LettersNotSure
    return found.pop()


def _plausible(data: bytes) -> Iterator[str]:
    """Yield each text that these bytes could be, in which every letter beyond ASCII fits into its word."""
    for code in ONE_BYTE_CODES:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if all(_fits(text, place) for place, letter in enumerate(text) if not letter.isascii()):
            yield text


def _fits(text: str, place: int) -> bool:
    """Return whether a letter may stand there: no capital straight after a small letter."""
    letter, before = text[place], text[place - 1 : place]
    if letter in SIGNS_IN_NAMES:
        return True
    return letter.isalpha() and not (letter.isupper() and before.islower())


def _was_read_wrongly_before(text: str) -> bool:
    """Return whether somebody read UTF-8 as something else and saved what they saw: Zoë became ZoÃ«."""
    for run in set(BEYOND_ASCII.findall(text)):
        for code in ("cp1252", "latin-1"):
            try:
                run.encode(code).decode("utf-8")
            except UnicodeError:
                continue
            return True
    return False
