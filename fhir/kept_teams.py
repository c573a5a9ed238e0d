"""The teams in the store: who covers each, when it is away, and when its inbox was last opened."""

from datetime import date

from fhir import kept_people
from fhir.store import Reader
from fhir.store.tables import teams
from plans.team import ClosedDays, Team


def team(reader: Reader, organisation_id: str) -> Team:
    """Return the people of a place as a team; raises ResourceNotFound for a place that is not kept."""
    place = kept_people.organisation(reader, organisation_id)
    closed = (_closed_days(one) for one in teams.closed_days(reader, place.id))
    covered_by = teams.covered_by(reader, place.id)
    return Team(place.id, place.kind, place.nation, covered_by, tuple(closed))


def covered_by(reader: Reader, organisation_id: str) -> list[Team]:
    """Return the teams that this one covers when they are closed."""
    return [team(reader, id) for id in teams.covered_teams(reader, organisation_id)]


def away_and_covered_by(reader: Reader, organisation_id: str, day: date) -> list[Team]:
    """Return the teams that this one covers and that somebody said are away on this day."""
    return [one for one in covered_by(reader, organisation_id) if one.is_away(day)]


def _closed_days(one: teams.ClosedDays) -> ClosedDays:
    return ClosedDays(one.id, one.first_day, one.last_day, one.said_by, one.reason)
