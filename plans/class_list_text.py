"""The text of a class list: read only where its letters are sure, as a wrong letter makes another name."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from plans.errors import PuffinError

LARGEST_FILE = 1_000_000  # bytes; the longest of our lists, 3,000 pupils in UTF-16, has far fewer
LONGEST_TEXT = 400_000  # bytes of UTF-8: what a page can carry from the preview to the keeping
# A workbook, an old workbook, a PDF, a picture: none of them is text.
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
# What a spreadsheet may have saved without a word on it: all must agree, or nobody knows the letters. Tag U.
ONE_BYTE_CODES = ("cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850")
SIGNS_IN_NAMES = frozenset("\u2019\u2018\u2013\u00a0")
LETTERS = frozenset({"Lu", "Ll"})
WORD = re.compile(r"[^\W\d_]+")
LONGEST_WORD = 100  # letters: a file without spaces is no list of names
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
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise NotACsvFile
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LettersNotSure from None
    if b"\x00" in data:
        raise NotACsvFile
    return data.decode("ascii") if data.isascii() else _without_a_mark(data)


def _without_a_mark(data: bytes) -> str:
    """Return the one text that these bytes can be; raises LettersNotSure where there are more, or none."""
    found = set(_plausible(data))
    with suppress(UnicodeDecodeError):
        found.add(data.decode("utf-8"))
    if len(found) != 1:
        raise LettersNotSure
    return found.pop()


def _plausible(data: bytes) -> Iterator[str]:
    """Yield each text that these bytes could be, in which every letter beyond ASCII fits into its word."""
    for code in ONE_BYTE_CODES:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if _is_written_so(text):
            yield text


def _is_written_so(text: str) -> bool:
    """Return whether all beyond ASCII are letters that stand where such letters stand, or signs in names."""
    beyond = {one for one in text if not one.isascii()}
    if not all(one in SIGNS_IN_NAMES or _is_letter(one) for one in beyond):
        return False
    words = {one for one in WORD.findall(text) if not one.isascii()}
    return all(len(word) <= LONGEST_WORD and _is_a_word(word) for word in words)


def _is_letter(one: str) -> bool:
    return unicodedata.category(one) in LETTERS and unicodedata.normalize("NFKC", one) == one


def _is_a_word(word: str) -> bool:
    """Return whether each letter beyond ASCII fits: a capital begins a word or all of it is in capitals."""
    return all(_fits(word, place) for place, letter in enumerate(word) if not letter.isascii())


def _fits(word: str, place: int) -> bool:
    rest = word[:place] + word[place + 1 :]
    if word[place].isupper():
        return place == 0 or rest.isupper()
    return not word[place + 1 : place + 2].isupper() and not rest[1:].isupper()


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
