"""A device on which a link's own person gave a code: it counts its own tries, apart from those of others."""

from datetime import datetime, timedelta

from fhir.store import Reader, Write
from fhir.store.tables import sessions
from portal.actions.circle.sharing import LINK_DAYS

TRIES = 5  # wrong dates of birth before the device is known no longer, and is asked for a code again
LONGEST = timedelta(days=LINK_DAYS)


def remember(write: Write, device: str, link_id: str, *, until: datetime) -> None:
    """Know a device, by the hash of its token, until a moment."""
    sessions.begin(write, device, account_id=None, state={"device_of": link_id}, expires_at=until)


def is_known(reader: Reader, device: str, link_id: str, now: datetime) -> bool:
    """Return whether the link's own person has given a code on this device; "" is none."""
    kept = sessions.live(reader, device, now=now, idle=LONGEST) if device else None
    return kept is not None and kept.state.get("device_of") == link_id


def note_try(write: Write, device: str, link_id: str, *, fits: bool) -> None:
    """Count a wrong date of birth; the last one makes the device unknown, a right one clears the count."""
    kept = sessions.live(write, device, now=write.at, idle=LONGEST)
    wrong = 0 if fits or kept is None else kept.state.get("wrong", 0) + 1
    if wrong >= TRIES:
        sessions.revoke(write, device)
    else:
        sessions.save(write, device, {"device_of": link_id, "wrong": wrong})
