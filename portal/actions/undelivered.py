"""Messages that do not arrive: the team that they were for, or the practice of the child, gets a task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_team_tasks
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import outbox
from fhir.store.tables.outbox import Message
from plans.people import FamilyMember
from plans.review_events import SYSTEM
from plans.team_task import TaskKind, TeamTask
from plans.undelivered import LOOKED_AT_FOR, TOLD_AFTER
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.family.one_time_code import CARRIER as FAMILY
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.one_by_one import one_by_one

KIND = TaskKind.MESSAGE_NOT_ARRIVED
BY = {
    TEAMS: "Messages",
    f"{TEAMS}/webhook": "Messages to the pager or the chat",
    f"{TEAMS}/email": "E-mails",
    f"{TEAMS}/notify": "E-mails",
}
WAYS = {"phone": "text message", "email": "e-mail"}
NOT_YET = "they wait to be sent"
TO_A_TEAM = (
    "{what} to this team do not arrive: {why}. Look at the inbox and concerns here until they do, and at "
    "alerts and reviews where your team has them. The lead can enter another mailbox on the page of the "
    "team; the people who run Puffin see to the rest."
)
TO_THE_FAMILY = (
    "The code for {who} did not arrive by {way}: {why}. "
    "Check with them how they are reached, or hand over a code."
)


@dataclass(frozen=True)
class Failing:
    """What does not arrive, as one thing to do: `since` is when the newest of the messages was queued."""

    new: NewTask
    since: datetime


def not_arrived(reader: Reader, now: datetime) -> list[Message]:
    """Return the messages that somebody must be told of, oldest first."""
    return outbox.not_arrived(reader, queued_by=now - TOLD_AFTER, lost_after=now - LOOKED_AT_FOR)


def tell_what_did_not_arrive(store: Store, *, now: datetime) -> list[TeamTask]:
    """Raise a task for each team and each person at home whom messages do not reach; return those raised now.

    One is open at a time for each of them; once it is done, only a message that was queued since raises the
    next. A fault with one keeps no other waiting, and is raised once all were looked at.
    """
    return one_by_one(_failing(store, not_arrived(store, now)), lambda one: _raise(store, one, now))


def _raise(store: Store, failing: Failing, now: datetime) -> Sequence[TeamTask]:
    if _is_told(store, failing):
        return ()
    with store.write(by=SYSTEM, at=now) as write:
        return () if _is_told(write, failing) else (raise_task(write, failing.new),)


def _is_told(reader: Reader, failing: Failing) -> bool:
    told = kept_team_tasks.tasks_on(reader, failing.new.about)
    ours = (one for one in told if (one.kind, one.owner_id) == (KIND, failing.new.owner_id))
    return any(one.done_at is None or one.done_at >= failing.since for one in ours)


def _failing(reader: Reader, messages: Iterable[Message]) -> list[Failing]:
    """Return what is to be told, the newest message of each one's standing for all."""
    found: dict[str, Failing] = {}
    for message in messages:
        new = _task(reader, message)
        if new:
            found[new.about] = Failing(new, message.created_at)
    return list(found.values())


def _task(reader: Reader, message: Message) -> NewTask | None:
    """Return the task about a message; None for what other parts of Puffin look after, or nobody could do."""
    why = message.last_error or NOT_YET
    if not message.recipient:
        return None
    if message.carrier.partition("/")[0] == TEAMS:
        words = TO_A_TEAM.format(what=BY.get(message.carrier, BY[TEAMS]), why=why)
        return NewTask(KIND, message.recipient, about=f"Organization/{message.recipient}", words=words)
    if message.carrier == FAMILY and message.child_id:
        return _of_family(reader, message, why)
    return None


def _of_family(reader: Reader, message: Message, why: str) -> NewTask | None:
    child_id, member_id = message.child_id or "", str(message.body.get("member", ""))
    try:
        practice_id = kept_people.child(reader, child_id).practice_id
    except ResourceNotFound:
        return None
    family = kept_people.family(reader, child_id)
    who = next((_named(one) for one in family if one.id == member_id), "somebody at home")
    words = TO_THE_FAMILY.format(who=who, way=WAYS[message.body["way"]], why=why)
    about = f"RelatedPerson/{member_id}" if member_id else f"Patient/{child_id}"
    return NewTask(KIND, practice_id, child_id=child_id, about=about, words=words) if practice_id else None


def _named(member: FamilyMember) -> str:
    """Return who at home is meant; the child has another name one day, and the words of a task stay."""
    return "the young person" if member.is_themself else f"{member.name}, {member.relationship}"
