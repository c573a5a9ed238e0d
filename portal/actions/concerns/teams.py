"""Which teams a concern goes to: the first two that are known for the child, and one that is staffed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_plans, kept_reviews, kept_shares, kept_teams
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import posts, teams
from plans.concern import ORDER, READS, Concern, Place, Rung, Team
from plans.people import Child
from plans.places import WORKS_IN, OrganisationKind, Role
from plans.sharing import Reader as ShareReader
from plans.team import Team as People
from plans.working_days import uk_day
from portal.actions.clocks import HolidaysFor

READ_AT = frozenset(kind for role in READS for kind in WORKS_IN[role])


@dataclass(frozen=True)
class Teams:
    """The organisations (ids) behind the rungs of a concern; `staffed` is "" where none is known here."""

    first: str
    next: str
    staffed: str

    def of(self, team: Team) -> str:
        """Return which organisation must act on a rung."""
        if team is Team.STAFFED:
            return self.staffed or self.next
        return self.next if team is Team.NEXT else self.first


def teams_of(reader: Reader, concern: Concern, now: datetime) -> Teams:
    """Return the teams that a concern goes to now: where the child has moved, those of the new place."""
    child = kept_people.child(reader, concern.child_id)
    return _teams(reader, child, concern.raised_as, concern.raised_at_id, now)


def teams_for(reader: Reader, child: Child, role: Role, organisation_id: str, now: datetime) -> Teams:
    """Return the teams that a concern would go to which somebody of this role raises at this place."""
    return _teams(reader, child, role, organisation_id, now)


def who_acts_now(
    reader: Reader, them: Teams, rung: Rung, now: datetime, holidays_for: HolidaysFor, *, is_urgent: bool
) -> Iterator[str]:
    """Yield who must act on a rung now and then who is told because of it, ids.

    Where that team is closed today, or at this hour for what is urgent, whoever covers it acts, else the
    staffed team, and it is told itself. It goes back to a team that must not be asked again only where no
    other is known that is there at this hour: it takes nothing from those who are awake to give it to those
    who are not.
    """

    def can_act(team: People) -> bool:
        holidays = holidays_for(team.nation)
        if is_urgent or rung.not_by:
            return team.is_there(now, holidays)
        return not team.is_closed(uk_day(now), holidays)

    meant = them.of(rung.owner)
    here = [
        _stands_in(reader, one, can_act) or them.staffed or one
        for one in dict.fromkeys([meant, them.next, them.first, them.staffed])
        if one
    ]
    acts = next((one for one in here if one != rung.not_by), (here or [meant])[0])
    yield acts
    yield from (one for one in dict.fromkeys([meant, rung.not_by]) if one and one != acts)


def _teams(reader: Reader, child: Child, role: Role, own: str, now: datetime) -> Teams:
    hospital = _hospital_of(reader, child, now)
    nurses = _nurses_of(reader, child)
    known = {
        Place.PRACTICE: child.practice_id,
        Place.HOSPITAL: hospital,
        Place.NURSES: nurses,
        Place.SIGNER: kept_plans.signed_at(reader, child.id),
        Place.OWN: own,
    }
    found = list(dict.fromkeys(known[place] for place in ORDER[role] if known[place]))
    staffed = hospital or _covering_hospital(reader, [*found, nurses]) or _only_hospital(reader)
    order = _read_by_somebody(reader, found) or found
    after = order[1] if len(order) > 1 else staffed
    return Teams(order[0], after or order[0], staffed)


def _stands_in(reader: Reader, id: str, can_act: Callable[[People], bool]) -> str:
    """Return the team itself where it can act, else the one that covers it and can; "" for none."""
    try:
        team = kept_teams.team(reader, id)
        if can_act(team):
            return id
        cover = kept_teams.team(reader, team.covered_by) if team.covered_by else None
    except ResourceNotFound:
        return ""
    return cover.id if cover and can_act(cover) else ""


def _hospital_of(reader: Reader, child: Child, now: datetime) -> str:
    """Return the hospital with which the plan is shared now, else the one that asked for a review last."""
    shares = kept_shares.live_shares_of(reader, child.id, now)
    shared = (one.reader_id for one in shares if one.reader is ShareReader.HOSPITAL)
    asked = (one.requester_id for one in reversed(kept_reviews.reviews_of_child(reader, child.id)))
    return next((id for id in (*shared, *asked) if id), "")


def _nurses_of(reader: Reader, child: Child) -> str:
    try:
        return kept_people.organisation(reader, child.school_id).nursing_team_id if child.school_id else ""
    except ResourceNotFound:
        return ""


def _covering_hospital(reader: Reader, ids: Iterable[str]) -> str:
    """Return the hospital that covers one of these teams when it is closed, "" for none."""
    covers = (teams.covered_by(reader, id) for id in ids if id)
    return next((id for id in covers if _kind(reader, id) is OrganisationKind.HOSPITAL), "")


def _only_hospital(reader: Reader) -> str:
    """Return the one hospital whose people sign in here, "" where there is none, or more than one."""
    staffed = posts.places(reader)
    here = [one.id for one in kept_people.places_of_kind(reader, OrganisationKind.HOSPITAL)]
    known = [id for id in here if id in staffed]
    return known[0] if len(known) == 1 else ""


def _read_by_somebody(reader: Reader, ids: Iterable[str]) -> list[str]:
    """Return those of these teams in which somebody works who may read a concern, in their order."""
    staffed = posts.places(reader)
    return [id for id in ids if id in staffed and _kind(reader, id) in READ_AT]


def _kind(reader: Reader, id: str) -> OrganisationKind | None:
    try:
        return kept_people.organisation(reader, id).kind if id else None
    except ResourceNotFound:
        return None
