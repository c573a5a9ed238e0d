"""A run that was killed goes on where it was, and ends with the same store as a run that nobody disturbed."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.population import write_lines
from fhir.store import open_store

ROOT = Path(__file__).resolve().parents[2]
CHILDREN, BAD_LINE = 60, 50
VERSIONS = """SELECT v.text FROM versions AS v JOIN resources AS r ON r.key = v.resource
WHERE r.type <> 'AuditEvent'"""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = re.compile(r'"(?:lastUpdated|recorded)":"[^"]+"')


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory):
    """A hand-over of several groups, with one bad line in it."""
    file = tmp_path_factory.mktemp("all") / "gp.ndjson"
    write_lines(file, range(CHILDREN))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[: BAD_LINE - 1], b"Dear Dr Lee\n", *lines[BAD_LINE - 1 :]]))
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Return what names an empty store of this name in the environment, on each engine."""

    def make(name):
        if request.param == "sqlite":
            return {"PUFFIN_DATA": str(tmp_path / name)}
        server = request.getfixturevalue("postgres_server")
        return {"PUFFIN_DATA": str(tmp_path), "PUFFIN_DATABASE_URL": server.new_store_database()}

    return make


def start(file, place, *more):
    """Start an import as a real process."""
    return subprocess.Popen(
        [sys.executable, ROOT / "run.py", "import", file, "--today", "2026-11-21", *more],
        env=os.environ | place,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    """Return the lines on standard output, on standard error, and the exit status."""
    out, err = process.communicate(timeout=120)
    return out.splitlines(), err.splitlines(), process.returncode


def everything(place):
    """Return every version of every resource but audit, and what was imported, without ids and moments."""
    with closing(open_store(Path(place["PUFFIN_DATA"]), place.get("PUFFIN_DATABASE_URL", ""))) as store:
        texts = store.db.execute(VERSIONS).fetchall()
        records = store.db.execute("SELECT digest, intake, counted_on FROM imported_records").fetchall()
        audits = store.count("AuditEvent")
    plain = sorted(TIMES.sub("", UUID.sub("", text)) for (text,) in texts)
    return plain, sorted(records), audits


def is_running(pid):
    """Return whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children_of(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def test_a_run_killed_in_the_middle_goes_on_and_ends_as_if_nobody_had_disturbed_it(handed_over, place):
    undisturbed, killed = place("undisturbed"), place("killed")
    _, _, as_undisturbed = finish(start(handed_over, undisturbed))
    process = start(handed_over, killed, "--json")
    said = [json.loads(process.stdout.readline()) for _ in range(18)]
    readers = children_of(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    more, _, status = finish(process)
    assert status == -signal.SIGKILL
    kept = len(said) + len(more)
    assert kept < CHILDREN

    _, told, status = finish(start(handed_over, killed))

    assert status == as_undisturbed == 1
    skipped = int(re.search(r"(\d+) skipped unread, 1 refused", told[-2])[1])
    assert skipped >= kept - 1  # the last line may have been cut off
    assert told[-1] == f"Refused: gp.ndjson line {BAD_LINE}."
    assert everything(killed) == everything(undisturbed)
    assert readers
    assert [pid for pid in readers if is_running(pid)] == []
