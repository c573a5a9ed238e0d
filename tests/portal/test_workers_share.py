"""Several workers share the outbox of one store: each message is sent once, and nobody waits in line."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from fhir.store.tables import outbox
from plans.places import Role
from portal.notify.emptying import empty_outbox
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import make_child

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
WORKERS, MESSAGES = 4, 200
LONG = 30  # seconds: whoever waits for the line does so for as long as the test holds it

engine = on_both_engines()

EMPTY_IT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from fhir.store import open_store
from portal.notify.emptying import empty_outbox

class Hand:
    file = os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def carry(self, message):
        if sys.argv[4] == "dying":
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(self.file, f"{message.key}\\n".encode())

store, now = open_store(Path(sys.argv[1]), sys.argv[2]), datetime(2026, 11, 22, 19, tzinfo=UTC)
print("ready", flush=True)
sys.stdin.readline()
while empty_outbox(store, {"webhook": Hand()}, lambda: now):
    pass
"""


class Hand:
    """A carrier that keeps what it carried."""

    def __init__(self):
        self.carried = []

    def carry(self, message):
        self.carried.append(message.key)


@pytest.fixture
def queue(store):
    """Queue so many messages."""

    def messages(count):
        with store.write(by="system", at=NOW) as write:
            for number in range(count):
                outbox.enqueue(write, outbox.NewMessage(f"key-{number}", "webhook", "team", {}))

    return messages


@pytest.fixture
def workers(tmp_path, database_url):
    """Start so many processes that empty the outbox, all at one moment; `sent` is what they carried."""

    def run(count, how="well"):
        command = [sys.executable, "-c", EMPTY_IT, str(tmp_path), database_url, str(tmp_path / "sent"), how]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        started = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(count)]
        for one in started:
            assert one.stdout.readline() == b"ready\n"
        for one in started:
            one.stdin.write(b"go\n")
            one.stdin.flush()
        said = [one.communicate()[1] for one in started]
        return [one.returncode for one in started], said

    run.sent = lambda: Counter((tmp_path / "sent").read_text().split())
    return run


def test_processes_that_empty_it_together_send_each_message_once(store, queue, workers):
    queue(MESSAGES)

    ended, said = workers(WORKERS)

    assert (ended, said) == ([0] * WORKERS, [b""] * WORKERS)
    assert workers.sent() == {f"key-{number}": 1 for number in range(MESSAGES)}
    assert outbox.unsent(store) == []


def test_workers_that_are_killed_with_a_message_in_their_hands_lose_none(store, queue, workers):
    queue(10)

    ended, _ = workers(WORKERS, "dying")
    hand, later = Hand(), Hand()
    empty_outbox(store, {"webhook": hand}, lambda: NOW)
    empty_outbox(store, {"webhook": later}, lambda: NOW + timedelta(minutes=2))

    assert ended == [-signal.SIGKILL] * WORKERS
    assert (len(hand.carried), len(later.carried)) == (10 - WORKERS, WORKERS)
    assert {*hand.carried, *later.carried} == {f"key-{number}" for number in range(10)}


@pytest.fixture
def meanwhile(store):
    """Do something in another thread while this one goes on; it must end before this one does."""

    def do(act):
        ended = []

        def work():
            try:
                ended.append(act())
            finally:
                store.close()

        thread = Thread(target=work)
        thread.start()
        thread.join(LONG)
        assert ended, "it waits in line, or failed"
        return ended[0]

    return do


class TestOnPostgres:
    """What the embedded engine cannot: there one writes at a time."""

    @pytest.fixture
    def engine(self):
        return "postgres"

    def test_a_message_that_another_is_taking_is_passed_over(self, store, queue, meanwhile):
        queue(2)

        def take():
            with store.write_beside(by="system", at=NOW) as write:
                return outbox.take(write, due_by=NOW, until=NOW + timedelta(minutes=2), carrier="webhook")

        with store.write_beside(by="system", at=NOW) as write:
            mine = outbox.take(write, due_by=NOW, until=NOW + timedelta(minutes=2), carrier="webhook")
            theirs = meanwhile(take)

        assert {mine.key, theirs.key} == {"key-0", "key-1"}

    def test_sending_does_not_wait_for_whoever_holds_the_line(self, store, queue, meanwhile):
        queue(3)
        hand = Hand()

        with store.write(by="system", at=NOW):
            sent = meanwhile(lambda: empty_outbox(store, {"webhook": hand}, lambda: NOW))

        assert sent == len(hand.carried) == 3

    def test_reading_and_signing_in_do_not_wait_for_whoever_holds_the_line(
        self, store, client_for, stranger, meanwhile
    ):
        browser = client_for(Role.CLINICIAN)
        child = make_child(store, browser.person)

        with store.write(by="system", at=MONDAY_9AM):
            page = meanwhile(lambda: browser.get(f"/children/{child.id}"))
            again = meanwhile(lambda: client_for(Role.CLINICIAN).get("/"))
            guessed = meanwhile(lambda: stranger.post("/sign-in", data={"username": "x", "password": "y"}))

        assert (page.status_code, again.status_code, guessed.status_code) == (200, 303, 422)
