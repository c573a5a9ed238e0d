"""What became of a discharge that was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.follow_up import hours_48
from plans.review import Review
from plans.working_days import uk_time


class State(StrEnum):
    STARTED = "started"
    ASKED = "asked"  # the clock runs, and somebody is asked whether this was asthma
    ALREADY_KNOWN = "already-known"
    CANCELLED = "cancelled"
    UNMATCHED = "unmatched"
    NOT_ASTHMA = "not-asthma"
    REFUSED = "refused"


SENTENCES: Mapping[State, str] = {
    State.STARTED: "The clock of the review has started.",
    State.ASKED: "The clock of the review runs, and the hospital is asked whether this was asthma.",
    State.ALREADY_KNOWN: "This discharge was known already: there is one review.",
    State.CANCELLED: "The discharge is cancelled: no review is looked for.",
    State.UNMATCHED: "Kept for a person to look at.",
    State.NOT_ASTHMA: "Not for asthma: no review was started.",
    State.REFUSED: "Nothing was kept.",
}

# The same states where nothing came of it that anybody looks for.
WITHOUT_REVIEW = "This discharge was known already: no review is looked for."
WITHOUT_WAITING = "An update without a time of discharge: nothing was started."


@dataclass(frozen=True)
class Outcome:
    """What became of it. `child_id`, `review_id` and `waiting_id` are "" where there is none.

    `why` is the sentence that says why it waits for a person, "" where it does not.

    Without a clock, as after a cancellation, the times are None. `clock_from` is the time of discharge,
    or where that cannot be right the time when it was told.
    """

    state: State
    child_id: str = ""
    discharged_at: datetime | None = None
    clock_from: datetime | None = None
    due: date | None = None
    review_id: str = ""
    waiting_id: str = ""
    why: str = ""

    def as_json(self, file: str) -> dict[str, str | None]:
        """Return the outcome as `discharge --json` prints it, times as a clock in the UK shows them."""
        left, counted = self.discharged_at, self.clock_from
        return {
            "file": file,
            "child": self.child_id or None,
            "discharged": uk_time(left).isoformat(timespec="seconds") if left else None,
            "due": self.due.isoformat() if self.due else None,
            "hours_48": uk_time(hours_48(counted)).isoformat(timespec="seconds") if counted else None,
            "state": self.state,
        }

    def lines(self, file: str) -> list[str]:
        """Return the outcome for people: what became of it, and until when the review is in time."""
        lines = [f"{file}: {self._sentence()}", *([f"  {self.why}"] if self.why else [])]
        if self.due and self.clock_from:
            lines.append(f"  Review due by the end of {self.due:%A} {self.due.day} {self.due:%B %Y}.")
            lines.append(f"  48 hours pass on {uk_time(hours_48(self.clock_from)):%A %-d %B %Y at %H:%M}.")
        return lines

    def _sentence(self) -> str:
        if self.state is State.ALREADY_KNOWN and not self.review_id:
            return WITHOUT_REVIEW
        if self.state is State.UNMATCHED and not self.waiting_id:
            return WITHOUT_WAITING
        return SENTENCES[self.state]


def of_review(state: State, review: Review) -> Outcome:
    """Return the outcome that this review runs."""
    left = review.discharged_at
    return Outcome(state, review.child_id, left, left, review.due, review.id)
