"""MLLP, the frame around HL7 v2 messages on a wire: blocks out of bytes, split wherever they are split."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fhir.intake.hl7_text import END, LONGEST, START

KEPT_OF_TOO_LONG = 100_000  # bytes: enough for a person to see what it was
ENDS_BEFORE = (END[1:], b"\n", START)  # some senders write LF for the CR of the standard
MARK = re.compile(b"[" + START + END[:1] + b"]")


class Fault(StrEnum):
    """Why a block is not one whole message."""

    CUT_OFF = "cut-off"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class Block:
    """What stood in one frame. Of one that is too long only the beginning is kept."""

    raw: bytes
    fault: Fault | None = None


class Blocks:
    """The blocks of one connection. What stands outside a frame is passed over.

    A block ends at the end mark with the end of a line, or where the next block begins, or the connection
    ends, at once after it. Alone, as a stray byte, it ends nothing: what follows belongs to the message too.
    After a block that is too long nothing of the connection can be trusted: whoever reads it is to close it.
    """

    def __init__(self) -> None:
        self._held: bytearray | None = None
        self._may_end = False  # the end mark came last

    @property
    def is_inside(self) -> bool:
        """Return whether a block has begun and not ended yet."""
        return self._held is not None

    def feed(self, more: bytes) -> Iterator[Block]:
        """Yield each block that these bytes end, in order; nothing comes after one that is too long."""
        at = 0
        while at < len(more):
            if self._may_end:
                yield from self._after_end_mark(more[at : at + 1])
            mark = MARK.search(more, at)
            until = mark.start() if mark else len(more)
            if self._held is not None:
                self._held += more[at:until]
                if len(self._held) > LONGEST:
                    yield self._taken(Fault.TOO_LONG)
                    return
            if mark:
                yield from self._marked(mark[0])
            at = until + 1

    def end(self) -> Iterator[Block]:
        """Yield what had begun when the connection ended, as cut off unless the end mark came last."""
        if self._held:
            yield self._taken(None if self._may_end else Fault.CUT_OFF)

    def _marked(self, mark: bytes) -> Iterator[Block]:
        if mark == END[:1]:
            self._may_end = self._held is not None
            return
        if self._held:
            yield self._taken(Fault.CUT_OFF)
        self._held = bytearray()

    def _after_end_mark(self, follows: bytes) -> Iterator[Block]:
        self._may_end = False
        if follows not in ENDS_BEFORE:
            self._held = (self._held or bytearray()) + END[:1]
        elif self._held:
            yield self._taken(None)
        else:
            self._held = None

    def _taken(self, fault: Fault | None) -> Block:
        raw, self._held, self._may_end = bytes(self._held or b""), None, False
        return Block(raw[:KEPT_OF_TOO_LONG] if fault is Fault.TOO_LONG else raw, fault)


def framed(message: bytes) -> bytes:
    """Return a message in its frame."""
    return START + message + END
