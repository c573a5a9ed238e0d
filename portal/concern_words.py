"""How concerns are named on pages: tables, each complete."""

from collections.abc import Mapping

from plans.concern import Concern, Happened, State, When
from portal.review_words import Tag

STATES: Mapping[State, Tag] = {
    State.SENT: Tag("Sent, nobody has seen it yet", "red"),
    State.ACKNOWLEDGED: Tag("Seen, not answered yet", "orange"),
    State.ANSWERED: Tag("Answered", "green"),
    State.WITHDRAWN: Tag("Withdrawn", "grey"),
    State.DIED: Tag("Child has died", "grey"),
}
SENT_AGAIN = Tag("Open again, nobody has seen it since", "red")
HAPPENED: Mapping[Happened, str] = {
    Happened.ACKNOWLEDGED: "Seen",
    Happened.ANSWERED: "Answered",
    Happened.DISAGREED: "Not agreed with: it is open again",
    Happened.WITHDRAWN: "Withdrawn as an error",
    Happened.DIED: "Closed, as the child has died",
    Happened.DEATH_WITHDRAWN: "Open again: the death was said in error",
}
WHEN: Mapping[When, str] = {
    When.TONIGHT: "Tonight",
    When.TODAY: "Today",
    When.BY: "By a working day and a time",
}
RUNGS: Mapping[str, str] = {
    "concern-raised": "Told at once",
    "concern-not-acknowledged": "Nobody had seen it",
    "concern-not-taken": "Nobody had seen it, so the staffed team acts",
    "concern-not-answered": "Not answered in time",
    "concern-staffed": "Not answered, so the staffed team acts",
    "concern-disagreed": "Whoever raised it did not agree with the answer",
    "concern-told-again": "Told again, as nobody has answered",
}


def tag_of(concern: Concern) -> Tag:
    """Return how a concern stands: who saw it before its answer was disagreed with counts no more."""
    is_again = concern.disagreed and concern.state is State.SENT
    return SENT_AGAIN if is_again else STATES[concern.state]
