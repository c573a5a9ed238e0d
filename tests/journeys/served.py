"""A real portal for the journeys: its processes, its store, and the command line beside them."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import IO

from fhir.store import Store, open_store

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_OPEN = 60


@dataclass(frozen=True)
class Puffin:
    """A portal that is open at `url`, over the store in `data`, or at the address of a database."""

    url: str
    data: Path
    database_url: str = ""

    def store(self) -> Store:
        """Return the store that it serves."""
        return open_store(self.data, self.database_url)

    def run(self, *arguments: str, typed: str = "") -> str:
        """Return what a command of run.py prints, run over the same store; it must not be refused."""
        command = [sys.executable, "run.py", *arguments]
        env = _environment(self.data, self.database_url) | {"PUFFIN_URL": self.url}
        ended = subprocess.run(command, cwd=ROOT, env=env, input=typed, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


@contextmanager
def served_demo(data: Path, database_url: str = "") -> Iterator[Puffin]:
    """Serve the demo from an empty folder or database until the block ends, however it ends."""
    port = _free_port()
    command = [sys.executable, "run.py", "serve", "--demo", "--port", str(port)]
    said = subprocess.PIPE
    env = _environment(data, database_url)
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=said, text=True) as process:
        try:
            assert process.stderr is not None
            _wait_until_open(process.stderr)
            yield Puffin(f"http://127.0.0.1:{port}", data, database_url)
        finally:
            process.terminate()


def _wait_until_open(said: IO[str]) -> None:
    """Read what the portal says for as long as it runs, so that it never waits for a reader."""
    is_open, lines = Event(), list[str]()

    def read() -> None:
        for line in said:
            lines.append(line)
            if line.startswith("Puffin is at "):
                is_open.set()

    Thread(target=read, daemon=True).start()
    assert is_open.wait(SECONDS_TO_OPEN), "".join(lines)


def _environment(data: Path, database_url: str) -> dict[str, str]:
    """Return the environment without what it says of another Puffin."""
    ours = {name: text for name, text in os.environ.items() if not name.startswith("PUFFIN_")}
    return ours | {"PUFFIN_DATA": str(data), "PUFFIN_DATABASE_URL": database_url}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
