"""A team: on which days it is closed, and which other team covers it then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plans.errors import PuffinError
from plans.ladder import EVENING, MORNING
from plans.places import Nation, Organisation, OrganisationKind
from plans.shown import on_one_line
from plans.working_days import Holidays, is_worked, uk_day, uk_time

LONGEST_REASON = 200  # characters
FARTHEST = 400  # days: a school year and its summer holidays; what is later is a slip of the pen

# Whoever covers a team sees no less of a child than the team itself, so no task is too much for them.
MAY_COVER: Mapping[OrganisationKind, tuple[OrganisationKind, ...]] = {
    OrganisationKind.PRACTICE: (OrganisationKind.PRACTICE, OrganisationKind.HOSPITAL),
    OrganisationKind.SCHOOL: (OrganisationKind.NURSING_TEAM,),
    OrganisationKind.HOSPITAL: (OrganisationKind.HOSPITAL,),
    OrganisationKind.NURSING_TEAM: (OrganisationKind.NURSING_TEAM, OrganisationKind.HOSPITAL),
    OrganisationKind.PHARMACY: (OrganisationKind.PHARMACY,),
    OrganisationKind.SOCIAL_CARE: (OrganisationKind.SOCIAL_CARE,),
}
# The others are closed at weekends and on the bank holidays of their nation.
NEVER_CLOSES = frozenset({OrganisationKind.HOSPITAL})


class CannotCover(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "This team cannot cover yours. Choose one that may see what yours sees, and where somebody works."
        )


class NobodyCovers(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Your tasks would wait, as no team covers yours. The lead of your team names one on this page. "
            "Until then phone somebody who can do what is urgent."
        )


class DaysNotRight(PuffinError):
    """Days on which a team cannot be closed; `field` is the form field to be put right."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ClosedDays:
    """Days on which a team is away, both ends included; `said_by` is a reference, `reason` may be empty."""

    id: str
    first: date
    last: date
    said_by: str
    reason: str = ""

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Team:
    """The people of one place as a team. `id` is that of the Organization, `covered_by` of another or ""."""

    id: str
    kind: OrganisationKind
    nation: Nation
    covered_by: str = ""
    closed: tuple[ClosedDays, ...] = ()

    def is_away(self, day: date) -> bool:
        """Return whether somebody said that the team is closed on this day."""
        return any(days.holds(day) for days in self.closed)

    def is_closed(self, day: date, holidays: Holidays) -> bool:
        """Return whether the team is away, or closed as on every weekend and bank holiday of its nation.

        Past the end of the known bank holidays a day counts as one on which it is open.
        """
        if self.is_away(day):
            return True
        return self.kind not in NEVER_CLOSES and not is_worked(day, holidays, unknown=True)

    def is_there(self, now: datetime, holidays: Holidays) -> bool:
        """Return whether somebody is there at this moment: by day while it is open, or day and night."""
        is_day = MORNING <= uk_time(now).time() < EVENING
        return (self.kind in NEVER_CLOSES or is_day) and not self.is_closed(uk_day(now), holidays)


def must_be_able_to_cover(team: Team, other: Organisation) -> None:
    """Raise CannotCover for the team itself, and for a place that may not see what the team sees."""
    if other.id == team.id or other.kind not in MAY_COVER[team.kind]:
        raise CannotCover


def checked_days(days: ClosedDays, today: date) -> ClosedDays:
    """Return the days with their reason on one line; raises DaysNotRight."""
    if days.last < days.first:
        raise DaysNotRight("last-day", "The last day comes before the first. Check both.")
    if days.last < today:
        raise DaysNotRight("last-day", "These days have passed. Enter days from today on.")
    if (days.last - today).days > FARTHEST:
        raise DaysNotRight("last-day", "The last day is more than a year away. Check its year.")
    reason = on_one_line(days.reason)
    if len(reason) > LONGEST_REASON:
        raise DaysNotRight("reason", "Write the reason in up to 200 characters.")
    return ClosedDays(days.id, days.first, days.last, days.said_by, reason)
