"""Every sentence that the code can say, printed or not: found in the code itself, as translators find it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from plans.sources import Source

ROOT = Path(__file__).resolve().parent.parent
PLACES = (  # as in babel.cfg
    "plans/**/*.py",
    "portal/family_words.py",
    "portal/family_school.py",
    "portal/saved_card_words.py",
)
LITERALS = {
    "say": 1,
    "say_n": 2,
}  # the functions that make sentences, and how many English texts each is given


@dataclass(frozen=True)
class Said:
    """A sentence in English, its plural beside it, and whether a clinician confirms it before signing."""

    file: str
    part: str
    message: str
    english: str
    source: Source
    confirmed: bool

    @property
    def waits(self) -> bool:
        """Whether nothing settles these words: no text that was read, and no clinician asked."""
        return not self.source.is_sure and not self.confirmed


def every_sentence() -> tuple[Said, ...]:
    """Return each sentence of each file once, in the order in which it stands there."""
    files = sorted(file for place in PLACES for file in ROOT.glob(place))
    return tuple(dict.fromkeys(said for file in files for said in _said_in(file)))


def _said_in(file: Path) -> Iterator[Said]:
    path = file.relative_to(ROOT)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _function(node) in LITERALS]
    part = (ast.get_docstring(tree) or "").partition("\n")[0]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        texts = [ast.literal_eval(text) for text in call.args[: LITERALS[_function(call)]]]
        keywords = {word.arg: word.value for word in call.keywords}
        source = _source(keywords["source"], ".".join(path.with_suffix("").parts))
        yield Said(path.as_posix(), part, texts[0], " / ".join(texts), source, "confirm" in keywords)


def _function(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _source(named: ast.expr, module: str) -> Source:
    """Return the source that is written out, or that a constant of the module holds."""
    if isinstance(named, ast.Attribute):
        return Source[named.attr]
    held = getattr(import_module(module), named.id, None) if isinstance(named, ast.Name) else None
    if isinstance(held, Source):
        return held
    raise ValueError(f"{module}, line {named.lineno}: name one source")
