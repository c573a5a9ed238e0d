"""What a GP record says of where a child is now: followed, unless what is known here is newer."""

from collections.abc import Sequence

from fhir import kept_people
from fhir.patient import from_patient, with_practice, with_school
from fhir.store import Reader, Write
from fhir.store.tables import moves
from plans.moves import Move, MoveKind, MoveState
from plans.people import Child
from plans.working_days import uk_day
from portal.actions.moves.handing_over import follow_record
from portal.actions.moves.school import begin, has_left_a_school


def as_known(reader: Reader, patient: dict, known: dict) -> dict:
    """Return the Patient of a record from elsewhere, but not at a place that they have left since.

    Such a record was written before the move. Any other place than those that were left is taken, but a
    school to which a move is planned only once its day has come.
    """
    ours, theirs = from_patient(known), from_patient(patient)
    made = moves.of_child(reader, ours.id)
    done = [one for one in made if one.state is MoveState.DONE]
    is_before = _is_from_before(done, MoveKind.SCHOOL, theirs.school_id, ours.school_id)
    if is_before or _is_planned(made, theirs.school_id):
        patient = with_school(patient, ours.school_id)
    if _is_from_before(done, MoveKind.PRACTICE, theirs.practice_id, ours.practice_id):
        patient = with_practice(patient, ours.practice_id)
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


def _is_from_before(done: Sequence[Move], kind: MoveKind, said: str, now: str) -> bool:
    """Return whether a record names a place that was left, while the child is where the last move led."""
    made = [one for one in done if one.kind is kind]
    return bool(made) and made[0].to_id == now and bool(said) and said in {one.from_id for one in made}


def _is_planned(made: Sequence[Move], school_id: str) -> bool:
    """Return whether somebody has planned that the child moves to this school, on a day to come."""
    planned = {one.to_id for one in made if one.kind is MoveKind.SCHOOL and one.is_open}
    return bool(school_id) and school_id in planned
