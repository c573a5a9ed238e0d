"""Who has looked: a family asks, the surgery's privacy lead looks through the list, the family gets it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_audit, kept_people, kept_shares, kept_team_tasks
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.who_looked import from_communication, is_released_list, to_communication
from plans.people import Child
from plans.sharing import Basis
from plans.team_task import TaskKind, TeamTask, done
from plans.who_looked import ListChanged, Place, Released, must_stay_out, vetted
from portal.actions.family.link import Opened
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.person import Person

ANSWER = "The family has the list."


@dataclass(frozen=True)
class Request:
    """What one person at home asks: `name` is theirs."""

    task: TeamTask
    child: Child
    name: str


@dataclass(frozen=True)
class ToVet:
    """A request with the organisations that used the record, by name."""

    asked: Request
    places: tuple[Place, ...]


def asked_at(reader: Reader, opened: Opened) -> datetime | None:
    """Return since when this person waits for the list, None if they do not."""
    waiting = _waiting(reader, opened)
    return waiting.raised_at if waiting else None


def ask(store: Store, opened: Opened, *, at: datetime) -> None:
    """Ask the surgery for the list; who has asked before and still waits asks nothing new."""
    with store.write(by=opened.reader_ref, at=at) as write:
        if _waiting(write, opened) is None:
            child, owner = opened.child, opened.plan.who_answers_for(opened.child)
            raise_task(write, NewTask(TaskKind.WHO_LOOKED, owner, child.id, about=str(opened.reader_ref)))


def released_to(reader: Reader, opened: Opened) -> list[Released]:
    """Return the lists that this person got about this child, the newest first."""
    found = reader.search("Communication", recipient=str(opened.reader_ref), _sort="-sent")
    lists = [from_communication(one) for one in found if is_released_list(one)]
    return [one for one in lists if one.child_id == opened.child.id]


def open_requests(store: Store, *, by: Person, at: datetime) -> list[Request]:
    """Return what families still wait for, the earliest first; that it was seen is in the audit."""
    tasks = kept_team_tasks.open_tasks_of(store, by.organisation_id)
    found = [_request(store, one) for one in tasks if one.kind is TaskKind.WHO_LOOKED]
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{by.organisation_id}", detail="see which families ask who looked")
        for child in dict.fromkeys(one.child.id for one in found):
            write.audit("R", f"Patient/{child}", f"Patient/{child}", "see that the family asks who looked")
    return found


def to_vet(store: Store, task_id: str, *, by: Person, at: datetime) -> ToVet:
    """Return one request with all organisations that used the record; raises ResourceNotFound."""
    asked = _request(store, _task(store, task_id, by))
    places = _places(store, asked.child.id)
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Task/{task_id}", f"Patient/{asked.child.id}", "see which organisations looked")
    return ToVet(asked, tuple(sorted(places, key=lambda one: (one.name.casefold(), one.id))))


def release(
    store: Store,
    task_id: str,
    seen: Collection[str],
    left_out: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> Released:
    """Give the family the list without the organisations (by id) that are left out, each for a reason.

    `seen` are those that the privacy lead has looked through. The reasons are in the audit alone, where no
    family and no colleague comes across them.
    Raises ListChanged, LeaveOutReasonMissing, NothingLeft and ResourceNotFound.
    """
    with store.write(by=by.ref, at=at) as write:
        task = _task(write, task_id, by)
        places = _places(write, task.child_id)
        if not {place.id for place in places} <= set(seen):
            raise ListChanged
        told, kept_back = vetted(places, left_out)
        names = tuple(dict.fromkeys(place.name for place in told))
        released = Released(str(uuid4()), task.id, task.child_id, task.about, str(by.ref), at, names)
        write.create(to_communication(released))
        kept_team_tasks.keep_changed(write, done(task, answer=ANSWER, by=by.ref, at=at))
        _note(write, released, kept_back)
        return released


def _note(write: Write, released: Released, kept_back: Mapping[str, str]) -> None:
    patient = f"Patient/{released.child_id}"
    write.audit("C", f"Communication/{released.id}", patient, "give the family the list of who looked")
    for place, reason in kept_back.items():
        write.audit("U", f"Organization/{place}", patient, f"leave out of the list of who looked: {reason}")


def _waiting(reader: Reader, opened: Opened) -> TeamTask | None:
    tasks = kept_team_tasks.tasks_about(reader, opened.child.id)
    mine = [one for one in tasks if one.kind is TaskKind.WHO_LOOKED and one.about == opened.reader_ref]
    return next((one for one in mine if one.is_open), None)


def _task(reader: Reader, task_id: str, by: Person) -> TeamTask:
    """Return an open request of this team; raises ResourceNotFound."""
    task = kept_team_tasks.task(reader, task_id)
    if task.owner_id != by.organisation_id or task.kind is not TaskKind.WHO_LOOKED or not task.is_open:
        raise ResourceNotFound
    return task


def _request(reader: Reader, task: TeamTask) -> Request:
    family = kept_people.family(reader, task.child_id)
    name = next((one.name for one in family if f"RelatedPerson/{one.id}" == task.about), "")
    return Request(task, kept_people.child(reader, task.child_id), name)


def _places(reader: Reader, child_id: str) -> list[Place]:
    bases: dict[str, set[Basis]] = {}
    for share in kept_shares.shares_of(reader, child_id):
        bases.setdefault(share.reader_id, set()).add(share.basis)
    found = []
    for id, last in kept_audit.places_that_looked(reader, child_id).items():
        place = kept_people.organisation(reader, id)
        out = must_stay_out(place.kind, bases.get(id, set()))
        found.append(Place(id, place.name, place.kind, last, must_stay_out=out))
    return found
