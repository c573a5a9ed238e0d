"""The languages a plan is printed in: their script, direction, font and who signed the wording off."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plans.errors import UnknownLanguage

LOCALES = Path(__file__).parents[2] / "locales"
TALL = 1.8
SOURCE = "en"  # the language of the message ids


@dataclass(frozen=True)
class Language:
    """One row of languages.toml; `code` is BCP 47, `signed_off_by` is "" until a clinician signed it off."""

    code: str
    endonym: str
    english: str
    script: str
    direction: str
    font: str
    line_height: float
    signed_off_by: str

    @property
    def is_right_to_left(self) -> bool:
        return self.direction == "rtl"

    @property
    def is_tall(self) -> bool:
        """Whether its lines need so much height that three bands never fit on one page."""
        return self.line_height >= TALL

    @property
    def is_source(self) -> bool:
        return self.code == SOURCE

    @property
    def is_signed_off(self) -> bool:
        return bool(self.signed_off_by)

    @property
    def catalogue(self) -> Path:
        """The file with the translated sentences; there is none for the source language."""
        return LOCALES / self.code / "LC_MESSAGES" / "plan.po"


@cache
def languages() -> Mapping[str, Language]:
    """Return every language by its code, in the order of languages.toml."""
    rows = tomllib.loads((LOCALES / "languages.toml").read_text(encoding="utf-8"))
    return {code: Language(code, **row) for code, row in rows.items()}


def language(code: str) -> Language:
    """Return the language with this code; raises UnknownLanguage, which names those there are."""
    try:
        return languages()[code]
    except KeyError:
        raise UnknownLanguage(code, tuple(languages())) from None
