"""What the mappings of fhir/ write, read from their code: types of resource, and extensions of our own."""

import ast
from collections.abc import Iterator

from tests.house_rules.module import Module, our_modules


def mappings() -> list[Module]:
    """Return the modules that turn plans into FHIR: those of fhir/ itself, not the store nor the intake."""
    return [one for one in our_modules() if one.is_in("fhir/") and one.path.count("/") == 1]


def types_written() -> set[str]:
    """Return each type of resource that a mapping writes."""
    return {name for module in mappings() for name in types_in(module)}


def types_in(module: Module) -> Iterator[str]:
    """Yield the types of the resources that a module writes out."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "resourceType":
                    yield str(ast.literal_eval(value))


def extensions_written() -> set[str]:
    """Return the name of each extension of our own that a mapping writes."""
    return {name for module in mappings() for name in extensions_in(module)}


def extensions_in(module: Module) -> Iterator[str]:
    """Yield the names in calls of `extension`; one that is put together there is "...", and in no list."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="extension"), args=[ast.Constant(value=str(name))]):
                yield name
            case ast.Call(func=ast.Name(id="extension")) if module.path != "fhir/codes.py":
                yield "..."
