"""How an import goes on is said on standard error only, moving where that is a terminal."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import run
from bench.population import record
from portal.actions.importing.many import Outcome, State
from portal.import_progress import ImportProgress

ROOT = Path(__file__).resolve().parents[2]
TODAY = ["--today", "2026-11-21"]


@pytest.fixture
def clock():
    """A clock of seconds that a test sets."""
    clock = lambda: clock.now  # noqa: E731
    clock.now = 0.0
    return clock


def test_away_from_a_terminal_a_plain_line_is_said_now_and_then(clock):
    out = io.StringIO()

    with ImportProgress(1000, out, clock) as progress:
        for number in range(1, 31):
            clock.now = number
            state = State.REFUSED if number == 3 else State.KEPT
            progress.step(Outcome(f"{number}.json", state, upto=number * 10))

    assert out.getvalue().splitlines() == [
        "10 done, 1 refused, 1 a second, about 2 minutes left",
        "20 done, 1 refused, 1 a second, about 2 minutes left",
        "30 done, 1 refused, 1 a second, about 2 minutes left",
    ]


def test_the_summary_counts_what_was_kept_known_and_skipped_and_names_each_that_was_refused(clock):
    progress = ImportProgress(0, io.StringIO(), clock)
    for state in (State.KEPT, State.KEPT, State.KNOWN, State.SKIPPED, State.REFUSED, State.REFUSED):
        progress.step(Outcome(f"{state} {sum(progress.counts.values())}", state, 0))

    assert progress.summary() == [
        "2 kept, 2 known already, of which 1 skipped unread, 2 refused.",
        "Refused: refused 4, refused 5.",
    ]


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Import what these paths name; the result has exit_code, stdout and stderr."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))

    def call(*arguments):
        return CliRunner().invoke(run.door, ["import", *map(str, arguments), *TODAY])

    return call


@pytest.fixture
def folder(tmp_path):
    """A folder of two children, a letter and a file that is none of ours."""
    folder = tmp_path / "all"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.json").write_text(json.dumps(record(number)), encoding="utf-8")
    (folder / "letter.json").write_text("Dear Dr Lee", encoding="utf-8")
    (folder / "README.txt").write_text("Two children", encoding="utf-8")
    return folder


def test_a_folder_is_brought_in_with_one_summary_and_what_was_left_alone_is_named(door, folder):
    result = door(folder, "--json")

    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == ["0.json", "1.json"]
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-3:] == [
        "Left alone, as they are not named like records: README.txt.",
        "2 kept, 0 known already, of which 0 skipped unread, 1 refused.",
        "Refused: letter.json.",
    ]


def test_the_same_folder_again_says_the_same_of_each_and_skips_them(door, folder):
    first = door(folder, "--json")

    again = door(folder, "--json")

    assert again.stdout == first.stdout
    assert "of which 2 skipped unread" in again.stderr


def test_an_import_of_nothing_that_can_be_used_is_refused(door, tmp_path):
    (tmp_path / "empty").mkdir()

    result = door(tmp_path / "empty")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("empty: ")


def test_a_file_of_lines_is_read_by_processes_beside(door, tmp_path):
    (tmp_path / "gp.ndjson").write_text("".join(json.dumps(record(n)) + "\n" for n in range(2)), "utf-8")

    result = door(tmp_path / "gp.ndjson", "--json")

    assert result.exit_code == 0
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [
        "gp.ndjson line 1",
        "gp.ndjson line 2",
    ]


def test_on_a_terminal_a_line_moves_and_standard_output_holds_the_objects_alone(folder, tmp_path):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, ROOT / "run.py", "import", folder, "--json", *TODAY],
        env=os.environ | {"PUFFIN_DATA": str(tmp_path / "data"), "TERM": "xterm"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as process:
        os.close(theirs)
        lines = process.stdout.read().splitlines()
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)

    assert [json.loads(line)["file"] for line in lines] == ["0.json", "1.json"]
    assert b"\x1b[" in shown
    assert b"letter.json: This file is damaged" in shown
    assert b"a second" in shown


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""  # nobody is at the other end any more
