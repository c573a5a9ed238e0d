"""The deaths that were said of children in the store, and what they end and hold back."""

from collections.abc import Collection, Iterable
from datetime import datetime

from fhir import kept_team_tasks
from fhir.codes import TASK_CODE, id_in, is_coded
from fhir.death_task import CODE, from_death_task, to_death_task
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks
from plans.death import ChildHasDied, Death, Mark, State
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


def is_said(reader: Reader, id: str) -> bool:
    """Return whether this is the id of a death that was said, and not that of a child."""
    return bool(reader.count("Task", _id=id, code=CODE))


def ids_to_confirm(reader: Reader) -> set[str]:
    """Return the ids of the deaths that nobody has confirmed or withdrawn yet.

    Where a child's record alone says a death, with a day, that of the child stands for it.
    """
    open_or_final = reader.search("Task", code=CODE, status=["requested", "completed"])
    settled = {id_in(one["for"]) for one in open_or_final}
    on_record = {one.id for one in reader.values("Patient", "death-date")}
    return {one["id"] for one in open_or_final if one["status"] == "requested"} | (on_record - settled)


def has_died(reader: Reader, child_id: str) -> bool:
    """Return whether a child has died: confirmed here, or said by a record that was brought in.

    Such a record may be wrong: it holds back and asks, and nothing may be closed or ended by it.
    """
    return bool(_on_record(reader, [child_id])) or is_confirmed(reader, child_id)


def is_confirmed(reader: Reader, child_id: str) -> bool:
    """Return whether two people have said that a child has died, whatever a record says."""
    return bool(reader.count("Task", code=CODE, subject=f"Patient/{child_id}", status="completed"))


def confirmed_ids(reader: Reader) -> set[str]:
    """Return the ids of all children of whom two people have said that they have died."""
    return {id_in(one["for"]) for one in reader.search("Task", code=CODE, status="completed")}


def must_not_be_confirmed(reader: Reader, child_id: str) -> None:
    """Raise ChildHasDied where two people have said so: nothing new is begun for the child."""
    if is_confirmed(reader, child_id):
        raise ChildHasDied


def marks(reader: Reader, child_ids: Iterable[str]) -> dict[str, Mark]:
    """Return what lists say beside those of these children of whom a death is confirmed or in question.

    By the child's id. It asks the store as often for a thousand children as for one.
    """
    ids = {id for id in child_ids if id}
    if not ids:
        return {}
    asked_about = {*_on_record(reader, ids), *_told_by_discharge(reader, ids)}
    found = {id: Mark(is_confirmed=False) for id in asked_about}
    whose = [f"Patient/{id}" for id in ids]
    for task in reader.search("Task", code=CODE, subject=whose, status=["requested", "completed"]):
        said = from_death_task(task)
        found[said.child_id] = Mark(said.state is State.CONFIRMED, said.said_by)
    return found


def only_a_record_says(reader: Reader, child_id: str) -> bool:
    """Return whether a record that was brought in says a death, and nobody here has said it."""
    return is_on_record(reader, child_id) and standing(reader, child_id) is None


def is_on_record(reader: Reader, child_id: str) -> bool:
    """Return whether a child has died as their own record says, rightly or not."""
    return bool(_on_record(reader, [child_id]))


def denied_at(reader: Reader, child_id: str) -> list[datetime]:
    """Return when somebody said that the child lives, whoever or whatever had said a death."""
    withdrawn = [one.withdrawn_at for one in deaths_of(reader, child_id) if one.withdrawn_at]
    asked = kept_team_tasks.tasks_on(reader, f"Patient/{child_id}")
    alive = [one.done_at for one in asked if one.kind is TaskKind.CONFIRM_DEATH and not one.is_settled]
    return sorted([*withdrawn, *(at for at in alive if at)])


def is_in_question(reader: Reader, child_id: str) -> bool:
    """Return whether somebody or a record says a death, or a discharge speaks of one, and nobody settled it.

    What was to go out waits for it.
    """
    if reader.count("Task", code=CODE, subject=f"Patient/{child_id}", status="requested"):
        return True
    if _told_by_discharge(reader, [child_id]):
        return True
    return bool(_on_record(reader, [child_id])) and not is_confirmed(reader, child_id)


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
    died = {"deceasedDateTime": changed.died_on.isoformat()} if changed.state is State.CONFIRMED else {}
    _keep_on_record(write, changed.child_id, died)
    next_looks.put_at_once(write, LOOK, changed.id)


def keep_asked(write: Write, child_id: str) -> None:
    """Let the worker look at once, and each day, at a death that the record of a child alone says."""
    next_looks.put_at_once(write, LOOK, child_id)


def without_death(patient: dict) -> dict:
    """Return a Patient that says nothing of a death."""
    return {name: value for name, value in patient.items() if not name.startswith("deceased")}


def keep_alive(write: Write, child_id: str) -> None:
    """Take the death off the child's own record: somebody has found that the child lives; likewise."""
    _keep_on_record(write, child_id, {})


def _keep_on_record(write: Write, child_id: str, died: dict[str, str]) -> None:
    patient = write.read("Patient", child_id)
    write.update(without_death(patient) | died, if_match=patient["meta"]["versionId"])


def _on_record(reader: Reader, child_ids: Collection[str]) -> set[str]:
    """Return which of these children have died as their own record says, rightly or not."""
    found = reader.search("Patient", _id=list(child_ids))
    return {one["id"] for one in found if one.get("deceasedDateTime") or one.get("deceasedBoolean")}


def _told_by_discharge(reader: Reader, child_ids: Collection[str]) -> set[str]:
    """Return of which of these children a discharge speaks of a death that nobody has settled yet."""
    tasks = kept_team_tasks.open_tasks_about(reader, *child_ids)
    return {one.child_id for one in tasks if one.kind is TaskKind.DISCHARGE_AFTER_DEATH}
