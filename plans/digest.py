"""What is open for a team this morning: counts and nothing else, so that it may leave the house."""

from dataclasses import dataclass
from datetime import time

# The morning of the UK. Nobody needs to be told at noon how the day began; design (U).
BEGINS, ENDS = time(8), time(12)
DIGEST = "digest"  # where a message about an alert has the code of its rung


@dataclass(frozen=True)
class Count:
    """How many are open; of these, how many are late and how many are due today."""

    open: int
    late: int = 0
    today: int = 0


@dataclass(frozen=True)
class Digest:
    """What a team has open: concerns, alerts that nobody has acknowledged, tasks, reviews after hospital."""

    concerns: Count
    alerts: int
    tasks: Count
    reviews: Count

    def __bool__(self) -> bool:
        return bool(self.concerns.open or self.alerts or self.tasks.open or self.reviews.open)

    @property
    def words(self) -> str:
        """Return what is open and what to do, in sentences."""
        parts = (
            _said(self.concerns, "concern about a child", "concerns about children"),
            _said(
                Count(self.alerts),
                "alert that nobody has acknowledged",
                "alerts that nobody has acknowledged",
            ),
            _said(self.tasks, "task", "tasks"),
            _said(self.reviews, "review after hospital", "reviews after hospital"),
        )
        return f"Open this morning: {'; '.join(part for part in parts if part)}. Begin with what is late."


def _said(count: Count, one: str, several: str) -> str:
    if not count.open:
        return ""
    more = [
        f"{number} {what}" for number, what in ((count.late, "late"), (count.today, "due today")) if number
    ]
    said = f"{count.open} {one if count.open == 1 else several}"
    return f"{said} ({', '.join(more)})" if more else said
