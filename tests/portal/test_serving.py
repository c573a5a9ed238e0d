"""Serving: what is started is stopped, and what cannot be served is refused in one sentence."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest

from portal import serving
from portal.serving import PartStopped, prepare
from portal.settings import PortInvalid, SecretKeyMissing, Settings, settings_from
from tests.portal.conftest import MONDAY_9AM

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "s" * 32


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(port: int, data: Path) -> Iterator[subprocess.Popen[str]]:
    """Serve until the block ends, however it ends."""
    command = [sys.executable, "run.py", "serve", "--port", str(port)]
    env = os.environ | {"PUFFIN_DATA": str(data), "PUFFIN_SECRET_KEY": SECRET}
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_what_is_served_stops_together(tmp_path, stop):
    port = a_free_port()

    with served(port, tmp_path) as process:
        assert process.stderr.readline() == f"Puffin is at http://127.0.0.1:{port}\n"
        with urlopen(f"http://127.0.0.1:{port}/health") as answer:
            assert answer.status == 200
        process.send_signal(stop)

        assert process.wait(30) == 0
    assert not is_taken(port)


def asked(port: int, *lines: str) -> bytes:
    """Send these lines as they are and return what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_no_request_says_where_we_are_and_none_is_written_down(tmp_path):
    port, token = a_free_port(), "aFamilysLink"

    with served(port, tmp_path) as process:
        process.stderr.readline()
        moved = (
            "GET /alerts HTTP/1.1",
            "Host: x",
            "SCRIPT_NAME: /alerts",
            "PATH_INFO: /health",
            "Connection: close",
        )
        assert b"/sign-in?next=/alerts\r\n" in asked(port, *moved)
        asked(port, f"GET /f/{token}")
        asked(port, f"GET /f/{token} HTTP/1.1", "Host: x", "Connection: close")
        process.terminate()
        assert token not in process.stderr.read()


def test_a_port_in_use_is_refused_before_anything_starts(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with served(other.getsockname()[1], tmp_path) as process:
            assert "Something else is using port" in process.stderr.read()
            assert process.wait(30) == 1


def test_a_part_that_stops_by_itself_is_not_passed_over():
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()

        with pytest.raises(PartStopped, match="The worker stopped by itself"):
            serving._watch({"worker": ended}, Event(), a_free_port(), when_open=lambda: None)


def test_real_people_are_not_served_without_a_secret(tmp_path):
    with pytest.raises(SecretKeyMissing, match="PUFFIN_SECRET_KEY"):
        prepare(Settings(tmp_path, "http://127.0.0.1:8000"), demo=False, at=MONDAY_9AM)


def test_all_processes_share_one_secret_even_in_a_demo(tmp_path):
    made_up = serving._environment(Settings(tmp_path, "http://127.0.0.1:8000"))

    assert len(made_up["PUFFIN_SECRET_KEY"]) >= 32
    assert serving._environment(Settings(tmp_path, "x", secret_key=SECRET))["PUFFIN_SECRET_KEY"] == SECRET


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        pytest.param({}, ("http://127.0.0.1:8000", 8000, False), id="nothing said"),
        pytest.param({"PORT": "9000"}, ("http://127.0.0.1:9000", 9000, False), id="a port"),
        pytest.param(
            {"PUFFIN_URL": "https://puffin.example/"},
            ("https://puffin.example", 8000, True),
            id="behind https",
        ),
        pytest.param(
            {"PUFFIN_URL": "https://a.example", "PUFFIN_SECURE_COOKIES": "no"},
            ("https://a.example", 8000, False),
            id="cookies said otherwise",
        ),
    ],
)
def test_the_environment_says_where_puffin_is(environ, expected):
    settings = settings_from(environ)

    assert (settings.url, settings.port, settings.secure_cookies) == expected
    assert settings.data == Path("data")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(PortInvalid):
        settings_from({"PORT": port})
