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

# The first place of a role is the page that it begins on.
PLACES: Mapping[Role, tuple[Place, ...]] = {
    Role.CLINICIAN: (
        CHILDREN,
        Place("Reviews due", "reviews.index"),
        ALERTS,
        Place("Medicines", "medicines.index"),
    ),
    Role.HOSPITAL: (Place("Discharges", "hospital.index"), ALERTS, CHILDREN),
    Role.SCHOOL_NURSE: (REGISTER,),
    Role.COMMUNITY_NURSE: (REGISTER,),
    Role.PHARMACIST: (REGISTER,),
    Role.SOCIAL_WORKER: (REGISTER,),
    Role.SCHOOL_STAFF: (REGISTER,),
    Role.PRIVACY_LEAD: (REGISTER,),
}


def navigation(role: Role) -> list[Link]:
    """Return the links of a role."""
    here = request.blueprint
    return [
        Link(place.text, url_for(place.endpoint), current=place.endpoint.partition(".")[0] == here)
        for place in PLACES[role]
        if place.endpoint in current_app.view_functions
    ]


def first_page(role: Role) -> str:
    """Return the address of the page that a role begins on."""
    return url_for(PLACES[role][0].endpoint)
