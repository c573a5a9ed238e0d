"""Raising a concern: kept, and told to the team that must act, in one write."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_concerns, kept_deaths, kept_people
from fhir.store import Reader, Store
from fhir.store.tables import next_looks
from plans.concern import SAFEST, Concern, When, checked, end_of, rungs
from plans.errors import PuffinError
from plans.places import Nation
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.teams import teams_for
from portal.actions.concerns.telling import tell, whom_to_tell
from portal.person import Person
from portal.policy import policy_here


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
        kept_deaths.must_not_be_confirmed(write, new.child_id)
        kept_concerns.keep(write, new)
        write.audit("C", f"Task/{new.id}", f"Patient/{new.child_id}", "raise a concern")
        looked = tell(write, new, at, holidays_for)
        if looked.next_at:
            next_looks.put(write, kept_concerns.LOOK, new.id, looked.next_at)
        return kept_concerns.concern(write, new.id)


@dataclass(frozen=True)
class Path:
    """Whom a concern about a child would be told to if it were raised now, ids, the one who must act first.

    `first` is the team meant to act first, also where it is closed today and another one acts.
    """

    usual: tuple[str, ...]
    urgent: tuple[str, ...]
    first: str
    staffed: str


def path_from(reader: Reader, child_id: str, by: Person, at: datetime, holidays_for: HolidaysFor) -> Path:
    """Return where a concern would go that somebody raised about a child now."""

    def told(how_safe: int) -> tuple[str, ...]:
        new = Concern(
            str(uuid4()), child_id, "", how_safe, When.TODAY, end_of(When.TODAY, at), str(by.ref), by.role,
            by.organisation_id, at,
        )  # fmt: skip
        (first, *_) = rungs(new, policy_here().numbers("concern"), at)
        return whom_to_tell(reader, new, first, at, holidays_for)

    them = teams_for(reader, kept_people.child(reader, child_id), by.role, by.organisation_id, at)
    return Path(told(SAFEST), told(0), them.first, them.staffed)


def _the_same(kept: Concern, new: Concern) -> Concern:
    said = [(one.child_id, one.words, one.how_safe, one.when, one.raised_by) for one in (kept, new)]
    if said[0] != said[1]:
        raise RaisedBefore
    return kept
