"""What nobody has looked at is told to the lead of the team, or to the team that covers it: each once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from fhir import kept_people, kept_team_tasks, kept_teams
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import teams
from plans.places import OrganisationKind
from plans.review_events import SYSTEM
from plans.team import Team
from plans.team_inbox import AT_SCHOOL, FOR_LEADS, OF_THE_TEAM, a_working_day_after, waiting_since
from plans.team_task import KINDS, TaskKind, TeamTask, task_id
from plans.working_days import uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.inbox.sight import leads_of, team_meant
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.one_by_one import one_by_one


@dataclass(frozen=True)
class _Now:
    """What a sweep looks with: where, when, and as whom."""

    store: Store
    at: datetime
    holidays_for: HolidaysFor
    by: str

    def is_closed(self, team: Team) -> bool:
        return team.is_closed(uk_day(self.at), self.holidays_for(team.nation))


def sweep_inboxes(
    store: Store, *, now: datetime, holidays_for: HolidaysFor, by: str = SYSTEM
) -> list[TeamTask]:
    """Tell of every late task and every inbox that nobody opened for a working day; return what was raised.

    Each is told once to each who must know; what has been seen to since is settled. Two sweeps at once, or
    one after another, raise nothing twice. A fault with one task or inbox keeps no other waiting, and is
    raised once all were looked at.
    """
    here, everything = _Now(store, now, holidays_for, by), kept_team_tasks.open_tasks(store)
    waiting = _waiting(store, everything)
    looks = [partial(_look_at_task, here, task, waiting) for task in everything]
    looks += [partial(_look_at_inbox, here, id, tasks) for id, tasks in waiting.items()]
    return one_by_one(looks, lambda look: look())


def _look_at_task(here: _Now, task: TeamTask, waiting: dict[str, list[TeamTask]]) -> list[TeamTask]:
    over = _why_it_is_over(here.store, task, waiting) if task.kind in FOR_LEADS else ""
    if over:
        with here.store.write(by=here.by, at=here.at) as write:
            settle(write, kept_team_tasks.task(write, task.id), over)
        return []
    if not task.is_late(here.at):
        return []
    return _pass_on(here, task) if _is_for_own_leads(here.store, task) else _tell_that_it_is_late(here, task)


def _tell_that_it_is_late(here: _Now, task: TeamTask) -> list[TeamTask]:
    team, about = _team(here.store, task.owner_id), f"Task/{task.id}"
    if team is None:
        return []
    words = _words(here.store, team, task)
    late = NewTask(TaskKind.TASK_LATE, "", child_id=task.child_id, about=about, words=words, once=about)
    return _tell(here, team, late)


def _pass_on(here: _Now, task: TeamTask) -> list[TeamTask]:
    """Tell the covering team what a lead was told and did nothing about in time; it goes no further on."""
    team, kind_of_about = _team(here.store, task.owner_id), _kind_of_about(here.store, task)
    if team is None or not team.covered_by or kind_of_about in FOR_LEADS:
        return []
    once = f"passed on/{task.id}"
    return _raise(here, NewTask(task.kind, team.covered_by, task.child_id, task.about, task.words, once))


def _look_at_inbox(here: _Now, organisation_id: str, tasks: list[TeamTask]) -> list[TeamTask]:
    team = _team(here.store, organisation_id)
    since = waiting_since(tasks, *_looked_at(here.store, organisation_id))
    if team is None or since is None:
        return []
    if here.at < a_working_day_after(since, here.holidays_for(team.nation)):
        return []
    about, name = f"Organization/{team.id}", kept_people.organisation(here.store, team.id).name
    once = f"{team.id}/{since.isoformat()}"
    return _tell(here, team, NewTask(TaskKind.INBOX_NOT_OPENED, "", about=about, words=name, once=once))


def _looked_at(reader: Reader, organisation_id: str) -> tuple[datetime | None, datetime | None]:
    """Return when the inbox was last opened, and when a lead last said what they did about it."""
    opening = teams.last_opening(reader, organisation_id)
    about = kept_team_tasks.tasks_on(reader, f"Organization/{organisation_id}")
    told = (one for one in about if one.kind is TaskKind.INBOX_NOT_OPENED)
    answered = [one.done_at for one in told if one.done_at and not one.is_settled]
    return (opening.opened_at if opening else None), max(answered, default=None)


def _tell(here: _Now, team: Team, new: NewTask) -> list[TeamTask]:
    """Raise it for everybody who must be told about a team."""
    told = _who_is_told(here, team)
    return [task for owner_id in told for task in _raise(here, replace(new, owner_id=owner_id))]


def _who_is_told(here: _Now, team: Team) -> Iterator[str]:
    """Yield the team, for its leads, unless a team that is open covers it; and whoever must cover."""
    cover, is_closed = _team(here.store, team.covered_by), here.is_closed(team)
    if not is_closed or cover is None or here.is_closed(cover):
        yield team.id
    if cover and (is_closed or not leads_of(here.store, team.id)):
        yield cover.id


def _raise(here: _Now, new: NewTask) -> list[TeamTask]:
    """Keep a task unless it was raised before, or one like it is open, or what it is about is over."""
    if _is_needless(here.store, new):
        return []
    with here.store.write(by=here.by, at=here.at) as write:
        return [] if _is_needless(write, new) else [raise_task(write, new)]


def _is_needless(reader: Reader, new: NewTask) -> bool:
    if kept_team_tasks.is_raised(reader, task_id(new.kind, new.owner_id, new.once)):
        return True
    if new.kind is TaskKind.TASK_LATE and not _late_one(reader, new.about).is_open:
        return True
    about = kept_team_tasks.tasks_on(reader, new.about)
    return any(one.is_open and (one.kind, one.owner_id) == (new.kind, new.owner_id) for one in about)


def _why_it_is_over(reader: Reader, told: TeamTask, waiting: dict[str, list[TeamTask]]) -> str:
    """Return what has settled a task for a lead, "" for nothing."""
    if told.kind is TaskKind.TASK_LATE:
        return "" if _late_one(reader, told.about).is_open else "The task was done."
    team_id = team_meant(reader, told)
    opening = teams.last_opening(reader, team_id)
    if opening and opening.opened_at > told.raised_at:
        return "The inbox was opened."
    return "" if team_id in waiting else "Nothing waits in the inbox any more."


def _waiting(reader: Reader, tasks: Iterable[TeamTask]) -> dict[str, list[TeamTask]]:
    """Return the open tasks of each inbox by its team; what is for its own leads does not wait there."""
    found: dict[str, list[TeamTask]] = {}
    for task in tasks:
        if task.kind in OF_THE_TEAM or (task.kind in FOR_LEADS and not _is_for_own_leads(reader, task)):
            found.setdefault(task.owner_id, []).append(task)
    return found


def _is_for_own_leads(reader: Reader, task: TeamTask) -> bool:
    """Return whether a team's leads are told something about their own team."""
    return task.kind in FOR_LEADS and team_meant(reader, task) == task.owner_id


def _kind_of_about(reader: Reader, told: TeamTask) -> TaskKind | None:
    return _late_one(reader, told.about).kind if told.kind is TaskKind.TASK_LATE else None


def _late_one(reader: Reader, about: str) -> TeamTask:
    return kept_team_tasks.task(reader, about.removeprefix("Task/"))


def _team(reader: Reader, organisation_id: str) -> Team | None:
    """Return a team, None for a place that is not kept: nobody works there who could be told."""
    try:
        return kept_teams.team(reader, organisation_id) if organisation_id else None
    except ResourceNotFound:
        return None


def _words(reader: Reader, team: Team, task: TeamTask) -> str:
    """Return which task is late and whose it is; for a school nothing that it may not read."""
    name = kept_people.organisation(reader, team.id).name
    if team.kind is OrganisationKind.SCHOOL and task.kind not in AT_SCHOOL:
        return name
    return f"{KINDS[task.kind].title}: {name}"
