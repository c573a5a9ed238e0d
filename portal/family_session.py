"""A family's visit by their link: a session apart from that of staff, over 30 minutes after its last page.

A device on which the link's own person gave a code is known for as long as the link lives.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response, g, request

from fhir.store.tables import sessions
from portal.actions.circle.sharing import token_hash
from portal.actions.family import known_device
from portal.parts import parts

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOKEN_BYTES = 32
BY = "portal"


@dataclass(frozen=True)
class Visit:
    """A browser that gave the right date of birth; `confirmed` once it also said that the name is right.

    `coded` on a device where the link's own person gave a code, now or earlier.
    """

    session: str  # the hash under which the session is kept
    link_id: str
    confirmed: bool
    coded: bool


def visit_by(link_token: str) -> Visit | None:
    """Return the visit that this browser makes by this very link, None before it begins and after it ends."""
    cookie = request.cookies.get(_cookie(), "")
    kept = sessions.live(parts().store, _hash(cookie), now=g.now, idle=IDLE) if cookie else None
    if kept is None or kept.state.get("family_link") != token_hash(link_token):
        return None
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.touch(write, kept.token_hash)
    state = kept.state
    # A visit that an earlier version began knows of no code, and is asked for one.
    return Visit(kept.token_hash, state["link_id"], state["confirmed"], state.get("coded", False))


def has_visited() -> bool:
    """Return whether this browser has been here before by this link, though its visit may be over."""
    return _cookie() in request.cookies


def begin(response: Response, link_token: str, link_id: str, *, coded: bool) -> None:
    """Begin a visit: the cookie goes back to the pages of this link alone."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    state = _state(link_token, link_id, confirmed=False, coded=coded)
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.forget(write, before=g.now)
        sessions.begin(write, _hash(token), account_id=None, state=state, expires_at=g.now + LONGEST)
    _set_cookie(response, link_token, _cookie(), token, None)


def confirm(visit: Visit, link_token: str) -> None:
    """Remember that the name is right."""
    state = _state(link_token, visit.link_id, confirmed=True, coded=visit.coded)
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.save(write, visit.session, state)


def know_device(response: Response, link_token: str, visit: Visit, until: datetime) -> None:
    """Remember that the code was right: for this visit, and for this device until the link runs out.

    The visit goes on under a new token: whoever put theirs into this browser does not come in with it.
    """
    token, device = (secrets.token_urlsafe(TOKEN_BYTES) for _ in range(2))
    state = _state(link_token, visit.link_id, confirmed=visit.confirmed, coded=True)
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.revoke(write, visit.session)
        sessions.begin(write, _hash(token), account_id=None, state=state, expires_at=g.now + LONGEST)
        known_device.remember(write, _hash(device), visit.link_id, until=until)
    _set_cookie(response, link_token, _cookie(), token, None)
    _set_cookie(response, link_token, _device_cookie(), device, until)


def device() -> str:
    """Return the hash of the token by which this browser may be known, "" for a browser that is new here."""
    cookie = request.cookies.get(_device_cookie(), "")
    return _hash(cookie) if cookie else ""


def end(response: Response, link_token: str, visit: Visit) -> None:
    """End a visit here and now."""
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.revoke(write, visit.session)
    response.delete_cookie(_cookie(), path=_path(link_token), secure=parts().settings.secure_cookies)


def _state(link_token: str, link_id: str, *, confirmed: bool, coded: bool) -> dict[str, object]:
    hashed = token_hash(link_token)
    return {"family_link": hashed, "link_id": link_id, "confirmed": confirmed, "coded": coded}


def _set_cookie(response: Response, link_token: str, name: str, token: str, until: datetime | None) -> None:
    secure, path = parts().settings.secure_cookies, _path(link_token)
    response.set_cookie(name, token, path=path, expires=until, secure=secure, httponly=True, samesite="Lax")


def _cookie() -> str:
    return _named("puffin-family")


def _device_cookie() -> str:
    return _named("puffin-device")


def _named(name: str) -> str:
    return f"__Secure-{name}" if parts().settings.secure_cookies else name


def _path(link_token: str) -> str:
    return f"/f/{link_token}"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
