"""The listener as a process of its own: what it acknowledged is kept, even if killed the next instant."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from fhir import kept_reviews
from fhir.intake.hl7_text import LONGEST
from fhir.intake.mllp import framed
from plans.places import Role
from portal.calendar import holidays_for
from portal.listener import Listener
from tests.portal.conftest import MONDAY_9AM, on_the_embedded_engine
from tests.portal.discharge_making import adt
from tests.portal.making import make_child
from tests.portal.test_serving import a_free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 20


@pytest.fixture
def child(store, make_person):
    make_person(Role.HOSPITAL)
    return make_child(store, make_person(Role.CLINICIAN))


@contextmanager
def listening(folder, port):
    """Listen until the block ends, however it ends; give the process."""
    env = os.environ | {"PUFFIN_DATA": str(folder), "PUFFIN_LISTEN": f"127.0.0.1:{port}"}
    command = [sys.executable, "run.py", "listen"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr.readline() == f"Puffin listens at 127.0.0.1:{port}\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def port():
    return a_free_port()


@contextmanager
def connected(port):
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        yield connection


def answers(connection, number):
    """Return the codes of so many answers."""
    came = b""
    while came.count(b"\x1c\r") < number:
        more = connection.recv(65536)
        assert more, came
        came += more
    return [part.split(b"|")[1].decode() for part in came.split(b"\rMSA")[1:]]


def test_what_was_acknowledged_outlives_a_kill_and_is_not_doubled_when_it_is_sent_again(
    store, tmp_path, child, port
):
    with listening(tmp_path, port) as process, connected(port) as connection:
        connection.sendall(framed(adt()))
        assert answers(connection, 1) == ["AA"]
        process.send_signal(signal.SIGKILL)

    (review,) = kept_reviews.open_reviews(store)
    assert review.child_id == child.id

    with listening(tmp_path, port), connected(port) as connection:
        connection.sendall(framed(adt()))
        assert answers(connection, 1) == ["AA"]
    assert len(kept_reviews.open_reviews(store)) == 1


@on_the_embedded_engine
def test_killed_before_it_is_kept_nothing_is_acknowledged_and_the_sender_sends_again(
    store, tmp_path, child, port
):
    with listening(tmp_path, port) as process, connected(port) as connection:
        with store.write(by="system", at=MONDAY_9AM):  # the listener waits in line for this write
            connection.sendall(framed(adt()))
            connection.settimeout(1)
            with pytest.raises(TimeoutError):
                connection.recv(1)
            process.send_signal(signal.SIGKILL)
            process.wait()
        connection.settimeout(SECONDS)
        assert connection.recv(1) == b""
    assert kept_reviews.open_reviews(store) == []

    with listening(tmp_path, port), connected(port) as connection:
        connection.sendall(framed(adt()))
        assert answers(connection, 1) == ["AA"]
    assert len(kept_reviews.open_reviews(store)) == 1


def test_many_messages_come_on_many_connections_in_any_pieces(store, tmp_path, child, port):
    with listening(tmp_path, port) as process:
        with connected(port) as one, connected(port) as other:
            wire = framed(adt(visit="V-1")) + framed(adt(visit="V-2", control="C-2", left="20261121083000"))
            for at in range(0, len(wire), 97):
                one.sendall(wire[at : at + 97])
                if not at:
                    other.sendall(b"GET / HTTP/1.1\r\n" + framed(b"hello") + framed(adt("A04")))
            assert answers(other, 2) == ["AR", "AA"]
            assert answers(one, 2) == ["AA", "AA"]

        with connected(port) as broken:
            whole = adt(visit="V-3", control="C-3", left="20261122083000")
            broken.sendall(b"\x0b" + whole + framed(whole))
            assert answers(broken, 2) == ["AE", "AA"]

        with connected(port) as huge, connected(port) as next_one:
            huge.sendall(b"\x0b" + adt() + b"A" * LONGEST + b"A")
            assert answers(huge, 1) == ["AR"]
            assert huge.recv(1) == b""
            next_one.sendall(framed(adt()))
            assert answers(next_one, 1) == ["AA"]
        process.terminate()
        assert process.wait(SECONDS) == 0
    assert len(kept_reviews.open_reviews(store)) == 3


def test_a_message_whose_answer_cannot_be_sent_is_kept_and_not_said_to_be_lost(store, child, caplog):
    class Gone:
        def write(self, _answer):
            raise OSError("no way back")

        def close(self):
            """Nothing is open any more."""

    listener = Listener(store, lambda: MONDAY_9AM, holidays_for)

    async def serve():
        reader = asyncio.StreamReader()
        reader.feed_data(framed(adt()))
        await listener._serve(reader, Gone())

    asyncio.run(serve())
    listener.stop()

    assert "could not be kept" not in caplog.text
    assert [one.child_id for one in kept_reviews.open_reviews(store)] == [child.id]


def test_a_place_that_is_taken_is_refused_in_one_sentence(tmp_path, port):
    env = os.environ | {"PUFFIN_DATA": str(tmp_path), "PUFFIN_LISTEN": f"127.0.0.1:{port}"}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        found = subprocess.run(
            [sys.executable, "run.py", "listen"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (found.returncode, found.stderr.count("\n")) == (1, 1)
    assert "Nobody can listen at" in found.stderr
