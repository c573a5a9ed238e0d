"""Asking a young person again what a parent may see: a task for the practice, once at each of the ages."""

from collections.abc import Iterator
from datetime import date, datetime

from fhir import kept_shares, kept_team_tasks
from fhir.patient import from_patient
from fhir.store import Reader, Store, Write
from fhir.store.tables import marks
from plans.consent import AGAIN, AgainAt, again_at, is_any_to_be_asked
from plans.people import Child
from plans.review_events import SYSTEM
from plans.sharing import Reader as Kind
from plans.team_task import TaskKind, TeamTask, task_id
from plans.working_days import uk_day
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.one_by_one import one_by_one

LAST_SWEEP = "asked-young-people"
KIND = TaskKind.ASK_CONSENT_AGAIN
WORDS = (
    "A parent has a link to this plan, and the young person has not been asked about it at this age. "
    "The link stays until you have asked them and decided."
)
ASKED = "The young person has said what they want."


def ask_young_people(store: Store, *, now: datetime) -> list[TeamTask]:
    """Raise a task for the practice of each young person who is to be asked now; return those raised now.

    Each is raised once for each age. The day's first call looks, and the others of that day do nothing;
    one that was killed looks again and raises none twice. A fault with one keeps no other from being asked.
    """
    today = uk_day(now)
    if marks.get(store, LAST_SWEEP) == today.isoformat():
        return []
    found = list(_young_people(store, today))
    raised = one_by_one(found, lambda one: _raise(store, *one, now))
    with store.write(by=SYSTEM, at=now) as write:
        marks.put(write, LAST_SWEEP, today.isoformat())
    return raised


def settle_asking(write: Write, child: Child) -> None:
    """Close the tasks to ask a young person once no share at home is left without their word."""
    if _is_to_be_asked(write, child, write.at):
        return
    for task in kept_team_tasks.tasks_about(write, child.id):
        if task.kind is KIND and task.is_open:
            settle(write, task, ASKED)


def _young_people(reader: Reader, today: date) -> Iterator[tuple[Child, AgainAt]]:
    """Yield every child of a practice who is of one of the ages today."""
    for one in AGAIN:
        oldest = f"ge{today.year - one.last - 1}-01-01" if one.last else "ge1900-01-01"
        found = reader.search("Patient", birthdate=(oldest, f"le{today.year - one.first}-12-31"))
        for child in map(from_patient, found):
            if child.practice_id and again_at(child, today) == one:
                yield child, one


def _raise(store: Store, child: Child, again: AgainAt, now: datetime) -> Iterator[TeamTask]:
    once = f"{child.id}/{again.key}"
    is_raised = kept_team_tasks.is_raised(store, task_id(KIND, child.practice_id, once))
    if is_raised or _is_asked_elsewhere(store, child, again) or not _is_to_be_asked(store, child, now):
        return
    with store.write(by=SYSTEM, at=now) as write:
        about = f"Patient/{child.id}"
        yield raise_task(write, NewTask(KIND, child.practice_id, child.id, about, WORDS, once))


def _is_asked_elsewhere(reader: Reader, child: Child, again: AgainAt) -> bool:
    """Return whether a former practice was asked at this age, and did it or handed it over with the child."""
    return any(
        one.kind is KIND
        and again_at(child, uk_day(one.raised_at)) == again
        and (one.owner_id == child.practice_id or not one.is_open)
        for one in kept_team_tasks.tasks_about(reader, child.id)
    )


def _is_to_be_asked(reader: Reader, child: Child, now: datetime) -> bool:
    shares = kept_shares.live_shares_of(reader, child.id, now)
    words = [one.consent for one in shares if one.reader is Kind.FAMILY]
    return is_any_to_be_asked(child, words, uk_day(now))
