"""How much of what plans say each language has words for, and who signed the wording off."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from plans.leaflet.languages import Language, languages

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = {"say": None, "say_n": (1, 2)}  # the functions whose literals are sentences


@dataclass(frozen=True)
class Coverage:
    """A language, how many of `all` sentences are translated, and "" where nobody signed them off."""

    language: str
    name: str
    translated: int
    all: int
    signed_off_by: str

    def as_json(self) -> dict[str, str | int]:
        return vars(self).copy()


def coverage() -> Iterator[Coverage]:
    """Yield each language, in the order of languages.toml."""
    wanted = every_sentence()
    for found in languages().values():
        done = len(wanted) if found.is_source else len(wanted & _translated(found))
        yield Coverage(found.code, found.english, done, len(wanted), found.signed_off_by)


@cache
def every_sentence() -> frozenset[str]:
    """Return every sentence that the code can say, by its English: found in the code itself."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=SENTENCES)
    return frozenset(message if isinstance(message, str) else message[0] for _, _, message, _, _ in found)


def _translated(language: Language) -> frozenset[str]:
    if not language.catalogue.exists():
        return frozenset()
    with language.catalogue.open("rb") as file:
        return frozenset(_done(read_po(file)))


def _done(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and all(forms) and not message.fuzzy:
            yield message.id if isinstance(message.id, str) else message.id[0]
