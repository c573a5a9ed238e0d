"""Who is asked which child a pupil is: one task for each team, with how many wait, settled when none is left.

A child of no practice here whom the school's nurses do not see is asked of nobody, until a team sees them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from fhir import kept_people, kept_shares, kept_team_tasks
from fhir.store import Reader, Store, Write
from fhir.store.tables import class_lists, marks
from fhir.store.tables.class_lists import Doubt
from plans.people import Child
from plans.places import Organisation
from plans.team_task import LONGEST_TEXT, TaskKind, TeamTask, task_id
from plans.working_days import uk_day
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.one_by_one import some_at_a_time

ASKED_ON = "class-list-doubts-asked-on"
NOBODY_LEFT = "No pupil is left to check."
MORE = "There are more schools."
AT_ONCE = 50  # pupils in one write: others wait no longer than for these


def who_is_asked(reader: Reader, child: Child, school: Organisation, now: datetime) -> str:
    """Return who is asked: the school's nurses where they see the child, else the practice; "" for nobody."""
    readers = {one.reader_id for one in kept_shares.live_shares_of(reader, child.id, now)}
    return school.nursing_team_id if school.nursing_team_id in readers else child.practice_id


def task_to_ask(write: Write, owner_id: str, before: Doubt | None = None) -> str:
    """Return the id of the open task of a team to check pupils, "" for no team; raised where there is none.

    The task that a doubt had `before` stays while it is open and of that team.
    """
    if before and before.task_id and owner_id:
        task = kept_team_tasks.task(write, before.task_id)
        if task.is_open and task.owner_id == owner_id:
            return task.id
    return _open_task(write, owner_id).id if owner_id else ""


def say_how_many(write: Write, task_ids: Iterable[str]) -> None:
    """Let tasks say how many pupils wait now, with the audit of it; one that nobody waits for is settled."""
    for id in sorted({one for one in task_ids if one}):
        task, doubts = kept_team_tasks.task(write, id), class_lists.open_doubts_of_task(write, id)
        if not doubts:
            settle(write, task, NOBODY_LEFT)
            continue
        words = _words(write, doubts)
        if task.kind is TaskKind.CHECK_PUPILS and task.is_open and task.words != words:
            kept_team_tasks.keep_changed(write, replace(task, words=words))
            write.audit("U", f"Task/{id}", detail="say how many pupils are to be checked")


def ask_again(store: Store, *, now: datetime, by: str) -> None:
    """Ask, once a day, those who see each child now: a share may have begun or ended, or nobody was there.

    A fault with one child keeps no other waiting.
    """
    today = uk_day(now).isoformat()
    if marks.get(store, ASKED_ON) == today:
        return

    def ask(some: Sequence[Doubt]) -> Sequence[Doubt]:
        with store.write(by=by, at=now) as write:
            _ask_those_who_see_now(write, {one.id for one in some})
        return some

    some_at_a_time(class_lists.open_doubts(store), AT_ONCE, ask)
    with store.write_beside(by=by, at=now) as write:
        marks.put(write, ASKED_ON, today)


def _ask_those_who_see_now(write: Write, ids: Collection[str]) -> None:
    changed: set[str] = set()
    for doubt in (one for one in class_lists.open_doubts(write) if one.id in ids):
        child = kept_people.child(write, doubt.child_id)
        pupil = class_lists.pupil_by_id(write, doubt.pupil_id)
        school = kept_people.organisation(write, pupil.school_id)
        id = task_to_ask(write, who_is_asked(write, child, school, write.at), doubt)
        if id != doubt.task_id:
            class_lists.add_doubt(write, doubt.pupil_id, doubt.child_id, doubt.why, id)
            patient = f"Patient/{doubt.child_id}"
            write.audit(
                "U", f"Organization/{school.id}", patient, "ask another team whether a pupil is this child"
            )
            changed |= {id, doubt.task_id}
    say_how_many(write, changed)


def _open_task(write: Write, owner_id: str) -> TeamTask:
    once = "first"
    while kept_team_tasks.is_raised(write, id := task_id(TaskKind.CHECK_PUPILS, owner_id, once)):
        task = kept_team_tasks.task(write, id)
        if task.is_open:
            return task
        once = id
    return raise_task(write, NewTask(TaskKind.CHECK_PUPILS, owner_id, once=once))


def _words(write: Write, doubts: Iterable[Doubt]) -> str:
    """Return how many pupils of which school wait, the most first, as far as a task holds it."""
    pupils = {one.pupil_id for one in doubts}
    of_school = Counter(class_lists.pupil_by_id(write, id).school_id for id in pupils)
    words = _count(len(pupils)) + "."
    for school_id, number in sorted(of_school.items(), key=lambda one: (-one[1], one[0])):
        line = f"\n{kept_people.organisation(write, school_id).name}: {_count(number)}."
        if len(words) + len(line) + len(MORE) + 1 > LONGEST_TEXT:
            return f"{words}\n{MORE}"
        words += line
    return words


def _count(number: int) -> str:
    return "1 pupil to check" if number == 1 else f"{number} pupils to check"
