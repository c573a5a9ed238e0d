"""What opens without an account: a person's own link, and the few addresses for anybody. A test asks each."""

from collections.abc import Mapping
from enum import StrEnum

from plans.content import Copy
from plans.sharing import Reader


class Link(StrEnum):
    """What a link has to do with somebody who is past the door of their own, and asks for it."""

    OWN = "own"
    ENDED = "ended"  # their own; its share was stopped in mid-visit
    OF_ANOTHER_PARENT = "another parent's"  # to the same plan
    OF_ANOTHER_CHILD = "another child's"


class Answer(StrEnum):
    """What somebody gets at an address of a link."""

    OPENS = "opens"
    CARD = "card"  # sent to the emergency card, which is all that they are given
    DOOR = "door"  # asked for the date of birth, and told nothing
    NOT_THERE = ""  # the same as a link that was never made


# The way in and out: it asks, and says the child's name to whoever knows the date of birth.
DOOR = frozenset({"back", "child", "close", "code", "confirm", "prove", "prove_code", "send_code", "show"})
CARD = frozenset({"card_to_save", "emergency", "emergency_pdf", "save_card"})
PLAN = frozenset(
    {"answer", "ask", "ask_who_looked", "asking", "copy", "keep", "pdf", "questions", "read"}
    | {"telling", "told", "who_looked", "words"}
)
# What the link of each kind of reader opens beyond the door. A new kind of reader needs a row.
OPENED_BY_LINK: Mapping[Reader, frozenset[str]] = {
    Reader.FAMILY: PLAN | CARD,
    Reader.CARER: CARD,
    Reader.YOUNG_PERSON: PLAN | CARD,
}
PRINTED_BY_LINK: Mapping[Reader, frozenset[Copy]] = {
    Reader.FAMILY: frozenset({Copy.FAMILY, Copy.CHILD, Copy.WALLET, Copy.DISCHARGE, Copy.EMERGENCY}),
    Reader.CARER: frozenset({Copy.EMERGENCY}),
    Reader.YOUNG_PERSON: frozenset({Copy.FAMILY, Copy.CHILD, Copy.WALLET, Copy.DISCHARGE, Copy.EMERGENCY}),
}

# Addresses for anybody, signed in or not: what they show. None of them says the name of a child.
FOR_ANYBODY: Mapping[str, str] = {
    "copies.show": "The code on paper: whether this copy is the newest, and nothing else.",
    "health.show": "Whether the portal and its worker are alive.",
    "phone.show": "The shell of a card that a family saved to its phone: it holds nothing by itself.",
    "phone.worker": "The script of that shell.",
    "sign_in.choose": "Where somebody who is signed in works now; else the way to signing in.",
    "sign_in.home": "The first page of whoever is signed in; else the way to signing in.",
    "sign_in.show": "Asks for the username and the password.",
    "sign_in.sign_in": "Begins a session.",
    "sign_in.work_there": "Goes on in a place of somebody who is signed in.",
}


def answer_of(endpoint: str, reader: Reader, link: Link) -> Answer:
    """Return what a reader gets at an address of a link, by the name of its view without the journey."""
    if link is Link.ENDED:
        return Answer.NOT_THERE
    if link is not Link.OWN or endpoint == "back":
        return Answer.DOOR
    return Answer.OPENS if endpoint in DOOR | OPENED_BY_LINK[reader] else Answer.CARD
