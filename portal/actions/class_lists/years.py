"""The end of a school year: looked at, done by somebody by name, and undone while it is still that summer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from fhir import kept_deaths, kept_people
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import class_lists, moves
from fhir.store.tables.class_lists import YearEndDone
from plans.class_list_register import Pupil
from plans.class_list_years import AlreadyMovedUp, Place, may_be_undone, must_be_summer, year_end
from plans.moves import MoveKind, MoveState
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.class_lists.lists import here
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.moves.school import leave, take_back
from portal.actions.school.places import school_of
from portal.person import Person


@dataclass(frozen=True)
class Summer:
    """What the end of the year would do: who moves up to where, and who waits for a tick."""

    up: tuple[tuple[Pupil, Place], ...]
    leaving: tuple[Pupil, ...]
    by_hand: tuple[Pupil, ...]


def look_ahead(
    store: Store, school_id: str, last_year: int, last_day: date, *, by: Person, at: datetime
) -> Summer:
    """Return what the end of the year would do to the register of one of their schools; nothing is kept.

    Raises LastYearMissing, NotInSummer, AlreadyMovedUp and ResourceNotFound.
    """
    today = uk_day(at)
    school_of(store, by, school_id)
    must_be_summer(last_day, today=today)
    if done_this_summer(store, school_id, today):
        raise AlreadyMovedUp
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{school_id}", detail="look at the end of the school year")
        return _summer(write, school_id, last_year, today)


def move_up(
    store: Store,
    school_id: str,
    last_year: int,
    last_day: date,
    leavers: Collection[str],
    *,
    by: Person,
    at: datetime,
) -> Summer:
    """Move every class up, and let those leave on the last day of term who were ticked; return what was done.

    Whoever is in the last year and was not ticked stays in their class. Raises as `look_ahead` does.
    """
    today = uk_day(at)
    must_be_summer(last_day, today=today)
    with store.write(by=by.ref, at=at) as write:
        school = school_of(write, by, school_id)
        if done_this_summer(write, school.id, today):
            raise AlreadyMovedUp
        summer = _summer(write, school.id, last_year, today)
        going = [one for one in summer.leaving if one.id in leavers]
        before = {one.id: [one.class_name, one.year] for one, _ in summer.up}
        class_lists.add_year_end(
            write, school.id, last_day, {"classes": before, "leavers": [one.id for one in going]}
        )
        for pupil, place in summer.up:
            class_lists.keep_pupil(write, replace(pupil, class_name=place.class_name, year=place.year))
        for pupil in going:
            leave(write, pupil, last_day)
        detail = f"move the classes up: {len(summer.up)} pupils, {len(going)} leave"
        write.audit("U", f"Organization/{school.id}", detail=detail)
    return replace(summer, leaving=tuple(going))


def undo(store: Store, school_id: str, *, by: Person, at: datetime) -> None:
    """Put the register back as it was before the classes moved up this summer; raises ResourceNotFound.

    A share that has not ended yet lasts as long as before. One that has ended stays so: the practice is
    told, and decides.
    """
    with store.write(by=by.ref, at=at) as write:
        school = school_of(write, by, school_id)
        today = uk_day(at)
        done = done_this_summer(write, school.id, today)
        if done is None or not may_be_undone(done.last_day, today=today):
            raise ResourceNotFound
        for pupil_id, (class_name, year) in done.before["classes"].items():
            pupil = class_lists.pupil_by_id(write, pupil_id)
            class_lists.keep_pupil(write, replace(pupil, class_name=class_name, year=year))
        for pupil_id in done.before["leavers"]:
            _bring_back(write, class_lists.pupil_by_id(write, pupil_id), done.last_day)
        class_lists.undo_year_end(write, done.id)
        write.audit("U", f"Organization/{school.id}", detail="undo that the classes moved up")


def done_this_summer(reader: Reader, school_id: str, today: date) -> YearEndDone | None:
    """Return how the classes of a school moved up this year, None if they did not or that was undone."""
    done = class_lists.year_ends_of(reader, school_id)
    return next((one for one in done if one.undone_at is None and one.last_day.year == today.year), None)


def _summer(reader: Reader, school_id: str, last_year: int, today: date) -> Summer:
    died = kept_deaths.confirmed_ids(reader)
    those = (one for one in here(reader, school_id, today) if one.child_id not in died)
    pupils = {one.id: one for one in those if one.left_on is None}
    end = year_end(pupils.values(), last_year=last_year)
    return Summer(
        up=tuple((pupils[id], place) for id, place in end.up.items()),
        leaving=tuple(pupils[id] for id in end.leaving),
        by_hand=tuple(pupils[id] for id in end.by_hand),
    )


def _bring_back(write: Write, pupil: Pupil, last_day: date) -> None:
    """Keep that a pupil does not leave after all."""
    class_lists.keep_pupil(write, replace(pupil, left_on=None))
    if not pupil.child_id:
        return
    for move in moves.of_child(write, pupil.child_id):
        if (move.kind, move.from_id, move.on_day) != (MoveKind.SCHOOL, pupil.school_id, last_day):
            continue
        if move.is_open:
            take_back(write, move)
            if move.to_id:
                _tell(write, pupil, move.id)
        elif move.state is MoveState.DONE:
            _tell(write, pupil, move.id)


def _tell(write: Write, pupil: Pupil, move_id: str) -> None:
    child = kept_people.child(write, pupil.child_id)
    if child.practice_id:
        school = kept_people.organisation(write, pupil.school_id).name
        words = f"{school} says now that this child has not left. Record the move back, and share again."
        about = f"Patient/{child.id}"
        raise_task(
            write,
            NewTask(TaskKind.CHILD_MOVED, child.practice_id, child.id, about, words, f"back/{move_id}"),
        )
