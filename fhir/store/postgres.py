"""PostgreSQL: for those who outgrow one machine. Many portals and workers share one database."""

import math
import os
import select
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql as names
from psycopg.errors import LockNotAvailable, RaiseException

from fhir.store.engine import Database, Rows, Values
from fhir.store.errors import DatabaseNotReached, NotOurDatabase, StoreBusy
from fhir.store.texts import must_be_text

LINE = 0x50554646  # "PUFF": the number of the lock that makes writes stand in line
BUSY_SECONDS = 20
STEPS = "puffin_schema"  # the table of the steps that the store has had
TABLES = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
# A machine lost in a write keeps all others in line until the server notices: in a minute, not two hours.
SOON_NOTICED = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}


class PostgresDatabase:
    """One connection."""

    each_of = "jsonb_array_elements(CAST(? AS jsonb)) AS wanted(value)"
    skip_locked = " FOR UPDATE SKIP LOCKED"

    def __init__(self, connection: psycopg.Connection) -> None:
        self.conn = connection

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open."""
        return self.conn.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE

    @property
    def is_lost(self) -> bool:
        """Return whether this connection has ended, though nobody here ended it, such as by a restart.

        A server says nothing between questions but that it goes. What is lost within a write fails there.
        """
        if self.conn.closed or self.in_transaction:
            return self.conn.closed
        heard = select.poll()
        heard.register(self.conn.fileno(), select.POLLIN)
        return bool(heard.poll(0))

    def execute(self, sql: str, values: Values = ()) -> Rows:
        """Run a statement; raises TextNotKept for what is no text."""
        must_be_text(values)
        return self.conn.execute(_placed(sql), values)

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """Yield each row as names and values; raises TextNotKept."""
        must_be_text(values)
        found = self.conn.execute(_placed(sql), values)
        columns = [column.name for column in found.description or ()]
        return (dict(zip(columns, row, strict=True)) for row in found)

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add a row; raises TextNotKept."""
        must_be_text(row.values())
        columns = names.SQL(", ").join(map(names.Identifier, row))
        places = names.SQL(", ").join(names.Placeholder() * len(row))
        statement = names.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            names.Identifier(table), columns, places
        )
        self.conn.execute(statement, tuple(row.values()))

    def atomic(self) -> AbstractContextManager[Any]:
        """Undo what its block did, and nothing else of the transaction, if the block fails."""
        return self.conn.transaction()

    def refuses(self, error: Exception, rule: str) -> bool:
        """Return whether a trigger of this name's words refused."""
        return isinstance(error, RaiseException) and error.diag.message_primary == rule


class PostgresEngine:
    """The store in one database, at an address such as `postgresql://puffin@db.example/puffin`."""

    schema = Path(__file__).parent / "schema" / "postgres"

    def __init__(self, url: str) -> None:
        """Reach the database; raises DatabaseNotReached, and NotOurDatabase where other tables are in it."""
        self.url = url
        self._local = threading.local()
        try:
            _must_be_ours(self.mine())
        except BaseException:
            self.close()
            raise

    def mine(self) -> PostgresDatabase:
        """Return this thread's connection, a new one where it was lost; a forked process has its own."""
        kept = self._kept()
        known = kept.get(os.getpid())
        if known is None or known.is_lost:
            self.close()
            known = kept[os.getpid()] = _connect(self.url)
        return known

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        db = self._kept().pop(os.getpid(), None)
        if db is not None:
            db.conn.close()

    @contextmanager
    def transaction(self, db: Database, *, in_line: bool) -> Iterator[None]:
        """Open a transaction; any error undoes all of it. Those in line hold one lock until they end.

        Raises StoreBusy.
        """
        try:
            with db.atomic():
                if in_line:
                    db.execute("SELECT pg_advisory_xact_lock(?)", (LINE,))
                yield
        except LockNotAvailable:
            raise StoreBusy from None

    @contextmanager
    def reading(self, db: Database) -> Iterator[None]:
        """Answer every question of the block as of one moment, while others go on writing."""
        with db.atomic():
            db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def version(self, db: Database) -> int:
        """Return the number of the last step of the schema that this store has had; 0 for a new one."""
        if not _has_steps(db):
            return 0
        [(number,)] = db.execute("SELECT max(number) FROM puffin_schema").fetchall()
        return number

    def run(self, db: Database, script: str, number: int) -> None:
        """Run a step of the schema in the open transaction, and remember its number."""
        db.execute(script)
        db.execute("INSERT INTO puffin_schema (number) VALUES (?)", (number,))

    def _kept(self) -> dict[int, PostgresDatabase]:
        return self._local.__dict__.setdefault("by_process", {})


def _connect(url: str) -> PostgresDatabase:
    try:
        connection = psycopg.connect(
            url, autocommit=True, client_encoding="utf8", connect_timeout=math.ceil(BUSY_SECONDS)
        )
    except psycopg.Error:  # its text may hold the password
        raise DatabaseNotReached from None
    # Whatever the database says: a write must see what landed while it stood in line.
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    settings = {"lock_timeout": f"'{BUSY_SECONDS}s'"} | SOON_NOTICED
    connection.execute("; ".join(f"SET {setting} = {value}" for setting, value in settings.items()))
    return PostgresDatabase(connection)


def _must_be_ours(db: PostgresDatabase) -> None:
    """Raise NotOurDatabase for a database whose tables are not a store's, before anything changes."""
    # One statement sees one moment: a second would see the tables that another portal made meanwhile.
    tables = {table for (table,) in db.execute(TABLES).fetchall()}
    if tables and STEPS not in tables:
        raise NotOurDatabase


def _has_steps(db: Database) -> bool:
    """Return whether the table of steps is there, as a row of the catalog.

    What `to_regclass` has said once it says again, although another process has made the table since.
    """
    return (STEPS,) in db.execute(TABLES).fetchall()


@cache
def _placed(sql: str) -> str:
    """Return SQL with each `?` as the driver writes it."""
    return sql.replace("%", "%%").replace("?", "%s")
