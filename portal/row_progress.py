"""How a copy of many rows goes on, for people: a moving bar on a terminal, else a line now and then."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TypeVar

from rich.console import Console
from rich.progress import Progress

T = TypeVar("T")
SECONDS_BETWEEN_LINES = 10


class RowProgress:
    """Shows how many rows of how many went by; `out` is standard error, `clock` counts seconds."""

    def __init__(self, out: IO[str], clock: Callable[[], float]) -> None:
        self._console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._bar = Progress(console=self._console, transient=True, disable=not self._console.is_terminal)
        self._clock, self._said_at = clock, clock()

    def __enter__(self) -> "RowProgress":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def watch(self, rows: Iterable[T], count: int, doing: str) -> Iterable[T]:
        """Return the rows, and show how they go by."""
        if self._console.is_terminal:
            return self._bar.track(rows, total=count, description=doing)
        return self._told(rows, count, doing)

    def _told(self, rows: Iterable[T], count: int, doing: str) -> Iterator[T]:
        for number, row in enumerate(rows):
            if self._clock() - self._said_at >= SECONDS_BETWEEN_LINES:
                self._said_at = self._clock()
                self._console.print(f"{doing}: {number:,} of {count:,}")
            yield row
