"""What became of a message that its carrier took, as the carrier says when it is asked later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# After the message was sent; design (U): a code is looked after in minutes, a mailbox that is full in days.
ASKED_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=73),  # Source: GOV.UK Notify, which tries for 72 hours
)
NOBODY_KNOWS = "nobody can say whether it arrived"


class State(StrEnum):
    """Whether a message has arrived."""

    ON_ITS_WAY = "on its way"
    ARRIVED = "arrived"
    LOST = "lost"


@dataclass(frozen=True)
class Became:
    """Whether a message has arrived, and why it was lost: no address and no word of the message."""

    state: State
    why: str = ""


ON_ITS_WAY, ARRIVED = Became(State.ON_ITS_WAY), Became(State.ARRIVED)


def lost(why: str) -> Became:
    """Return that a message was lost, and why."""
    return Became(State.LOST, why)


def ask_next(sent_at: datetime, now: datetime) -> datetime | None:
    """Return when to ask again about a message that was sent then, None once it makes no sense any more."""
    return next((sent_at + after for after in ASKED_AFTER if sent_at + after > now), None)
