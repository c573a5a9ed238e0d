"""The deaths that were said of children in the store, and what they end and hold back."""

from fhir import kept_team_tasks
from fhir.codes import TASK_CODE, is_coded
from fhir.death_task import CODE, from_death_task, to_death_task
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks
from plans.death import Death, State
from plans.team_task import TaskKind

LOOK = "death"  # its kind among what the worker looks at


def death(reader: Reader, id: str) -> Death:
    """Return a death that was said; raises ResourceNotFound, also for a Task of another kind."""
    task = reader.read("Task", id)
    if not is_coded(task.get("code"), TASK_CODE, CODE):
        raise ResourceNotFound
    return from_death_task(task)


def deaths_of(reader: Reader, child_id: str) -> list[Death]:
    """Return what was ever said of a child's death, the newest first."""
    found = reader.search("Task", code=CODE, subject=f"Patient/{child_id}")
    return sorted(
        (from_death_task(one) for one in found), key=lambda one: (one.said_at, one.id), reverse=True
    )


def standing(reader: Reader, child_id: str) -> Death | None:
    """Return the death that was said of a child and not withdrawn, None where none was."""
    found = deaths_of(reader, child_id)
    return next((one for one in found if one.state is not State.WITHDRAWN), None)


def ids_to_confirm(reader: Reader) -> set[str]:
    """Return the ids of the deaths that nobody has confirmed or withdrawn yet."""
    return {one["id"] for one in reader.search("Task", code=CODE, status="requested")}


def has_died(reader: Reader, child_id: str) -> bool:
    """Return whether a child has died: confirmed here, or said by a record that was brought in.

    Such a record may be wrong: it holds back and asks, and nothing may be closed or ended by it.
    """
    patient = reader.read("Patient", child_id)
    if patient.get("deceasedDateTime") or patient.get("deceasedBoolean"):
        return True
    return is_confirmed(reader, child_id)


def is_confirmed(reader: Reader, child_id: str) -> bool:
    """Return whether two people have said that a child has died, whatever a record says."""
    return bool(reader.count("Task", code=CODE, subject=f"Patient/{child_id}", status="completed"))


def is_in_question(reader: Reader, child_id: str) -> bool:
    """Return whether a death is said, or a discharge speaks of one, and nobody has settled it yet."""
    if reader.count("Task", code=CODE, subject=f"Patient/{child_id}", status="requested"):
        return True
    asked = kept_team_tasks.open_tasks_about(reader, child_id)
    return any(one.kind is TaskKind.DISCHARGE_AFTER_DEATH for one in asked)


def holds_back(reader: Reader, child_id: str) -> bool:
    """Return whether nobody may be prompted to phone or write to the family of a child."""
    return has_died(reader, child_id) or is_in_question(reader, child_id)


def keep(write: Write, new: Death) -> None:
    """Keep a death that is said; the audit is the caller's."""
    write.create(to_death_task(new))
    next_looks.put_at_once(write, LOOK, new.id)


def keep_changed(write: Write, changed: Death) -> None:
    """Keep what became of it, and write or take away the day on the child's own record; likewise."""
    kept = write.read("Task", changed.id)
    write.update(to_death_task(changed), if_match=kept["meta"]["versionId"])
    patient = write.read("Patient", changed.child_id)
    alive = {name: value for name, value in patient.items() if not name.startswith("deceased")}
    died = {"deceasedDateTime": changed.died_on.isoformat()} if changed.state is State.CONFIRMED else {}
    write.update(alive | died, if_match=patient["meta"]["versionId"])
    next_looks.put_at_once(write, LOOK, changed.id)
