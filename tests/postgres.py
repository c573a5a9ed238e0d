"""A PostgreSQL server of the tests' own, from Debian's package: started when asked for, gone at the end."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from fhir.store import open_store
from fhir.store.search.reindexing import MARK

VERSIONS = Path("/usr/lib/postgresql")
LIKE_A_NEW_STORE = "like_a_new_store"
# Whether the disk has it matters to nobody here, and this is what most of the time would go to.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
SAFE = ("fsync=on", "synchronous_commit=on", "shared_buffers=256MB")  # for what is measured


END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# What a test may have changed of it: tables, their columns, indexes, functions, and triggers in force.
SCHEMA = """
SELECT md5(string_agg(said, '|' ORDER BY said)) FROM (
    SELECT concat('c', c.oid, ' ', c.relname, c.relkind, c.relnatts) AS said
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat('a', a.attrelid, ' ', a.attnum, a.attname, a.atttypid, a.attnotnull, a.atthasdef)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat('f', oid, ' ', proname, prosrc)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat('t', oid, ' ', tgrelid, tgname, tgenabled, tgfoid)
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat('k', oid, ' ', conrelid, conname)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
) AS all_of_it
"""
KEPT = "'puffin_schema'"  # which step of the schema it has


class ServerMissing(Exception):
    """Debian's package is not installed."""


@dataclass(frozen=True)
class Lent:
    """A database that one test after the other has, the connection that empties it, and how it was new."""

    url: str
    connection: psycopg.Connection
    schema: tuple[str, ...] | None


@dataclass(frozen=True)
class Server:
    """A running server, reached through a socket in its folder only."""

    folder: Path
    numbers: Iterator[int]
    free: list[Lent] = field(default_factory=list)

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
    def lent_store(self) -> Iterator[str]:
        """Lend the address of an empty store: emptied after, as a new database takes 50 times as long."""
        lent = self.free.pop() if self.free else self._new_to_lend()
        yield lent.url
        lent.connection.execute(END_THE_OTHERS)
        if lent.connection.execute(SCHEMA).fetchone() == lent.schema:
            _empty(lent.connection)
            self.free.append(lent)
        else:
            lent.connection.close()

    def _new_to_lend(self) -> Lent:
        url = self.new_store_database()
        connection = psycopg.connect(url, autocommit=True)
        return Lent(url, connection, connection.execute(SCHEMA).fetchone())


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
        for lent in server.free:
            lent.connection.close()


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


def _empty(connection: psycopg.Connection) -> None:
    """Leave a store as it was when it was new: no rows but those of its making, every number from 1 again."""
    tables = connection.execute(
        f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ({KEPT})"  # noqa: S608
    ).fetchall()
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")  # no trigger, no order of tables
        made = connection.execute("SELECT value FROM marks WHERE key = %s", (MARK,)).fetchall()
        connection.execute(";".join(f'DELETE FROM "{name}"' for (name,) in tables))  # noqa: S608
        connection.execute(
            "SELECT setval(oid::regclass, 1, false) FROM pg_class"
            " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        )
        for (value,) in made:
            connection.execute("INSERT INTO marks (key, value) VALUES (%s, %s)", (MARK, value))


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
