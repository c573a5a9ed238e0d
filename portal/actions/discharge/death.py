"""A discharge that speaks of a death, rightly or by a slip: no review is looked for, and a team checks it."""

from dataclasses import replace

from fhir.kept_deaths import has_died
from fhir.store import Reader, Write
from plans.diagnosis import Asthma
from plans.people import Child
from plans.team_task import TaskKind
from portal.actions.discharge.for_a_person import keep_for_a_person
from portal.actions.discharge.outcome import Outcome
from portal.actions.discharge.told import Told
from portal.actions.discharge.waiting import SENTENCES, Reason, waiting
from portal.actions.inbox.tasks import NewTask, raise_task


def speaks_of_a_death(reader: Reader, told: Told, child: Child | Reason) -> bool:
    """Return whether the discharge, or the record of its child, says that the child has died."""
    if isinstance(child, Reason):
        return told.notice.says_not_alive and told.notice.asthma is not Asthma.NO
    return told.notice.says_not_alive or has_died(reader, child.id)


def ask_about_death(write: Write, told: Told, child: Child | Reason) -> Outcome:
    """Keep it for a person without a clock, which has people phone home; ask hospital and practice now."""
    outcome = keep_for_a_person(write, told, Reason.DIED)
    child_id = child.id if isinstance(child, Child) else ""
    owner_id = waiting(write, outcome.waiting_id).owner_id if outcome.waiting_id else ""
    asked = dict.fromkeys((owner_id, child.practice_id if isinstance(child, Child) else ""))
    for team_id in (id for id in asked if id and outcome.waiting_id):
        about, words = f"urn:uuid:{outcome.waiting_id}", SENTENCES[Reason.DIED]
        new = NewTask(TaskKind.DISCHARGE_AFTER_DEATH, team_id, child_id, about, words, outcome.waiting_id)
        raise_task(write, new)
    return replace(outcome, child_id=child_id)
