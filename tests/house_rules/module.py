"""A Python file of ours as the house rules see it: where it stands, what it says, what it imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("plans", "fhir", "portal")


@dataclass(frozen=True)
class Module:
    """The file at `path`, from the root and with slashes, holding `source`."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file, parsed."""
        return ast.parse(self.source, self.path)

    def is_in(self, *places: str) -> bool:
        """Say whether the file is one of `places`, or in one that ends with a slash."""
        return any(
            self.path == place or (place.endswith("/") and self.path.startswith(place)) for place in places
        )

    @property
    def imports(self) -> set[str]:
        """The full names of what it imports, by statement or by name as text."""
        return {name for node in ast.walk(self.tree) for name in self._imported_by(node)}

    def _imported_by(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                package = ".".join([*self._package(level), *([module] if module else [])])
                yield from (f"{package}.{alias.name}" for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name

    def _package(self, level: int) -> tuple[str, ...]:
        """Return the package that `level` dots mean in this file."""
        parts = Path(self.path).parts
        return parts[: len(parts) - level] if level else ()


def our_modules() -> list[Module]:
    """Return every module of the rooms, the door and the set-up; not the tests."""
    folders = [ROOT / name for name in (*ROOMS, "setup", "docs", "conformance")]
    files = [ROOT / "run.py", *(file for folder in folders for file in sorted(folder.rglob("*.py")))]
    return [
        Module(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        for file in files
        if file.exists()
    ]


def rooms() -> list[Module]:
    """Return every module of plans, fhir and portal."""
    return [module for module in our_modules() if module.is_in(*(f"{room}/" for room in ROOMS))]
