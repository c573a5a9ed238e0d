"""A child who moves to another school: the old school's share ends that day, the new one is only proposed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from fhir import kept_people, kept_shares
from fhir.consent import from_consent
from fhir.patient import from_patient, with_school
from fhir.sights import SIGHT_OF
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import class_lists, moves
from plans.class_list_register import Pupil
from plans.moves import Move, MoveKind, MoveRefused, MoveState, must_be_possible
from plans.people import Child
from plans.places import Organisation, OrganisationKind
from plans.review_events import SYSTEM
from plans.sharing import Reader as Kind
from plans.sharing import Share, stopped
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.circle.sharing import end
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.one_by_one import one_by_one
from portal.actions.school.places import school_of
from portal.person import Person

NOWHERE = Organisation("", OrganisationKind.SCHOOL, "")


def move_school(store: Store, child_id: str, to_id: str, on_day: date, *, by: Person, at: datetime) -> Move:
    """Record that a child moves to another school on a day, "" where nobody knows yet which; return the move.

    The old school's share ends that day, and that of its nursing team where another one looks after the new
    school. Links of the family stay. Raises MoveRefused, and ResourceNotFound for whom they do not see.
    """
    with store.write(by=by.ref, at=at) as write:
        child = seen_child(write, child_id, by)
        if to_id and kept_people.organisation(write, to_id).kind is not OrganisationKind.SCHOOL:
            raise ResourceNotFound
        return begin(write, child, to_id, on_day)


def withdraw(store: Store, child_id: str, move_id: str, *, by: Person, at: datetime) -> None:
    """Take back a move to another school whose day has not come; raises ResourceNotFound and MoveRefused."""
    with store.write(by=by.ref, at=at) as write:
        seen_child(write, child_id, by)
        move = moves.by_id(write, move_id)
        if (move.child_id, move.kind) != (child_id, MoveKind.SCHOOL):
            raise ResourceNotFound
        take_back(write, move)


def leave_school(
    store: Store, school_id: str, pupil_id: str, on_day: date, *, by: Person, at: datetime
) -> None:
    """Record for a school that a pupil leaves it on a day, and the next school is not known.

    The answer is the same whether the pupil is a child with a record here or not. Raises MoveRefused and
    ResourceNotFound.
    """
    with store.write(by=by.ref, at=at) as write:
        school_of(write, by, school_id)
        pupil = class_lists.pupil_by_id(write, pupil_id)
        if pupil.school_id != school_id or pupil.left_on:
            raise ResourceNotFound
        must_be_possible(from_id=school_id, to_id="", on_day=on_day, today=uk_day(at))
        leave(write, pupil, on_day)


def leave(write: Write, pupil: Pupil, on_day: date) -> None:
    """Keep that a pupil leaves on a day, with what it means for the child whom they are."""
    class_lists.keep_pupil(write, replace(pupil, left_on=on_day))
    write.audit("U", f"Organization/{pupil.school_id}", detail="keep that a pupil leaves a school")
    if pupil.child_id:
        child = kept_people.child(write, pupil.child_id)
        if child.school_id == pupil.school_id:
            begin(write, child, _planned_next(write, child), on_day)


def carry_out_moves(store: Store, *, now: datetime, by: str = SYSTEM) -> int:
    """Carry out the moves to other schools whose day is over; return how many.

    A fault with one keeps no other waiting.
    """
    today = uk_day(now)

    def carry_out(move: Move) -> list[Move]:
        with store.write(by=by, at=now) as write:
            if moves.by_id(write, move.id).is_open:
                _carry_out(write, move)
        return [move]

    due = [one for one in moves.open_moves(store, MoveKind.SCHOOL) if one.on_day < today]
    return len(one_by_one(due, carry_out))


def history(reader: Reader, child_id: str) -> list[tuple[Move, Organisation, Organisation]]:
    """Return every move of a child, the newest first, with the places it names; NOWHERE for none."""
    return [
        (one, place(reader, one.from_id), place(reader, one.to_id))
        for one in moves.of_child(reader, child_id)
    ]


def place(reader: Reader, id: str) -> Organisation:
    """Return a place, NOWHERE for ""."""
    return kept_people.organisation(reader, id) if id else NOWHERE


def seen_child(write: Write, child_id: str, by: Person) -> Child:
    """Return a child whom somebody sees at this moment; raises ResourceNotFound."""
    sight = SIGHT_OF[by.role](f"Organization/{by.organisation_id}", write.at)
    found = write.search("Patient", sight, _id=child_id)
    if not found:
        raise ResourceNotFound
    return from_patient(found[0])


def begin(write: Write, child: Child, to_id: str, on_day: date) -> Move:
    """Keep a move in place of one that was planned; done at once if its day has come. Return it.

    Raises MoveRefused.
    """
    today = uk_day(write.at)
    must_be_possible(from_id=child.school_id, to_id=to_id, on_day=on_day, today=today)
    for planned in moves.of_child(write, child.id):
        if planned.is_open and planned.kind is MoveKind.SCHOOL:
            take_back(write, planned)
    new = Move(
        id="",
        kind=MoveKind.SCHOOL,
        child_id=child.id,
        from_id=child.school_id,
        to_id=to_id,
        on_day=on_day,
        state=MoveState.PLANNED,
        recorded_by=write.by,
        recorded_at=write.at,
    )
    move = moves.add(write, new)
    write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "record a move to another school")
    if on_day <= today:
        _carry_out(write, move)
    else:
        for share in _shares_that_end(write, move):
            if share.until is None or share.until > on_day:
                _keep_share(write, replace(share, until=on_day), "share the plan until the child moves")
    return moves.by_id(write, move.id)


def has_left_a_school(reader: Reader, child_id: str) -> bool:
    """Return whether a child who goes to no school now has left one, whose nurses may still have the plan."""
    return _school_left(reader, child_id) != ""


def take_back(write: Write, move: Move) -> None:
    """Withdraw a move that is planned, and let its shares end as they would have; raises MoveRefused."""
    if not move.is_open:
        raise MoveRefused("This move has been made already. Record the move back instead.")
    moves.end(write, move.id, MoveState.WITHDRAWN)
    write.audit("U", f"Patient/{move.child_id}", f"Patient/{move.child_id}", "take back a planned move")
    for share in _shares_that_end(write, move):
        before = _until_before(write, share, move)
        if share.until == move.on_day and before != share.until:
            _keep_share(write, replace(share, until=before), "share the plan as before a planned move")


def _planned_next(reader: Reader, child: Child) -> str:
    """Return the school to which somebody has planned that a child moves, "" for none."""
    planned = (one for one in moves.of_child(reader, child.id) if one.kind is MoveKind.SCHOOL and one.is_open)
    return next((one.to_id for one in planned), "")


def _carry_out(write: Write, move: Move) -> None:
    """Let the child go to the next school: sharing with the old one ends, the practice is asked."""
    moves.end(write, move.id, MoveState.DONE)
    child = kept_people.child(write, move.child_id)
    ref = f"Patient/{child.id}"
    if child.school_id == move.from_id:
        patient = write.read("Patient", child.id)
        write.update(with_school(patient, move.to_id), if_match=patient["meta"]["versionId"])
        write.audit("U", ref, ref, "keep which school the child goes to")
    for share in _shares_that_end(write, move):
        end(write, stopped(share, write.at), "stop sharing as the child has moved")
    # The register of the old school is its own: it says nothing of a move that the school has not told.
    _tell_practice(write, child, move)


def _tell_practice(write: Write, child: Child, move: Move) -> None:
    if not child.practice_id:
        return
    old, new = place(write, move.from_id).name, place(write, move.to_id).name
    if new:
        words = f"This child goes to {new} now. The plan is not shared there until you share it."
    else:
        words = f"This child has left {old}. The next school is not known yet: ask the family."
    raise_task(
        write,
        NewTask(TaskKind.CHILD_MOVED, child.practice_id, child.id, f"Patient/{child.id}", words, move.id),
    )


def _shares_that_end(reader: Write, move: Move) -> list[Share]:
    """Return the live shares with the old school, and with its nurses where others look after the next.

    The old school is the one that the child left last, also where nobody knew the next one at that time: its
    nurses kept the plan until now.
    """
    old, new = place(reader, move.from_id or _school_left(reader, move.child_id)), place(reader, move.to_id)
    ends = {(Kind.SCHOOL, old.id)} if old.id != new.id else set()
    if new.id and old.nursing_team_id != new.nursing_team_id:
        ends.add((Kind.SCHOOL_NURSE, old.nursing_team_id))
    live = kept_shares.live_shares_of(reader, move.child_id, reader.at)
    return [one for one in live if one.reader_id and (one.reader, one.reader_id) in ends]


def _school_left(reader: Reader, child_id: str) -> str:
    """Return the school that a child left last, "" for none that is known."""
    made = (one for one in moves.of_child(reader, child_id) if one.kind is MoveKind.SCHOOL)
    return next((one.from_id for one in made if one.state is MoveState.DONE and one.from_id), "")


def _until_before(reader: Reader, share: Share, move: Move) -> date | None:
    """Return until when a share was to last before a move was planned."""
    versions: Iterable[Share] = (from_consent(one) for one in reader.history("Consent", share.id))
    return next((one.until for one in versions if one.until != move.on_day), share.until)


def _keep_share(write: Write, share: Share, detail: str) -> None:
    kept_shares.keep_changed(write, share)
    write.audit("U", f"Consent/{share.id}", f"Patient/{share.child_id}", detail)
