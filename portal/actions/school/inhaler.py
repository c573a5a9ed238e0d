"""Inhaler and spacer at school: each check is kept, and what is missing or expired reaches the practice.

It comes back until a check says that all is there. The family reads the same by `what_school_needs`.
"""

from datetime import date, datetime

from fhir import kept_people
from fhir.kept_school_checks import all_inhalers, inhaler, keep_inhaler
from fhir.kept_team_tasks import tasks_about
from fhir.school_inhaler import inhaler_form_id
from fhir.store import Reader, Store, Write
from fhir.store.tables import marks
from plans.people import Child
from plans.review_events import SYSTEM
from plans.school_inhaler import Need, SchoolInhaler, checked, needs, words_of
from plans.team_task import TaskKind, TeamTask
from plans.working_days import uk_day
from portal.actions.inbox.tasks import NewTask, settle
from portal.actions.one_by_one import one_by_one
from portal.actions.school.lacking import tell
from portal.actions.school.places import who_acts
from portal.person import Person

SWEPT = "school-inhalers-swept-on"
ALL_THERE = "A check at school found that all is there."
HAS_LEFT = "The child does not go to that school any more."


def check_inhaler(store: Store, found: SchoolInhaler, *, by: Person, at: datetime) -> tuple[Need, ...]:
    """Keep what a check at school found, tell the practice of what is lacking, and return that.

    Raises NotWhole.
    """
    checked(found)
    with store.write(by=by.ref, at=at) as write:
        keep_inhaler(write, found)
        what = f"QuestionnaireResponse/{inhaler_form_id(found.child_id)}"
        write.audit("U", what, f"Patient/{found.child_id}", "check the inhaler at school")
        return _tell(write, kept_people.child(write, found.child_id), found)


def what_school_needs(reader: Reader, child_id: str, *, today: date) -> tuple[Need, ...]:
    """Return what the child's school lacks for the child, as its last check says; `today` in the UK.

    For whoever may read of the child; the reading is audited by the caller.
    """
    child = kept_people.child(reader, child_id)
    return needs(inhaler(reader, child_id), child.school_id, today)


def sweep_inhalers(store: Store, *, now: datetime) -> None:
    """Tell practices of what has expired, or is still lacking, since the checks: once a day is enough.

    Done again on the same day it changes nothing; stopped half way, the rest is done by the next. A fault
    with one child keeps no other waiting.
    """
    today = uk_day(now)
    if marks.get(store, SWEPT) == today.isoformat():
        return
    one_by_one(all_inhalers(store), lambda found: _tell_today(store, found, now))
    with store.write_beside(by=SYSTEM, at=now) as write:
        marks.put(write, SWEPT, today.isoformat())


def _tell_today(store: Store, found: SchoolInhaler, now: datetime) -> tuple[Need, ...]:
    child = kept_people.child(store, found.child_id)
    is_of_former_school = found.school_id != child.school_id
    is_to_settle = is_of_former_school and any(one.is_open for one in _told(store, child))
    if not needs(found, child.school_id, uk_day(now)) and not is_to_settle:
        return ()
    with store.write(by=SYSTEM, at=now) as write:
        return _tell(write, child, inhaler(write, child.id) or found)


def _told(reader: Reader, child: Child) -> list[TeamTask]:
    return [one for one in tasks_about(reader, child.id) if one.kind is TaskKind.INHALER_AT_SCHOOL]


def _tell(write: Write, child: Child, found: SchoolInhaler) -> tuple[Need, ...]:
    lacking = needs(found, child.school_id, uk_day(write.at))
    told = _told(write, child)
    if not lacking:
        because = ALL_THERE if found.school_id == child.school_id else HAS_LEFT
        for task in told:
            settle(write, task, because)
        return ()
    owner = who_acts(write, child, otherwise=found.school_id)
    about = f"QuestionnaireResponse/{inhaler_form_id(child.id)}"
    new = NewTask(TaskKind.INHALER_AT_SCHOOL, owner, child.id, about, words_of(lacking))
    tell(write, told, new, found.checked_at)
    return lacking
