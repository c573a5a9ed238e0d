"""The hazard log is true: what it names is there, and no hazard is left without a test or an honest word."""

import ast
from dataclasses import replace

import pytest

from docs.hazards.hazard import Control, Hazard
from docs.hazards.table import HAZARDS
from tests.house_rules.module import ROOT

NUMBERS = range(1, 28)  # of the safety list
TEST = "tests/house_rules/test_hazard_log.py::test_every_hazard_of_the_safety_list_is_in_the_log_once"


def names_in(tree):
    """Return the names of the tests of a file, those of a class with its name and two colons before them."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found |= {f"{node.name}::{name}" for name in names_in(node)}
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
    return found


def is_there(test):
    """Say whether a test of this name is collected: its file, and the function or method in it."""
    file, _, name = test.partition("::")
    path = ROOT / file
    is_a_test_file = file.startswith("tests/") and path.name.startswith("test_") and path.is_file()
    return is_a_test_file and name in names_in(ast.parse(path.read_text(encoding="utf-8")))


def faults(hazard):
    """Return what is wrong with one hazard of the log."""
    found = (
        [] if hazard.controls or hazard.not_built else ["has neither a control nor a word on what is missing"]
    )
    for control in hazard.controls:
        if not control.tests:
            found.append(f"has no test for: {control.says}")
        found += [f"names a test that is not there: {test}" for test in control.tests if not is_there(test)]
        found += [f"names a file that is not there: {path}" for path in missing_files(control)]
    return found


def missing_files(control):
    return [path for path in control.held_by if not (ROOT / path).is_file()]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: f"hazard {hazard.number}")
def test_what_the_log_says_of_a_hazard_is_there(hazard):
    assert faults(hazard) == []


def test_every_hazard_of_the_safety_list_is_in_the_log_once():
    assert [hazard.number for hazard in HAZARDS] == list(NUMBERS)


@pytest.mark.parametrize(
    "test",
    [
        pytest.param("tests/house_rules/test_hazard_log.py::test_that_was_renamed", id="renamed"),
        pytest.param("tests/house_rules/test_gone.py::test_it", id="its file is gone"),
        pytest.param("tests/house_rules/test_hazard_log.py::names_in", id="no test at all"),
        pytest.param("docs/hazard_log.py::test_it", id="no file of tests"),
        pytest.param("tests/house_rules/test_hazard_log.py", id="only a file"),
    ],
)
def test_a_test_that_is_not_there_is_seen(test):
    assert faults(Hazard(1, "", (Control("", (), (TEST,)),))) == []
    assert faults(Hazard(1, "", (Control("", (), (TEST, test)),)))


def test_a_test_of_a_class_is_known_by_its_class():
    named = "tests/plans/test_prefill.py::TestPeakFlow::test_a_best_that_cannot_set_limits_is_left_out"

    assert is_there(named)
    assert not is_there(named.replace("TestPeakFlow::", ""))


def test_a_hazard_that_says_nothing_is_seen():
    silent = Hazard(1, "Something could hurt a child.")

    assert faults(silent)
    assert faults(replace(silent, controls=(Control("A control.", (), ()),)))
    assert faults(replace(silent, controls=(Control("A control.", ("plans/gone.py",), (TEST,)),)))
    assert faults(replace(silent, not_built=("everything.",))) == []
