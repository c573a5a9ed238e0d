"""A concern about a child: it goes to the practice's team, and those at the place where it was raised see how
it stands: whoever raised it, a nurse's team and who covers that, and the lead of a school. Nobody else there.

No family ever reads that a concern was raised, nor its words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people
from fhir.kept_team_tasks import is_raised, tasks_about
from fhir.sights import organisations_seen_for
from fhir.store import Reader, Store
from plans.places import Role
from plans.school_form import NotWhole
from plans.team_task import LONGEST_TEXT, TaskKind, TeamTask, task_id
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.review_list import name_of_person
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


@dataclass(frozen=True)
class Raised:
    """A concern and how it stands. `who` raised it, "" where that was the reader."""

    task: TeamTask
    who: str


def raise_concern(store: Store, concern: Concern, *, by: Person, at: datetime) -> None:
    """Send the concern to the child's practice; sent again it is the same one. Raises NotWhole."""
    words = _words(concern)
    with store.write(by=by.ref, at=at) as write:
        child = kept_people.child(write, concern.child_id)
        owner = who_acts(write, child, otherwise=by.organisation_id)
        once = f"{concern.id}/{by.ref}/{words}"
        if not is_raised(write, task_id(TaskKind.CONCERN, owner, once)):
            place = f"Organization/{by.organisation_id}"
            raise_task(write, NewTask(TaskKind.CONCERN, owner, concern.child_id, place, words, once))


def concerns_seen(reader: Reader, child_id: str, person: Person, now: datetime) -> list[Raised]:
    """Return how the concerns about a child stand that somebody may follow, the newest first."""
    found = followed(reader, tasks_about(reader, child_id), person, now)
    newest_first = sorted(found, key=lambda one: one.raised_at, reverse=True)
    return [Raised(one, _who(reader, one, person)) for one in newest_first]


def followed(reader: Reader, tasks: Iterable[TeamTask], person: Person, now: datetime) -> Iterator[TeamTask]:
    """Yield the concerns of these tasks of which somebody may know how they stand, in their order."""
    places = _followed_places(reader, person, now)
    for one in tasks:
        if one.kind is TaskKind.CONCERN and (one.raised_by == person.ref or one.about in places):
            yield one


def _followed_places(reader: Reader, person: Person, now: datetime) -> list[str]:
    """Return the places whose concerns somebody follows beside their own: a nurse those of her team."""
    if person.role is Role.SCHOOL_NURSE:
        return organisations_seen_for(reader, person.role, person.organisation_id, now)
    return [f"Organization/{person.organisation_id}"] if person.leads else []


def _who(reader: Reader, task: TeamTask, person: Person) -> str:
    return "" if task.raised_by == person.ref else name_of_person(reader, task.raised_by)


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
