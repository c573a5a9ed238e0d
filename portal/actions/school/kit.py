"""A school's emergency inhaler kits: each check is kept; what is late or missing reaches the school."""

from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_school_register as kept
from fhir.kept_plans import live_plans
from fhir.kept_school_checks import all_kits, keep_kit, kits
from fhir.kept_team_tasks import tasks_on
from fhir.school_kit import kit_id
from fhir.store import Reader, Store, Write
from fhir.store.sight import Sight
from fhir.store.tables import marks
from plans.people import Child
from plans.review_events import SYSTEM
from plans.school_consent import ConsentState, consent_state, is_permitted
from plans.school_kit import KitCheck, checked, lacking, next_check
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.inbox.tasks import NewTask, settle
from portal.actions.one_by_one import one_by_one
from portal.actions.school.lacking import tell
from portal.person import Person

SWEPT = "school-kits-swept-on"
CHECKED_SINCE = "The kit has been checked since."


@dataclass(frozen=True)
class Kit:
    """A kit as its school's page shows it."""

    check: KitCheck
    lacking: tuple[str, ...]
    next_check: date
    is_late: bool


@dataclass(frozen=True)
class Permitted:
    """Who may have it; whose answers differ; and who has consent, but no asthma or reliever known here."""

    yes: tuple[Child, ...]
    differ: tuple[Child, ...]
    unsure: tuple[Child, ...]


def check_kit(store: Store, found: KitCheck, *, by: Person, at: datetime) -> None:
    """Keep what a check found; what is missing is a task of the school until a check finds it there.

    Raises NotWhole.
    """
    checked(found)
    with store.write(by=by.ref, at=at) as write:
        keep_kit(write, found)
        write.audit("U", _about(found), None, "check the emergency kit")
        _tell(write, found)


def kits_of(reader: Reader, school_id: str, today: date) -> list[Kit]:
    """Return the kits of a school, by the name of their sites."""
    return [_kit(one, today) for one in kits(reader, [school_id])]


def permitted_at(reader: Reader, sight: Sight, school_id: str) -> Permitted:
    """Return the children in sight who may have the emergency inhaler of their school."""
    children = [one for one in kept.children_in_sight(reader, sight) if one.school_id == school_id]
    plans = live_plans(reader, sight)
    with_reliever = kept.plans_with_a_reliever(reader, [plan.id for plan in plans.values()])
    with_asthma = kept.children_with_asthma(reader, sight)
    asked = kept.emergency_consents(reader, [one.id for one in children])
    found: dict[str, list[Child]] = {"yes": [], "differ": [], "unsure": []}
    for child in children:
        plan = plans.get(child.id)
        said = consent_state(asked.get(child.id), plan.emergency_consent if plan else None, school_id)
        has_reliever = plan is not None and plan.id in with_reliever
        if is_permitted(said, has_asthma=child.id in with_asthma, has_reliever=has_reliever):
            found["yes"].append(child)
        elif said is ConsentState.DIFFERS:
            found["differ"].append(child)
        elif said is ConsentState.YES:
            found["unsure"].append(child)
    return Permitted(*(tuple(found[name]) for name in ("yes", "differ", "unsure")))


def sweep_kits(store: Store, *, now: datetime) -> None:
    """Tell each school of a kit whose check is late, whose inhaler has expired, or that lacks something.

    Once a day is enough: done again on the same day it changes nothing. A fault with one kit keeps no other
    waiting.
    """
    today = uk_day(now)
    if marks.get(store, SWEPT) == today.isoformat():
        return
    one_by_one(all_kits(store), lambda found: _tell_today(store, found, now))
    with store.write_beside(by=SYSTEM, at=now) as write:
        marks.put(write, SWEPT, today.isoformat())


def _tell_today(store: Store, found: KitCheck, now: datetime) -> tuple[()]:
    if _words(found, uk_day(now)):
        with store.write(by=SYSTEM, at=now) as write:
            last = (one for one in kits(write, [found.school_id]) if _about(one) == _about(found))
            for one in last:  # none where the kit is kept no more since
                _tell(write, one)
    return ()


def _tell(write: Write, found: KitCheck) -> None:
    """Tell the school what has to be put right, as with a child's inhaler; settle it once nothing has."""
    words = _words(found, uk_day(write.at))
    told = [one for one in tasks_on(write, _about(found)) if one.kind is TaskKind.KIT_AT_SCHOOL]
    if words:
        new = NewTask(TaskKind.KIT_AT_SCHOOL, found.school_id, "", _about(found), words)
        tell(write, told, new, found.checked_at)
        return
    for task in told:
        settle(write, task, CHECKED_SINCE)


def _words(found: KitCheck, today: date) -> str:
    kit = _kit(found, today)
    late = ("The monthly check is late.",) if kit.is_late else ()
    said = (*late, *kit.lacking)
    return f"Kit at {found.site}: {' '.join(said)}" if said else ""


def _kit(found: KitCheck, today: date) -> Kit:
    again = next_check(uk_day(found.checked_at))
    return Kit(found, tuple(lacking(found, today)), again, is_late=again < today)


def _about(found: KitCheck) -> str:
    return f"QuestionnaireResponse/{kit_id(found.school_id, found.site)}"
