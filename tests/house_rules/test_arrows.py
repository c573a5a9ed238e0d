"""Arrows between rooms go one way, and each outside library has its own door."""

import re
import sys
from ast import Constant, walk

import pytest

from tests.house_rules.module import ROOMS, Module, our_modules

PAPER = {
    "babel",
    "jinja2",
    "markupsafe",
    "pydyf",
    "pyphen",
    "segno",
    "weasyprint",
}  # with what Jinja2 and WeasyPrint give out
SQL = {"sqlite3", "sqlite_utils", "psycopg"}
WEB = {"flask", "flask_wtf", "htmx_flask", "nhsuk_frontend_jinja", "werkzeug", "wtforms"}

# Where a library may be imported; a library that is not here may be imported in any room but plans.
DOORS = [
    (WEB, ("portal/",)),
    (SQL, ("fhir/store/",)),
    ({"requests"}, ("fhir/exchange.py", "fhir/exchange/", "portal/notify/")),
]
SQL_TEXT = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s.*INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s.*(TABLE|INDEX|TRIGGER)|PRAGMA|BEGIN)\b",
    re.DOTALL,
)


def faults(module: Module) -> list[str]:
    """Return each import in `module`, and each sentence of SQL, that stands where it must not."""
    return [*_imports_that_turn_back(module), *_imports_past_a_door(module), *_sql_outside_the_store(module)]


def _imports_that_turn_back(module: Module) -> list[str]:
    return [
        f"{module.path} imports {name}"
        for name in sorted(module.imports)
        if not _may_import(module, name.split(".")[0], name)
    ]


def _may_import(module: Module, top: str, name: str) -> bool:
    if module.is_in("plans/leaflet/"):
        return top == "plans" or top in PAPER or top in sys.stdlib_module_names
    if module.is_in("plans/"):
        of_leaflet = name == "plans.leaflet" or name.startswith("plans.leaflet.")
        return (top == "plans" and not of_leaflet) or top in sys.stdlib_module_names
    if module.is_in("fhir/"):
        return top not in {"portal", "run", "setup", "tests"}
    return top not in {"run", "tests"}


def _imports_past_a_door(module: Module) -> list[str]:
    return [
        f"{module.path} imports {name}, which belongs in {' or '.join(places)}"
        for libraries, places in DOORS
        for name in sorted(module.imports)
        if name.split(".")[0] in libraries
        and (not module.is_in(*places) or _is_flask_off_the_pages(module, name))
    ]


def _is_flask_off_the_pages(module: Module, name: str) -> bool:
    return name.split(".")[0] in WEB and module.is_in("portal/actions/", "portal/commands/")


def _sql_outside_the_store(module: Module) -> list[str]:
    if module.is_in("fhir/store/"):
        return []
    return [
        f"{module.path}:{node.lineno} speaks SQL, which belongs in fhir/store/"
        for node in walk(module.tree)
        if isinstance(node, Constant) and isinstance(node.value, str) and SQL_TEXT.match(node.value)
    ]


def test_every_module_keeps_to_its_doors():
    assert [fault for module in our_modules() for fault in faults(module)] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param("plans/plan.py", "import fhir.patient", id="plans looks back at fhir"),
        pytest.param("plans/plan.py", "from portal.actions import plans", id="plans looks back at portal"),
        pytest.param("plans/plan.py", "import babel", id="a library at the root of plans"),
        pytest.param("plans/plan.py", "from plans import leaflet", id="plans looks back at its leaflet"),
        pytest.param("plans/plan.py", "from .leaflet import page", id="a relative import of the leaflet"),
        pytest.param("plans/plan.py", "from ..fhir import patient", id="a relative import of another room"),
        pytest.param("plans/leaflet/page.py", "import flask", id="Flask in the leaflet"),
        pytest.param("plans/leaflet/page.py", "import fhir.codes", id="FHIR in the leaflet"),
        pytest.param("plans/leaflet/page.py", "import requests", id="the network in the leaflet"),
        pytest.param("fhir/patient.py", "from portal import access", id="fhir looks back at portal"),
        pytest.param("fhir/patient.py", "def f():\n    import flask", id="Flask inside a function of fhir"),
        pytest.param("fhir/record.py", "import sqlite3", id="SQLite outside the store"),
        pytest.param(
            "fhir/record.py", "from importlib import import_module\nimport_module('sqlite3')", id="by name"
        ),
        pytest.param("fhir/patient.py", "import requests", id="the network in fhir, past its door"),
        pytest.param("portal/actions/plans.py", "from flask import g", id="Flask in an action"),
        pytest.param("portal/commands/plans.py", "from flask import g", id="Flask in a command"),
        pytest.param("portal/commands/plans.py", "from run import door", id="a command leans on the door"),
        pytest.param("portal/views/plans.py", "import requests", id="the network in a view"),
        pytest.param("portal/views/plans.py", "import sqlite_utils", id="SQLite in a view"),
        pytest.param("portal/views/plans.py", "q = 'SELECT id FROM drafts'", id="SQL in a view"),
        pytest.param("portal/views/plans.py", "q = f'DELETE FROM {table}'", id="SQL put together in a view"),
        pytest.param("portal/views/plans.py", "import tests.factories", id="a room leans on the tests"),
        pytest.param("run.py", "import flask", id="Flask at the door"),
    ],
)
def test_a_broken_arrow_is_seen(path, source):
    assert faults(Module(path, source)) != []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param("plans/plan.py", "from plans.errors import PuffinError\nimport csv", id="plans"),
        pytest.param("plans/leaflet/page.py", "import jinja2\nfrom plans import plan", id="the leaflet"),
        pytest.param(
            "fhir/patient.py", "from plans import people\nfrom fhir.resources.R4B import patient", id="fhir"
        ),
        pytest.param(
            "fhir/store/tables/rows.py", "import sqlite3\nq = 'SELECT id FROM drafts'", id="the store"
        ),
        pytest.param("portal/views/plans.py", "import flask\nfrom fhir import record", id="a view"),
        pytest.param("portal/notify/webhook.py", "import requests", id="a carrier of messages"),
        pytest.param(
            "portal/commands/serving.py", "import click\nfrom portal import serving", id="a command"
        ),
        pytest.param("run.py", "import click\nfrom portal import worker", id="the door"),
    ],
)
def test_what_is_allowed_is_no_fault(path, source):
    assert faults(Module(path, source)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_stands_in_the_rule(room):
    assert faults(Module(f"{room}/any.py", "import tests")) != []
