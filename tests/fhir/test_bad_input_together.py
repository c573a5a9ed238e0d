"""Writers at once, and writers that die: each write is done whole, one after the other, or refused by name.

PUFFIN_WRITE_SECONDS=60 lets the eight processes write for so long, instead of 40 times each.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fhir.store.errors import StaleVersion
from fhir.store.transaction.errors import EntryRefused
from tests.fhir.transaction_making import put, transaction

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
PROCESSES, WRITES = 8, 40
SECONDS = int(os.environ.get("PUFFIN_WRITE_SECONDS", "0"))
CHILD = {"resourceType": "Patient", "id": "p1"}

OPENED = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
from fhir.store import open_store
from fhir.store.errors import StaleVersion, StoreBusy
from fhir.store.transaction.errors import EntryRefused
from tests.fhir.transaction_making import post, put, transaction

store, now = open_store(Path(sys.argv[1]), sys.argv[2]), datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
TASK = {"resourceType": "Task", "status": "requested", "intent": "order"}


def change_and_add(child):
    entries = (post(TASK | {"for": {"reference": "Patient/p1"}}), put(child, child["meta"]["versionId"]))
    with store.write(by="system", at=now) as write:
        write.transaction(transaction(*entries))
        write.audit("U", "Patient/p1")
"""

# Reads before it writes, so that what it read may be old by then.
WRITE_ON = """
tried = {"done": 0, "stale": 0, "busy": 0, "longest": 0.0}
number, end = 0, time.monotonic() + int(sys.argv[3])
while number < int(sys.argv[4]) or time.monotonic() < end:
    number += 1
    began = time.monotonic()
    try:
        change_and_add(store.read("Patient", "p1"))
        tried["done"] += 1
    except EntryRefused as refused:
        if not isinstance(refused.fault, StaleVersion):
            raise
        tried["stale"] += 1
    except StoreBusy:
        tried["busy"] += 1
    tried["longest"] = max(tried["longest"], time.monotonic() - began)
print(json.dumps(tried))
"""

# Writes on and on, and says so each time.
WRITE_UNTIL_KILLED = """
while True:
    change_and_add(store.read("Patient", "p1"))
    print("done", flush=True)
"""

# Has everything written, and lands nothing.
STOP_BEFORE_THE_END = """
with store.write(by="system", at=now) as write:
    write.transaction(transaction(*[post(TASK)] * 20))
    write.audit("C")
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def start(store_place):
    """Start a process that does what a script says on the store."""
    started = []

    def begin(script, *arguments):
        command = [sys.executable, "-c", OPENED + script, *map(str, (*store_place, *arguments))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def counts(store):
    """Return how often the child was changed, how many tasks were added, and how much was audited."""
    changed = int(store.read("Patient", "p1")["meta"]["versionId"]) - 1
    return changed, store.count("Task"), store.count("AuditEvent", action="U")


def test_of_two_who_change_one_version_at_once_one_is_told(store, keep):
    keep(CHILD)
    together, ends = threading.Barrier(2), []

    def change():
        read = store.read("Patient", "p1")
        together.wait()
        try:
            with store.write(by="system", at=NOW) as write:
                write.transaction(transaction(put(read, "1")))
                write.audit("U", "Patient/p1")
            ends.append("kept")
        except EntryRefused as refused:
            ends.append(type(refused.fault).__name__)
        store.close()

    threads = [threading.Thread(target=change) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == [StaleVersion.__name__, "kept"]
    assert counts(store) == (1, 0, 1)


def test_eight_processes_at_once_each_write_whole_or_are_told(store, keep, start, record_property):
    keep(CHILD)

    running = [start(WRITE_ON, SECONDS, WRITES) for _ in range(PROCESSES)]
    said = [process.communicate() for process in running]

    assert [errors for _, errors in said] == [""] * PROCESSES
    tried = [json.loads(text) for text, _ in said]
    done, stale, busy = (sum(one[name] for one in tried) for name in ("done", "stale", "busy"))
    assert counts(store) == (done, done, done)
    assert done + stale + busy >= PROCESSES * WRITES
    longest = max(one["longest"] for one in tried)
    record_property(
        "figures",
        f"{PROCESSES} writers at once, {type(store.engine).__name__}: {done} writes landed, "
        f"{stale} were told of a newer version and {busy} to wait; the longest took {longest:.2f} s",
    )


def test_a_writer_killed_before_the_end_leaves_nothing_and_keeps_nobody_out(store, keep, start):
    keep(CHILD)
    writer = start(STOP_BEFORE_THE_END)
    assert writer.stdout.readline() == "written\n"

    writer.send_signal(signal.SIGKILL)
    writer.wait()

    assert counts(store) == (0, 0, 0)
    assert keep({"resourceType": "Patient"})["meta"]["versionId"] == "1"


def test_a_writer_killed_in_the_midst_of_many_leaves_each_whole(store, keep, start):
    keep(CHILD)
    writer = start(WRITE_UNTIL_KILLED)
    landed = sum(writer.stdout.readline() == "done\n" for _ in range(10))

    writer.send_signal(signal.SIGKILL)
    writer.wait()

    changed, added, audited = counts(store)
    assert changed == added == audited >= landed == 10
    assert keep({"resourceType": "Patient"})["meta"]["versionId"] == "1"
