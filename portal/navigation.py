"""What each role finds in the header, and which page each begins on."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request, url_for

from plans.places import Role


@dataclass(frozen=True)
class Place:
    text: str
    endpoint: str


@dataclass(frozen=True)
class Link:
    """`current` where the page that is shown belongs to it."""

    text: str
    url: str
    current: bool


CHILDREN = Place("Children", "children.index")
REGISTER = Place("Children", "shared.index")
ALERTS = Place("Alerts", "alerts.index")
INBOX = Place("Inbox", "inbox.index")
CONCERNS = Place("Concerns", "concerns.index")
WEEKEND = Place("Before the weekend", "weekend.index")
CLASS_LISTS = Place("Class lists", "class_lists.index")
PUPILS = Place("Pupils to check", "class_list_doubts.index")
EMERGENCY = Place("Emergency access", "emergency.index")
FACTS = Place("Facts to look at", "facts.index")
FIGURES = Place("Figures", "figures.index")
AT_SCHOOL = (Place("Children", "register.index"), INBOX, CONCERNS, Place("Emergency kits", "kits.index"))

WHO_SEES = Place("Who sees what", "who_sees.index")  # for every role, at the end

# The first place of a role is the page that it begins on.
PLACES: Mapping[Role, tuple[Place, ...]] = {
    Role.CLINICIAN: (
        CHILDREN,
        INBOX,
        Place("Reviews due", "reviews.index"),
        ALERTS,
        CONCERNS,
        WEEKEND,
        FACTS,
        Place("Medicines", "medicines.index"),
        Place("Moves", "moves.index"),
        PUPILS,
        FIGURES,
        EMERGENCY,
    ),
    Role.HOSPITAL: (
        Place("Discharges", "hospital.index"),
        INBOX,
        ALERTS,
        CONCERNS,
        WEEKEND,
        CHILDREN,
        FIGURES,
        EMERGENCY,
    ),
    Role.SCHOOL_NURSE: (*AT_SCHOOL, WEEKEND, FACTS, FIGURES, CLASS_LISTS, PUPILS),
    Role.COMMUNITY_NURSE: (REGISTER, INBOX, CONCERNS, WEEKEND),
    Role.PHARMACIST: (REGISTER, INBOX, CONCERNS),
    Role.SOCIAL_WORKER: (REGISTER, INBOX, CONCERNS),
    Role.SCHOOL_STAFF: (*AT_SCHOOL, CLASS_LISTS),
    Role.PRIVACY_LEAD: (Place("Audit", "audit.index"), INBOX),
}


# Where what is due stands, as a sentence names it: for when nobody is told of it.
WHERE_WORK_STANDS: Mapping[str, str] = {
    "hospital.index": "discharges",
    "reviews.index": "reviews due",
    "alerts.index": "alerts",
    "concerns.index": "concerns",
    "inbox.index": "the inbox",
}


def where_work_stands(role: Role) -> str:
    """Return the pages of a role on which what is due stands, as words: "concerns and the inbox"."""
    mine = {place.endpoint for place in PLACES[role]}
    *others, last = (words for endpoint, words in WHERE_WORK_STANDS.items() if endpoint in mine)
    return " and ".join([", ".join(others), last] if others else [last])


def navigation(role: Role, *, waiting: int = 0) -> list[Link]:
    """Return the links of a role, the inbox with how many tasks are waiting in it."""
    here = request.blueprint
    return [
        Link(_said(place, waiting), url_for(place.endpoint), current=place.endpoint.partition(".")[0] == here)
        for place in (*PLACES[role], WHO_SEES)
        if place.endpoint in current_app.view_functions
    ]


def first_page(role: Role) -> str:
    """Return the address of the page that a role begins on."""
    return url_for(PLACES[role][0].endpoint)


def _said(place: Place, waiting: int) -> str:
    return f"{place.text} ({waiting})" if place is INBOX and waiting else place.text
