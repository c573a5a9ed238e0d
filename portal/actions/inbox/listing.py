"""The inbox as its pages show it: each task with its child, whoever raised it, and whom to phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people
from fhir.codes import id_in
from fhir.record import Record
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import teams
from plans.death import reaches_home
from plans.people import Child
from plans.places import Organisation, Role
from plans.team_task import KINDS, Attempt, Row, TeamTask
from portal.actions.inbox.sight import covered_now, open_for
from portal.actions.review_list import name_of_person, name_of_place
from portal.person import Person

AT_HOME = "somebody at home"


@dataclass(frozen=True)
class Contact:
    """Somebody to phone: `phone` is "" where none is known."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Listed:
    """One task as a list shows it. `child` is None where there is none, or not for this person to see.

    `tried` is each attempt that reached nobody, with the name of who tried.
    """

    task: TeamTask
    child: Child | None
    raised_by: tuple[Contact, ...]
    covering_for: str
    done_by: str
    is_late: bool
    tried: tuple[tuple[str, Attempt], ...] = ()

    @property
    def row(self) -> Row:
        return KINDS[self.task.kind]

    @property
    def reaches_home(self) -> bool:
        """Return whether it is done by phoning or writing to the family."""
        return reaches_home(self.task)


def open_inbox(store: Store, by: Person, at: datetime) -> list[TeamTask]:
    """Return the open tasks of somebody's inbox, and keep who opened it when, with the audit of the list.

    Who covers a team opens its inbox too; a privacy lead reads beside the team, and opens it for nobody.
    """
    found = open_for(store, by, at)
    covered = [team.id for team in covered_now(store, by, at)]
    with store.write_beside(by=by.ref, at=at) as write:
        for id in (by.organisation_id, *covered):
            if by.role is not Role.PRIVACY_LEAD:
                teams.note_opening(write, id)
            write.audit("R", f"Organization/{id}", detail="open the inbox")
    return found


def note_reading(store: Store, by: Person, at: datetime, task: TeamTask | None = None) -> None:
    """Keep that somebody read a task, or what their team has done."""
    what = f"Task/{task.id}" if task else f"Organization/{by.organisation_id}"
    child = f"Patient/{task.child_id}" if task and task.child_id else None
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", what, child, "read a task" if task else "see what the team has done")


def listed(
    reader: Reader, record: Record, tasks: Iterable[TeamTask], person: Person, now: datetime
) -> list[Listed]:
    """Return each task with what this person may know about it, in their order."""
    some = list(tasks)
    children = record.some_of(task.child_id for task in some if task.child_id)
    return [_row(reader, task, children.get(task.child_id), person, now) for task in some]


def _row(reader: Reader, task: TeamTask, child: Child | None, person: Person, now: datetime) -> Listed:
    is_ours = task.owner_id == person.organisation_id
    return Listed(
        task=task,
        child=child,
        raised_by=_contacts(reader, task, person),
        covering_for="" if is_ours else name_of_place(reader, task.owner_id),
        done_by=name_of_person(reader, task.done_by) if task.done_by else "",
        is_late=task.is_late(now),
        tried=tuple((name_of_person(reader, one.by), one) for one in task.attempts),
    )


def _contacts(reader: Reader, task: TeamTask, person: Person) -> tuple[Contact, ...]:
    """Return who raised a task, once for each place where they can be phoned; nobody where Puffin did."""
    kind, _, id = task.raised_by.partition("/")
    if kind == "Practitioner":
        return _professional(reader, id)
    if kind == "Organization":
        return tuple(_at_place("", place) for place in _places(reader, [id]))
    if kind == "RelatedPerson":
        return (_at_home(reader, task, id, person),)
    return (Contact("the young person"),) if kind == "Patient" else ()


def _professional(reader: Reader, id: str) -> tuple[Contact, ...]:
    name = name_of_person(reader, id)
    roles = reader.search("PractitionerRole", practitioner=f"Practitioner/{id}", active="true")
    works_at = dict.fromkeys(id_in(role["organization"]) for role in roles)
    return tuple(_at_place(name, place) for place in _places(reader, works_at)) or (Contact(name),)


def _at_place(name: str, place: Organisation) -> Contact:
    return Contact(f"{name}, {place.name}" if name else place.name, place.phone)


def _places(reader: Reader, ids: Iterable[str]) -> Iterable[Organisation]:
    for id in ids:
        try:
            yield kept_people.organisation(reader, id)
        except ResourceNotFound:
            continue


def _at_home(reader: Reader, task: TeamTask, id: str, person: Person) -> Contact:
    """Return who at home raised a task: no name for a school, nor for one who may not be told anything."""
    family = kept_people.family(reader, task.child_id) if task.child_id else []
    member = next((one for one in family if one.id == id and not one.barred), None)
    if member is None or person.role is Role.SCHOOL_STAFF:
        return Contact(AT_HOME)
    return Contact(f"{member.name}, {member.relationship}", member.phone)
