"""Raising a concern: kept, and told to the team that must act, in one write."""

from datetime import datetime

from fhir import kept_concerns, kept_deaths, kept_people
from fhir.store import Reader, Store
from fhir.store.tables import next_looks
from plans.concern import Concern, checked
from plans.errors import PuffinError
from plans.places import Nation
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.telling import tell
from portal.person import Person


class RaisedBefore(PuffinError):
    """A form that was sent before came again in other words."""

    def __init__(self) -> None:
        super().__init__(
            "This concern was sent before and is kept as it was. To raise another one, open the page again."
        )


def raise_concern(
    store: Store, concern: Concern, *, by: Person, at: datetime, holidays_for: HolidaysFor
) -> Concern:
    """Keep a concern and tell the team that must act; the same form sent again changes nothing.

    Whether `by` sees the child is for the caller to know. Raises NotWhole, RaisedBefore and ChildHasDied.
    """
    with store.write(by=by.ref, at=at) as write:
        child = kept_people.child(write, concern.child_id)
        nation = kept_people.organisation(write, child.practice_id).nation if child.practice_id else None
        new = checked(concern, holidays_for(nation or Nation.ENGLAND_AND_WALES))
        if kept_concerns.is_kept(write, new.id):
            return _the_same(kept_concerns.concern(write, new.id), new)
        kept_concerns.keep(write, new)
        write.audit("C", f"Task/{new.id}", f"Patient/{new.child_id}", "raise a concern")
        looked = tell(write, new, at, holidays_for)
        if looked.next_at:
        kept_deaths.must_not_be_confirmed(write, new.child_id)
            next_looks.put(write, kept_concerns.LOOK, new.id, looked.next_at)
        return kept_concerns.concern(write, new.id)


def _the_same(kept: Concern, new: Concern) -> Concern:
    said = [(one.child_id, one.words, one.how_safe, one.when, one.raised_by) for one in (kept, new)]
    if said[0] != said[1]:
        raise RaisedBefore
    return kept
