"""Reading records, here or in other processes: what takes the time, without the store."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_and_keep
from fhir.intake.kept import Kept
from plans.errors import PuffinError
from portal.actions.importing.record import HolidaysFor, Report, facts_in

Group = TypeVar("Group")


class ReadingFailed(PuffinError):
    """Puffin itself failed on a record: nobody else can mend that."""

    def __init__(self) -> None:
        super().__init__("Puffin could not read this record. Tell the people who run Puffin which one it is.")


@dataclass(frozen=True)
class Read:
    """A record that was read and is ready to keep.

    `report` is what `import --json` says of it, without its file and child; `details` are lines for people.
    """

    report: dict
    details: tuple[str, ...]
    kept: tuple[Kept, ...]
    born: date


@dataclass(frozen=True)
class Unread:
    """A record that is refused, and the one sentence that says why."""

    sentence: str


@dataclass(frozen=True)
class Rules:
    """By what records are read: the day that is counted from, and the holidays of each nation."""

    today: date
    holidays_for: HolidaysFor


def read(raw: bytes, rules: Rules) -> Read | Unread:
    """Return a record that was read, or why it is refused; one record never ends the run."""
    try:
        reading, kept = read_and_keep(parse_bundle(raw))
        facts = facts_in(reading.record, rules.today, rules.holidays_for)
    except PuffinError as refusal:
        return Unread(str(refusal))
    except Exception:  # noqa: BLE001
        return Unread(str(ReadingFailed()))
    report = Report("", "", reading, facts, is_new=False)
    said = {name: value for name, value in report.as_json().items() if name not in {"file", "child"}}
    return Read(said, tuple(report.details()), kept, reading.record.child.born)


class Reader(Protocol):
    """Reads some records after the other; what was sent is received before more is sent."""

    def send(self, some: Sequence[bytes]) -> None: ...
    def receive(self) -> Sequence[Read | Unread]: ...
    def close(self) -> None: ...


class ReaderHere:
    """Reads in this process, for a few records."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._sent: Sequence[bytes] = ()

    def send(self, some: Sequence[bytes]) -> None:
        self._sent = some

    def receive(self) -> Sequence[Read | Unread]:
        return [read(raw, self._rules) for raw in self._sent]

    def close(self) -> None:
        """There is nothing to end."""


class ReaderBeside:
    """Reads in a process of its own, which ends with this one, however that ends.

    If a record brings that process down, the records sent with it are read alone, and that one is refused.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._sent: Sequence[bytes] = ()
        self._start()

    def _start(self) -> None:
        beside = get_context("spawn")  # a forked process would share connections of this one
        self._here, there = beside.Pipe()
        self._process = beside.Process(target=_serve, args=(there, self._rules), daemon=True)
        self._process.start()
        there.close()

    def send(self, some: Sequence[bytes]) -> None:
        self._sent = some
        with suppress(OSError):  # it is gone: to receive will start it again
            self._here.send(some)

    def receive(self) -> Sequence[Read | Unread]:
        try:
            return self._here.recv()
        except (EOFError, OSError):
            return [self._read_alone(raw) for raw in self._again()]

    def _again(self) -> Sequence[bytes]:
        self.close()
        self._start()
        return self._sent

    def _read_alone(self, raw: bytes) -> Read | Unread:
        try:
            self._here.send([raw])
            return self._here.recv()[0]
        except (EOFError, OSError):
            self._again()
            return Unread(str(ReadingFailed()))

    def close(self) -> None:
        """End the process."""
        self._here.close()
        self._process.terminate()
        self._process.join()


def _serve(there: Connection, rules: Rules) -> None:
    """Read what is sent until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    while True:
        try:
            there.send([read(raw, rules) for raw in there.recv()])
        except (EOFError, OSError):
            return


def read_in_order(
    groups: Iterable[tuple[Group, Sequence[bytes]]], readers: Sequence[Reader]
) -> Iterator[tuple[Group, Sequence[Read | Unread]]]:
    """Yield each group with what its records come to, in order; a reader has one group at a time."""
    idle, waiting = list(readers), deque[tuple[Group, Reader]]()

    def next_one() -> tuple[Group, Sequence[Read | Unread]]:
        group, reader = waiting.popleft()
        received = reader.receive()
        idle.append(reader)
        return group, received

    for group, some in groups:
        done = None if idle else next_one()
        reader = idle.pop()
        reader.send(some)
        waiting.append((group, reader))
        if done:
            yield done
    while waiting:
        yield next_one()
