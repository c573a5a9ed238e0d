"""The parts of the worker: what each does, and what people do themselves while one has stopped. A table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# The worker's rounds are 30 seconds apart, and a round may take long; design (U).
SILENT_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Part:
    """A part of each round: what it does, as a list says it, and whether no alert goes out without it."""

    does: str
    sends_alerts: bool = False


PARTS: Mapping[str, Part] = {
    "match": Part("Match discharges with children"),
    "sweep": Part("Raise alerts that are due", sends_alerts=True),
    "receipts": Part("Find plans that nobody has read"),
    "inhalers": Part("Look at inhalers at school"),
    "kits": Part("Look at emergency kits at school"),
    "young-people": Part("Find young people to ask about sharing"),
    "pupils": Part("Match pupils of class lists"),
    "moves": Part("Carry out moves between schools"),
    "offers": Part("Offer children to their new practice"),
    "inboxes": Part("Tell leads of late tasks and unopened inboxes"),
    "digests": Part("Tell each team in the morning what is open"),
    "send": Part("Send messages", sends_alerts=True),
    "ask": Part("Ask whether messages have arrived"),
    "mailbox": Part("Read what GP practices answer by MESH"),
    "undelivered": Part("Tell teams of messages that did not arrive"),
    "facts": Part("Count the facts that lists show"),
    "seal": Part("Seal the record of who looked"),
    "unusual": Part("Look for unusual access to records"),
}


@dataclass(frozen=True)
class Silence:
    """What of the worker has stopped; `since` is when the first of it was last at work.

    Where it `stops_alerts` that is the first of those without which no alert goes out: until then all were
    told, whatever else stood.
    """

    parts: tuple[str, ...]
    since: datetime

    @property
    def stops_alerts(self) -> bool:
        return any(PARTS[part].sends_alerts for part in self.parts)


def silence(seen: Mapping[str, datetime], now: datetime) -> Silence | None:
    """Return which parts were expected to be at work and were not for too long; None where all goes well."""
    silent = {code: seen[code] for code in PARTS if code in seen and now - seen[code] > SILENT_AFTER}
    if not silent:
        return None
    sending = [at for code, at in silent.items() if PARTS[code].sends_alerts]
    return Silence(tuple(silent), min(sending or silent.values()))
