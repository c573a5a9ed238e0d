"""What a review after hospital looks at: the reviewer ticks what was done, nothing is ticked for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.errors import PuffinError


@dataclass(frozen=True)
class Looked:
    """One thing to look at, as a reviewer reads it."""

    code: str
    words: str


class NothingReviewed(PuffinError):
    """A review that says nothing of what was looked at."""

    def __init__(self) -> None:
        super().__init__("Tick what was reviewed, or write it down.")


# Source: clinical reference 2 (review after an attack, tag U): a clinician confirms each by ticking it.
CHECKLIST = (
    Looked("cause", "Cause of the attack"),
    Looked("plan", "Plan updated"),
    Looked("technique", "Inhaler technique seen"),
    Looked("adherence", "How the medicines are taken"),
    Looked("triggers", "Triggers"),
    Looked("smoking", "Smoking and vaping at home"),
    Looked("preventer-supply", "Preventer supply"),
    Looked("follow-up", "Next follow-up arranged"),
)


def what_was_reviewed(codes: Sequence[str], note: str) -> str:
    """Return what was ticked and written as one text to keep; raises NothingReviewed if it is empty."""
    ticked = [one.words for one in CHECKLIST if one.code in codes]
    said = ". ".join(part for part in ("; ".join(ticked), " ".join(note.split())) if part)
    if not said:
        raise NothingReviewed
    return said
