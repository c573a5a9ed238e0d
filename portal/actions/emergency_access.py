"""Opening a record in an emergency: the reason first, then the child, then the privacy lead is told."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from fhir import kept_emergencies
from fhir.codes import NHS_NUMBER
from fhir.patient import from_patient
from fhir.sights import with_plan
from fhir.store import Reader, Store, Write
from fhir.store.tables import sign_in_failures
from plans.emergency_access import EmergencyAccess, closed, opened
from plans.errors import NhsNumberInvalid, PuffinError
from plans.people import Child, nhs_number
from plans.team_task import TaskKind
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.person import Person

MOST_TRIES = 5
WITHIN = timedelta(minutes=15)
NOT_DONE = "4"  # FHIR R4, AuditEventOutcome: minor failure


class NobodyFound(PuffinError):
    """No such child here: whether the number or the day is wrong must not be told."""

    def __init__(self) -> None:
        super().__init__(
            "No child here has this NHS number and this date of birth. Check both. In an attack, call 999."
        )


class SeenAlready(PuffinError):
    def __init__(self) -> None:
        super().__init__("Your team sees this child already. Open the record from your own list.")


class TooManyTries(PuffinError):
    def __init__(self) -> None:
        super().__init__("You have tried too often. Wait 15 minutes, or phone the child's GP surgery.")


@dataclass(frozen=True)
class Typed:
    """What somebody typed: both must be exactly those of one child."""

    reason: str
    nhs_number: str
    born: date


def open_record(store: Store, typed: Typed, *, by: Person, at: datetime) -> EmergencyAccess:
    """Let somebody see one child's record for some hours, and tell the privacy lead; return the access.

    Each look for a child is kept in the audit, and each that finds nobody is counted. Whoever has it open
    already goes on.

    Raises ReasonMissing, NobodyFound, SeenAlready and TooManyTries.
    """
    who = sha256(f"emergency {by.practitioner_id}".encode()).hexdigest()
    begun = opened(
        str(uuid4()), "", typed.reason, by=by.practitioner_id, organisation_id=by.organisation_id, at=at
    )
    with store.write(by=by.ref_in_emergency, at=at) as write:
        _must_not_guess(write, who, at)
        child = _meant(write, typed)
        if child is None:
            sign_in_failures.note(write, who)
            write.audit("E", detail="look for a record in an emergency", outcome=NOT_DONE)
        elif not _is_seen(write, child, by, at):
            return _open(write, begun, child, by)
        else:
            patient = f"Patient/{child.id}"
            write.audit("E", patient, patient, "look for a record in an emergency", NOT_DONE)
    raise NobodyFound if child is None else SeenAlready


def close_record(store: Store, child_id: str, *, by: Person, at: datetime) -> None:
    """Close what somebody opened of one child; what they saw stays in the audit."""
    with store.write(by=by.ref_in_emergency, at=at) as write:
        for access in kept_emergencies.live(write, by.ref, at, child_id):
            kept_emergencies.keep_closed(write, closed(access, at))
            write.audit("U", f"Consent/{access.id}", f"Patient/{child_id}", "close the record")


def _must_not_guess(reader: Reader, who: str, now: datetime) -> None:
    failures = sign_in_failures.latest(reader, who, MOST_TRIES)
    if len(failures) == MOST_TRIES and now - failures[-1] < WITHIN:
        raise TooManyTries


def _meant(reader: Reader, typed: Typed) -> Child | None:
    try:
        number = nhs_number(typed.nhs_number)
    except NhsNumberInvalid:
        return None
    found = [from_patient(one) for one in reader.search("Patient", identifier=f"{NHS_NUMBER}|{number}")]
    born = [child for child in found if child.born == typed.born]
    return born[0] if len(found) == len(born) == 1 else None


def _is_seen(reader: Reader, child: Child, by: Person, now: datetime) -> bool:
    """Return whether the plan is theirs to read anyway: a hospital that owns a review alone has no plan."""
    sight = with_plan(f"Organization/{by.organisation_id}", now)
    return bool(reader.count("Patient", sight, _id=child.id))


def _open(write: Write, begun: EmergencyAccess, child: Child, by: Person) -> EmergencyAccess:
    there = kept_emergencies.live(write, by.ref, write.at, child.id)
    if there:
        write.audit("R", f"Consent/{there[0].id}", f"Patient/{child.id}", "open the record again")
        return there[0]
    access = replace(begun, child_id=child.id)
    kept_emergencies.keep(write, access)
    write.audit("E", f"Consent/{access.id}", f"Patient/{child.id}", "open the record in an emergency")
    raise_task(
        write,
        NewTask(
            TaskKind.ACCESS_IN_EMERGENCY,
            owner_id=child.practice_id or by.organisation_id,
            child_id=child.id,
            about=f"Consent/{access.id}",
            words=f"{by.name}, {by.job}, {by.organisation_name}: {access.reason}",
            once=access.id,
        ),
    )
    return access
