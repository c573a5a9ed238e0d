"""The bytes of a message as text that any engine keeps, exactly; and as a person reads them."""

from fhir.intake.errors import MessageNotUnderstood
from fhir.intake.hl7_text import START, message_text

KIND = "message"
NUL, SIGN_FOR_NUL = "\x00", "\u2400"  # no engine keeps the first, and no byte is the second


def text_of(raw: bytes) -> str:
    """Return one character for each byte."""
    return raw.decode("latin-1").replace(NUL, SIGN_FOR_NUL)


def bytes_of(text: str) -> bytes:
    """Return the bytes that this text stands for."""
    return text.replace(SIGN_FOR_NUL, NUL).encode("latin-1")


def readable(text: str) -> list[str]:
    """Return the lines of a kept message in its own characters, as far as these can be told."""
    try:
        found = message_text(bytes_of(text))[0]
    except MessageNotUnderstood:
        found = bytes_of(text).removeprefix(START).decode("utf-8", "replace")
    lines = found.replace("\r", "\n").split("\n")
    return [
        "".join(letter if letter.isprintable() else "\ufffd" for letter in line) for line in lines if line
    ]
