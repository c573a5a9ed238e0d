"""How reviews, what happens to them and their alerts are named on pages: tables, each complete."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.discharge_questions import DATE_IN_DOUBT
from plans.follow_up import State
from plans.ladder import unanswered
from plans.review_events import EventKind


@dataclass(frozen=True)
class Tag:
    """A standing in words, and the colour of its tag; the words say it without the colour."""

    words: str
    colour: str


STANDINGS: Mapping[State, Tag] = {
    State.RUNNING: Tag("Running", "blue"),
    State.HOURS_48_PASSED: Tag("48 hours have passed", "orange"),
    State.DUE_TODAY: Tag("Due today", "orange"),
    State.OVERDUE: Tag("Late", "red"),
    State.REVIEWED_IN_TIME: Tag("Done in time", "green"),
    State.REVIEWED_LATE: Tag("Done late", "yellow"),
    State.NOT_NEEDED: Tag("Not needed", "grey"),
    State.CANCELLED: Tag("Discharge cancelled", "grey"),
    State.DIED: Tag("Child has died", "grey"),
}

HAPPENED: Mapping[EventKind, str] = {
    EventKind.ACCEPTED: "Accepted",
    EventKind.CONTACT_ATTEMPTED: "Contact tried, nobody reached",
    EventKind.MESSAGE_LEFT: "Message left",
    EventKind.BOOKED: "Review booked",
    EventKind.WAS_NOT_BROUGHT: "Child was not brought",
    EventKind.REVIEW_RECORDED: "Review done",
    EventKind.NOT_NEEDED: "No review needed",
    EventKind.DISCHARGE_CANCELLED: "Discharge withdrawn",
    EventKind.DIED: "Closed, as the child has died",
    EventKind.WITHDRAWN: "Record withdrawn",
}

_RUNGS: dict[str, str] = {
    DATE_IN_DOUBT: "Date of discharge in doubt",
    "not-accepted": "Not accepted in time",
    "not-booked": "Not booked yet",
    "hours-48": "48 hours without a review",
    "due-today": "Due today",
    "overdue": "Late",
    "overdue-1-working-day": "1 working day late",
    "overdue-2-working-days": "2 working days late",
    "still-overdue": "Late, and still not seen",
}
RUNGS: Mapping[str, str] = _RUNGS | {
    unanswered(code): f"{words}: nobody answered" for code, words in _RUNGS.items()
}


@dataclass(frozen=True)
class Form:
    """How one kind of event is entered: its button, and what is asked besides; "" where nothing is."""

    button: str
    asks: str = ""
    hint: str = ""
    confirms: str = ""
    has_checklist: bool = False
    is_grave: bool = False
    reaches_home: bool = False  # whether its hint asks somebody to phone the family


# In the order of the page. A withdrawal stands beside the record that it withdraws.
FORMS: Mapping[EventKind, Form] = {
    EventKind.ACCEPTED: Form("Accept this review", confirms="The review is accepted. The hospital sees it."),
    EventKind.REVIEW_RECORDED: Form(
        "Record the review",
        asks="What else was found or agreed?",
        confirms="The review is recorded, and its clock has stopped.",
        has_checklist=True,
    ),
    EventKind.BOOKED: Form(
        "Record that it is booked",
        asks="When, and with whom?",
        hint="For example, Tuesday at 10am with the asthma nurse. Booking accepts the review too.",
        confirms="The booking is recorded. The clock runs until the review is done.",
    ),
    EventKind.CONTACT_ATTEMPTED: Form(
        "Record that nobody was reached",
        asks="How was it tried?",
        confirms="Recorded. The clock is still running.",
    ),
    EventKind.MESSAGE_LEFT: Form(
        "Record that a message was left",
        asks="With whom, or where?",
        confirms="Recorded. The clock is still running.",
    ),
    EventKind.WAS_NOT_BROUGHT: Form(
        "Record that the child was not brought",
        asks="What is done about it?",
        hint="Check the contact details, phone the family, and book again.",
        reaches_home=True,
        confirms="Recorded. The clock is still running.",
    ),
    EventKind.NOT_NEEDED: Form(
        "Record that no review is needed",
        asks="Why is no review needed?",
        hint="Only a clinician decides this. Your name and the reason are kept.",
        confirms="Recorded with your name. The clock has stopped.",
        is_grave=True,
    ),
    EventKind.DISCHARGE_CANCELLED: Form(
        "Withdraw this discharge",
        asks="Why is it withdrawn?",
        hint="For a discharge that was recorded wrongly, or did not happen.",
        confirms="The discharge is withdrawn, and its clock has stopped.",
        is_grave=True,
    ),
}
WITHDRAW = Form(
    "Withdraw this record",
    asks="Why is it withdrawn?",
    confirms="The record is withdrawn. A review that it had closed is open again, due as before.",
    is_grave=True,
)
