"""On which day the surgery next reads what a family sends: its working days, but for those it is away."""

from datetime import date

from fhir import kept_teams
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.team import Team
from plans.working_days import ONE_DAY, CalendarEnds, is_working_day
from portal.actions.clocks import HolidaysFor
from portal.actions.family.link import Opened


def read_from(reader: Reader, opened: Opened, *, today: date, holidays_for: HolidaysFor) -> date | None:
    """Return the first day after today on which the surgery is open, where it is closed today.

    None on a day when it is open, and where nobody knows: no surgery, or no bank holidays so far ahead.
    """
    try:
        team = kept_teams.team(reader, opened.plan.who_answers_for(opened.child))
        day = _first_open(team, today, holidays_for)
    except (ResourceNotFound, CalendarEnds):
        return None
    return None if day == today else day


def _first_open(team: Team, day: date, holidays_for: HolidaysFor) -> date:
    holidays = holidays_for(team.nation)
    while not is_working_day(day, holidays) or any(closed.holds(day) for closed in team.closed):
        day += ONE_DAY
    return day
