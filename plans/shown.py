"""Text that came from elsewhere, such as a name on a record, as a page or a sheet of paper can show it."""

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
JOINERS = frozenset("\u200c\u200d")  # letters of some scripts need them
NO_CHARACTERS = frozenset("\ufffe\uffff")  # Unicode keeps them free, and XML refuses them


def on_one_line(text: str) -> str:
    """Return text on one line, without marks that hide it or turn it, and whatever follows, the other way."""
    return " ".join("".join(" " if _is_hidden(character) else character for character in text).split())


def _is_hidden(character: str) -> bool:
    if character in JOINERS:
        return False
    return character in NO_CHARACTERS or unicodedata.category(character) in HIDDEN
