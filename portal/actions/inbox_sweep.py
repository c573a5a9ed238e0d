"""What nobody has looked at is told to the lead of the team, or to the team that covers it: each once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

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
from portal.actions.inbox import NewTask, raise_task, settle
from portal.actions.inbox_sight import leads_of, team_meant


def sweep_inboxes(
    store: Store, *, now: datetime, holidays_for: HolidaysFor, by: str = SYSTEM
) -> list[TeamTask]:
    """Tell of every late task and every inbox that nobody opened for a working day; return what was raised.

    Each is told once to each who must know; what has been seen to since is settled. Two sweeps at once, or
    one after another, raise nothing twice.
    """
    everything = kept_team_tasks.open_tasks(store)
    told, waiting = [one for one in everything if one.kind in FOR_LEADS], _waiting(everything)
    for task in told:
        _settle_what_is_over(store, task, waiting, by=by, at=now)
    wanted = [*_late(store, everything, now), *_not_opened(store, waiting, now, holidays_for)]
    raised = [_raise(store, one, by=by, at=now) for one in _addressed(store, wanted, now, holidays_for)]
    raised += [_raise(store, one, by=by, at=now) for one in _passed_on(store, told, now)]
    return [task for task in raised if task]


@dataclass(frozen=True)
class _Wanted:
    """Something of a team that somebody must be told."""

    team: Team
    task: NewTask


def _waiting(tasks: Iterable[TeamTask]) -> dict[str, list[TeamTask]]:
    """Return the open tasks for each team by its id; those of its leads do not wait in its inbox."""
    found: dict[str, list[TeamTask]] = {}
    for task in tasks:
        if task.kind in OF_THE_TEAM:
            found.setdefault(task.owner_id, []).append(task)
    return found


def _late(reader: Reader, tasks: Iterable[TeamTask], now: datetime) -> Iterator[_Wanted]:
    for task in tasks:
        team = _team(reader, task.owner_id) if task.is_late(now) and task.kind not in FOR_LEADS else None
        if team:
            about, words = f"Task/{task.id}", _words(reader, team, task)
            yield _Wanted(
                team, NewTask(TaskKind.TASK_LATE, "", child_id=task.child_id, about=about, words=words)
            )


def _not_opened(
    reader: Reader, waiting: dict[str, list[TeamTask]], now: datetime, holidays_for: HolidaysFor
) -> Iterator[_Wanted]:
    for organisation_id, tasks in waiting.items():
        team = _team(reader, organisation_id)
        since = team and waiting_since(tasks, *_looked_at(reader, organisation_id))
        if team and since and now >= a_working_day_after(since, holidays_for(team.nation)):
            about, name = f"Organization/{team.id}", kept_people.organisation(reader, team.id).name
            once = f"{team.id}/{since.isoformat()}"
            yield _Wanted(team, NewTask(TaskKind.INBOX_NOT_OPENED, "", about=about, words=name, once=once))


def _looked_at(reader: Reader, organisation_id: str) -> tuple[datetime | None, datetime | None]:
    """Return when the inbox was last opened, and when a lead last said what they did about it."""
    opening = teams.last_opening(reader, organisation_id)
    about = kept_team_tasks.tasks_on(reader, f"Organization/{organisation_id}")
    told = (one for one in about if one.kind is TaskKind.INBOX_NOT_OPENED)
    answered = [one.done_at for one in told if one.done_at and not one.is_settled]
    return (opening.opened_at if opening else None), max(answered, default=None)


def _addressed(
    reader: Reader, wanted: Iterable[_Wanted], now: datetime, holidays_for: HolidaysFor
) -> Iterator[NewTask]:
    """Yield each for everybody who must be told: the team's own leads, and whoever covers the team."""
    for one in wanted:
        for owner_id in _who_is_told(reader, one.team, uk_day(now), holidays_for):
            task, once = one.task, one.task.once or one.task.about
            yield NewTask(task.kind, owner_id, task.child_id, task.about, task.words, once)


def _who_is_told(reader: Reader, team: Team, today: date, holidays_for: HolidaysFor) -> Iterator[str]:
    cover = _team(reader, team.covered_by) if team.covered_by else None
    is_closed = team.is_closed(today, holidays_for(team.nation))
    if not is_closed or cover is None or cover.is_away(today):
        yield team.id
    if cover and (is_closed or not leads_of(reader, team.id)):
        yield cover.id


def _passed_on(reader: Reader, told: Iterable[TeamTask], now: datetime) -> Iterator[NewTask]:
    """Yield for the covering team what a lead was told and did nothing about in time."""
    for task in told:
        if not task.is_late(now):
            continue
        team = _team(reader, team_meant(reader, task))
        if team and team.id == task.owner_id and team.covered_by:
            yield NewTask(
                task.kind, team.covered_by, task.child_id, task.about, task.words, f"passed on/{task.id}"
            )


def _raise(store: Store, new: NewTask, *, by: str, at: datetime) -> TeamTask | None:
    """Keep a task unless it was raised before, or one like it is open, or what it is about is over."""
    if kept_team_tasks.is_raised(store, task_id(new.kind, new.owner_id, new.once)):
        return None
    if _is_told(store, new):
        return None
    with store.write(by=by, at=at) as write:
        if kept_team_tasks.is_raised(write, task_id(new.kind, new.owner_id, new.once)):
            return None
        if _is_told(write, new) or _is_over(write, new.kind, new.about):
            return None
        return raise_task(write, new)


def _is_told(reader: Reader, new: NewTask) -> bool:
    """Return whether this team has an open task of this kind about the same."""
    about = kept_team_tasks.tasks_on(reader, new.about)
    return any(one.is_open and (one.kind, one.owner_id) == (new.kind, new.owner_id) for one in about)


def _is_over(reader: Reader, kind: TaskKind, about: str) -> bool:
    """Return whether a late task was done."""
    return kind is TaskKind.TASK_LATE and not kept_team_tasks.task(reader, about.partition("/")[2]).is_open


def _settle_what_is_over(
    store: Store, told: TeamTask, waiting: dict[str, list[TeamTask]], *, by: str, at: datetime
) -> None:
    because = _why_it_is_over(store, told, waiting)
    if because:
        with store.write(by=by, at=at) as write:
            settle(write, kept_team_tasks.task(write, told.id), because)


def _why_it_is_over(reader: Reader, told: TeamTask, waiting: dict[str, list[TeamTask]]) -> str:
    if told.kind is TaskKind.TASK_LATE:
        return "The task was done." if _is_over(reader, told.kind, told.about) else ""
    team_id = team_meant(reader, told)
    opening = teams.last_opening(reader, team_id)
    if opening and opening.opened_at > told.raised_at:
        return "The inbox was opened."
    return "" if team_id in waiting else "Nothing waits in the inbox any more."


def _team(reader: Reader, organisation_id: str) -> Team | None:
    """Return a team, None for a place that is not kept: nobody works there who could be told."""
    try:
        return kept_teams.team(reader, organisation_id)
    except ResourceNotFound:
        return None


def _words(reader: Reader, team: Team, task: TeamTask) -> str:
    """Return which task is late and whose it is; for a school nothing that it may not read."""
    name = kept_people.organisation(reader, team.id).name
    if team.kind is OrganisationKind.SCHOOL and task.kind not in AT_SCHOOL:
        return name
    return f"{KINDS[task.kind].title}: {name}"
