"""Whether Puffin is at work: each part of its worker, what waits to be sent, and what did not arrive."""

from dataclasses import dataclass
from datetime import datetime

from fhir.store import Reader
from fhir.store.seals.sealing import head_of
from fhir.store.tables import gp_documents, outbox, pulse
from fhir.store.tables.outbox import Message
from plans.pulse import PARTS, Part, Silence, silence
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.inbox.sight import leads_of
from portal.actions.review_list import name_of_place
from portal.actions.undelivered import not_arrived
from portal.person import Person


@dataclass(frozen=True)
class PartNow:
    """A part of the worker; `seen_at` is None where nobody has looked for it yet."""

    part: Part
    seen_at: datetime | None
    is_silent: bool


@dataclass(frozen=True)
class Undelivered:
    """A message that did not arrive, and not whom it is about; `to` names a team, and is "" for a family."""

    to: str
    carrier: str
    queued_at: datetime
    attempts: int
    error: str
    next_try_at: datetime | None


@dataclass(frozen=True)
class PulseNow:
    """What the page of the pulse shows. `undelivered` is for those who lead the team that it was for."""

    silence: Silence | None
    parts: tuple[PartNow, ...]
    queues: tuple[outbox.Queue, ...]
    sealed: int  # entries of the audit
    undelivered: tuple[Undelivered, ...]


def silent_now(reader: Reader, now: datetime) -> Silence | None:
    """Return what of the worker has stopped, None where all goes well."""
    return silence(pulse.seen(reader), now)


def pulse_now(reader: Reader, person: Person, now: datetime) -> PulseNow:
    """Return how the worker is, and which messages to the team of somebody who leads it did not arrive."""
    seen = pulse.seen(reader)
    stopped = silence(seen, now)
    silent = stopped.parts if stopped else ()
    parts = (PartNow(part, seen.get(code), code in silent) for code, part in PARTS.items())
    is_told = person.leads or not leads_of(reader, person.organisation_id)
    ours = [one for one in not_arrived(reader, now) if is_told and _is_for(one, person)]
    return PulseNow(
        silence=stopped,
        parts=tuple(parts),
        queues=tuple(outbox.queues(reader)),
        sealed=head_of(reader).number,
        undelivered=tuple(_shown(reader, one) for one in ours),
    )


def all_undelivered(reader: Reader, now: datetime) -> list[Undelivered]:
    """Return every message that did not arrive, oldest first, for whoever runs Puffin."""
    return [_shown(reader, one) for one in not_arrived(reader, now)]


def _is_for(message: Message, person: Person) -> bool:
    return message.carrier.partition("/")[0] == TEAMS and message.recipient == person.organisation_id


def _shown(reader: Reader, message: Message) -> Undelivered:
    is_for_a_place = message.carrier.partition("/")[0] in (TEAMS, gp_documents.CARRIER)
    return Undelivered(
        to=name_of_place(reader, message.recipient) if is_for_a_place else "",
        carrier=message.carrier,
        queued_at=message.created_at,
        attempts=message.attempts,
        error=message.last_error or "",
        next_try_at=None if message.lost_at else message.next_try_at,
    )
