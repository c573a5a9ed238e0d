"""The text of one HL7 v2 message out of the bytes that carried it."""

import re
from codecs import BOM_UTF8

from fhir.intake.errors import MessageNotUnderstood

LONGEST = 1_000_000  # bytes; a discharge has about 600
START, END = b"\x0b", b"\x1c\r"  # MLLP
# HL7 table 0211, as far as Python and UK senders meet. Without MSH-18 the standard says ASCII.
CHARACTERS = {
    "": "ascii",
    "ASCII": "ascii",
    "8859/1": "iso-8859-1",
    "8859/2": "iso-8859-2",
    "8859/15": "iso-8859-15",
    "UNICODE UTF-8": "utf-8",
}
SEPARATORS = 5
CHARACTER_SET = 17  # MSH-18, when MSH-1 is the separator itself


def message_text(raw: bytes) -> tuple[str, str]:
    """Return the message with CR line ends, and the character set that it names in MSH-18.

    Raises MessageNotUnderstood if it is no single message, or is not in the characters it names.
    """
    if len(raw) > LONGEST:
        raise MessageNotUnderstood("it is too long")
    lines = [line for line in _unframed(raw).replace(b"\n", b"\r").split(b"\r") if line.strip()]
    headers = [line for line in lines if line.startswith(b"MSH")]
    if not lines or headers != lines[:1]:
        raise MessageNotUnderstood("it must begin with MSH, once")
    if any(mark in line for mark in (START, END[:1]) for line in lines):
        raise MessageNotUnderstood("a mark of its beginning or end stands in its middle")
    if any(b"\x00" in line for line in lines):
        raise MessageNotUnderstood("it holds a character that no text has")
    if not _has_separators(headers[0]):
        raise MessageNotUnderstood("its MSH segment is cut off or names no separators")
    charset = _charset(headers[0])
    if charset not in CHARACTERS:
        raise MessageNotUnderstood("MSH-18 names a character set that is not known here")
    try:
        return "\r".join(line.decode(CHARACTERS[charset]) for line in lines), charset
    except UnicodeDecodeError:
        raise MessageNotUnderstood("its letters are not in the character set that MSH-18 names") from None


def unescaped(value: str, separators: str, escape: str) -> str:
    """Return a value with its escape sequences resolved; one that is not known stays as it stands.

    The library's own way writes the values that it does not understand to the log, and repeats blanks
    as often as the sender asks.
    """
    known = dict(zip("FRST", separators[1:5], strict=True)) | {"E": escape, ".br": " "}
    parts = re.split(f"{re.escape(escape)}([^{re.escape(escape)}]*){re.escape(escape)}", value)
    return "".join(
        known.get(part, f"{escape}{part}{escape}") if n % 2 else part for n, part in enumerate(parts)
    )


def _unframed(raw: bytes) -> bytes:
    message = raw.strip(b" \t\r\n").removeprefix(START).removesuffix(END.strip()).strip()
    return message.removeprefix(BOM_UTF8)


def _has_separators(header: bytes) -> bool:
    """Whether MSH names its five separators: all different, none a letter or digit."""
    named = header[3:8]
    return (
        len(set(named)) == SEPARATORS
        and not any(chr(one).isalnum() for one in named)
        and len(header) > len(named) + 3
    )


def _charset(header: bytes) -> str:
    fields = header.split(header[3:4])
    written = fields[CHARACTER_SET] if len(fields) > CHARACTER_SET else b""
    repetition = header[5:6]
    return written.split(repetition)[0].strip().decode("ascii", "replace")
