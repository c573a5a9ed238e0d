"""The daily digest: each morning that a team works it is told how much is open, and nothing about anybody."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from fhir import kept_concerns, kept_people, kept_reviews, kept_team_tasks, kept_teams
from fhir.store import Reader, Store
from fhir.store.tables import marks, outbox, posts
from plans.digest import BEGINS, DIGEST, ENDS, Count, Digest
from plans.places import WORKS_IN, OrganisationKind, Role
from plans.review_events import SYSTEM
from plans.team import Team
from plans.team_inbox import OF_THE_TEAM, READS
from plans.working_days import uk_day, uk_moment
from portal.actions.alerts import CARRIER
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.telling import act_by
from portal.actions.one_by_one import one_by_one

QUEUED = "digests-queued-on"


def queue_digests(store: Store, *, now: datetime, holidays_for: HolidaysFor) -> list[outbox.Message]:
    """Queue the digest of every team that works today, once it is morning in the UK; return those queued now.

    A team with nothing open gets none. Several workers, or one that was killed, queue each once. A fault with
    one team keeps no other waiting, and is raised once all were looked at.
    """
    day = uk_day(now)
    if not uk_moment(day, BEGINS) <= now < uk_moment(day, ENDS):
        return []
    if marks.get(store, QUEUED) == day.isoformat():
        return []

    def queue(organisation_id: str) -> Iterable[outbox.Message]:
        team = kept_teams.team(store, organisation_id)
        if team.is_closed(day, holidays_for(team.nation)):
            return ()
        digest = digest_of(store, team, now, holidays_for)
        return _queue(store, team, digest, day, now) if digest else ()

    queued = one_by_one(sorted(posts.places(store)), queue)
    with store.write_beside(by=SYSTEM, at=now) as write:
        marks.put(write, QUEUED, day.isoformat())
    return queued


def digest_of(reader: Reader, team: Team, now: datetime, holidays_for: HolidaysFor) -> Digest:
    """Return what a team has open, with concerns and tasks of teams that are closed and that it covers."""
    day = uk_day(now)
    covered = [
        one.id
        for one in kept_teams.covered_by(reader, team.id)
        if one.is_closed(day, holidays_for(one.nation))
    ]
    read = _read_in(team.kind)
    tasks = [one for one in kept_team_tasks.open_tasks_of(reader, team.id, *covered) if one.kind in read]
    reviews = kept_reviews.open_reviews_of(reader, team.id)
    concerns = kept_concerns.open_owned_by(reader, team.id, *covered)
    return Digest(
        concerns=_count([act_by(one) for one in concerns], now),
        alerts=len(kept_reviews.open_alerts_of(reader, team.id)),
        tasks=_count([one.due_at for one in tasks], now),
        reviews=Count(
            open=len(reviews),
            late=sum(one.due < day for one in reviews),
            today=sum(one.due == day for one in reviews),
        ),
    )


def _count(due: Sequence[datetime], now: datetime) -> Count:
    """Count what is due at these moments."""
    return Count(
        open=len(due),
        late=sum(now > at for at in due),
        today=sum(now <= at and uk_day(at) == uk_day(now) for at in due),
    )


def _queue(store: Store, team: Team, digest: Digest, day: date, now: datetime) -> Iterable[outbox.Message]:
    key = f"digest/{team.id}/{day.isoformat()}"
    body = {
        "id": str(uuid5(NAMESPACE_URL, key)),
        "rung": DIGEST,
        "owner": kept_people.organisation(store, team.id).name,
        "due": day.isoformat(),
        "about": digest.words,
        "page": "/inbox",
    }
    new = outbox.NewMessage(key, CARRIER, team.id, body, send_by=uk_moment(day, ENDS))
    with store.write(by=SYSTEM, at=now) as write:
        queued = outbox.enqueue(write, new)
    return [queued] if queued else ()


def _read_in(kind: OrganisationKind) -> frozenset:
    """Return the kinds of task that anybody of such a team reads, without what is for its privacy lead."""
    here = (role for role in Role if kind in WORKS_IN[role] and role is not Role.PRIVACY_LEAD)
    return OF_THE_TEAM & frozenset().union(*(READS[role] for role in here))
