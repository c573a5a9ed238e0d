"""A child who registers with another practice: nothing changes hands until the next practice has accepted.

Until then the child, the reviews and the tasks are the old practice's, which alone knows of them. Where the
next practice is not here they stay so, and are offered to it on the day on which it comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_people, kept_reviews, kept_team_tasks
from fhir.patient import with_practice
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import moves
from plans.moves import Move, MoveKind, MoveRefused, MoveState, must_be_possible
from plans.people import Child
from plans.places import Organisation, OrganisationKind
from plans.review_events import SYSTEM
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.moves.handing_over import hand_over
from portal.actions.moves.school import place, seen_child
from portal.actions.one_by_one import one_by_one
from portal.actions.places import by_code
from portal.person import Person


class NotAPractice(MoveRefused):
    def __init__(self) -> None:
        super().__init__("The place with this code is not a GP practice. Check the code.")


@dataclass(frozen=True)
class Going:
    """A child on the way between two practices; `open_reviews` go along once the child is accepted."""

    move: Move
    child: Child
    old: Organisation
    new: Organisation
    open_reviews: int


def practice_with(reader: Reader, code: str) -> Organisation | None:
    """Return the practice with this ODS code, None where it is not here or no code was typed.

    Raises CodeInvalid and NotAPractice.
    """
    found = by_code(reader, code) if code else None
    if found and found.kind is not OrganisationKind.PRACTICE:
        raise NotAPractice
    return found


def leave_practice(store: Store, child_id: str, code: str, on_day: date, *, by: Person, at: datetime) -> Move:
    """Record that a child has left this practice for the one with an ODS code, "" where nobody knows it.

    A practice that is here is asked to accept the child. Raises MoveRefused, CodeInvalid, and
    ResourceNotFound for whom they do not see.
    """
    with store.write(by=by.ref, at=at) as write:
        child = seen_child(write, child_id, by)
        new = practice_with(write, code)
        must_be_possible(
            from_id=child.practice_id, to_id=new.id if new else "", on_day=on_day, today=uk_day(at)
        )
        if any(one.is_open for one in _of_practices(write, child_id)):
            raise MoveRefused("A move to another practice is recorded already. Take that one back first.")
        return begin(write, child, new, code, on_day)


def offer_waiting(store: Store, *, now: datetime, by: str = SYSTEM) -> int:
    """Offer each child to a practice that was not here when they left for it; return how many.

    A child whose code turns out to be no practice's stays among those who have left the old practice. A
    fault with one keeps no other waiting.
    """

    def offer(move: Move) -> list[Move]:
        new = _practice_now(store, move)
        if new is None or new.id == move.from_id:
            return []
        with store.write(by=by, at=now) as write:
            if moves.by_id(write, move.id).state is not MoveState.PLANNED:
                return []
            _offer(write, move, kept_people.child(write, move.child_id), new)
        return [move]

    planned = (one for one in moves.open_moves(store, MoveKind.PRACTICE) if one.state is MoveState.PLANNED)
    return len(one_by_one(planned, offer))


def coming(store: Store, *, by: Person, at: datetime) -> list[Going]:
    """Return the children whom another practice says are registered here now, each seen with its audit."""
    with store.write_beside(by=by.ref, at=at) as write:
        found = [one for one in _on_the_way(write) if one.move.to_id == by.organisation_id]
        _note(write, found, by)
    return found


def leaving(store: Store, *, by: Person, at: datetime) -> list[Going]:
    """Return the children who have left this practice and whom no other has accepted yet."""
    with store.write_beside(by=by.ref, at=at) as write:
        found = [one for one in _on_the_way(write) if one.move.from_id == by.organisation_id]
        _note(write, found, by)
    return found


def accept(store: Store, move_id: str, *, by: Person, at: datetime) -> None:
    """Take a child over with every open review and concern, alerts and tasks, and into the circle.

    Raises ResourceNotFound.
    """
    with store.write(by=by.ref, at=at) as write:
        move = _offered_to(write, move_id, by)
        ref = f"Patient/{move.child_id}"
        patient = write.read("Patient", move.child_id)
        write.update(with_practice(patient, move.to_id), if_match=patient["meta"]["versionId"])
        write.audit("U", ref, ref, "accept a child from another practice")
        hand_over(write, move.child_id, move.from_id, move.to_id, is_accepted=True)
        moves.end(write, move.id, MoveState.DONE)
        settle(write, kept_team_tasks.task(write, move.task_id), "The practice has accepted the child.")


def refuse(store: Store, move_id: str, *, by: Person, at: datetime) -> None:
    """Say that a child is not registered here: the old practice is told; raises ResourceNotFound."""
    with store.write(by=by.ref, at=at) as write:
        move = _offered_to(write, move_id, by)
        ref = f"Patient/{move.child_id}"
        moves.end(write, move.id, MoveState.REFUSED)
        write.audit("U", ref, ref, "say that a child is not registered here")
        settle(write, kept_team_tasks.task(write, move.task_id), "The practice does not have the child.")
        words = (
            f"{by.organisation_name} says that this child is not registered there. The child is still yours."
        )
        raise_task(write, NewTask(TaskKind.CHECK_CHILD, move.from_id, move.child_id, ref, words, move.id))


def take_back(store: Store, move_id: str, *, by: Person, at: datetime) -> None:
    """Take back that a child has left, as long as nobody has accepted them; raises ResourceNotFound."""
    with store.write(by=by.ref, at=at) as write:
        move = moves.by_id(write, move_id)
        if move.kind is not MoveKind.PRACTICE or move.from_id != by.organisation_id or not move.is_open:
            raise ResourceNotFound
        ref = f"Patient/{move.child_id}"
        moves.end(write, move.id, MoveState.WITHDRAWN)
        write.audit("U", ref, ref, "take back that a child has left the practice")
        if move.task_id:
            settle(write, kept_team_tasks.task(write, move.task_id), "The other practice took it back.")


def begin(write: Write, child: Child, new: Organisation | None, code: str, on_day: date) -> Move:
    """Keep that a child has left for the practice with an ODS code, and return the move.

    `new` is that practice where it is here: it is asked to accept the child.
    """
    kept = moves.add(
        write,
        Move(
            id="",
            kind=MoveKind.PRACTICE,
            child_id=child.id,
            from_id=child.practice_id,
            to_id="",
            on_day=on_day,
            state=MoveState.PLANNED,
            recorded_by=write.by,
            recorded_at=write.at,
            to_code=code,
        ),
    )
    write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "record a move to another practice")
    if new:
        _offer(write, kept, child, new)
    return moves.by_id(write, kept.id)


def _practice_now(reader: Reader, move: Move) -> Organisation | None:
    try:
        return practice_with(reader, move.to_code)
    except NotAPractice:
        return None  # the children who come after this one must not wait for it


def _of_practices(reader: Reader, child_id: str) -> list[Move]:
    return [one for one in moves.of_child(reader, child_id) if one.kind is MoveKind.PRACTICE]


def _offer(write: Write, move: Move, child: Child, new: Organisation) -> None:
    old = place(write, move.from_id).name
    words = (
        f"This child of {old} is said to be registered with you now. Look at them under Children who move."
    )
    new_task = NewTask(TaskKind.CHILD_COMING, new.id, child.id, f"Patient/{child.id}", words, move.id)
    task = raise_task(write, new_task)
    moves.offer(write, move.id, to_id=new.id, task_id=task.id)
    write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "offer a child to the next practice")


def _offered_to(reader: Reader, move_id: str, by: Person) -> Move:
    move = moves.by_id(reader, move_id)
    is_ours = move.kind is MoveKind.PRACTICE and move.to_id == by.organisation_id
    if not is_ours or move.state is not MoveState.OFFERED:
        raise ResourceNotFound
    return move


def _on_the_way(reader: Reader) -> Iterator[Going]:
    for move in moves.open_moves(reader, MoveKind.PRACTICE):
        reviews = kept_reviews.open_reviews_of_child(reader, move.child_id)
        yield Going(
            move=move,
            child=kept_people.child(reader, move.child_id),
            old=place(reader, move.from_id),
            new=place(reader, move.to_id),
            open_reviews=sum(one.owner_id == move.from_id for one in reviews),
        )


def _note(write: Write, found: list[Going], by: Person) -> None:
    write.audit("R", f"Organization/{by.organisation_id}", detail="see the children who move")
    for one in found:
        write.audit("R", f"Patient/{one.child.id}", f"Patient/{one.child.id}", "see a child who moves")
