"""Addresses of our own are made in one module, so that the FHIR guide can list them all."""

import ast

import pytest

from tests.house_rules.module import Module, rooms
from tests.house_rules.written import extensions_in, extensions_written, types_in

HOME = "fhir/codes.py"
# Names of resources of ours, put behind the address that all of them begin with.
OF_RESOURCES = {"fhir/plan_bundle.py", "fhir/search_parameter.py"}


def makes_an_address(module: Module) -> bool:
    """Say whether a module puts something behind OWN, or writes our host itself."""
    if module.path in {HOME, *OF_RESOURCES}:
        return False
    return any(
        (isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id == "OWN")
        or (
            isinstance(node, ast.FormattedValue)
            and isinstance(node.value, ast.Name)
            and node.value.id == "OWN"
        )
        or (isinstance(node, ast.Constant) and "puffin.example/fhir" in str(node.value))
        for node in ast.walk(module.tree)
    )


def test_every_address_of_ours_is_made_in_one_module():
    assert [module.path for module in rooms() if makes_an_address(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        'COPY = OWN + "CodeSystem/copy"',
        'COPY = f"{OWN}CodeSystem/copy"',
        'COPY = "https://puffin.example/fhir/CodeSystem/copy"',
    ],
)
def test_an_address_made_elsewhere_is_seen(source):
    assert makes_an_address(Module("fhir/copies.py", source))


def test_the_name_of_an_extension_is_never_put_together():
    assert "..." not in extensions_written()
    assert list(extensions_in(Module("fhir/goal.py", 'extension(f"dosage-{use}")'))) == ["..."]


def test_what_a_mapping_writes_is_seen():
    module = Module(
        "fhir/goal.py", 'def to_goal():\n    return {"resourceType": "Goal", "e": extension("x")}'
    )

    assert (list(types_in(module)), list(extensions_in(module))) == (["Goal"], ["x"])
