"""Every start of the door loads each module of commands, so they load next to nothing until one is called."""

import ast
import sys

import pytest

from tests.house_rules.module import Module, our_modules

LIGHT = ("plans.errors.", "plans.places.", "plans.working_days.", "portal.commands.", "portal.settings.")


def loaded_at_once(module: Module) -> list[str]:
    """Return what stands at the top of a module and is neither Python's, nor click, nor light."""
    tops = [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name for node in tops for name in Module(module.path, ast.unparse(node)).imports}
    return sorted(name for name in names if not _is_light(name))


def _is_light(name: str) -> bool:
    top = name.partition(".")[0]
    return top == "click" or top in sys.stdlib_module_names or name.startswith(LIGHT)


def test_no_module_of_commands_loads_what_its_commands_work_with():
    modules = [module for module in our_modules() if module.is_in("portal/commands/")]

    assert {module.path: loaded for module in modules if (loaded := loaded_at_once(module))} == {}


@pytest.mark.parametrize("source", ["from portal.actions import demo", "import fhir.store", "import rich"])
def test_what_is_loaded_too_early_is_seen(source):
    assert loaded_at_once(Module("portal/commands/plans.py", source)) != []
    assert loaded_at_once(Module("portal/commands/plans.py", f"def call():\n    {source}")) == []
    assert loaded_at_once(Module("portal/commands/plans.py", f"if TYPE_CHECKING:\n    {source}")) == []
