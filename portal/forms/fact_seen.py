"""What somebody types who has looked at a fact, as what is kept of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from plans.fact_seen import FactSeen
from plans.school_form import NotWhole
from plans.signals import FoundFact
from portal.forms.days import NotADay, typed_day
from portal.person import Person

LOOK_AGAIN = "look-again"


def typed_fact_seen(
    form: Mapping[str, str], child_id: str, found: FoundFact, *, by: Person, at: datetime
) -> FactSeen:
    """Return what was typed about a fact as it stands now.

    Raises NotWhole where that is not the fact as the page had it, and for no day that there is.
    """
    if any(form.get(name) != value for name, value in as_seen(found).items()):
        raise NotWhole("words", "The fact has changed since you opened this page. Read it again.")
    try:
        look_again = typed_day(form, LOOK_AGAIN)
    except NotADay:
        look_again = None
    if look_again is None:
        raise NotWhole(f"{LOOK_AGAIN}-day", "Enter a day to look again, such as 1 12 2026.")
    return FactSeen(
        id=_id(form.get("seen", "")),
        child_id=child_id,
        fact=found.signal.name,
        words=form.get("words", ""),
        look_again=look_again,
        by=by.practitioner_id,
        organisation_id=by.organisation_id,
        at=at,
        extent=found.extent,
        day=found.day,
        school_id=found.school_id,
    )


def as_seen(found: FoundFact) -> dict[str, str]:
    """Return the fields with which a form tells how far a fact was, and on which day, when it was opened."""
    return {"extent": str(found.extent), "day": found.day.isoformat() if found.day else ""}


def _id(text: str) -> str:
    """Return the id that the form was made with, so that sending it twice keeps it once."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())
