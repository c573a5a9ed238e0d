"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from fhir.store import sqlite
from tests.postgres import Server, running_server

# A slow machine is no fault of the code: how fast things are is for the bench to say.
settings.register_profile(
    "puffin", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("puffin")

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium")

# Debian's Chromium as root, with nothing that reaches for the network by itself.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_report_header() -> str:
    """Return the line that says which browser the journeys use."""
    return f"browser: {CHROMIUM or 'none; make setup installs one'}"


def pytest_collection_finish() -> None:
    """Let the search for garbage leave out what lives as long as the run, and come by less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured: what they record as the property "figures"."""
    passed = terminalreporter.getreports("passed")
    figures = [
        said
        for one in passed
        if one.when == "call"
        for name, said in one.user_properties
        if name == "figures"
    ]
    if figures:
        terminalreporter.section("figures")
    for said in figures:
        terminalreporter.write_line(said)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that Debian installs, headless, with the fonts of the plans and no others."""
    env = os.environ | {"FONTCONFIG_FILE": str(ROOT / ".fontconfig" / "fonts.conf")}
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS, "env": env}


@pytest.fixture(scope="session", autouse=True)
def settings_in_use():
    """Wait for no disk: whether it has a test's store matters to nobody. Give the settings of real stores."""
    in_use = sqlite.SETTINGS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "SETTINGS", (*in_use, "synchronous = OFF"))
        yield in_use


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for this run's stores."""
    with running_server() as server:
        yield server
