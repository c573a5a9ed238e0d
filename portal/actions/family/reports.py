"""What a family tells the surgery by their link: no inhaler, or not called for a review. Each is a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fhir import kept_team_tasks
from fhir.store import Reader, Store
from plans.errors import PuffinError
from plans.team_task import KINDS, TaskKind, TeamTask
from plans.working_days import uk_day
from portal.actions.family.link import Opened
from portal.actions.inbox.tasks import NewTask, raise_task

HOUR = timedelta(hours=1)

# What a family can tell, by the name that stands in the address.
REPORTS: Mapping[str, TaskKind] = {"no-inhaler": TaskKind.NO_INHALER, "not-called": TaskKind.NOT_CALLED}
WORDS: Mapping[TaskKind, str] = {
    TaskKind.NO_INHALER: "{name} says that the child has no inhaler.",
    TaskKind.NOT_CALLED: "{name} says that nobody has called them for a review.",
}


class NobodyToTell(PuffinError):
    """Neither the child nor the plan has a practice."""

    def __init__(self) -> None:
        super().__init__("This cannot be sent from here. Phone the surgery.")


@dataclass(frozen=True)
class Told:
    """How what somebody told last stands: the task, and whether they may tell again today."""

    last: TeamTask | None
    may_tell: bool
    hours: int  # within which the surgery is asked to act

    def is_late(self, now: datetime) -> bool:
        return self.last is not None and self.last.is_late(now)


def standing(reader: Reader, opened: Opened, kind: TaskKind, *, now: datetime) -> Told:
    """Return how this person's own reports of a kind stand; those of another household are not among them."""
    mine = [
        one
        for one in kept_team_tasks.tasks_about(reader, opened.child.id)
        if one.kind is kind and one.raised_by == opened.reader_ref
    ]
    last = max(mine, key=lambda one: one.raised_at, default=None)
    may_tell = last is None or uk_day(last.raised_at) != uk_day(now)
    return Told(
        last, may_tell and bool(opened.plan.who_answers_for(opened.child)), KINDS[kind].within // HOUR
    )


def tell(store: Store, opened: Opened, kind: TaskKind, *, name: str, at: datetime) -> TeamTask:
    """Raise the task for the practice, once a day for each person and kind; raises NobodyToTell."""
    practice_id = opened.plan.who_answers_for(opened.child)
    if not practice_id:
        raise NobodyToTell
    new = NewTask(
        kind,
        practice_id,
        child_id=opened.child.id,
        about=f"RelatedPerson/{opened.reader_id}",
        words=WORDS[kind].format(name=name),
        once=f"{opened.child.id}/{opened.reader_id}/{uk_day(at)}",
    )
    with store.write(by=opened.reader_ref, at=at) as write:
        return raise_task(write, new)
