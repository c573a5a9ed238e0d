"""A discharge that speaks of a death, rightly or by a slip: a team checks it, and nobody phones home yet."""

from dataclasses import replace
from datetime import datetime

from fhir import kept_deaths, kept_people, kept_team_tasks
from fhir.codes import DISCHARGE_DESTINATIONS
from fhir.store import Reader, Write
from fhir.store.tables import incoming
from plans.diagnosis import Asthma
from plans.discharge_notice import DischargeNotice
from plans.people import Child
from plans.team_task import TaskKind
from portal.actions.alerts import close_waiting
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.outcome import Outcome
from portal.actions.discharge.places import hospital_of, practice_named, who_can_own
from portal.actions.discharge.told import News, Told
from portal.actions.discharge.waiting import SENTENCES, Reason, find, waiting
from portal.actions.inbox.tasks import NewTask, raise_task, settle

ABOUT = "urn:uuid:"
PERHAPS = (
    "Where the child went is code 79, of a list that is not named. In the list of UK Core it says that the "
    "patient died. A review that it asks for has its clock."
)
PUT_RIGHT = "The hospital told of this discharge again, without a death."


def speaks_of_a_death(reader: Reader, told: Told, child: Child | Reason) -> bool:
    """Return whether the discharge, or the record of its child, says that the child has died."""
    if isinstance(child, Reason):
        return _says_so(told.notice) and told.notice.asthma is not Asthma.NO
    return _says_so(told.notice) or kept_deaths.has_died(reader, child.id)


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
            settle_asked(write, f"{ABOUT}{waits.id}", PUT_RIGHT)
    if told.notice.went_to and not told.notice.went_nowhere:
        settle_asked(write, f"Task/{review_id}", PUT_RIGHT)


def ask_whether_alive(write: Write, told: Told, outcome: Outcome) -> None:
    """Ask hospital and practice about a code that may mean a death; a clock that runs prompts nobody yet."""
    about = _about(outcome)
    owner = who_can_own(write, hospital_of(write, told), practice_named(write, told))
    practice_id = kept_people.child(write, outcome.child_id).practice_id if outcome.child_id else ""
    asked = dict.fromkeys((owner.id if owner else "", practice_id))
    once = f"{about} {told.notice.visit} {told.notice.discharged_at}"
    for team_id in (id for id in asked if id and about):
        kind = TaskKind.DISCHARGE_AFTER_DEATH
        raise_task(write, NewTask(kind, team_id, outcome.child_id, about, PERHAPS, once))


def _about(outcome: Outcome) -> str:
    """Return what came of a discharge, as a reference; the child where nothing did, "" for nobody known."""
    if outcome.review_id:
        return f"Task/{outcome.review_id}"
    if outcome.waiting_id:
        return f"{ABOUT}{outcome.waiting_id}"
    return f"Patient/{outcome.child_id}" if outcome.child_id else ""


def settle_asked(write: Write, about: str, because: str) -> None:
    """Close what was asked about the death that a discharge spoke of: it holds nothing back any more."""
    for task in kept_team_tasks.tasks_on(write, about):
        if task.kind is TaskKind.DISCHARGE_AFTER_DEATH:
            settle(write, task, because)


def without_withdrawn_death(reader: Reader, told: Told, child_id: str, since: datetime) -> Told:
    """Return what was told, without a death where somebody has said since that the child lives."""
    denied = kept_deaths.denied_at(reader, child_id)
    is_alive = any(at >= since for at in denied) and kept_deaths.standing(reader, child_id) is None
    speaks = told.notice.says_not_alive or told.notice.went_nowhere
    return told.about(left_how=None, went_to=None) if is_alive and speaks else told


def _says_so(notice: DischargeNotice) -> bool:
    is_named = notice.went_to is not None and notice.went_to.system == DISCHARGE_DESTINATIONS
    return notice.says_not_alive or (notice.went_nowhere and is_named)
