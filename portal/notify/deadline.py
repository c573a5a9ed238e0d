"""A carrier has so many seconds in all: one that hangs, or trickles, stops nobody else."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


class TookTooLong(BaseException):
    """It is no Exception, so that nothing on the way takes it for a fault of its own and goes on."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TookTooLong where the block takes longer; outside the main thread nothing stops it."""
    if current_thread() is not main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
