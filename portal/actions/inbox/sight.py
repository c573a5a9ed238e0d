"""Which tasks somebody finds in their inbox: those of their team for them, and of teams that it covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_team_tasks, kept_teams
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import accounts, posts
from fhir.store.tables.posts import Post
from plans.places import Role
from plans.team import Team
from plans.team_inbox import FOR_COVERS, FOR_LEADS, FOR_PRIVACY_LEAD, READS, STANDS_IN_FOR_PRIVACY_LEAD
from plans.team_task import TaskKind, TeamTask
from plans.working_days import uk_day
from portal.calendar import holidays_for
from portal.person import Person

MOST_DONE = 50  # of what was done, as one page shows it


def people_at(reader: Reader, organisation_id: str) -> list[Post]:
    """Return the posts of those who work at a place now."""
    return [post for post in posts.at(reader, organisation_id) if post.ended_at is None]


def leads_of(reader: Reader, organisation_id: str) -> list[Post]:
    """Return the posts of those who lead the team of a place."""
    here = people_at(reader, organisation_id)
    return [post for post in here if post.leads and post.role != Role.PRIVACY_LEAD]


def covered_now(reader: Reader, person: Person, now: datetime) -> list[Team]:
    """Return the teams that are closed now and that this person's team covers."""
    if person.role is Role.PRIVACY_LEAD:
        return []
    teams, today = kept_teams.covered_by(reader, person.organisation_id), uk_day(now)
    return [team for team in teams if team.is_closed(today, holidays_for(team.nation))]


def open_for(reader: Reader, person: Person, now: datetime) -> list[TeamTask]:
    """Return the open tasks in somebody's inbox, the soonest due first."""
    covered = [team.id for team in covered_now(reader, person, now)]
    found = kept_team_tasks.open_tasks_of(reader, person.organisation_id, *covered)
    return _once(_Seen(reader, person, covered).of(found), person)


def open_about(reader: Reader, child_id: str, person: Person, now: datetime) -> list[TeamTask]:
    """Return what is still to be done about a child, of what this person finds in their inbox."""
    covered = [team.id for team in covered_now(reader, person, now)]
    found = kept_team_tasks.open_tasks_about(reader, child_id)
    return _once(_Seen(reader, person, covered).of(found), person)


def _once(tasks: list[TeamTask], person: Person) -> list[TeamTask]:
    """Return these tasks without those that one answer closes together with another: that of their own team.

    Each team is asked to confirm a death, and somebody who covers one would be asked of it twice.
    """
    kept: dict[str, str] = {}
    for task in tasks:
        asked = task.about if task.kind is TaskKind.CONFIRM_DEATH else task.id
        if asked not in kept or task.owner_id == person.organisation_id:
            kept[asked] = task.id
    ids = set(kept.values())
    return [task for task in tasks if task.id in ids]


def done_for(reader: Reader, person: Person) -> list[TeamTask]:
    """Return what somebody's team did last, or what was settled for it, the newest first."""
    found = kept_team_tasks.last_done_of(reader, person.organisation_id, MOST_DONE)
    return _Seen(reader, person).of(found)


def task_for(reader: Reader, id: str, person: Person, now: datetime) -> TeamTask:
    """Return one task of somebody's inbox, open or done; raises ResourceNotFound for any other."""
    task = kept_team_tasks.task(reader, id)
    covered = () if task.owner_id == person.organisation_id else covered_now(reader, person, now)
    if not _Seen(reader, person, [team.id for team in covered]).of([task]):
        raise ResourceNotFound
    return task


def team_meant(reader: Reader, task: TeamTask) -> str:
    """Return the id of the team that a task for a lead is about: its own where it names no other."""
    kind, _, id = task.about.partition("/")
    try:
        return id if kind == "Organization" else kept_team_tasks.task(reader, id).owner_id
    except ResourceNotFound:
        return task.owner_id


@dataclass(frozen=True)
class _Seen:
    """What somebody reads, as one of their team and of one that covers others."""

    reader: Reader
    person: Person
    covered: Iterable[str] = ()

    def of(self, tasks: Iterable[TeamTask]) -> list[TeamTask]:
        """Return those of these tasks that are for this person, in their order."""
        return [task for task in tasks if self._is_theirs(task)]

    def _is_theirs(self, task: TeamTask) -> bool:
        reads = READS[self.person.role]
        if task.owner_id != self.person.organisation_id:
            return task.owner_id in self.covered and task.kind in reads & FOR_COVERS
        if task.kind in FOR_PRIVACY_LEAD:
            if _opener(task) == self.person.ref:
                return False
            return task.kind in reads or self._stands_in_for_privacy_lead(task)
        return task.kind in reads and (task.kind not in FOR_LEADS or self._is_told_as_lead(task))

    def _is_told_as_lead(self, task: TeamTask) -> bool:
        """Return whether they lead, or nobody does; what is told about another team is for everybody."""
        here = self.person.organisation_id
        return self.person.leads or team_meant(self.reader, task) != here or not leads_of(self.reader, here)

    def _stands_in_for_privacy_lead(self, task: TeamTask) -> bool:
        if self.person.role not in STANDS_IN_FOR_PRIVACY_LEAD:
            return False
        others = self._posts_of_others(_opener(task))
        if any(post.role == Role.PRIVACY_LEAD for post in others):
            return False
        return self.person.leads or not any(post.leads for post in others)

    def _posts_of_others(self, opener: str) -> list[Post]:
        """Return the posts of those who work here, without those of whoever opened a record."""
        here = people_at(self.reader, self.person.organisation_id)
        return [post for post in here if not opener or _who(self.reader, post) != opener]


def _opener(task: TeamTask) -> str:
    """Return who opened the record that a task tells of, "" where it tells of none: it is not theirs."""
    return task.raised_by if task.kind is TaskKind.ACCESS_IN_EMERGENCY else ""


def _who(reader: Reader, post: Post) -> str:
    return f"Practitioner/{accounts.by_id(reader, post.account_id).practitioner_id}"
