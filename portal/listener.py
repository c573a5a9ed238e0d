"""The listener: takes HL7 v2 messages over MLLP, and answers each once what it said is in the store."""

import asyncio
import logging
import os
import signal
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fhir.intake.mllp import Block, Blocks, Fault, framed
from fhir.store import Store, open_store
from plans.errors import PuffinError
from portal.actions.clocks import HolidaysFor
from portal.actions.messages.hearing import hear
from portal.calendar import holidays_for
from portal.settings import Address, settings_from

MOST_CONNECTIONS = 100
SECONDS_FOR_A_MESSAGE = 30.0  # from its first byte to its last
SECONDS_IDLE = 600.0  # between two messages; a sender that has nothing to say may stay away for longer
SECONDS_TO_TURN_AWAY = 5.0
AT_ONCE = 65536  # bytes
logger = logging.getLogger(__name__)


class CannotListen(PuffinError):
    """Something else listens there already, or no such place is of this machine."""

    def __init__(self, at: Address) -> None:
        super().__init__(
            f"Nobody can listen at {at.host}:{at.port}. Stop what uses it, or choose another place with "
            "PUFFIN_LISTEN."
        )


class NotKept(Exception):
    """A message could not be kept, so it is not acknowledged, and the sender sends it again."""


@dataclass
class Listener:
    """One listener over a store. Messages of all connections are heard one after the other, as they come."""

    store: Store
    clock: Callable[[], datetime]
    holidays_for: HolidaysFor
    seconds_for_a_message: float = SECONDS_FOR_A_MESSAGE
    seconds_idle: float = SECONDS_IDLE
    # One thread: a store has one writer at a time, and two messages of one visit keep their order.
    _hearing: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1), init=False)
    _open: int = field(default=0, init=False)

    async def start(self, at: Address) -> asyncio.Server:
        """Return the server that listens there; raises CannotListen."""
        try:
            return await asyncio.start_server(self._serve, at.host, at.port, limit=AT_ONCE)
        except OSError as fault:
            raise CannotListen(at) from fault

    def stop(self) -> None:
        """Let what is being heard be heard out, and close the store's connection."""
        self._hearing.submit(self.store.close)
        self._hearing.shutdown()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one connection until it ends; nobody else is disturbed by what goes wrong with it."""
        self._open += 1
        try:
            if self._open <= MOST_CONNECTIONS:
                await self._listen(reader, writer)
            else:
                logger.error("More than %s connections: one was closed", MOST_CONNECTIONS)
        except ConnectionError:
            pass  # a sender that went away sends again what was not answered
        except NotKept as fault:
            name = type(fault.__cause__).__name__
            logger.error("%s: a message could not be kept, its connection was closed", name)
        except Exception as fault:
            logger.error("%s: a connection was closed, what it was told stands", type(fault).__name__)
        finally:
            self._open -= 1
            writer.close()

    async def _listen(self, reader: StreamReader, writer: StreamWriter) -> None:
        blocks, ends_at = Blocks(), None
        while True:
            came = await self._read(reader, ends_at)
            for block in blocks.feed(came) if came else blocks.end():
                ends_at = None
                await self._answer(writer, block)
                if block.fault is Fault.TOO_LONG:
                    await self._turn_away(reader, writer)
                    return
            if not came:
                return
            now = asyncio.get_running_loop().time()
            ends_at = (ends_at or now + self.seconds_for_a_message) if blocks.is_inside else None

    async def _turn_away(self, reader: StreamReader, writer: StreamWriter) -> None:
        """End a connection so that its sender still reads the answer: what else it sends is thrown away."""
        writer.write_eof()
        until = asyncio.get_running_loop().time() + SECONDS_TO_TURN_AWAY
        while await self._read(reader, until):
            pass

    async def _read(self, reader: StreamReader, ends_at: float | None) -> bytes:
        """Return what came next; nothing once the sender has ended, or has been silent for too long."""
        until = ends_at or asyncio.get_running_loop().time() + self.seconds_idle
        try:
            async with asyncio.timeout_at(until):
                return await reader.read(AT_ONCE)
        except TimeoutError:
            return b""

    async def _answer(self, writer: StreamWriter, block: Block) -> None:
        """Answer a block once it has landed; raises NotKept where the store fails."""
        loop = asyncio.get_running_loop()
        try:
            said = await loop.run_in_executor(self._hearing, self._hear, block)
        except Exception as fault:
            raise NotKept from fault
        writer.write(framed(said))
        await writer.drain()

    def _hear(self, block: Block) -> bytes:
        return hear(self.store, block, at=self.clock(), holidays_for=self.holidays_for)


async def listen(listener: Listener, at: Address, *, when_open: Callable[[], None] = lambda: None) -> None:
    """Listen until SIGTERM or SIGINT; raises CannotListen."""
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    server = await listener.start(at)
    when_open()
    try:
        await told_to_stop.wait()
    finally:
        server.close()
        listener.stop()


def run(at: Address, *, when_open: Callable[[], None] = lambda: None) -> None:
    """Listen on the store of this environment until told to stop; raises CannotListen."""
    settings = settings_from(os.environ)
    with closing(open_store(settings.data, settings.database_url)) as store:
        listener = Listener(store, lambda: datetime.now(UTC), holidays_for)
        asyncio.run(listen(listener, at, when_open=when_open))


def main() -> None:
    """Listen where PUFFIN_LISTEN says, as a part of `serve`."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    at = settings_from(os.environ).listen
    if at:
        try:
            run(at)
        except CannotListen as refusal:
            logger.error("%s", refusal)


if __name__ == "__main__":
    main()
