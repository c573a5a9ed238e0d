"""A discharge that speaks of a death, rightly or by a slip: no review is looked for, and a team checks it."""

from dataclasses import replace
from datetime import datetime

from fhir import kept_deaths, kept_team_tasks
from fhir.store import Reader, Write
from fhir.store.tables import incoming
from plans.diagnosis import Asthma
from plans.people import Child
from plans.team_task import TaskKind
from portal.actions.alerts import close_waiting
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.outcome import Outcome
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import SENTENCES, Reason, find, waiting
from portal.actions.inbox.tasks import NewTask, raise_task, settle

ABOUT = "urn:uuid:"
PUT_RIGHT = "The hospital told of this discharge again, without a death."


def speaks_of_a_death(reader: Reader, told: Told, child: Child | Reason) -> bool:
    """Return whether the discharge, or the record of its child, says that the child has died."""
    if isinstance(child, Reason):
        return told.notice.says_not_alive and told.notice.asthma is not Asthma.NO
    return told.notice.says_not_alive or kept_deaths.has_died(reader, child.id)


def ask_about_death(write: Write, told: Told, child: Child | Reason) -> Outcome:
    """Keep it for a person without a clock, which has people phone home; ask hospital and practice now."""
    outcome = keep_for_a_person(write, told, Reason.DIED)
    child_id = child.id if isinstance(child, Child) else ""
    owner_id = waiting(write, outcome.waiting_id).owner_id if outcome.waiting_id else ""
    asked = dict.fromkeys((owner_id, child.practice_id if isinstance(child, Child) else ""))
    for team_id in (id for id in asked if id and outcome.waiting_id):
        about, words = f"{ABOUT}{outcome.waiting_id}", SENTENCES[Reason.DIED]
        new = NewTask(TaskKind.DISCHARGE_AFTER_DEATH, team_id, child_id, about, words, outcome.waiting_id)
        raise_task(write, new)
    return replace(outcome, child_id=child_id)


def put_right(write: Write, told: Told, review_id: str) -> None:
    """Take off the list what spoke of a death of this visit: the hospital tells that the child has left."""
    for news in (News.DISCHARGED, News.UPDATED):
        waits = find(write, replace(told, news=news))
        if waits and waits.reason is Reason.DIED:
            incoming.match(write, waits.id, f"Task/{review_id}")
            close_waiting(write, waits.id, PUT_RIGHT)
            settle_asked(write, waits.id, PUT_RIGHT)


def settle_asked(write: Write, waiting_id: str, because: str) -> None:
    """Close what was asked about the death that a discharge spoke of: it holds nothing back any more."""
    for task in kept_team_tasks.tasks_on(write, f"{ABOUT}{waiting_id}"):
        if task.kind is TaskKind.DISCHARGE_AFTER_DEATH:
            settle(write, task, because)


def without_withdrawn_death(reader: Reader, told: Told, child_id: str, since: datetime) -> Told:
    """Return what was told, without a death where one of the child was withdrawn since: the child lives."""
    deaths = kept_deaths.deaths_of(reader, child_id)
    withdrawn = [one.withdrawn_at for one in deaths if one.withdrawn_at]
    is_alive = len(withdrawn) == len(deaths) and any(at >= since for at in withdrawn)
    return told.about(left_how=None, went_to=None) if is_alive and told.notice.says_not_alive else told
