"""The scenario leaves out nothing that the portal writes; `make conformance` gathers from here too."""

import ast

from fhir.codes import UK_CORE
from tests.house_rules.module import rooms


def test_every_profile_that_the_code_claims_is_claimed_by_something_gathered(samples):
    claimed = {profile for sample in samples for profile in sample.profiles}

    in_code = {
        UK_CORE + node.args[0].value
        for module in rooms()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "profile"
        if node.args and isinstance(node.args[0], ast.Constant)
    }

    assert len(in_code) > 10
    assert in_code <= claimed


def test_every_kind_of_resource_that_the_portal_writes_is_gathered(samples):
    kinds = {sample.kind for sample in samples}

    in_code = {
        value.value
        for module in rooms()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "resourceType" and isinstance(value, ast.Constant)
    }

    assert len(in_code) > 15
    assert in_code - kinds == set()
