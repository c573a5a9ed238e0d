"""A concern about a child: it goes to the practice's team, and whoever raised it sees that it was answered.

No family ever reads that a concern was raised, nor its words.
"""

from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people
from fhir.kept_team_tasks import is_raised, tasks_about
from fhir.store import Reader, Store
from plans.school_form import NotWhole
from plans.team_task import LONGEST_TEXT, TaskKind, TeamTask, task_id
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.school.places import who_acts
from portal.person import Person

SAFEST = 10
LONGEST_WORDS = 1500  # letters: with how safe and by when it fits into a task
LONGEST_WHEN = 100


@dataclass(frozen=True)
class Concern:
    """What worries somebody, how safe they think the child is (0 not safe to 10 safe), and by when to act.

    `id` is that of the form, so that a form sent twice is one concern; with other words it is another.
    """

    id: str
    child_id: str
    words: str
    how_safe: int | None
    by_when: str


def raise_concern(store: Store, concern: Concern, *, by: Person, at: datetime) -> None:
    """Send the concern to the child's practice; sent again it is the same one. Raises NotWhole."""
    words = _words(concern)
    with store.write(by=by.ref, at=at) as write:
        child = kept_people.child(write, concern.child_id)
        owner = who_acts(write, child, otherwise=by.organisation_id)
        once = f"{concern.id}/{by.ref}/{words}"
        if not is_raised(write, task_id(TaskKind.CONCERN, owner, once)):
            raise_task(write, NewTask(TaskKind.CONCERN, owner, concern.child_id, "", words, once))


def concerns_raised_by(reader: Reader, child_id: str, person: Person) -> list[TeamTask]:
    """Return the concerns about a child that somebody raised themselves, the newest first."""
    mine = (one for one in tasks_about(reader, child_id) if one.raised_by == person.ref)
    found = [one for one in mine if one.kind is TaskKind.CONCERN]
    return sorted(found, key=lambda one: one.raised_at, reverse=True)


def _words(concern: Concern) -> str:
    said, when = concern.words.strip(), concern.by_when.strip()
    if not said or len(said) > LONGEST_WORDS:
        raise NotWhole("words", "Write what worries you, in up to 1,500 letters.")
    if concern.how_safe is None or not 0 <= concern.how_safe <= SAFEST:
        raise NotWhole("how-safe", "Say how safe the child is: a number from 0, not safe, to 10, safe.")
    if not when or len(when) > LONGEST_WHEN:
        raise NotWhole("by-when", "Say by when somebody should act.")
    words = (
        f"How safe is the child, from 0 (not safe) to 10 (safe): {concern.how_safe}. Act by: {when}.\n{said}"
    )
    return words[:LONGEST_TEXT]
