"""Discharges that wait for a person: their child is not known here for certain, or something is amiss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fhir import kept_people
from fhir.store import Reader, Write
from fhir.store.tables import incoming, next_looks
from fhir.store.tables.incoming import Incoming, NewIncoming
from plans.discharge_questions import is_implausible
from portal.actions.discharge.told import Told, fields_of, told_from

KIND = "discharge"
LOOK = "waiting-discharge"  # its kind among what the worker looks at


class Reason(StrEnum):
    """Why a person must look."""

    NO_NUMBER = "no-nhs-number"
    UNKNOWN_CHILD = "unknown-child"
    BORN_DIFFERS = "date-of-birth-differs"
    TWO_CHILDREN = "two-children"
    NO_TIME = "no-time"
    DATE_PAST_CALENDAR = "date-past-calendar"
    NOBODY_TO_OWN = "nobody-to-own"
    NO_SUCH_DISCHARGE = "no-such-discharge"
    DIED = "died"


# Whoever types a number is not told whether it is known here: a wrong one reads as a wrong birthday.
NO_SUCH_CHILD = (
    "No child here has this NHS number and this date of birth. "
    "Check both, or ask the practice to add the child."
)
SENTENCES: Mapping[Reason, str] = {
    Reason.NO_NUMBER: "The NHS number is missing. Find it, then match the discharge to the child.",
    Reason.UNKNOWN_CHILD: NO_SUCH_CHILD,
    Reason.BORN_DIFFERS: NO_SUCH_CHILD,
    Reason.TWO_CHILDREN: "Two records here have this NHS number. Ask the practice which one is right.",
    Reason.NO_TIME: "The time of discharge is missing. The clock runs from when we were told. Add the time.",
    Reason.DATE_PAST_CALENDAR: "The date cannot be right. The clock runs from when we were told. Correct it.",
    Reason.NOBODY_TO_OWN: "Neither hospital nor practice is known here, so nobody owns the review yet.",
    Reason.NO_SUCH_DISCHARGE: "Nobody told us of the discharge that this is about. Ask where the child is.",
    Reason.DIED: (
        "It says, or the record does, that the child has died. No review is looked for. Check it. "
        "If the child is alive, record the discharge yourself."
    ),
}


@dataclass(frozen=True)
class Waiting:
    """A discharge that waits. `owner` is their name or code as told where `owner_id` is "".

    `clock_from` and `due` are None where nothing says that a child has left hospital.
    """

    id: str
    told: Told
    reason: Reason
    owner_id: str
    owner: str
    received_at: datetime
    clock_from: datetime | None = None
    due: date | None = None
    matched_to: str = ""

    @property
    def is_date_doubtful(self) -> bool:
        """Whether the child is said to have left at a time that may be a slip."""
        left = self.told.notice.discharged_at
        return left is not None and is_implausible(left, self.received_at)


@dataclass(frozen=True)
class NewWaiting:
    """A discharge that is to wait, see Waiting."""

    told: Told
    reason: Reason
    owner_id: str
    owner: str
    clock_from: datetime | None = None
    due: date | None = None


def wait(write: Write, new: NewWaiting) -> Waiting:
    """Keep a discharge for a person and return it; the one kept before, where there is one."""
    same = find(write, new.told)
    if same:
        return same
    fields = fields_of(new.told) | {
        "owner": new.owner,
        "clock_from": new.clock_from.isoformat() if new.clock_from else "",
        "due": new.due.isoformat() if new.due else "",
    }
    visit = new.told.notice.visit or None
    kept = NewIncoming(KIND, new.told.text, new.reason, fields, new.owner_id or None, number=visit)
    waits = waiting_from(incoming.keep(write, kept))
    next_looks.put_at_once(write, LOOK, waits.id)
    return waits


def find(reader: Reader, told: Told) -> Waiting | None:
    """Return the discharge that waits already for the same visit of the same child, if there is one."""
    if not told.notice.visit:
        return None
    same_visit = incoming.numbered(reader, KIND, told.notice.visit)
    waits = (waiting_from(one) for one in same_visit if one.matched_at is None)
    return next((one for one in waits if _is_same(one.told, told)), None)


def waiting(reader: Reader, id: str) -> Waiting:
    """Return one discharge, matched or not; raises ResourceNotFound."""
    return waiting_from(incoming.by_id(reader, id))


def all_waiting(reader: Reader) -> list[Waiting]:
    """Return what waits, the oldest first."""
    return [waiting_from(one) for one in incoming.open_list(reader) if one.kind == KIND]


def ids_of_waiting(reader: Reader) -> list[str]:
    """Return the id of everything that waits."""
    return [one.id for one in all_waiting(reader)]


def waiting_for(reader: Reader, organisation_id: str) -> list[Waiting]:
    """Return what waits for the people of an organisation: as its owner, or as the practice that it names."""
    code = kept_people.organisation(reader, organisation_id).code
    return [one for one in all_waiting(reader) if is_for(one, organisation_id, code)]


def is_for(one: Waiting, organisation_id: str, code: str) -> bool:
    """Return whether a discharge waits for this organisation, whose ODS code this is."""
    return organisation_id == one.owner_id or bool(code and code == one.told.notice.practice_code)


def waiting_from(kept: Incoming) -> Waiting:
    """Return a kept message as the discharge that it tells of."""
    clock_from, due = kept.fields["clock_from"], kept.fields["due"]
    return Waiting(
        id=kept.id,
        told=told_from(kept.fields, kept.text),
        reason=Reason(kept.reason),
        owner_id=kept.owner_organisation_id or "",
        owner=kept.fields["owner"],
        received_at=kept.received_at,
        clock_from=datetime.fromisoformat(clock_from) if clock_from else None,
        due=date.fromisoformat(due) if due else None,
        matched_to=kept.matched_to or "",
    )


def _is_same(one: Told, other: Told) -> bool:
    """Return whether both tell the same thing of the same visit; a cancellation is not its discharge."""
    return (one.news, one.notice.visit, one.notice.nhs_number) == (
        other.news,
        other.notice.visit,
        other.notice.nhs_number,
    )
