"""What was typed into a draft, read strictly: whatever cannot be read becomes a problem at its field."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from plans.draft.field_words import named
from plans.draft.names import IGNORED, is_field
from plans.problems import Kind, Problem
from plans.shown import NO_CHARACTERS

Choice = TypeVar("Choice", bound=StrEnum)

# Code of each thing that cannot be read, with the sentence that says what to do.
UNREADABLE: Mapping[str, str] = {
    "number-not-readable": "Type a whole number here, with figures only.",
    "score-not-readable": "Type the score in figures, such as 21 or 1.5.",
    "date-not-readable": "Type a date that exists, with its day, month and year.",
    "answer-not-readable": "Choose one of the answers offered here.",
    "key-not-readable": "Choose this again from the list.",
    "text-too-long": "Make this text shorter.",
    "text-over-lines": "Type this on one line.",
    "text-with-hidden-characters": "Type this again: it holds hidden characters that change how it reads.",
    "peak-flow-not-chosen": "Say whether this plan uses peak flow, because limits are typed below.",
    "allergy-without-name": "Type what the allergy is to.",
    "field-not-known": "This draft holds an entry that no plan has a place for: start the draft again.",
}

LINE = 200  # characters: what fits on a line or two of paper
RECORD_TEXT = 1000  # characters: a record's own words, never cut
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

# Marks that turn the direction of whatever follows, doses too. Plain marks (U+200E, U+200F) are harmless.
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, half characters, separators: no paper shows them


class Entries:
    """The fields of one draft, and the problems met while reading them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.problems: list[Problem] = []

    def refuse(self, name: str, code: str) -> None:
        """Note that the field `name` could not be read; the sentence names a number or a day by its words."""
        self.problems.append(Problem(code, Kind.MUST_BE_PUT_RIGHT, name, named(name, UNREADABLE[code])))

    def typed(self, name: str) -> str:
        """Return what was typed, without the spaces around it; "" when nothing was said."""
        return self._fields.get(name, "").strip()

    def is_typed(self, *names: str) -> bool:
        """Return whether anything at all was typed in one of these fields."""
        return any(self.typed(name) for name in names)

    def text(self, name: str, limit: int = LINE, lines: bool = False) -> str:
        """Return free text as typed; "" when it is too long or holds what paper cannot show."""
        text = self.typed(name).replace("\r\n", "\n")
        if len(text) > limit:
            self.refuse(name, "text-too-long")
        elif "\n" in text and not lines:
            self.refuse(name, "text-over-lines")
        elif any(_is_hidden(character) for character in text):
            self.refuse(name, "text-with-hidden-characters")
        else:
            return text
        return ""

    def number(self, name: str, digits: int = 2) -> int | None:
        """Return a whole number of at most `digits` figures, without a sign; None when not said."""
        text = self.typed(name)
        if re.fullmatch(rf"[0-9]{{1,{digits}}}", text):
            return int(text)
        if text:
            self.refuse(name, "number-not-readable")
        return None

    def decimal(self, name: str) -> Decimal | None:
        """Return a number of at most 3 figures before the point and 1 after it; None when not said."""
        text = self.typed(name)
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9])?", text):
            return Decimal(text)
        if text:
            self.refuse(name, "score-not-readable")
        return None

    def day(self, name: str) -> date | None:
        """Return an ISO date such as 2026-11-23; None when not said."""
        text = self.typed(name)
        if DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        if text:
            self.refuse(name, "date-not-readable")
        return None

    def yes_or_no(self, name: str) -> bool | None:
        """Return True for yes, False for no, None when not said."""
        answer = {"yes": True, "no": False}.get(self.typed(name))
        if answer is None and self.typed(name):
            self.refuse(name, "answer-not-readable")
        return answer

    def ticked(self, name: str) -> bool:
        """Return whether a box was ticked, which sends yes and nothing else."""
        if self.typed(name) not in ("", "yes"):
            self.refuse(name, "answer-not-readable")
        return self.typed(name) == "yes"

    def choice(self, name: str, among: type[Choice]) -> Choice | None:
        """Return one of `among`; None when not said."""
        text = self.typed(name)
        try:
            return among(text) if text else None
        except ValueError:
            self.refuse(name, "answer-not-readable")
            return None

    def key(self, name: str) -> str:
        """Return a key, an id or a language tag: figures, letters, dots and hyphens; "" when not said."""
        text = self.typed(name)
        if not text or KEY.fullmatch(text):
            return text
        self.refuse(name, "key-not-readable")
        return ""

    def after(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield each typed field that begins with `prefix`: its name, and the rest of that name."""
        for name in self._fields:
            if name.startswith(prefix) and is_field(name) and self.typed(name):
                yield name, name.removeprefix(prefix)

    def refuse_unknown_names(self) -> None:
        """Note each entry that no plan has a field for, so that none is dropped unseen."""
        for name in self._fields:
            if self.typed(name) and name not in IGNORED and not is_field(name):
                self.refuse(name, "field-not-known")


def _is_hidden(character: str) -> bool:
    if character in "\n\t":
        return False
    return character in DIRECTION_CONTROLS | NO_CHARACTERS or unicodedata.category(character) in HIDDEN
