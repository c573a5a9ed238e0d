"""The inbox of a team: which tasks each role reads there, and how long nobody may leave it unopened."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from plans.places import Role
from plans.team_task import TaskKind, TeamTask
from plans.working_days import Holidays, is_worked, uk_moment, uk_time, working_day_after

# What the lead of a team is told about the team's own inbox.
FOR_LEADS = frozenset({TaskKind.INBOX_NOT_OPENED, TaskKind.TASK_LATE})
# Whether somebody looked who should not have is not for those who looked to find out.
FOR_PRIVACY_LEAD = frozenset({TaskKind.ACCESS_IN_EMERGENCY, TaskKind.WHO_LOOKED})
OF_THE_TEAM = frozenset(TaskKind) - FOR_LEADS - FOR_PRIVACY_LEAD
# What a team that covers reads too: not the answers about a discharge, which only whoever owes them can give.
FOR_COVERS = OF_THE_TEAM - {TaskKind.DISCHARGE_ANSWERS}

# What a school may read: nothing about illness or home (hazard 25). A new kind is not among it.
AT_SCHOOL = FOR_LEADS | {
    TaskKind.PLAN_NOT_READ,
    TaskKind.PLAN_WITHDRAWN,
    TaskKind.INHALER_AT_SCHOOL,
    TaskKind.KIT_AT_SCHOOL,
    TaskKind.CHECK_CHILD,
    TaskKind.MESSAGE_NOT_ARRIVED,
}

_ALL_BUT_PRIVACY = OF_THE_TEAM | FOR_LEADS
# A message as it came names whatever its hospital wrote, of a child who may be nobody's here.
_BUT_MESSAGES = _ALL_BUT_PRIVACY - {TaskKind.MESSAGE_TO_READ}

# A pharmacist may work in a practice, and is given medicines and supply of a child, never a concern. That
# there is a hidden note is for those who may read one.
READS: Mapping[Role, frozenset[TaskKind]] = {
    Role.CLINICIAN: _ALL_BUT_PRIVACY,
    Role.HOSPITAL: _ALL_BUT_PRIVACY,
    Role.SCHOOL_NURSE: _BUT_MESSAGES,
    Role.COMMUNITY_NURSE: _BUT_MESSAGES,
    Role.PHARMACIST: _BUT_MESSAGES - {TaskKind.CONCERN, TaskKind.HIDDEN_NOTE, TaskKind.WEEKEND_CHECK},
    Role.SOCIAL_WORKER: _BUT_MESSAGES - {TaskKind.HIDDEN_NOTE},
    Role.SCHOOL_STAFF: AT_SCHOOL,
    Role.PRIVACY_LEAD: FOR_PRIVACY_LEAD,
}
# Who takes a privacy lead's tasks in a place that has none.
STANDS_IN_FOR_PRIVACY_LEAD = frozenset(Role) - {Role.SCHOOL_STAFF, Role.PHARMACIST}


def waiting_since(
    waiting: Iterable[TeamTask], opened_at: datetime | None, answered_at: datetime | None
) -> datetime | None:
    """Return since when open tasks have waited in an inbox that nobody opened; None where none waits.

    What was opened last, or was last answered for by its lead, starts the wait again; an empty inbox needs
    no opening.
    """
    raised = min((task.raised_at for task in waiting), default=None)
    known = [moment for moment in (raised, opened_at, answered_at) if moment]
    return max(known) if raised else None


def a_working_day_after(moment: datetime, holidays: Holidays) -> datetime:
    """Return the moment in UTC at which one working day has gone by: the same time on the next working day.

    From a day on which nobody works it counts from the start of the next one. Past the end of the known bank
    holidays every day counts, so that somebody is told sooner and never later. Raises NaiveDatetime.
    """
    local = uk_time(moment)
    day, at = local.date(), local.time()
    if not is_worked(day, holidays, unknown=True):
        day, at = working_day_after(day, holidays), at.min
    return uk_moment(working_day_after(day, holidays), at)
