"""How an import goes on, for people: a moving line on a terminal, otherwise a plain line now and then."""

from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from portal.actions.importing.many import Outcome, State

SECONDS_BETWEEN_LINES = 10


class ImportProgress:
    """Counts what became of each record and shows it; `out` is standard error, `clock` counts seconds."""

    def __init__(self, total: int, out: IO[str], clock: Callable[[], float]) -> None:
        self._total, self._out, self._clock = total, out, clock
        self._began = self._said_at = clock()
        self._console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._moving = _moving(self._console) if self._console.is_terminal else None
        self._task = self._moving.add_task("", total=total) if self._moving else None
        self.counts: Counter[State] = Counter()
        self.refused: list[str] = []

    def __enter__(self) -> "ImportProgress":
        if self._moving:
            self._moving.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._moving:
            self._moving.stop()

    def say(self, line: str) -> None:
        """Say something that stays, above the moving line."""
        self._console.print(line)

    def step(self, outcome: Outcome) -> None:
        """Count one more record."""
        self.counts[outcome.state] += 1
        if outcome.state is State.REFUSED:
            self.refused.append(outcome.name)
        if self._moving and self._task is not None:
            self._moving.update(self._task, completed=outcome.upto, description=self._so_far())
        elif self._clock() - self._said_at >= SECONDS_BETWEEN_LINES:
            self._said_at = self._clock()
            self.say(f"{self._so_far()}, {self._left(outcome.upto)}")

    def summary(self) -> list[str]:
        """Return what became of all, with the name of each that was refused."""
        kept, known, skipped = (self.counts[one] for one in (State.KEPT, State.KNOWN, State.SKIPPED))
        counts = f"{kept:,} kept, {known + skipped:,} known already, of which {skipped:,} skipped unread"
        lines = [f"{counts}, {len(self.refused):,} refused."]
        return lines + ([f"Refused: {', '.join(self.refused)}."] if self.refused else [])

    def _so_far(self) -> str:
        done = sum(self.counts.values())
        rate = done / max(self._clock() - self._began, 1e-3)
        return f"{done:,} done, {len(self.refused):,} refused, {rate:,.0f} a second"

    def _left(self, upto: int) -> str:
        if not upto:
            return "time left not known yet"
        seconds = (self._clock() - self._began) * (self._total - upto) / upto
        minutes = ceil(seconds / 60)
        return f"about {minutes:,} minute{'' if minutes == 1 else 's'} left"


def _moving(console: Console) -> Progress:
    """Return the moving line. Standard output is not its business: that is for what was asked for."""
    columns = (BarColumn(), TextColumn("{task.description}, left:"), TimeRemainingColumn())
    return Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False)
