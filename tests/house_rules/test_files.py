"""What is committed is ours, and works on any machine."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house_rules.module import ROOT

NOT_COMMITTED = {"__pycache__", "data", "node_modules", "test-results"} | {
    "static/vendor",
    "static/fonts",
    "conformance/target",
}
THIRD_PARTY = re.compile(r"\.min\.(js|css)$|\.(ttf|otf|woff2?)$|(^|/)vendor/")
MACHINE_PATH = re.compile(rf"(?<![\w.~-])(?:{re.escape(str(ROOT))}/|/(?:home|Users|root)/|[A-Z]:\\Users\\)")
ADDRESS = re.compile(r"https?://|\"resolved\"|--(?:extra-)?index-url|--find-links")
NPM_LOCKS = ["package-lock.json", "conformance/package-lock.json"]
PYTHON_LOCKS = ["setup/run.lock", "setup/test.lock", "setup/nodejs.lock"]


def our_files() -> Iterator[str]:
    """Give every file that is, or may be, committed: its path from the root."""
    for folder, names, files in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        names[:] = [name for name in names if not _is_left_out(place / name)]
        yield from ((place / file).as_posix() for file in files)


def _is_left_out(folder: Path) -> bool:
    hidden = folder.name.startswith(".") and folder.name != ".ci"
    return hidden or folder.name in NOT_COMMITTED or folder.as_posix() in NOT_COMMITTED


def names_a_machine_path(text: str) -> bool:
    """Say whether `text` holds a path that is there on one machine only."""
    return bool(MACHINE_PATH.search(text))


def _text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8", errors="ignore")


def test_no_file_names_a_path_of_one_machine():
    assert [file for file in our_files() if names_a_machine_path(_text_of(file))] == []


@pytest.mark.parametrize("folder", ["home/somebody", "Users/somebody", "root", str(ROOT)[1:]])
def test_a_path_of_one_machine_is_seen(folder):
    assert names_a_machine_path(f"open('/{folder}/plan.pdf')")
    assert names_a_machine_path(f"see /{folder}/plan.pdf")


@pytest.mark.parametrize(
    "text", ["/usr/bin/chromium", "https://example.org/home/page", "at home/work/school"]
)
def test_a_path_that_is_everywhere_is_no_fault(text):
    assert not names_a_machine_path(text)


def test_no_file_is_anybody_elses():
    assert [file for file in our_files() if THIRD_PARTY.search(file)] == []


@pytest.mark.parametrize(
    "file", ["static/js/htmx.min.js", "plans/leaflet/NotoSans-Bold.ttf", "portal/vendor/a.py"]
)
def test_a_file_of_somebody_else_is_seen(file):
    assert THIRD_PARTY.search(file)


@pytest.mark.parametrize("file", [*NPM_LOCKS, *PYTHON_LOCKS])
def test_a_lock_file_fits_any_registry(file):
    text = _text_of(file)

    assert not [line for line in text.splitlines() if ADDRESS.search(line)]


def test_a_registry_address_is_seen():
    assert ADDRESS.search('"resolved": "https://registry.example/htmx.tgz"')
    assert ADDRESS.search("--index-url https://registry.example/simple")


def test_every_python_package_is_locked_by_checksum():
    for file in PYTHON_LOCKS:
        named = re.findall(r"^[\w.-]+==[^\n]*\n", _text_of(file), re.MULTILINE)

        assert named
        assert all(line.endswith("\\\n") for line in named)


@pytest.mark.parametrize("file", NPM_LOCKS)
def test_every_npm_package_is_locked_by_checksum(file):
    packages = json.loads(_text_of(file))["packages"]

    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


def test_every_dependency_says_why_it_is_here():
    listed = re.findall(r"^    \"[\w.-]+==.*$", _text_of("pyproject.toml"), re.MULTILINE)

    assert listed
    assert [line for line in listed if "# " not in line] == []
