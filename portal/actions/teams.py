"""A team looks after itself: who leads and works in it, who covers it, and on which days it is away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from fhir import kept_people, kept_team_tasks, kept_teams
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import posts, teams
from fhir.store.tables.teams import NewClosedDays, Opening
from plans.people import Professional
from plans.places import Organisation
from plans.team import (
    MAY_COVER,
    CannotCover,
    ClosedDays,
    NobodyCovers,
    Team,
    checked_days,
    must_be_able_to_cover,
)
from plans.team_inbox import FOR_LEADS, OF_THE_TEAM, READS
from plans.team_task import TeamTask
from plans.working_days import uk_day
from portal.actions.inbox.sight import leads_of, open_for, people_at
from portal.actions.places import kept_by_code
from portal.calendar import holidays_for
from portal.person import Person


@dataclass(frozen=True)
class Member:
    """Somebody of a team."""

    who: Professional
    leads: bool


@dataclass(frozen=True)
class TeamNow:
    """A team as its page shows it at one moment."""

    team: Team
    members: tuple[Member, ...]
    has_lead: bool
    opening: Opening | None
    late: tuple[TeamTask, ...]
    told: tuple[TeamTask, ...]  # what a lead has to do about the team itself
    waiting: int
    cover: Organisation | None
    covers: tuple[Organisation, ...]
    is_away: bool
    is_closed: bool
    days: tuple[ClosedDays, ...]  # those that are not over
    begun: frozenset[str]  # the ids of those that have begun
    mailbox: str


def team_now(reader: Reader, person: Person, now: datetime) -> TeamNow:
    """Return the team of somebody as it is now."""
    team, today = kept_teams.team(reader, person.organisation_id), uk_day(now)
    here = [one for one in kept_team_tasks.open_tasks_of(reader, team.id) if one.kind in OF_THE_TEAM]
    readable = [one for one in here if one.kind in READS[person.role]]
    mine = [one for one in open_for(reader, person, now) if one.owner_id == team.id]
    return TeamNow(
        team=team,
        members=tuple(_members(reader, team.id)),
        has_lead=bool(leads_of(reader, team.id)),
        opening=teams.last_opening(reader, team.id),
        late=tuple(one for one in readable if one.is_late(now)),
        told=tuple(one for one in mine if one.kind in FOR_LEADS),
        waiting=len(readable),
        cover=_place(reader, team.covered_by),
        covers=tuple(place for id in teams.covered_teams(reader, team.id) if (place := _place(reader, id))),
        is_away=team.is_away(today),
        is_closed=team.is_closed(today, holidays_for(team.nation)),
        days=tuple(one for one in team.closed if one.last >= today),
        begun=frozenset(one.id for one in team.closed if one.holds(today)),
        mailbox=kept_people.organisation(reader, team.id).email,
    )


def see_team(store: Store, *, by: Person, at: datetime) -> TeamNow:
    """Return the team of somebody as it is now, and keep that they looked."""
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{by.organisation_id}", detail="see the team")
    return team_now(store, by, at)


def must_lead(person: Person) -> None:
    """Raise ResourceNotFound for who does not lead: what is for leads is not there for others."""
    if not person.leads:
        raise ResourceNotFound


@dataclass(frozen=True)
class ListedTeam:
    """A team as whoever runs Puffin sees it: nothing of it is about a child."""

    code: str
    name: str
    leads: tuple[str, ...]
    covered_by: str
    opened_at: datetime | None
    open: int
    late: int


def all_teams(reader: Reader, now: datetime) -> list[ListedTeam]:
    """Return every team in which somebody works, by name."""
    places = (kept_people.organisation(reader, id) for id in posts.places(reader))
    return [_listed(reader, place, now) for place in sorted(places, key=lambda one: (one.name, one.id))]


def _listed(reader: Reader, place: Organisation, now: datetime) -> ListedTeam:
    tasks, opening = kept_team_tasks.open_tasks_of(reader, place.id), teams.last_opening(reader, place.id)
    cover = _place(reader, teams.covered_by(reader, place.id))
    return ListedTeam(
        code=place.code,
        name=place.name,
        leads=tuple(one.who.name for one in _members(reader, place.id) if one.leads),
        covered_by=cover.name if cover else "",
        opened_at=opening.opened_at if opening else None,
        open=len(tasks),
        late=sum(task.is_late(now) for task in tasks),
    )


def offered_cover(reader: Reader, team: Team) -> list[Organisation]:
    """Return the teams that may cover this one and in which somebody works, by name."""
    staffed = posts.places(reader)
    places = [one for kind in MAY_COVER[team.kind] for one in kept_people.places_of_kind(reader, kind)]
    return sorted(
        (one for one in places if one.id != team.id and one.id in staffed), key=lambda one: one.name
    )


def name_cover(store: Store, cover_id: str, *, by: Person, at: datetime) -> None:
    """Keep which team covers this one, "" for none.

    Raises ResourceNotFound for who does not lead, CannotCover, and NobodyCovers for no team at all while
    the team is away: its tasks would wait.
    """
    with store.write(by=by.ref, at=at) as write:
        _name_cover(write, _led_team(write, by), cover_id)


def name_cover_by_code(
    store: Store, code: str, cover_code: str, *, by: str, at: datetime
) -> tuple[Organisation, Organisation | None]:
    """Keep which team covers another, as whoever runs Puffin says, and return both; "" for none.

    Raises CodeInvalid, OrganisationNotFound, and as name_cover does for a lead.
    """
    with store.write(by=by, at=at) as write:
        covered, cover = kept_by_code(write, code), kept_by_code(write, cover_code) if cover_code else None
        _name_cover(write, kept_teams.team(write, covered.id), cover.id if cover else "")
    return covered, cover


def close(store: Store, first: date, last: date, reason: str, *, by: Person, at: datetime) -> None:
    """Keep days on which the team is away.

    Raises ResourceNotFound for who does not lead, NobodyCovers, and DaysNotRight.
    """
    with store.write(by=by.ref, at=at) as write:
        _close(write, _led_team(write, by), first, last, reason, by, at)


def call_cover(store: Store, last: date, reason: str, *, by: Person, at: datetime) -> None:
    """Let the covering team take over from today to `last`, as anybody of the team may ask.

    Raises NobodyCovers and DaysNotRight.
    """
    with store.write(by=by.ref, at=at) as write:
        team = kept_teams.team(write, by.organisation_id)
        _close(write, team, uk_day(at), last, reason, by, at)


def take_back(store: Store, days_id: str, *, by: Person, at: datetime) -> None:
    """Keep that the team is there on these days: whoever is of it where they have begun, else its lead.

    Raises ResourceNotFound for those of another team, that are over, or not this person's to take back.
    """
    with store.write(by=by.ref, at=at) as write:
        team, today = kept_teams.team(write, by.organisation_id), uk_day(at)
        days = next((one for one in team.closed if one.id == days_id and one.last >= today), None)
        if days is None or not (by.leads or days.holds(today)):
            raise ResourceNotFound
        teams.take_back(write, team.id, days_id)
        write.audit("U", f"Organization/{team.id}", detail="take back closed days")


def _close(write: Write, team: Team, first: date, last: date, reason: str, by: Person, at: datetime) -> None:
    if not team.covered_by:
        raise NobodyCovers
    days = checked_days(ClosedDays(str(uuid4()), first, last, by.ref, reason), uk_day(at))
    teams.close(write, NewClosedDays(days.id, team.id, days.first, days.last, days.reason))
    detail = f"close the team from {days.first.isoformat()} to {days.last.isoformat()}"
    write.audit("U", f"Organization/{team.id}", detail=detail)


def _name_cover(write: Write, team: Team, cover_id: str) -> None:
    if cover_id:
        _must_be_offered(write, team, cover_id)
        write.audit("U", f"Organization/{cover_id}", detail="cover another team")
    elif team.is_away(uk_day(write.at)):
        raise NobodyCovers
    teams.cover(write, team.id, cover_id)
    detail = "name the team that covers" if cover_id else "name no team that covers"
    write.audit("U", f"Organization/{team.id}", detail=detail)


def _led_team(reader: Reader, by: Person) -> Team:
    must_lead(by)
    return kept_teams.team(reader, by.organisation_id)


def _must_be_offered(reader: Reader, team: Team, cover_id: str) -> None:
    place = _place(reader, cover_id)
    if place is None or not people_at(reader, place.id):
        raise CannotCover
    must_be_able_to_cover(team, place)


def _members(reader: Reader, organisation_id: str) -> Iterator[Member]:
    for post in people_at(reader, organisation_id):
        role = reader.read("PractitionerRole", post.id)
        person = kept_people.professional(
            reader, role["practitioner"]["reference"].partition("/")[2], post.id
        )
        yield Member(person, post.leads)


def _place(reader: Reader, organisation_id: str) -> Organisation | None:
    try:
        return kept_people.organisation(reader, organisation_id) if organisation_id else None
    except ResourceNotFound:
        return None
