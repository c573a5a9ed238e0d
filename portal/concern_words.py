"""How concerns are named on pages: tables, each complete."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from plans.concern import Concern, Happened, State, When
from portal.review_words import Tag

STATES: Mapping[State, Tag] = {
    State.SENT: Tag("Sent, nobody has seen it yet", "red"),
    State.ACKNOWLEDGED: Tag("Seen by {teams}, not answered yet", "orange"),
    State.ANSWERED: Tag("Answered", "green"),
    State.WITHDRAWN: Tag("Withdrawn", "grey"),
    State.DIED: Tag("Child has died", "grey"),
}
SENT_AGAIN = Tag("Open again, nobody has seen it since", "red")
NOT_BY_OWNER = Tag("Seen by {teams}, not by the team that must act", "red")
HAPPENED: Mapping[Happened, str] = {
    Happened.READ: "Seen by a team that was told",
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


# What those read who are not told of a death: a school, and who does not see the child now.
CLOSED = Tag("Closed", "grey")
CLOSED_OR_OPENED: Mapping[Happened, str] = {
    Happened.DIED: "Closed",
    Happened.DEATH_WITHDRAWN: "Open again",
}


def happened_for(*, tells_death: bool) -> Mapping[Happened, str]:
    """Return what each thing that happened to a concern is called."""
    return HAPPENED if tells_death else {**HAPPENED, **CLOSED_OR_OPENED}


def tag_of(concern: Concern, name_of_place: Callable[[str], str], *, tells_death: bool) -> Tag:
    """Return how a concern stands, and which teams have seen it, since somebody disagreed if they did."""
    if concern.state is State.DIED and not tells_death:
        return CLOSED
    tag = STATES[concern.state]
    if concern.state is State.SENT and concern.seen_by:
        tag = NOT_BY_OWNER
    elif concern.state is State.SENT and concern.disagreed:
        tag = SENT_AGAIN
    return replace(tag, words=tag.words.format(teams=" and ".join(map(name_of_place, concern.seen_by))))
