"""Brings every catalogue up to the sentences in the code: python -m plans.leaflet.catalogues

A new sentence is added without words, so that the language is refused where it is needed until somebody
translates it; a sentence that is gone from the code goes from the catalogues. Nothing is guessed.
"""

import io
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from plans.leaflet.languages import Language, languages

ROOT = Path(__file__).parents[2]
KEYWORDS = {"say": (1,), "say_n": (1, 2)}
FOR_TRANSLATORS = ("Translators:",)


@cache
def sentences() -> Catalog:
    """Return every sentence that the code gives to say or say_n, found as babel.cfg says."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, FOR_TRANSLATORS)
    catalogue = Catalog()
    for _file, _line, message, comments, _context in found:
        catalogue.add(message, auto_comments=comments)
    return catalogue


def updated(language: Language) -> Catalog:
    """Return the catalogue of a language with exactly the sentences in the code."""
    with language.catalogue.open("rb") as file:
        catalogue = read_po(file, locale=language.code.replace("-", "_"))
    catalogue.update(sentences(), no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def main() -> None:
    """Write every catalogue that exists, and say how many sentences each still lacks."""
    for language in languages().values():
        if language.is_source or not language.catalogue.exists():
            continue
        catalogue = updated(language)
        language.catalogue.write_bytes(_head(language) + _body(catalogue))
        lacking = sum(not _is_translated(message.string) for message in catalogue if message.id)
        sys.stdout.write(f"{language.code}: {lacking} sentences to translate\n")


def _head(language: Language) -> bytes:
    """Return the head of the file as it stands: who made it, and how its plurals are formed."""
    return language.catalogue.read_bytes().split(b"\n\n", 1)[0] + b"\n\n"


def _body(catalogue: Catalog) -> bytes:
    memory = io.BytesIO()
    write_po(
        memory, catalogue, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=0
    )
    return memory.getvalue().rstrip() + b"\n"


def _is_translated(words: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(words) if isinstance(words, (tuple, list)) else bool(words)


if __name__ == "__main__":
    main()
