"""The tasks of teams in the store: what each team has to do, and what was done."""

from fhir.codes import TASK_CODE, is_coded
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.team_task import CODE, from_team_task, to_team_task
from plans.team_task import TeamTask


def task(reader: Reader, id: str) -> TeamTask:
    """Return a task of a team; raises ResourceNotFound, also for a Task of another kind."""
    found = reader.read("Task", id)
    if not is_coded(found.get("code"), TASK_CODE, CODE):
        raise ResourceNotFound
    return from_team_task(found)


def is_raised(reader: Reader, id: str) -> bool:
    """Return whether a task with this id was ever raised."""
    return bool(reader.count("Task", _id=id))


def open_tasks(reader: Reader) -> list[TeamTask]:
    """Return what all teams still have to do, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, status="requested"))


def open_tasks_of(reader: Reader, *organisation_ids: str) -> list[TeamTask]:
    """Return what these teams still have to do, the earliest due first."""
    owners = [f"Organization/{id}" for id in organisation_ids]
    return _soonest_first(reader.search("Task", code=CODE, owner=owners, status="requested"))


def last_done_of(reader: Reader, organisation_id: str, most: int) -> list[TeamTask]:
    """Return what a team did or what was settled for it, the newest first, `most` at most."""
    owner, closed = f"Organization/{organisation_id}", ["completed", "cancelled"]
    found = reader.search("Task", code=CODE, owner=owner, status=closed, _sort="-modified", _count=most)
    return [from_team_task(one) for one in found]


def tasks_of(reader: Reader, organisation_id: str) -> list[TeamTask]:
    """Return all that a team has ever had to do, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, owner=f"Organization/{organisation_id}"))


def tasks_about(reader: Reader, child_id: str) -> list[TeamTask]:
    """Return every task about a child, whoever owns it, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, subject=f"Patient/{child_id}"))


def open_tasks_about(reader: Reader, *child_ids: str) -> list[TeamTask]:
    """Return what any team still has to do about these children, the earliest due first."""
    whose = [f"Patient/{id}" for id in child_ids]
    return _soonest_first(reader.search("Task", code=CODE, subject=whose, status="requested"))


def tasks_on(reader: Reader, about: str) -> list[TeamTask]:
    """Return every task about one thing (a reference), such as a team, the earliest due first."""
    return _soonest_first(reader.search("Task", code=CODE, focus=about))


def keep(write: Write, new: TeamTask) -> None:
    """Keep a new task; the audit is the caller's."""
    write.create(to_team_task(new))


def keep_changed(write: Write, changed: TeamTask) -> None:
    """Keep what became of a task; the audit is the caller's."""
    kept = write.read("Task", changed.id)
    write.update(to_team_task(changed), if_match=kept["meta"]["versionId"])


def _soonest_first(found: list[dict]) -> list[TeamTask]:
    return sorted((from_team_task(one) for one in found), key=lambda one: (one.due_at, one.id))
