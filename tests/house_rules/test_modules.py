"""Every module says what it is for, has a name that says what is in it, and leaves printing to the door."""

import re
from ast import Call, Name, get_docstring, walk
from pathlib import PurePosixPath

import pytest

from tests.house_rules.module import Module, our_modules, rooms

SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|common|base|managers?|misc)(_|$)")


def has_docstring(module: Module) -> bool:
    """Say whether the module opens with what it is for; an empty file has nothing to say."""
    return not module.source.strip() or bool(get_docstring(module.tree))


def has_a_name_that_says_nothing(module: Module) -> bool:
    """Say whether the file, or a folder above it, is called after everything and nothing."""
    return any(SAYS_NOTHING.search(part) for part in PurePosixPath(module.path).with_suffix("").parts)


def prints(module: Module) -> bool:
    """Say whether the module prints."""
    return any(
        isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "print"
        for node in walk(module.tree)
    )


def test_every_module_says_what_it_is_for():
    assert [module.path for module in our_modules() if not has_docstring(module)] == []


def test_a_module_without_a_docstring_is_seen():
    assert not has_docstring(Module("plans/plan.py", "import csv"))
    assert has_docstring(Module("plans/plan.py", '"""A plan."""\nimport csv'))


def test_every_name_says_what_is_inside():
    assert [module.path for module in our_modules() if has_a_name_that_says_nothing(module)] == []


@pytest.mark.parametrize(
    "path",
    [
        "plans/utils.py",
        "fhir/helpers/dates.py",
        "portal/form_helper.py",
        "fhir/base.py",
        "portal/plan_manager.py",
    ],
)
def test_a_name_that_says_nothing_is_seen(path):
    assert has_a_name_that_says_nothing(Module(path, ""))


@pytest.mark.parametrize("path", ["plans/people.py", "fhir/database.py", "portal/views/management.py"])
def test_a_name_that_only_looks_so_is_no_fault(path):
    assert not has_a_name_that_says_nothing(Module(path, ""))


def test_no_room_prints():
    assert [module.path for module in rooms() if prints(module)] == []


def test_a_print_is_seen():
    assert prints(Module("plans/plan.py", "def f():\n    print('x')"))
    assert not prints(Module("plans/plan.py", "pdf.print_to(file)"))
