"""A PostgreSQL server of the tests' own, from Debian's package: started when asked for, gone at the end."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from fhir.store import open_store

VERSIONS = Path("/usr/lib/postgresql")
LIKE_A_NEW_STORE = "like_a_new_store"
# Whether the disk has it matters to nobody here, and this is what most of the time would go to.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
SAFE = ("fsync=on", "synchronous_commit=on", "shared_buffers=256MB")  # for what is measured


class ServerMissing(Exception):
    """Debian's package is not installed."""


@dataclass(frozen=True)
class Server:
    """A running server, reached through a socket in its folder only."""

    folder: Path
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self, like: str = "template0") -> str:
        """Make a database and return its address."""
        name = f"store_{next(self.numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return self.url(name)

    def new_store_database(self) -> str:
        """Make a database that holds an empty store, and return its address."""
        return self.new_database(LIKE_A_NEW_STORE)


@contextmanager
def running_server(settings: Sequence[str] = FAST) -> Iterator[Server]:
    """Start a server, with one database in it for stores to be copied from; stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with _ends_with_us(folder):
        _make(folder, settings)
        server = Server(folder, count(1))
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {LIKE_A_NEW_STORE} TEMPLATE template0 ENCODING utf8")
        open_store(folder, server.url(LIKE_A_NEW_STORE)).close()
        yield server


@contextmanager
def _ends_with_us(folder: Path) -> Iterator[None]:
    """Stop the server and remove its folder at the end, also where this process is killed: a pipe tells."""
    stop = f"cat; {shlex.join(_command('pg_ctl', '-D', folder / 'cluster', '-m', 'immediate', '-w', 'stop'))}"
    watcher = subprocess.Popen(
        ["sh", "-c", f"{stop}; rm -r {shlex.quote(str(folder))}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield
    finally:
        watcher.communicate()


def _make(folder: Path, settings: Sequence[str]) -> None:
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    cluster, log = folder / "cluster", folder / "log"
    _run("initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    said = [f"-c {one}" for one in (*settings, "listen_addresses=''", f"unix_socket_directories={folder}")]
    _run("pg_ctl", "-D", cluster, "-l", log, "-w", "-o", " ".join(said), "start")


def _run(program: str, *arguments: str | Path) -> None:
    done = subprocess.run(_command(program, *arguments), capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")


def _command(program: str, *arguments: str | Path) -> list[str]:
    """Return how to run one of the server's programs: as root it would refuse to start."""
    found = sorted(VERSIONS.glob(f"*/bin/{program}"))
    if not found:
        raise ServerMissing("Debian's package postgresql is not installed; `make setup` installs it.")
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    return [*as_other, str(found[-1]), *(str(one) for one in arguments)]
