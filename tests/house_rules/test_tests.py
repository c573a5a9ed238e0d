"""Tests of our tests: each has the same name on every run, so that several processes may share them out."""

import ast

import pytest

from tests.house_rules.module import ROOT, Module

RANDOM = {"uuid4", "random", "randint", "token_urlsafe", "token_hex"}


def made_at_random(module):
    """Return the lines that make something at random when the file is read, and not when a test runs."""
    return [
        call.lineno
        for statement in module.tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in RANDOM
    ]


def test_no_test_is_named_after_something_random():
    files = sorted((ROOT / "tests").rglob("*.py"))

    found = {path.name: made_at_random(Module(path.name, path.read_text(encoding="utf-8"))) for path in files}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("ID = str(uuid4())", [1]),
        ("ID = uuid.uuid4()", [1]),
        ("def test_it():\n    uuid4()", []),
    ],
)
def test_the_rule_sees_what_is_made_when_a_file_is_read(source, lines):
    assert made_at_random(Module("tests/test_it.py", source)) == lines
