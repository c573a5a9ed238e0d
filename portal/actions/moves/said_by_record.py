"""What a GP record says of where a child is now: followed, unless what is known here is newer."""

from collections.abc import Sequence

from fhir import kept_people, kept_team_tasks
from fhir.patient import from_patient, with_practice, with_school
from fhir.store import Reader, Write
from fhir.store.tables import moves
from plans.moves import Move, MoveKind, MoveState
from plans.people import Child
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.discharge.places import is_staffed
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.moves import practice
from portal.actions.moves.handing_over import end_waiting, follow_record
from portal.actions.moves.school import begin, has_left_a_school, place


def as_known(write: Write, patient: dict, known: dict) -> dict:
    """Return the Patient of a record from elsewhere, but not at a place that they have left since.

    Such a record was written before the move, or the child is back: the practice is told to find out. Any
    other place is taken, but a school to which a move is planned only once its day has come, and a practice
    where nobody works only once somebody there has accepted the child.
    """
    ours, theirs = from_patient(known), from_patient(patient)
    made = moves.of_child(write, ours.id)
    overruled = []
    if _is_from_before(made, MoveKind.SCHOOL, theirs.school_id, ours.school_id):
        overruled.append(theirs.school_id)
        patient = with_school(patient, ours.school_id)
    elif _is_planned(made, theirs.school_id):
        patient = with_school(patient, ours.school_id)
    if _is_from_before(made, MoveKind.PRACTICE, theirs.practice_id, ours.practice_id):
        overruled.append(theirs.practice_id)
        patient = with_practice(patient, ours.practice_id)
    elif _is_nobody_there(write, theirs.practice_id, ours.practice_id):
        _wait_for(write, ours, theirs.practice_id)
        patient = with_practice(patient, ours.practice_id)
    for place_id in overruled:
        _say_overruled(write, from_patient(patient), place_id)
    return patient


def follow(write: Write, was: Child) -> None:
    """Carry out what a record that was just kept says of a child who `was` elsewhere: both are moves.

    What is open goes to the practice where the child is now; the former school, and its nurses, lose the
    plan. A first school that was not known is no move.
    """
    follow_record(write, was.id, was.practice_id)
    now = kept_people.child(write, was.id)
    if now.school_id != was.school_id and (was.school_id or has_left_a_school(write, was.id)):
        begin(write, was, now.school_id, uk_day(write.at))


def _is_from_before(made: Sequence[Move], kind: MoveKind, said: str, now: str) -> bool:
    """Return whether a record names a place that was left, while the child is where the last move led."""
    done = [one for one in made if one.kind is kind and one.state is MoveState.DONE]
    return bool(done) and done[0].to_id == now and bool(said) and said in {one.from_id for one in done}


def _is_planned(made: Sequence[Move], school_id: str) -> bool:
    """Return whether somebody has planned that the child moves to this school, on a day to come."""
    planned = {one.to_id for one in made if one.kind is MoveKind.SCHOOL and one.is_open}
    return bool(school_id) and school_id in planned


def _is_nobody_there(reader: Reader, said: str, now: str) -> bool:
    """Return whether a record takes a child away from a practice that is staffed to one that is not."""
    return bool(said) and said != now and is_staffed(reader, now) and not is_staffed(reader, said)


def _wait_for(write: Write, child: Child, practice_id: str) -> None:
    """Offer a child to a practice where nobody works yet, and tell the one that keeps the child."""
    waiting = moves.of_child(write, child.id)
    if any(one.is_open and one.kind is MoveKind.PRACTICE and one.to_id == practice_id for one in waiting):
        return
    new = kept_people.organisation(write, practice_id)
    end_waiting(write, child.id, practice_id)
    practice.begin(write, child, new, new.code, uk_day(write.at))
    words = (
        f"A GP record says that this child is registered with {new.name} now. Nobody there uses Puffin yet, "
        "so the child and all that is open stay yours until they accept. Phone them and tell them what is "
        "open."
    )
    _tell(write, child, words)


def _say_overruled(write: Write, child: Child, place_id: str) -> None:
    words = (
        f"A GP record says that this child is at {place(write, place_id).name}, which they have left by what "
        "is known here. Nothing was changed. Find out where the child is; if they are back, record the move."
    )
    _tell(write, child, words)


def _tell(write: Write, child: Child, words: str) -> None:
    """Raise a task for the practice of a child, unless one that says the same is open."""
    known = kept_team_tasks.tasks_about(write, child.id)
    if child.practice_id and not any(one.is_open and one.words == words for one in known):
        new = NewTask(TaskKind.CHECK_CHILD, child.practice_id, child.id, f"Patient/{child.id}", words)
        raise_task(write, new)
