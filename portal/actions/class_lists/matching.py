"""Which children the pupils of class lists are: told by their number, else asked of who sees the child.

It is done after a list was kept, and never in the answer to the school, which must learn nothing by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fhir import kept_conditions, kept_deaths, kept_people, kept_plans, kept_shares
from fhir.patient import from_patient, with_school
from fhir.sights import organisations_seen_for, sight_of
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment_text
from fhir.store.tables import class_lists, marks, moves
from fhir.store.tables.class_lists import Doubt
from plans.class_list_match import Known, Match, Why, match
from plans.class_list_register import Pupil
from plans.errors import PuffinError
from plans.moves import MoveKind, MoveState
from plans.people import Child
from plans.places import Organisation, Role
from plans.review_events import SYSTEM
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.class_lists.asked import AT_ONCE, ask_again, say_how_many, task_to_ask, who_is_asked
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.moves.school import begin, has_left_a_school
from portal.actions.one_by_one import one_by_one, some_at_a_time
from portal.person import Person

MARK = "class-lists-looked"
OVERLAP = timedelta(minutes=2)  # a write may land a little later than the moment that it bears
MANY = 100  # children who changed: then all pupils are compared again, which is quicker


class PupilAlreadyFound(PuffinError):
    def __init__(self) -> None:
        super().__init__("Another pupil of this school is this child already. Look at both again.")


@dataclass(frozen=True)
class Beside:
    """A pupil of a school and one child whom they may be, for somebody who sees that child."""

    doubt: Doubt
    pupil: Pupil
    school: Organisation
    child: Child


def look_at_pupils(store: Store, *, now: datetime, by: str = SYSTEM) -> int:
    """Compare the pupils whom nobody has looked at with the children here; return how many.

    Who is sure is linked where the record names a school already; who is not, or would get their school by
    it, is asked about. Pupils whom a child may be who came or changed since are compared again. A fault with
    one child or pupil keeps no other waiting.
    """
    steps = (ask_again, _look_again, _look_at_waiting)
    return len(one_by_one(steps, lambda step: step(store, now=now, by=by) or ()))


def see_doubts(store: Store, *, by: Person, at: datetime) -> list[Beside]:
    """Return the open doubts about children whom this person sees, and record that each was seen."""
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{by.organisation_id}", detail="see the pupils to check")
        return _seen_beside(write, class_lists.open_doubts(write), by)


def see_pupil(store: Store, pupil_id: str, *, by: Person, at: datetime) -> list[Beside]:
    """Return the open doubts about one pupil that somebody may answer; raises ResourceNotFound for none."""
    with store.write_beside(by=by.ref, at=at) as write:
        doubts = class_lists.doubts_of_pupil(write, pupil_id)
        found = _seen_beside(write, [one for one in doubts if one.answered_at is None], by)
    if not found:
        raise ResourceNotFound
    return found


def answer(store: Store, pupil_id: str, child_id: str, *, is_same: bool, by: Person, at: datetime) -> None:
    """Keep whether a pupil is a child, with the audit of it.

    Whoever is said to be the same is no other child, and their record gets the school where it names none.
    Raises ResourceNotFound for what this person does not see or was answered, and PupilAlreadyFound.
    """
    with store.write(by=by.ref, at=at) as write:
        doubts = class_lists.doubts_of_pupil(write, pupil_id)
        asked = next((one for one in doubts if one.child_id == child_id and one.answered_at is None), None)
        beside = next(iter(_seen_beside(write, [asked] if asked else [], by)), None)
        if asked is None or beside is None:
            raise ResourceNotFound
        if is_same and _is_taken(write, beside):
            raise PupilAlreadyFound
        closing = [one for one in doubts if one.answered_at is None] if is_same else [asked]
        for one in closing:
            _close(write, one, is_same=is_same and one.child_id == child_id)
        say_how_many(write, [one.task_id for one in closing])
        if is_same:
            link(write, beside.pupil, beside.child)


def link(write: Write, pupil: Pupil, child: Child) -> None:
    """Keep that a pupil is a child, and what follows from it, all with its audit."""
    linked = replace(pupil, child_id=child.id, linked_by=write.by, looked_at=write.at)
    class_lists.keep_pupil(write, linked)
    write.audit("U", f"Organization/{pupil.school_id}", f"Patient/{child.id}", "link a pupil to this child")
    school = kept_people.organisation(write, pupil.school_id)
    if child.school_id and child.school_id != school.id:
        words = f"{school.name} has this child on its class list. The record here names another school."
        _tell(write, child, f"another-school/{school.id}", f"{words} Record the move if that is right.")
        return
    if not child.school_id and _has_left(write, child.id, school.id):
        words = f"{school.name} still has this child on its class list. The record here says that they left."
        _tell(write, child, f"left/{school.id}/{pupil.id}", f"{words} Phone the school.")
        return
    if not child.school_id and has_left_a_school(write, child.id):
        begin(write, child, school.id, uk_day(write.at))  # it ends what the nurses of the last one still have
        return
    if not child.school_id:
        _put_at_school(write, child.id, school.id)
    tell_if_not_shared(write, child, school)


def tell_if_not_shared(write: Write, child: Child, school: Organisation) -> None:
    """Tell the practice, once for each school, that a child with asthma goes there and it has no plan."""
    has_asthma = kept_conditions.asthma_of(write, child.id) or kept_plans.live_plan(write, child.id)
    readers = {one.reader_id for one in kept_shares.live_shares_of(write, child.id, write.at)}
    if has_asthma and school.id not in readers:
        words = f"This child goes to {school.name}. No plan is shared with that school."
        _tell(write, child, f"not-shared/{school.id}", words)


def _look_at_waiting(store: Store, *, now: datetime, by: str) -> list[Pupil]:
    """Compare the pupils whom nobody has looked at with the children here; return them."""
    waiting = class_lists.pupils_to_look_at(store)
    if not waiting:
        return []
    died = kept_deaths.confirmed_ids(store)
    alive = (one for one in store.search("Patient") if one["id"] not in died)
    known = Known(from_patient(one) for one in alive if one.get("birthDate"))

    def look(some: Sequence[Pupil]) -> Sequence[Pupil]:
        with store.write(by=by, at=now) as write:
            say_how_many(write, [id for pupil in some for id in _look(write, pupil.id, known)])
        return some

    return some_at_a_time(waiting, AT_ONCE, look)


def _look_again(store: Store, *, now: datetime, by: str) -> None:
    """Have the pupils looked at again whom a child may be who came or changed since the last time."""
    if not class_lists.has_pupils_to_find(store):
        return
    since = marks.get(store, MARK)
    changed = store.search("Patient", **({"_lastUpdated": f"ge{since}"} if since else {}))
    if since and not changed:
        return
    with store.write(by=by, at=now) as write:
        if since and len(changed) > MANY:
            class_lists.look_at_all_again(write)
        for patient in changed if since and len(changed) <= MANY else ():
            if patient.get("birthDate"):
                class_lists.look_again(write, from_patient(patient))
        marks.put(write, MARK, moment_text(now - OVERLAP))


def _look(write: Write, pupil_id: str, known: Known) -> list[str]:
    """Compare one pupil: link them, ask about them, or keep that they are nobody here.

    Return the ids of the tasks that have to say anew how many pupils wait.
    """
    pupil = class_lists.pupil_by_id(write, pupil_id)
    if pupil.child_id:
        return []
    looked = replace(pupil, looked_at=write.at)
    class_lists.keep_pupil(write, looked)
    found = match(pupil, known.beside(pupil))
    sure = _sure(write, looked, found)
    if sure and not sure.school_id and not _has_left(write, sure.id, looked.school_id):
        sure = None  # a class list writes into no record: a person says yes first
    changed = []
    for doubt in class_lists.doubts_of_pupil(write, pupil_id):
        if doubt.answered_at is None and (sure or doubt.child_id not in {one.id for one, _ in found.why}):
            is_same = sure is not None and doubt.child_id == sure.id
            _close(write, doubt, is_same=is_same)
            changed.append(doubt.task_id)
    if sure:
        link(write, looked, sure)
        return changed
    return [*changed, *(id for child, why in found.why for id in _ask(write, looked, child, why))]


def _sure(write: Write, pupil: Pupil, found: Match) -> Child | None:
    """Return the child whom a pupil is without anybody being asked, None for nobody.

    That is the child whose number, birth date and name fit, or the only one of that name and birth date, with
    nobody like them, whose record names this very school already. What a person has denied stays denied.
    """
    children = [child for child, _ in found.why]
    by_name = len(found.why) == 1 and found.why[0][1] is Why.NAME and children[0].school_id == pupil.school_id
    sure = found.sure or (children[0] if by_name else None)
    if sure is None:
        return None
    answered = class_lists.doubts_of_pupil(write, pupil.id)
    denied = {one.child_id for one in answered if _is_denied(one)}
    others = [one for one in class_lists.pupils_of_child(write, sure.id) if one.school_id == pupil.school_id]
    is_free = all(one.left_on for one in others)
    return sure if sure.id not in denied and is_free else None


def _ask(write: Write, pupil: Pupil, child: Child, why: Why) -> list[str]:
    """Keep a doubt for those who see the child; what was answered before is not asked.

    Return the ids of the task that it has now and had before.
    """
    doubts = class_lists.doubts_of_pupil(write, pupil.id)
    before = next((one for one in doubts if one.child_id == child.id), None)
    if before and _is_denied(before):
        return []
    school = kept_people.organisation(write, pupil.school_id)
    asked = before if before and before.answered_at is None else None
    task_id = task_to_ask(write, who_is_asked(write, child, school, write.at), asked)
    class_lists.add_doubt(write, pupil.id, child.id, why, task_id)
    write.audit("C", f"Organization/{school.id}", f"Patient/{child.id}", "ask whether a pupil is this child")
    return [task_id, *([asked.task_id] if asked else ())]


def _is_denied(doubt: Doubt) -> bool:
    """Return whether a person has said that a pupil is not this child."""
    return doubt.answered_at is not None and not doubt.is_same and doubt.answered_by != SYSTEM


def _seen_beside(write: Write, doubts: Sequence[Doubt], by: Person) -> list[Beside]:
    """Return those of the doubts whose living child this person sees, with the audit of seeing them."""
    asked = {"_id": doubts[0].child_id} if len({one.child_id for one in doubts}) == 1 else {}
    sight = sight_of(write, by.role, by.organisation_id, write.at)
    teams = organisations_seen_for(write, by.role, by.organisation_id, write.at)
    seen = {one["id"]: one for one in write.search("Patient", sight, **asked)} if doubts else {}
    died = kept_deaths.confirmed_ids(write) if doubts else ()
    found = []
    for doubt in doubts:
        if doubt.child_id in seen and doubt.child_id not in died:
            pupil = class_lists.pupil_by_id(write, doubt.pupil_id)
            school = kept_people.organisation(write, pupil.school_id)
            if by.role is not Role.SCHOOL_NURSE or f"Organization/{school.nursing_team_id}" in teams:
                found.append(Beside(doubt, pupil, school, from_patient(seen[doubt.child_id])))
    for child_id in dict.fromkeys(one.child.id for one in found):
        write.audit("R", f"Patient/{child_id}", f"Patient/{child_id}", "see beside a pupil of a school")
    return found


def _is_taken(reader: Reader, beside: Beside) -> bool:
    others = class_lists.pupils_of_child(reader, beside.child.id)
    return any(one.school_id == beside.school.id and one.left_on is None for one in others)


def _close(write: Write, doubt: Doubt, *, is_same: bool) -> None:
    """Keep the answer to a doubt; its task says afterwards how many are left."""
    class_lists.answer_doubt(write, doubt.id, is_same=is_same)
    detail = "say that a pupil is this child" if is_same else "say that a pupil is not this child"
    write.audit("U", f"Patient/{doubt.child_id}", f"Patient/{doubt.child_id}", detail)


def _has_left(reader: Reader, child_id: str, school_id: str) -> bool:
    """Return whether the last thing known of a child and this school is that they left it."""
    done = [
        one
        for one in moves.of_child(reader, child_id)
        if one.kind is MoveKind.SCHOOL and one.state is MoveState.DONE
    ]
    return bool(done) and done[0].from_id == school_id


def _put_at_school(write: Write, child_id: str, school_id: str) -> None:
    patient = write.read("Patient", child_id)
    write.update(with_school(patient, school_id), if_match=patient["meta"]["versionId"])
    write.audit("U", f"Patient/{child_id}", f"Patient/{child_id}", "keep which school the child goes to")


def _tell(write: Write, child: Child, once: str, words: str) -> None:
    """Tell the child's practice something, once; nobody where the child has none."""
    if child.practice_id:
        about = f"Patient/{child.id}"
        new = NewTask(TaskKind.CHECK_CHILD, child.practice_id, child.id, about, words, f"{child.id}/{once}")
        raise_task(write, new)
